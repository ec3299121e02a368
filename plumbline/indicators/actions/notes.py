"""Writes notes on charts and takes them back; the limits follow."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from indicator_engine import Indicator
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.indicators.models import Note
from plumbline.people.models import Person


def write_note(
    *, by: Person, indicator: Indicator, on: date, kind: str, text: str, everywhere: bool, is_rebase: bool
) -> Note:
    """The note made, on the indicator or on all of them."""
    with transaction.atomic():
        row = Note.objects.create(
            indicator="" if everywhere else indicator.key,
            month=on.replace(day=1),
            kind=kind,
            text=text,
            is_rebase=is_rebase,
            made_by=by,
        )
        detail = {"indicator": row.indicator or "all", "rebase": is_rebase}
        record(by=by, kind=Kind.ACTION, action="indicator.note", obj=row, detail=detail)
    return row


def take_back(*, by: Person, note: str) -> None:
    """The note is not shown any more, and limits that began with it do not. Safe to do twice."""
    with transaction.atomic():
        row = Note.objects.filter(public_id=note, taken_back_at=None).first()
        if row is not None:
            row.taken_back_at, row.taken_back_by = timezone.now(), by
            row.save(update_fields=["taken_back_at", "taken_back_by"])
            record(by=by, kind=Kind.ACTION, action="indicator.take_back_note", obj=row)
