"""Writes the cover sheet, the only place for names."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.moving import locked_audit
from plumbline.audits.models import Audit, CoverSheet
from plumbline.audits.rules.states import IN_HAND
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


def begin_cover_sheet(*, by: Person, audit: Audit) -> CoverSheet:
    """The audit's cover sheet, empty when there was none.

    Raises: NotInState when the audit is not with its auditor any more.
    """
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        sheet, is_new = CoverSheet.objects.as_system("recording").get_or_create(
            audit=row, defaults={"updated_by": by}
        )
        if is_new:
            record(by=by, kind=Kind.ACTION, action="cover_sheet.begin", obj=sheet)
    return sheet


def write_cover_sheet(
    *, by: Person, sheet: CoverSheet, names: str, born_on: date | None, contact: str
) -> CoverSheet:
    """The cover sheet as written now; the event says which fields changed, never what they hold."""
    with transaction.atomic():
        row = CoverSheet.objects.as_system("recording").select_for_update().get(pk=sheet.pk)
        values = {"names": names, "born_on": born_on, "contact": contact}
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        if changed:
            for name in changed:
                setattr(row, name, values[name])
            row.updated_at, row.updated_by = timezone.now(), by
            row.save()
            record(by=by, kind=Kind.ACTION, action="cover_sheet.change", obj=row, detail={"fields": changed})
    return row
