"""Adds to the plan by hand, moves and assigns what is in it, and changes the activities it is made of."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.actions.recording import append_status, locked
from plumbline.framework.models import Activity, Forum, Occurrence, OccurrenceState, ReportLine, Schedule
from plumbline.people.models import Person, Unit


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

    Raises: NotInState when it has been recorded already.
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

    Raises: NotInState when it has been recorded already.
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
    *,
    by: Person,
    activity: Activity,
    changes: dict[str, Any],
    snapshot: dict[str, Any],
    forums: Collection[Forum] | None = None,
) -> Activity:
    """The activity with its new wording, posts and cadences; `snapshot` keeps how it read before.

    `forums` are those it reports to from now on. A line that stays keeps the form in which it reports; what a forum
    received already stays recorded.
    """
    from plumbline.framework.models import ActivityVersion

    with transaction.atomic():
        fields = [name for name, value in changes.items() if getattr(activity, name) != value]
        lines = list(activity.report_lines.select_related("forum"))
        now = {line.forum_id for line in lines}
        wanted = now if forums is None else {forum.pk for forum in forums}
        if fields or wanted != now:
            before = snapshot | {"reports_to": sorted(f"{line.forum.name}: {line.how}" for line in lines)}
            ActivityVersion.objects.create(activity=activity, content=before, by=by)
            told = fields if wanted == now else [*fields, "reports_to"]
            if wanted != now:
                activity.report_lines.exclude(forum__in=wanted).delete()
                ReportLine.objects.bulk_create(
                    ReportLine(activity=activity, forum_id=forum) for forum in sorted(wanted - now)
                )
            for name in fields:
                setattr(activity, name, changes[name])
            activity.save(update_fields=fields)
            record(by=by, kind=Kind.ACTION, action="schedule.change", obj=activity, detail={"fields": told})
    return activity
