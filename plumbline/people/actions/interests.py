"""Declares and ends interests: what a person must not see, whatever their rank."""

from datetime import date

from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.actions.dated import still_running, stop_rights
from plumbline.people.models import Interest, Person, Unit
from plumbline.people.rules.grants import is_over
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.shared import dates
from plumbline.shared.plain_text import clean_line


def declare_interest(
    *, by: Person, person: Person, unit: Unit | None, colleague: Person | None, reason: str
) -> Interest:
    """The person's interest in a unit or a colleague, in force from today.

    Raises: Refused for both or neither, for oneself, or for what is declared already.
    """
    with transaction.atomic():
        if (unit is None) is (colleague is None):
            raise Refused(Reason.ABOUT_ONE_THING)
        if colleague == person:
            raise Refused(Reason.ABOUT_THEMSELVES)
        today = dates.today()
        same = Interest.objects.as_system("role-rules").filter(
            person=person, about_unit=unit, about_person=colleague
        )
        if same.filter(still_running(today)).exists():
            raise Refused(Reason.ALREADY_DECLARED)
        interest = Interest.objects.create(
            person=person,
            about_unit=unit,
            about_person=colleague,
            reason=clean_line(reason),
            starts_on=today,
        )
        record(
            by=by,
            kind=Kind.ACTION,
            action="interest.declare",
            obj=interest,
            detail={"person": person.public_id, "about": "unit" if unit else "person"},
        )
    return interest


def end_interest(*, by: Person, interest: Interest, on: date) -> Interest:
    """The interest, which stops counting at the midnight that begins the day; today means at once.

    Raises: Refused for one that is over or a day gone by.
    """
    with transaction.atomic():
        today = dates.today()
        if is_over(interest.starts_on, interest.ends_on, today):
            raise Refused(Reason.ALREADY_OVER)
        if on < today:
            raise Refused(Reason.ENDS_IN_THE_PAST)
        stop_rights(Interest.objects.as_system("role-rules").filter(pk=interest.pk), on)
        record(by=by, kind=Kind.ACTION, action="interest.end", obj=interest, detail={"on": on.isoformat()})
    interest.refresh_from_db()
    return interest
