"""Improvement's kinds of record that are kept for a time."""

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from plumbline.improvement.models import Action, ActionState, ActionStep, Finding
from plumbline.improvement.rules.states import FINISHED
from plumbline.shared.kinds import RecordKind


def _answered() -> Q:
    """Findings that no open action still answers: their actions count from the day they were raised too."""
    busy = Action.findings.through.objects.exclude(action__state__in=FINISHED)
    return ~Q(pk__in=busy.values("finding_id")) & ~Q(state="draft")


def _last_step() -> Subquery:
    steps = ActionStep.objects.filter(action=OuterRef("pk")).order_by().values("action")
    return Subquery(steps.annotate(last=Max("at")).values("last"))


KINDS = (
    RecordKind(
        key="finding",
        label="Findings",
        counted_from="the day it was raised, once no action that answers it is open",
        finished=lambda: Finding.objects.as_system("retention").filter(_answered()),
        ends_on=F("raised_on"),
        of_unit=("unit",),
        of_person=("worker", "raised_by"),
    ),
    RecordKind(
        key="action",
        label="Actions",
        counted_from="the day it was closed or withdrawn",
        finished=lambda: Action.objects.as_system("retention").filter(
            state__in=(ActionState.CLOSED, ActionState.WITHDRAWN)
        ),
        ends_on=TruncDate(Coalesce(F("closed_at"), _last_step())),
        of_unit=("unit",),
        of_person=("owner", "raised_by", "closed_by"),
    ),
)
