"""What is kept, as the same values that files are read into: for exports, and to compare an import with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from plumbline.framework.files import content
from plumbline.framework.models import (
    Activity,
    Criterion,
    Forum,
    InterpretationNote,
    ReportLine,
    Schedule,
    Standard,
    StandardSet,
)
from plumbline.framework.rules.cadence import from_dict


def content_of_set(row: StandardSet) -> content.StandardSet:
    """The version with its standards, criteria and notes, in three queries."""
    notes: dict[int, list[content.Note]] = defaultdict(list)
    for note in InterpretationNote.objects.filter(criterion__set=row).order_by("on", "pk"):
        notes[note.criterion_id].append(content.Note(note.on, note.text))
    criteria: dict[int, list[content.Criterion]] = defaultdict(list)
    for criterion in Criterion.objects.filter(set=row).order_by("position"):
        criteria[criterion.standard_id].append(_criterion(criterion, notes[criterion.pk]))
    return content.StandardSet(
        key=row.key,
        title=row.title,
        version=row.version,
        effective_from=row.effective_from,
        licence=row.licence,
        source=row.source,
        consultation=row.consultation,
        equality=row.equality,
        standards=tuple(
            content.Standard(standard.number, standard.title, standard.purpose, tuple(criteria[standard.pk]))
            for standard in Standard.objects.filter(set=row).order_by("position")
        ),
    )


def _criterion(row: Criterion, notes: list[content.Note]) -> content.Criterion:
    return content.Criterion(
        key=row.key,
        number=row.number,
        text=row.text,
        kind=content.CriterionKind(row.kind),
        applies_to=tuple(content.AppliesTo(one) for one in row.applies_to),
        good=row.good,
        not_yet=row.not_yet,
        evidence=tuple(row.evidence),
        speaks_to=tuple(row.speaks_to),
        flag=row.flag,
        notes=tuple(notes),
    )


def content_of_schedule(row: Schedule, forums: Iterable[content.Forum] | None = None) -> content.Schedule:
    """The schedule with the activities not retired; its forums are those given, or those it reports to."""
    lines: dict[int, list[content.ReportLine]] = defaultdict(list)
    reached = ReportLine.objects.filter(activity__schedule=row, activity__retired_on=None)
    for line in reached.select_related("forum").order_by("pk"):
        lines[line.activity_id].append(content.ReportLine(line.forum.key, content.ReportHow(line.how)))
    if forums is None:
        keys = {line.forum for listed in lines.values() for line in listed}
        forums = [content_of_forum(forum) for forum in Forum.objects.filter(key__in=keys)]
    activities = Activity.objects.filter(schedule=row, retired_on=None).order_by("position")
    return content.Schedule(
        key=row.key,
        title=row.title,
        version=row.version,
        effective_from=row.effective_from,
        licence=row.licence,
        source=row.source,
        drivers=tuple(map(content_of_driver, row.drivers)),
        forums=tuple(forums),
        activities=tuple(content_of_activity(activity, lines[activity.pk]) for activity in activities),
    )


def content_of_activity(row: Activity, lines: Iterable[content.ReportLine]) -> content.Activity:
    """The activity as a file would hold it."""
    volume = content.Volume(row.volume_least, row.volume_most)
    return content.Activity(
        key=row.key,
        name=row.name,
        type=content.ActivityType(row.type),
        corner=content.Corner(row.corner),
        cadences=tuple(from_dict(cadence) for cadence in row.cadences),
        description=row.description,
        purpose=row.purpose,
        responsible=tuple(row.responsible),
        countersigned_by=tuple(row.countersigned_by),
        frequency=row.frequency,
        per=content.Per(row.per) if row.per else None,
        streams=tuple(row.streams),
        volume=None if volume == content.Volume() else volume,
        intended_outcome=row.intended_outcome,
        reporting_arrangements=row.reporting_arrangements,
        reports_to=tuple(lines),
        drivers=tuple(row.drivers),
        flag=row.flag,
    )


def content_of_driver(kept: Mapping[str, Any]) -> content.Driver:
    """The driver as a file would hold it."""
    kind, level = content.DriverKind(kept["kind"]), content.Level(kept["level"])
    return content.Driver(**{**kept, "kind": kind, "level": level})


def content_of_forum(row: Forum) -> content.Forum:
    """The forum as a file would hold it."""
    cadence = from_dict(row.cadence) if row.cadence else None
    return content.Forum(row.key, row.name, tuple(row.aliases), cadence, row.purpose)


def forums_kept() -> list[content.Forum]:
    """Every forum, by name."""
    return [content_of_forum(forum) for forum in Forum.objects.order_by("name", "pk")]
