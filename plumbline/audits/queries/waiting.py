"""The viewer's own audits in hand, and those of their work that were chosen lately."""

from datetime import date

from django.db.models import QuerySet

from plumbline.audits.models import Audit, AuditState
from plumbline.audits.rules.states import IN_HAND
from plumbline.people.scope import Viewer

# Working together needs an answer within the week; after that the request counts as late in My work.
DAYS_TO_DECIDE = 3


def audits_in_hand(viewer: Viewer) -> QuerySet[Audit]:
    """The audits given to the viewer that they have not submitted, the earliest first."""
    if viewer.person_id is None or not viewer.has("audit.view"):
        return Audit.objects.as_system("allocation").none()
    rows = Audit.objects.visible_to(viewer, "audit.view")
    rows = rows.filter(auditor_id=viewer.person_id, state__in=IN_HAND).select_related("tool")
    return rows.order_by("due_on", "pk")


def notices_for(viewer: Viewer, since: date) -> QuerySet[Audit]:
    """The audits of the viewer's own work that were chosen since the day and are not yet submitted."""
    if viewer.person_id is None or not viewer.has("audit_notice.view"):
        return Audit.objects.as_system("allocation").none()
    rows = Audit.objects.visible_to(viewer, "audit_notice.view")
    return rows.filter(
        worker_id=viewer.person_id,
        allocated_at__date__gte=since,
        state__in=(AuditState.ALLOCATED, AuditState.STARTED, AuditState.DISCUSSED),
    ).order_by("allocated_at", "pk")


def audits_by_reference(viewer: Viewer, asked: str, limit: int = 10) -> list[Audit]:
    """The audits the viewer may see whose case reference holds the words, the newest first."""
    if not viewer.has("audit.view"):
        return []
    rows = Audit.objects.visible_to(viewer, "audit.view").filter(reference__icontains=asked)
    return list(rows.select_related("round").order_by("-allocated_at", "-pk")[:limit])
