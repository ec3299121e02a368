"""Counts of findings and actions by criterion, as far as the viewer may see them, each in one query."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q

from plumbline.framework.models import Criterion
from plumbline.improvement.models import Action, ActionState, Finding, FindingState
from plumbline.improvement.queries.actions import overdue_on
from plumbline.people.scope import Viewer

OVER = (ActionState.CLOSED, ActionState.WITHDRAWN, ActionState.DRAFT)


@dataclass
class FindingsOn:
    """The open findings on one criterion."""

    kinds: Counter[str] = field(default_factory=Counter)
    newest_on: date | None = None


@dataclass(frozen=True)
class ActionsOn:
    """The actions about one criterion: still going, late among them, closed."""

    going: int
    overdue: int
    closed: int


def findings_on(viewer: Viewer, criteria: Iterable[Criterion]) -> dict[int, FindingsOn]:
    """By criterion the open findings the viewer may see."""
    found: dict[int, FindingsOn] = {}
    if not viewer.has("finding.view"):
        return found
    rows = Finding.objects.visible_to(viewer, "finding.view").filter(
        criterion__in=list(criteria), state=FindingState.OPEN
    )
    grouped = rows.order_by().values_list("criterion", "kind").annotate(Count("pk"), Max("raised_on"))
    for criterion, kind, number, newest in grouped:
        one = found.setdefault(criterion, FindingsOn())
        one.kinds[kind] += number
        one.newest_on = max(newest, one.newest_on or newest)
    return found


def actions_on(viewer: Viewer, criteria: Iterable[Criterion]) -> dict[int, ActionsOn]:
    """By criterion the actions the viewer may see that answer a finding on it; each counts once a criterion."""
    if not viewer.has("action.view"):
        return {}
    rows = Action.objects.visible_to(viewer, "action.view").filter(findings__criterion__in=list(criteria))
    grouped = (
        rows.order_by()
        .values_list("findings__criterion")
        .annotate(
            going=Count("pk", filter=~Q(state__in=OVER), distinct=True),
            overdue=Count("pk", filter=overdue_on(viewer.on), distinct=True),
            closed=Count("pk", filter=Q(state=ActionState.CLOSED), distinct=True),
        )
    )
    return {row[0]: ActionsOn(*row[1:]) for row in grouped if row[1] or row[3]}
