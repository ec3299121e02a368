"""Leaves a drawn case out: one person asks, another agrees, and the next in the order takes its place."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.actions.draws import next_reserve
from plumbline.audits.actions.moving import move_audit
from plumbline.audits.models import Audit, Draw, ExclusionReason, Slot, SlotRoute, SlotState
from plumbline.audits.rules.states import audit_may_move
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person

# Reasons that a person may give; that a case was audited lately is found by itself, and an auditor is excused elsewhere.
GIVEN = tuple(one for one in ExclusionReason if one not in (ExclusionReason.RECENT, ExclusionReason.EXCUSED))


class SlotNotInState(Exception):
    """The place is no longer one about which this can be done: somebody else was quicker, or its audit is done."""


class SamePerson(Exception):
    """Whoever asked to leave a case out cannot agree to it."""


# A place about which somebody asked and nobody has decided.
ASKED = Q(state=SlotState.SELECTED, proposed_at__isnull=False, approved_at=None)


def is_asked(slot: Slot) -> bool:
    """Whether somebody asked to leave the case out and nobody has decided."""
    return slot.state == SlotState.SELECTED and slot.proposed_at is not None and slot.approved_at is None


def ask_to_leave_out(*, by: Person, slot: Slot, reason: str, note: str) -> Slot:
    """The place with what was asked; the case stays in the sample until another person agrees.

    Raises: SlotNotInState unless it is in the sample, not asked about yet, and its audit is not done.
    """
    with transaction.atomic():
        row = _locked(slot)
        if row.state != SlotState.SELECTED or is_asked(row) or not _may_be_replaced(_audit(row)):
            raise SlotNotInState
        row.reason, row.proposed_by, row.proposed_at = reason, by, timezone.now()
        if row.route == SlotRoute.RANDOM:
            row.note = note
        else:
            row.note = f"{row.note}\n{note}".strip()
        row.save(update_fields=["reason", "note", "proposed_by", "proposed_at"])
        record(by=by, kind=Kind.ACTION, action="draw.ask", obj=row, detail={"reason": str(reason)})
    return row


def agree_to_leave_out(*, by: Person, slot: Slot) -> Slot | None:
    """The case that takes the place: the next in the order; none where the stratum has no more or it was picked.

    Raises: SamePerson where the same person asked; SlotNotInState where nothing is asked any more.
    """
    with transaction.atomic():
        row = _locked(slot)
        if not is_asked(row):
            raise SlotNotInState
        if row.proposed_by_id == by.pk:
            raise SamePerson
        audit = _audit(row)
        if not _may_be_replaced(audit):
            raise SlotNotInState
        row.state = SlotState.REPLACED if audit else SlotState.EXCLUDED
        row.approved_by, row.approved_at = by, timezone.now()
        row.save(update_fields=["state", "approved_by", "approved_at"])
        if audit is not None:
            move_audit(by=by, audit=audit, to="replaced", reason=ExclusionReason(row.reason).label)
        instead = None
        if row.route == SlotRoute.RANDOM:
            made = Draw.objects.as_system("draw").select_related("case_list").get(pk=row.draw_id)
            instead = next_reserve(made, row.stratum)
        if instead is not None:
            instead.state = SlotState.SELECTED
            instead.save(update_fields=["state"])
        detail: dict[str, object] = {"reason": row.reason, "instead": instead.public_id if instead else ""}
        record(by=by, kind=Kind.ACTION, action="draw.leave_out", obj=row, detail=detail)
    return instead


def keep_in(*, by: Person, slot: Slot) -> Slot:
    """The case kept in the sample: what was asked is declined.

    Raises: SlotNotInState where nothing is asked any more.
    """
    with transaction.atomic():
        row = _locked(slot)
        if not is_asked(row):
            raise SlotNotInState
        asked_by = row.proposed_by
        detail: dict[str, object] = {"reason": row.reason, "asked": asked_by.public_id if asked_by else ""}
        row.reason, row.proposed_by, row.proposed_at = "", None, None
        row.save(update_fields=["reason", "proposed_by", "proposed_at"])
        record(by=by, kind=Kind.ACTION, action="draw.keep", obj=row, detail=detail)
    return row


def _locked(slot: Slot) -> Slot:
    rows: Any = Slot.objects.as_system("recording")
    row: Slot = rows.select_for_update().get(pk=slot.pk)
    return row


def _audit(slot: Slot) -> Audit | None:
    return Audit.objects.as_system("recording").filter(slot=slot).first()


def _may_be_replaced(audit: Audit | None) -> bool:
    return audit is None or audit_may_move(audit.state, "replaced")
