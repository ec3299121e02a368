"""What an import would do, worked out without changing anything: the dry run that an import then follows."""

import hashlib
from dataclasses import dataclass, field, replace
from enum import StrEnum

from plumbline.framework.files.content import Content, Note, Schedule, StandardSet
from plumbline.framework.files.difference import Change, ChangeKind, Difference, Part, difference
from plumbline.framework.files.plain import as_plain
from plumbline.framework.files.reading import read_file
from plumbline.framework.models import Schedule as ScheduleRow
from plumbline.framework.models import SetState
from plumbline.framework.models import StandardSet as SetRow
from plumbline.framework.queries.crosswalk import areas_by_key
from plumbline.framework.queries.drivers import shipped_driver_keys
from plumbline.framework.queries.stored_content import content_of_schedule, content_of_set, forums_kept
from plumbline.framework.queries.vocabulary import terms_by_name
from plumbline.framework.rules.forum_matching import match_forums
from plumbline.framework.rules.versions import (
    free_version,
    is_version_of,
    new_notes,
    with_notes_kept,
    wording_digest,
)
from plumbline.shared.given import Problem

_MANY = {
    Part.STANDARD: "standards",
    Part.CRITERION: "criteria",
    Part.FORUM: "forums",
    Part.DRIVER: "drivers",
    Part.ACTIVITY: "activities",
}


class Step(StrEnum):
    """What an import would do."""

    REFUSE = "refuse"
    NOTHING = "nothing"
    PUBLISH = "publish"
    NOTES = "notes"
    VERSION = "version"
    SCHEDULE = "schedule"


@dataclass(frozen=True)
class Plan:
    """One import as it would go. `content` is what would be kept, `same` or `base` what is kept now."""

    step: Step
    errors: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    content: Content | None = None
    changes: Difference = field(default=Difference(()))
    remarks: tuple[str, ...] = ()
    same: SetRow | None = None
    base: SetRow | None = None
    schedule: ScheduleRow | None = None
    added_notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)

    @property
    def would_change(self) -> bool:
        """Whether anything would be different afterwards."""
        return self.step not in (Step.REFUSE, Step.NOTHING)

    def change_words(self) -> list[str]:
        """The changes as sentences; for what is wholly new only how much there is of each sort."""
        if not self.would_change:
            return []
        if self.base or self.same or self.schedule:
            return list(self.changes.words())
        numbers = {part: self.changes.count(ChangeKind.ADDED, part) for part in _MANY}
        added = [
            f"{number} {part.value if number == 1 else _MANY[part]} added."
            for part, number in numbers.items()
            if number
        ]
        changed = [c.words() for c in self.changes.changes if c.kind is not ChangeKind.ADDED]
        return added + changed

    @property
    def fingerprint(self) -> str:
        """A short hash of all that would change, so that a person agrees to what they were shown.

        Unit: 16 hexadecimal digits.
        """
        said = (
            self.step,
            as_plain(self.content) if self.content else "",
            self.changes.words(),
            self.same.pk if self.same else 0,
            self.base.pk if self.base else 0,
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def plan_import(data: bytes, *, publish: bool) -> Plan:
    """What importing the file would do; `publish` is whether standards would be put in force at once.

    Nothing is raised for a bad file: the plan then refuses it and lists the errors.
    """
    reading = read_file(data, shipped_driver_keys(), areas_by_key())
    if reading.content is None:
        return Plan(Step.REFUSE, errors=reading.errors, notes=reading.notes)
    if isinstance(reading.content, StandardSet):
        plan = _plan_standards(reading.content, publish=publish)
    else:
        plan = _plan_schedule(reading.content)
    return replace(plan, notes=reading.notes)


def _plan_standards(given: StandardSet, *, publish: bool) -> Plan:
    rows = list(SetRow.objects.as_system("framework-import").filter(key=given.key).order_by("-pk"))
    digest = wording_digest(given)
    family = [row for row in rows if row.digest == digest and is_version_of(row.version, given.version)]
    # An exact name counts before a numbered one, and the newest before older ones.
    same = min(family, key=lambda row: row.version != given.version, default=None)
    if same is not None:
        return _plan_known(same, given, publish=publish)
    base = next((row for row in rows if row.state == SetState.PUBLISHED), rows[0] if rows else None)
    named = replace(given, version=free_version(given.version, {row.version for row in rows}))
    before = content_of_set(base) if base else None
    kept = with_notes_kept(named, before or named)
    remarks: tuple[str, ...] = ()
    if before and (carried := sum(len(c.notes) for c in kept.criteria) - _count_notes(named)):
        many = "1 note is" if carried == 1 else f"{carried} notes are"
        remarks = (f"{many} carried over to criteria whose wording stays the same.",)
    return Plan(Step.VERSION, content=kept, changes=difference(before, kept), remarks=remarks, base=base)


def _count_notes(content: StandardSet) -> int:
    return sum(len(criterion.notes) for criterion in content.criteria)


def _plan_known(same: SetRow, given: StandardSet, *, publish: bool) -> Plan:
    kept = content_of_set(same)
    added = new_notes(kept, given) if same.state != SetState.RETIRED else {}
    step = Step.NOTES if added else Step.NOTHING
    if publish and same.state == SetState.DRAFT:
        step = Step.PUBLISH
    changes = difference(kept, with_notes_kept(given, kept)) if added else Difference(())
    # Only notes are taken in, so only notes are told.
    told = tuple(change for change in changes.changes if "notes" in change.fields)
    return Plan(step, content=kept, changes=Difference(told), same=same, added_notes=added)


def _plan_schedule(given: Schedule) -> Plan:
    row = ScheduleRow.objects.filter(key=given.key).first()
    matched = match_forums(given, forums_kept(), terms_by_name())
    # Forums known already are not new, even where the schedule is.
    nothing_yet = replace(matched.schedule, drivers=(), forums=matched.before, activities=())
    before = content_of_schedule(row, matched.before) if row else nothing_yet
    changes = difference(before, matched.schedule)
    if row is None:
        new = Change(ChangeKind.ADDED, Part.HEADER, given.key)
        changes = Difference((new, *changes.changes))
    step = Step.NOTHING if changes.is_empty else Step.SCHEDULE
    return Plan(step, content=matched.schedule, changes=changes, remarks=matched.remarks, schedule=row)
