"""Requests of auditors, and the notice a worker gets, as far as the viewer may see them."""

from django.db.models import F, QuerySet

from plumbline.audits.models import Audit, AuditRequest, RequestKind, RequestState, Slot, SlotRoute, SlotState
from plumbline.people.scope import Viewer


def requests_for(viewer: Viewer) -> QuerySet[AuditRequest]:
    """The requests the viewer may see, those that wait first, then the newest."""
    rows = AuditRequest.objects.visible_to(viewer, "audit_request.view")
    return rows.select_related("audit__round", "asked_by", "with_person").order_by(
        F("decided_at").desc(nulls_first=True), "asked_at", "pk"
    )


def request_for(viewer: Viewer, public_id: str) -> AuditRequest:
    """The request.

    Raises: AuditRequest.DoesNotExist when there is none such for the viewer.
    """
    rows = AuditRequest.objects.visible_to(viewer, "audit_request.view")
    return rows.select_related(
        "audit__round__draw", "audit__slot", "audit__auditor", "asked_by", "with_person", "decided_by"
    ).get(public_id=public_id)


def requests_to_decide(viewer: Viewer) -> QuerySet[AuditRequest]:
    """The requests that wait for somebody like the viewer, not their own."""
    rows = AuditRequest.objects.visible_to(viewer, "audit_request.decide").filter(state=RequestState.ASKED)
    return rows.exclude(asked_by=viewer.person_id).select_related("audit", "with_person")


def audit_to_ask_about(viewer: Viewer, public_id: str) -> Audit:
    """The audit that the viewer was given.

    Raises: Audit.DoesNotExist when there is none such for the viewer.
    """
    rows = Audit.objects.visible_to(viewer, "audit.request").select_related("round", "auditor")
    return rows.get(public_id=public_id)


def audit_of_notice(viewer: Viewer, public_id: str) -> Audit:
    """The audit whose worker is told why it was chosen.

    Raises: Audit.DoesNotExist when there is none such for the viewer.
    """
    rows = Audit.objects.visible_to(viewer, "audit_notice.view")
    return rows.select_related("round", "slot__draw", "tool", "auditor", "worker").get(public_id=public_id)


def open_request_of(audit: Audit) -> AuditRequest | None:
    """The request about the audit that waits for a decision."""
    return AuditRequest.objects.as_system("allocation").filter(audit=audit, state=RequestState.ASKED).first()


def may_be_replaced(row: AuditRequest) -> bool:
    """Whether the request left a place in the sample that nobody has filled yet."""
    slot: Slot | None = row.audit.slot
    is_excused = row.kind == RequestKind.EXEMPTION and row.state == RequestState.AGREED
    if slot is None:
        return False
    return is_excused and slot.state == SlotState.SELECTED and slot.route == SlotRoute.RANDOM
