"""Takes the next reserve of the draw in place of a case whose auditor was excused. The order never changes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.draws import next_reserve
from plumbline.audits.models import Audit, AuditState, Draw, ExclusionReason, Slot, SlotRoute, SlotState
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


class NoReserve(Exception):
    """There is no case to replace any more, it was picked by hand, or nothing is left in its part of the draw."""


def take_next_reserve(*, by: Person, slot: Slot, asked_by: Person) -> Slot:
    """The reserve, now in the sample, in place of a case whose auditor was excused.

    Raises: NoReserve when the case was replaced already, is still audited or was picked, or no reserve is left.
    """
    with transaction.atomic():
        # The draw is locked, so that two replacements at once cannot take the same reserve.
        draws: Any = Draw.objects.as_system("allocation")
        made: Draw = draws.select_for_update(of=("self",)).select_related("case_list").get(pk=slot.draw_id)
        gone = Slot.objects.as_system("allocation").get(pk=slot.pk)
        excused = Audit.objects.as_system("allocation").filter(slot=gone, state=AuditState.EXEMPTED)
        if gone.state != SlotState.SELECTED or gone.route != SlotRoute.RANDOM or not excused.exists():
            raise NoReserve
        reserve = next_reserve(made, gone.stratum)
        if reserve is None:
            raise NoReserve
        now = timezone.now()
        gone.state, gone.reason = SlotState.REPLACED, ExclusionReason.EXCUSED
        gone.proposed_by, gone.proposed_at = asked_by, now
        gone.approved_by, gone.approved_at = by, now
        gone.save()
        reserve.state = SlotState.SELECTED
        reserve.save(update_fields=["state"])
        detail = {"instead": reserve.public_id, "reason": str(ExclusionReason.EXCUSED)}
        record(by=by, kind=Kind.ACTION, action="draw.replace", obj=gone, detail=detail)
    return reserve
