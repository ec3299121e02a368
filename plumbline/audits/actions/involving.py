"""Records the talk with the worker and each attempt to hear the child and the family."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.answers import begin
from plumbline.audits.actions.moving import locked_audit, move_audit
from plumbline.audits.models import Audit, Discussion, VoiceContact
from plumbline.audits.rules.states import IN_HAND
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.work.once import is_first_time


def record_discussion(
    *,
    by: Person,
    audit: Audit,
    held_on: date | None,
    who: str = "",
    notes: str = "",
    reason_not_held: str = "",
    mode: str = "together",
    mode_reason: str = "",
    key: str = "",
) -> Discussion:
    """The talk with the worker, or why there was none; a second time corrects it.

    Raises: NotInState when the audit is not with its auditor any more.
    """
    values: dict[str, Any] = {
        "held_on": held_on,
        "who": who if held_on else "",
        "notes": notes if held_on else "",
        "reason_not_held": "" if held_on else reason_not_held,
    }
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        if not is_first_time(key, values | {"mode": mode, "mode_reason": mode_reason}):
            return Discussion.objects.get(audit=row)
        begin(by=by, audit=row)
        said, _ = Discussion.objects.update_or_create(
            audit=row, defaults=values | {"recorded_at": timezone.now(), "recorded_by": by}
        )
        row.mode, row.mode_reason = mode, mode_reason if mode == "record_only" else ""
        row.save(update_fields=["mode", "mode_reason"])
        if held_on and row.state == "started":
            move_audit(by=by, audit=row, to="discussed")
        record(by=by, kind=Kind.ACTION, action="audit.discussion", obj=row, detail={"held": bool(held_on)})
    audit.state, audit.mode, audit.mode_reason = row.state, row.mode, row.mode_reason
    return said


def log_voice(*, by: Person, audit: Audit, key: str = "", **values: Any) -> VoiceContact:
    """One attempt to hear somebody, logged.

    Raises: NotInState when the audit is not with its auditor any more.
    """
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        if not is_first_time(key, values):
            return VoiceContact.objects.filter(audit=row, **values).latest("pk")
        begin(by=by, audit=row)
        contact = VoiceContact.objects.create(audit=row, recorded_by=by, **values)
        detail = {"of": contact.of, "outcome": contact.outcome}
        record(by=by, kind=Kind.ACTION, action="audit.voice", obj=row, detail=detail)
    audit.state = row.state
    return contact


def correct_voice(
    *, by: Person, audit: Audit, contact: VoiceContact, key: str = "", **values: Any
) -> VoiceContact:
    """The attempt, corrected; the event says which fields changed.

    Raises: NotInState when the audit is not with its auditor any more.
    """
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        found = VoiceContact.objects.select_for_update().get(pk=contact.pk, audit=row)
        changed = sorted(name for name, value in values.items() if getattr(found, name) != value)
        if changed and is_first_time(key, values):
            for name in changed:
                setattr(found, name, values[name])
            found.save()
            detail = {"contact": found.public_id, "fields": changed}
            record(by=by, kind=Kind.ACTION, action="audit.voice_correct", obj=row, detail=detail)
    return found
