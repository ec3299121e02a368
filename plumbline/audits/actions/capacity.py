"""Records how many audits somebody can take on, and when they are on leave."""

from datetime import date

from django.db import transaction

from plumbline.audits.models import AuditorCapacity, AuditorLeave
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


def set_capacity(
    *, by: Person, person: Person, audits_a_month: int | None, note: str
) -> AuditorCapacity | None:
    """How many audits a month the person can take on; nothing stands for the usual number of their role."""
    with transaction.atomic():
        if audits_a_month is None:
            AuditorCapacity.objects.filter(person=person).delete()
            row = None
        else:
            row, _ = AuditorCapacity.objects.update_or_create(
                person=person,
                defaults={"audits_a_month": audits_a_month, "note": note, "set_by": by},
            )
        detail = {"audits_a_month": "usual" if audits_a_month is None else str(audits_a_month)}
        record(by=by, kind=Kind.ACTION, action="allocation.capacity", obj=person, detail=detail)
    return row


def add_leave(
    *, by: Person, person: Person, starts_on: date, ends_on: date | None, note: str
) -> AuditorLeave:
    """Leave from the day up to, and not including, the other. The same span given twice stands once."""
    with transaction.atomic():
        row, made = AuditorLeave.objects.get_or_create(
            person=person, starts_on=starts_on, ends_on=ends_on, defaults={"note": note, "set_by": by}
        )
        if made:
            record(
                by=by,
                kind=Kind.ACTION,
                action="allocation.leave",
                obj=person,
                detail={"leave": row.public_id},
            )
    return row


def remove_leave(*, by: Person, person: Person, leave_id: str) -> bool:
    """Whether there was such leave of the person's to take back."""
    with transaction.atomic():
        gone, _ = AuditorLeave.objects.filter(person=person, public_id=leave_id).delete()
        if gone:
            record(
                by=by, kind=Kind.ACTION, action="allocation.leave_off", obj=person, detail={"leave": leave_id}
            )
    return bool(gone)
