"""Keeps what is typed into a form apart from the record, and removes it once it is saved or discarded."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from plumbline.audits.models import FormDraft
from plumbline.people.models import Person


def keep_form_draft(
    *,
    by: Person,
    place: str,
    data: Mapping[str, Sequence[str]],
    audit_id: int | None = None,
    report_id: int | None = None,
) -> FormDraft:
    """The form as typed so far; it is about an audit or about a report."""
    typed = {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in values]
        for name, values in data.items()
    }
    draft, _ = FormDraft.objects.update_or_create(
        person=by,
        place=place,
        defaults={"data": typed, "audit_id": audit_id, "report_id": report_id, "saved_at": timezone.now()},
    )
    return draft


def drop_form_draft(*, by: Person, place: str) -> bool:
    """Whether there was a draft, which is gone now."""
    removed, _ = FormDraft.objects.filter(person=by, place=place).delete()
    return bool(removed)
