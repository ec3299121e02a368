"""Makes the plan of a period out of the cadences, adds to it, moves and assigns what is in it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.actions.recording import append_status, locked
from plumbline.framework.models import Activity, Occurrence, OccurrenceState, OccurrenceStatus, Schedule
from plumbline.framework.rules.cadence import Event, Purpose, from_dict
from plumbline.framework.rules.due import due_windows
from plumbline.people.models import Person, Unit, UnitKind

Key = tuple[int, str, str, int | None, date, int]


def plan_period(*, by: Person | None, start: date, end: date) -> int:
    """How many occurrences were added so that each activity in use is planned from `start` to `end`.

    What is there already stays as it is, so that the plan may be made again and again.
    """
    with transaction.atomic():
        wanted = {_key(one): one for one in _planned(start, end)}
        rows = Occurrence.objects.as_system("planning").filter(
            is_extra=False, planned_for__range=(start, end)
        )
        there = set(rows.values_list("activity_id", "stream", "part", "unit_id", "planned_for", "turn"))
        added = Occurrence.objects.bulk_create(
            [one for key, one in wanted.items() if key not in there], batch_size=500
        )
        OccurrenceStatus.objects.bulk_create(
            [OccurrenceStatus(occurrence=one, state=OccurrenceState.PLANNED, by=by) for one in added],
            batch_size=500,
        )
        record(
            by=by,
            kind=Kind.ACTION,
            action="occurrence.plan",
            rows=len(added),
            detail={"from": start.isoformat(), "to": end.isoformat()},
        )
    return len(added)


def _key(one: Occurrence) -> Key:
    return (one.activity_id, one.stream, one.part, one.unit_id, one.planned_for or one.due_on, one.turn)


def _planned(start: date, end: date) -> Iterator[Occurrence]:
    places = _places(start)
    for activity in Activity.objects.filter(retired_on=None, schedule__in_use=True):
        for given in activity.cadences:
            cadence = from_dict(given)
            if isinstance(cadence, Event):
                continue
            # What an activity does more often than it reports is planned apart from the reports.
            part = cadence.label or ("report" if cadence.purpose is Purpose.REPORT else "")
            turns: Counter[date] = Counter()
            for window in due_windows(cadence, start, end):
                turns[window.latest] += 1
                for stream in activity.streams or [""]:
                    for unit in places.get(activity.per, [None]):
                        yield Occurrence(
                            activity=activity,
                            stream=stream,
                            part=part,
                            cadence=given,
                            unit_id=unit,
                            earliest_on=window.earliest,
                            due_on=window.latest,
                            planned_for=window.latest,
                            turn=turns[window.latest],
                        )


def _places(day: date) -> dict[str, list[int | None]]:
    units = Unit.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=day), kind__in=[UnitKind.TEAM, UnitKind.HOME]
    )
    places: dict[str, list[int | None]] = {"": [None], UnitKind.TEAM: [], UnitKind.HOME: []}
    for pk, kind in units.values_list("pk", "kind"):
        places[kind].append(pk)
    return places


def add_occurrence(
    *,
    by: Person,
    activity: Activity,
    due_on: date,
    unit: Unit | None,
    responsible: Person | None,
    stream: str = "",
) -> Occurrence:
    """The occurrence added by hand, outside the generated plan."""
    with transaction.atomic():
        made = Occurrence.objects.create(
            activity=activity,
            stream=stream,
            unit=unit,
            responsible=responsible,
            earliest_on=due_on,
            due_on=due_on,
            is_extra=True,
        )
        append_status(made, by)
        record(by=by, kind=Kind.ACTION, action="occurrence.add", obj=made, detail={"due": due_on.isoformat()})
    return made


def move(*, by: Person, occurrence: Occurrence, due_on: date, reason: str) -> Occurrence:
    """The occurrence, due on another day. The day first planned and the reason stay.

    Raises: NotPlanned when it has been recorded already.
    """
    with transaction.atomic():
        row = locked(occurrence, OccurrenceState.PLANNED)
        before = row.due_on
        row.earliest_on, row.due_on = min(row.earliest_on, due_on), due_on
        row.save()
        append_status(row, by, f"Moved from {before.isoformat()}: {reason}")
        record(
            by=by,
            kind=Kind.ACTION,
            action="occurrence.move",
            obj=row,
            detail={"from": before.isoformat(), "to": due_on.isoformat()},
        )
    return row


def assign(*, by: Person, occurrence: Occurrence, person: Person | None) -> Occurrence:
    """The occurrence, with the person who sees to it.

    Raises: NotPlanned when it has been recorded already.
    """
    with transaction.atomic():
        row = locked(occurrence, OccurrenceState.PLANNED)
        row.responsible = person
        row.save(update_fields=["responsible"])
        record(
            by=by,
            kind=Kind.ACTION,
            action="occurrence.assign",
            obj=row,
            detail={"to": person.public_id if person else ""},
        )
    return row


def use_schedule(*, by: Person, schedule: Schedule, in_use: bool) -> Schedule:
    """The schedule, in use or set aside; what was planned from it stays."""
    with transaction.atomic():
        schedule.in_use = in_use
        schedule.save(update_fields=["in_use"])
        record(by=by, kind=Kind.ACTION, action="schedule.use", obj=schedule, detail={"in_use": in_use})
    return schedule


def change_activity(
    *, by: Person, activity: Activity, changes: dict[str, Any], snapshot: dict[str, Any]
) -> Activity:
    """The activity with its new wording and cadences; `snapshot` keeps how it read before."""
    from plumbline.framework.models import ActivityVersion

    with transaction.atomic():
        fields = [name for name, value in changes.items() if getattr(activity, name) != value]
        if fields:
            ActivityVersion.objects.create(activity=activity, content=snapshot, by=by)
            for name in fields:
                setattr(activity, name, changes[name])
            activity.save(update_fields=fields)
            record(by=by, kind=Kind.ACTION, action="schedule.change", obj=activity, detail={"fields": fields})
    return activity
