"""What an import would change: the parts added, changed and removed, in words for a dry run."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from plumbline.framework.files.content import Content, Header, Schedule, Standard, StandardSet
from plumbline.framework.files.plain import content_digest


class ChangeKind(StrEnum):
    """What happens to a part."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class Part(StrEnum):
    """What sort of part changes, in the word people see."""

    HEADER = "about"
    STANDARD = "standard"
    CRITERION = "criterion"
    FORUM = "forum"
    DRIVER = "driver"
    ACTIVITY = "activity"
    ORDER = "order"


_FIELD_WORDS = {
    "not_yet": "what it looks like when not yet there",
    "good": "what good looks like",
    "countersigned_by": "countersigned by",
    "reports_to": "reports to",
    "effective_from": "date it applies from",
    "on": "date",
}


@dataclass(frozen=True)
class Change:
    """One part that is added, changed or removed; `fields` names what changed in it."""

    kind: ChangeKind
    part: Part
    key: str
    name: str = ""
    fields: tuple[str, ...] = ()

    def words(self) -> str:
        """The change as a sentence: "Criterion 2.3a changed: text, evidence."."""
        if self.part is Part.ORDER:
            return "The order of the parts changes."
        if self.part is Part.HEADER:
            said = "About this definition"
        else:
            said = f"{self.part.value.capitalize()} {self.key}" + (f" ({self.name})" if self.name else "")
        named = ", ".join(_FIELD_WORDS.get(field, field.replace("_", " ")) for field in self.fields)
        return f"{said} {self.kind.value}{f': {named}' if named else ''}."


@dataclass(frozen=True)
class Difference:
    """All changes from one version of a definition to another."""

    changes: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the import would change nothing."""
        return not self.changes

    def count(self, kind: ChangeKind, part: Part) -> int:
        """How many parts of the sort are added, changed or removed."""
        return sum(change.kind is kind and change.part is part for change in self.changes)

    def words(self) -> tuple[str, ...]:
        """The changes as sentences; one sentence where there are none."""
        return tuple(change.words() for change in self.changes) or ("Nothing changes.",)


def difference(old: Content | None, new: Content) -> Difference:
    """What changes when `new` takes the place of `old` (None: there is nothing yet).

    Raises: ValueError when one is a set of standards and the other a schedule.
    """
    if old is not None and type(old) is not type(new):
        raise ValueError("Standards can only be compared with standards, and a schedule with a schedule.")
    changes = list(_header_change(old, new))
    for part, before, after in _parts(old, new):
        changes += _part_changes(part, before, after)
    if not changes and old is not None and content_digest(old) != content_digest(new):
        changes.append(Change(ChangeKind.CHANGED, Part.ORDER, ""))
    return Difference(tuple(changes))


def _header_change(old: Content | None, new: Content) -> Iterator[Change]:
    names = {field.name for field in fields(Header)} | {"consultation", "equality"}
    changed = tuple(name for name in sorted(names) if getattr(old, name, None) != getattr(new, name, None))
    if old is None:
        yield Change(ChangeKind.ADDED, Part.HEADER, new.key)
    elif changed:
        yield Change(ChangeKind.CHANGED, Part.HEADER, new.key, fields=changed)


_Keyed = dict[str, object]


def _parts(old: Content | None, new: Content) -> Iterator[tuple[Part, _Keyed, _Keyed]]:
    if isinstance(new, StandardSet):
        was = old if isinstance(old, StandardSet) else None
        yield Part.STANDARD, _standards(was), _standards(new)
        yield Part.CRITERION, _criteria(was), _criteria(new)
    elif isinstance(new, Schedule):
        before = old if isinstance(old, Schedule) else None
        yield Part.FORUM, {f.key: f for f in before.forums} if before else {}, {f.key: f for f in new.forums}
        yield Part.DRIVER, _drivers(before), _drivers(new)
        yield (
            Part.ACTIVITY,
            {a.key: a for a in before.activities} if before else {},
            {a.key: a for a in new.activities},
        )


def _drivers(content: Schedule | None) -> _Keyed:
    return {driver.key: driver for driver in content.drivers} if content else {}


def _standards(content: StandardSet | None) -> _Keyed:
    # Without their criteria, which are compared one by one.
    listed = content.standards if content else ()
    return {
        standard.number: Standard(standard.number, standard.title, standard.purpose) for standard in listed
    }


@dataclass(frozen=True)
class _Placed:
    """A criterion with the number of its standard, so that a move shows as a change."""

    standard: str
    criterion: object


def _criteria(content: StandardSet | None) -> _Keyed:
    listed = content.standards if content else ()
    return {c.key: _Placed(standard.number, c) for standard in listed for c in standard.criteria}


def _part_changes(part: Part, before: _Keyed, after: _Keyed) -> Iterator[Change]:
    for key, value in after.items():
        if key not in before:
            yield Change(ChangeKind.ADDED, part, key, _name(value))
        elif changed := _changed_fields(before[key], value):
            yield Change(ChangeKind.CHANGED, part, key, _name(value), changed)
    for key, value in before.items():
        if key not in after:
            yield Change(ChangeKind.REMOVED, part, key, _name(value))


def _changed_fields(before: object, after: object) -> tuple[str, ...]:
    if isinstance(before, _Placed) and isinstance(after, _Placed):
        moved = ("standard",) if before.standard != after.standard else ()
        return moved + _changed_fields(before.criterion, after.criterion)
    names = [field.name for field in fields(after)]  # type: ignore[arg-type]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _name(value: object) -> str:
    return str(getattr(value, "name", "") or getattr(value, "title", ""))
