"""What was delivered against what was planned: the state of an occurrence, and the figures of a period."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from plumbline.framework.rules.due import Window

# A single due day needs some days of warning before it; a window of several days is its own warning.
NOTICE_DAYS = 7


class Status(StrEnum):
    """The state of one planned occurrence on a day, in the word people see."""

    DONE = "done"
    DONE_LATE = "done late"
    DUE = "due"
    OVERDUE = "overdue"
    MISSED = "missed"
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Occurrence:
    """One planned occurrence: its window, the day it was done, and whether it was called off."""

    window: Window
    done_on: date | None = None
    is_cancelled: bool = False


def is_done(occurrence: Occurrence) -> bool:
    """Whether the occurrence was done, on time or late, even if it had been called off."""
    return occurrence.done_on is not None


def is_done_late(occurrence: Occurrence) -> bool:
    """Whether it was done after the latest day of its window. Early counts as on time."""
    return occurrence.done_on is not None and occurrence.done_on > occurrence.window.latest


def is_cancelled(occurrence: Occurrence) -> bool:
    """Whether it was called off and not done."""
    return occurrence.is_cancelled and not is_done(occurrence)


def _is_open(occurrence: Occurrence) -> bool:
    return not is_done(occurrence) and not is_cancelled(occurrence)


def is_missed(occurrence: Occurrence, on: date) -> bool:
    """Whether it can no longer be made good: the next one has come due, or its month or year is over."""
    return _is_open(occurrence) and on > occurrence.window.counts_until


def is_overdue(occurrence: Occurrence, on: date) -> bool:
    """Whether its latest day has passed without it, while it can still be made good."""
    return _is_open(occurrence) and occurrence.window.latest < on <= occurrence.window.counts_until


def is_due(occurrence: Occurrence, on: date) -> bool:
    """Whether it is asked for: its window is open, or its single due day is at most a week away."""
    window = occurrence.window
    opens = window.earliest - timedelta(days=NOTICE_DAYS if window.is_one_day else 0)
    return _is_open(occurrence) and opens <= on <= window.latest


def occurrence_status(occurrence: Occurrence, on: date) -> Status:
    """The one word for the state of the occurrence on the day. Every screen and export asks here."""
    if is_done_late(occurrence):
        return Status.DONE_LATE
    if is_done(occurrence):
        return Status.DONE
    if is_cancelled(occurrence):
        return Status.CANCELLED
    if is_missed(occurrence, on):
        return Status.MISSED
    if is_overdue(occurrence, on):
        return Status.OVERDUE
    if is_due(occurrence, on):
        return Status.DUE
    return Status.PLANNED


def match_done(
    occurrences: Sequence[Occurrence], done_on: Sequence[date]
) -> tuple[tuple[Occurrence, ...], tuple[date, ...]]:
    """The occurrences with the days they were done, and the days left over as extras.

    A day goes to an occurrence for which it is on time before it goes to one for which it is late, and to
    the one that closes first. Two visits in one month do not make up for the empty month after. Occurrences
    that already have a day, or were called off, are left as they are.

    Shape: occurrences in order of their latest day; extras in order.
    """
    matched = sorted(occurrences, key=lambda occurrence: occurrence.window)
    extras: list[date] = []
    late: list[date] = []
    for day in sorted(done_on):
        place = _first(matched, day, late=False)
        if place is None:
            late.append(day)
        else:
            matched[place] = replace(matched[place], done_on=day)
    for day in late:
        place = _first(matched, day, late=True)
        if place is None:
            extras.append(day)
        else:
            matched[place] = replace(matched[place], done_on=day)
    given = {place for place, o in enumerate(sorted(occurrences, key=lambda o: o.window)) if o.done_on}
    return tuple(_in_order(matched, given)), tuple(extras)


def _first(occurrences: Sequence[Occurrence], day: date, *, late: bool) -> int | None:
    for place, occurrence in enumerate(occurrences):
        window = occurrence.window
        fits = (
            window.latest < day <= window.counts_until if late else window.counts_from <= day <= window.latest
        )
        if fits and _is_open(occurrence):
            return place
    return None


def _in_order(occurrences: list[Occurrence], given: set[int]) -> list[Occurrence]:
    """The occurrences with pairs of days swapped where the later one got the earlier day for no gain."""
    ordered = list(occurrences)
    for later in range(1, len(ordered)):
        one, two = ordered[later - 1], ordered[later]
        if (
            {later - 1, later} & given
            or one.done_on is None
            or two.done_on is None
            or one.done_on <= two.done_on
        ):
            continue
        swapped = replace(one, done_on=two.done_on), replace(two, done_on=one.done_on)
        fits = all(o.done_on and o.window.counts_from <= o.done_on <= o.window.counts_until for o in swapped)
        if fits and sum(map(is_done_late, swapped)) <= is_done_late(one) + is_done_late(two):
            ordered[later - 1 : later + 1] = swapped
    return ordered


@dataclass(frozen=True)
class Delivery:
    """The figures of a period: how many occurrences were planned and what became of them.

    `cancelled` ones stay in `planned`; `extra` is what was done beyond the plan.
    """

    planned: int
    done: int
    done_late: int
    due: int
    overdue: int
    missed: int
    still_planned: int
    cancelled: int
    extra: int

    @property
    def delivered(self) -> int:
        """How many of the planned occurrences were done, on time or late."""
        return self.done + self.done_late


def delivery(occurrences: Sequence[Occurrence], done_on: Sequence[date], on: date) -> Delivery:
    """What was delivered against what was planned, as it stands on the day `on`.

    Days after `on` do not count as done.
    """
    matched, extras = match_done(occurrences, [day for day in done_on if day <= on])
    counts = Counter(occurrence_status(occurrence, on) for occurrence in matched)
    return Delivery(
        planned=len(matched),
        done=counts[Status.DONE],
        done_late=counts[Status.DONE_LATE],
        due=counts[Status.DUE],
        overdue=counts[Status.OVERDUE],
        missed=counts[Status.MISSED],
        still_planned=counts[Status.PLANNED],
        cancelled=counts[Status.CANCELLED],
        extra=len(extras),
    )


def delivery_words(figures: Delivery) -> str:
    """The figures as a sentence: "9 of 12 done, 1 of them late. 2 overdue, 1 missed."."""
    if not figures.planned:
        return f"None planned, {figures.extra} done." if figures.extra else "None planned."
    said = f"{figures.delivered} of {figures.planned} done"
    if figures.done_late:
        said += f", {figures.done_late} of them late"
    names = {"overdue": figures.overdue, "missed": figures.missed, "called off": figures.cancelled}
    rest = [f"{number} {name}" for name, number in names.items() if number]
    if figures.extra:
        rest.append(f"{figures.extra} more than planned")
    return f"{said}." + (f" {', '.join(rest)}." if rest else "")
