"""Records what became of something planned: done, missed, cancelled, opened again, reported to a forum."""

from datetime import date
from typing import Any

from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.models import Forum, Occurrence, OccurrenceState, OccurrenceStatus, ReportGiven
from plumbline.people.models import Person
from plumbline.shared import dates


class InTheFuture(ValueError):
    """A day that has not come yet was given for something that has happened."""


class NotInState(Exception):
    """The occurrence is no longer in the state that the step starts from: somebody else was quicker."""


def locked(occurrence: Occurrence, *states: str) -> Occurrence:
    """The row, locked until the transaction ends.

    Raises: NotInState unless it is in one of the states.
    """
    rows: Any = Occurrence.objects.as_system("recording")
    row: Occurrence = rows.select_for_update().get(pk=occurrence.pk)
    if row.state not in states:
        raise NotInState
    return row


def append_status(occurrence: Occurrence, by: Person | None, reason: str = "") -> None:
    """Adds a line to the history of the occurrence."""
    OccurrenceStatus.objects.create(
        occurrence=occurrence,
        state=occurrence.state,
        reason=reason,
        held_on=occurrence.held_on,
        outcome=occurrence.outcome,
        by=by,
    )


def _refuse_future(day: date) -> None:
    if day > dates.today():
        raise InTheFuture


def record_done(*, by: Person, occurrence: Occurrence, held_on: date, outcome: str) -> Occurrence:
    """The occurrence, done on the day, with what came of it.

    Raises: NotInState when it is not planned any more; InTheFuture for a day that has not come yet.
    """
    _refuse_future(held_on)
    return _step(by, occurrence, OccurrenceState.DONE, "occurrence.done", held_on=held_on, outcome=outcome)


def record_missed(*, by: Person, occurrence: Occurrence, reason: str) -> Occurrence:
    """The occurrence, missed for the reason.

    Raises: NotInState when it is not planned any more.
    """
    return _step(by, occurrence, OccurrenceState.MISSED, "occurrence.missed", reason=reason)


def cancel(*, by: Person, occurrence: Occurrence, reason: str) -> Occurrence:
    """The occurrence, called off for the reason.

    Raises: NotInState when it is not planned any more.
    """
    return _step(by, occurrence, OccurrenceState.CANCELLED, "occurrence.cancel", reason=reason)


def _step(
    by: Person, occurrence: Occurrence, state: OccurrenceState, action: str, **values: Any
) -> Occurrence:
    with transaction.atomic():
        row = locked(occurrence, OccurrenceState.PLANNED)
        row.state = state
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        append_status(row, by, values.get("reason", ""))
        record(by=by, kind=Kind.ACTION, action=action, obj=row)
    return row


def reopen(*, by: Person, occurrence: Occurrence, reason: str) -> Occurrence:
    """The occurrence, planned again and blank; what was recorded, with its day and outcome, stays in its history.

    Raises: NotInState when it is planned already.
    """
    with transaction.atomic():
        row = locked(occurrence, OccurrenceState.DONE, OccurrenceState.MISSED, OccurrenceState.CANCELLED)
        row.state, row.held_on, row.reason, row.outcome = OccurrenceState.PLANNED, None, "", ""
        row.save()
        append_status(row, by, reason)
        record(by=by, kind=Kind.ACTION, action="occurrence.reopen", obj=row)
    return row


def give_report(*, by: Person, occurrence: Occurrence, forum: Forum, given_on: date) -> ReportGiven:
    """That the forum received the report; a second time changes the day.

    Raises: NotInState unless the occurrence is done; InTheFuture for a day that has not come yet.
    """
    _refuse_future(given_on)
    with transaction.atomic():
        row = locked(occurrence, OccurrenceState.DONE)
        given, _ = ReportGiven.objects.update_or_create(
            occurrence=row, forum=forum, defaults={"given_on": given_on, "by": by}
        )
        record(
            by=by, kind=Kind.ACTION, action="occurrence.report", obj=row, detail={"forum": forum.public_id}
        )
    return given
