"""Which forums of an imported schedule are already known, under whatever name. Source: ambiguities Z11, Z29."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from plumbline.framework.files.content import Activity, Forum, Schedule
from plumbline.shared.plain_text import clean_line


def folded(name: str) -> str:
    """The name as it is compared: capitals, blanks, kinds of apostrophe and "&" make no difference."""
    return clean_line(name).casefold().replace("’", "'").replace(" & ", " and ")


@dataclass(frozen=True)
class Matched:
    """A schedule in the terms of the forums kept: `before` are those it touches, as they are now."""

    schedule: Schedule
    before: tuple[Forum, ...]
    remarks: tuple[str, ...]


class _Known:
    """The forums kept and those added on the way, found by key, name, alias or a shared term."""

    def __init__(self, kept: Iterable[Forum], terms: Mapping[str, str]) -> None:
        self.forums = {forum.key: forum for forum in kept}
        self.terms = terms

    def names(self, forum: Forum) -> tuple[str, ...]:
        return tuple(folded(name) for name in (forum.name, *forum.aliases))

    def find(self, forum: Forum) -> Forum | None:
        if forum.key in self.forums:
            return self.forums[forum.key]
        # The name tells more than an alias, and both more than a term of the vocabulary.
        for wanted in self.names(forum):
            for known in self.forums.values():
                if wanted in self.names(known):
                    return known
        meant = self._terms_of(forum)
        return next((known for known in self.forums.values() if meant & self._terms_of(known)), None)

    def _terms_of(self, forum: Forum) -> set[str]:
        return {self.terms[name] for name in self.names(forum) if name in self.terms}

    def add(self, forum: Forum, found: Forum | None) -> Forum:
        """The forum as it will be kept: what the file says goes first, nothing known is lost."""
        key = found.key if found else forum.key
        elsewhere = {name for other in self.forums.values() if other.key != key for name in self.names(other)}
        name, earlier = forum.name, (found.name, *found.aliases) if found else ()
        if found and (found.key != forum.key or folded(found.name) == folded(forum.name)):
            # Another spelling is no other name.
            name, earlier = found.name, (*found.aliases, forum.name)
        aliases: dict[str, str] = {}
        for alias in (*earlier, *forum.aliases):
            if folded(alias) != folded(name) and folded(alias) not in elsewhere:
                aliases.setdefault(folded(alias), alias)
        merged = Forum(
            key,
            name,
            tuple(aliases.values()),
            forum.cadence or (found.cadence if found else None),
            forum.purpose or (found.purpose if found else ""),
        )
        self.forums[key] = merged
        return merged


def match_forums(schedule: Schedule, kept: Sequence[Forum], terms: Mapping[str, str]) -> Matched:
    """The schedule with its forums as they will be kept.

    `terms` gives, for a folded name, the key of the vocabulary's term.
    """
    before = {forum.key: forum for forum in kept}
    known = _Known(kept, terms)
    key_of: dict[str, str] = {}
    remarks = []
    for forum in schedule.forums:
        found = known.find(forum)
        merged = known.add(forum, found)
        key_of[forum.key] = merged.key
        if found and found.key != forum.key and folded(forum.name) != folded(found.name):
            remarks.append(f"“{forum.name}” is taken as the forum “{found.name}”.")
    touched = tuple(known.forums[key] for key in dict.fromkeys(key_of.values()))
    activities = tuple(_reporting_to(activity, key_of) for activity in schedule.activities)
    return Matched(
        replace(schedule, forums=touched, activities=activities),
        tuple(before[forum.key] for forum in touched if forum.key in before),
        tuple(remarks),
    )


def _reporting_to(activity: Activity, key_of: Mapping[str, str]) -> Activity:
    lines = dict.fromkeys(replace(line, forum=key_of[line.forum]) for line in activity.reports_to)
    return replace(activity, reports_to=tuple(lines))
