"""What happens to a line of dated facts when a new one holds from a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """One dated fact by its key: from its first day up to, and not including, its end."""

    key: int
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)


@dataclass(frozen=True)
class Change:
    """What to do so that a new fact holds from the day: end one, or put the new one in its place; and until when."""

    ends: int | None = None
    replaces: int | None = None
    until: date | None = None


def change_from(spans: Iterable[Span], day: date) -> Change:
    """How the line is changed from the day. A fact already planned for later stays, and ends the new one.

    A fact that began on the same day is replaced: it never held for a whole day.
    """
    spans = list(spans)
    for span in spans:
        if span.holds_on(day):
            if span.starts_on == day:
                return Change(replaces=span.key, until=span.ends_on)
            return Change(ends=span.key, until=span.ends_on)
    later = [span.starts_on for span in spans if span.starts_on > day]
    return Change(until=min(later, default=None))


@dataclass(frozen=True)
class Link:
    """One thing beneath another in a period: a unit in a unit, a person under a manager."""

    below: int
    above: int
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)


def makes_a_circle(links: Iterable[Link], new: Link) -> bool:
    """Whether the new link would, on any day it holds, lead from a thing up to itself."""
    if new.below == new.above:
        return True
    others = [link for link in links if link.below != new.below]
    days = {new.starts_on} | {link.starts_on for link in others if new.holds_on(link.starts_on)}
    return any(_leads_up(others, new.above, new.below, day) for day in days)


def _leads_up(links: list[Link], start: int, wanted: int, day: date) -> bool:
    above: dict[int, set[int]] = {}
    for link in links:
        if link.holds_on(day):
            above.setdefault(link.below, set()).add(link.above)
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == wanted:
            return True
        for higher in above.get(here, set()) - seen:
            seen.add(higher)
            waiting.append(higher)
    return False
