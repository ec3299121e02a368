"""What closed actions changed: the checks of one, those that are due, how many closed actions have evidenced impact."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from plumbline.improvement.models import Action, ActionState, ImpactCheck, ImpactResult
from plumbline.people.scope import Viewer


def with_impact_known(rows: QuerySet[Action], day: date) -> QuerySet[Action]:
    """The rows, each with `impact_result`, the last result since it was closed, and `is_impact_due` on the day."""
    checks = ImpactCheck.objects.filter(action=OuterRef("pk"))
    since = checks.filter(recorded_at__gte=OuterRef("closed_at")).order_by("-recorded_at", "-pk")
    return rows.annotate(
        impact_result=Subquery(since.values("result")[:1]),
        is_impact_due=Exists(checks.filter(result="", due_on__lte=day)),
    )


def has_evidenced_impact() -> Q:
    """The condition that the last look at a closed action found its impact evidenced; after `with_impact_known`."""
    return Q(state=ActionState.CLOSED, impact_result=ImpactResult.EVIDENCED)


@dataclass(frozen=True)
class Closed:
    """How many actions are closed, and how many of them with evidenced impact."""

    number: int
    evidenced: int


def closed_among(rows: QuerySet[Action], day: date) -> Closed:
    """The count of the closed among the rows."""
    found = with_impact_known(rows.order_by(), day).aggregate(
        number=Count("pk", filter=Q(state=ActionState.CLOSED)),
        evidenced=Count("pk", filter=has_evidenced_impact()),
    )
    return Closed(found["number"], found["evidenced"])


def impact_to_check(viewer: Viewer) -> QuerySet[Action]:
    """The closed actions of others whose impact somebody who may check it should look at by now; oldest first."""
    rows = with_impact_known(Action.objects.visible_to(viewer, "action.check"), viewer.on)
    due = rows.filter(Q(is_impact_due=True)).exclude(owner_id=viewer.person_id)
    return due.order_by("closed_at", "pk")


def checks_of(action: Action) -> list[ImpactCheck]:
    """All looks at the action, in the order of their days, with who took them."""
    return list(action.impact_checks.select_related("by").order_by("due_on", "pk"))


def check_due(action: Action, day: date) -> ImpactCheck | None:
    """The check of the action that is due on the day, the earliest first; none where none is."""
    return action.impact_checks.filter(result="", due_on__lte=day).order_by("due_on", "pk").first()
