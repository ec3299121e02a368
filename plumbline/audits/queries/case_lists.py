"""The frozen case list of a round, as far as the viewer may see it."""

from django.db.models import Count, QuerySet

from plumbline.audits.models import CaseList, FrameCase, Round
from plumbline.people.scope import Viewer


def case_list_of(viewer: Viewer, round: Round) -> CaseList | None:
    """The case list of the round; none before it is imported."""
    rows = CaseList.objects.visible_to(viewer, "case_list.view")
    return rows.filter(round=round).first()


def cases_of(viewer: Viewer, case_list: CaseList) -> QuerySet[FrameCase]:
    """Its cases by reference, without those of a team or worker in which the viewer declared an interest."""
    rows = FrameCase.objects.visible_to(viewer, "case_list.view").filter(case_list=case_list)
    return rows.select_related("unit").order_by("reference")


def has_case_list(viewer: Viewer, round: Round) -> bool:
    """Whether the round has a case list already."""
    return CaseList.objects.visible_to(viewer, "case_list.view").filter(round=round).exists()


def plan_types_in(viewer: Viewer, case_list: CaseList) -> dict[str, int]:
    """How many cases the viewer may see of each plan type."""
    rows = cases_of(viewer, case_list).order_by().values("plan_type").annotate(n=Count("pk"))
    return {row["plan_type"]: row["n"] for row in rows}
