"""Where every open round stands and what waits, for the page "This month"; lists within the viewer's scope.

Counts of a round take in every audit, as its stage does; rows are shown only to those who may see them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from plumbline.audits.models import (
    AllocationException,
    Audit,
    AuditRequest,
    AuditState,
    Concern,
    ConcernState,
    ExceptionState,
    Moderation,
    Report,
    ReportState,
    RequestState,
    Round,
    RoundKind,
    RoundState,
)
from plumbline.audits.queries.allocation import waiting_by_round
from plumbline.audits.rules.month import Stand
from plumbline.audits.rules.rounds import AGREED, uncovered
from plumbline.audits.rules.states import COUNTED, IN_HAND, LEFT_OUT
from plumbline.framework.rules.months import month_end
from plumbline.improvement.queries.actions import actions_due, overdue_on
from plumbline.improvement.queries.findings import findings_to_analyse, findings_without_action
from plumbline.people.scope import Viewer

OVER = (RoundState.PROPOSED, RoundState.COMPLETED, RoundState.CANCELLED)
# So many rows of each list stand on the page; the rest are a link away.
MOST = 10


@dataclass(frozen=True)
class Some:
    """The first rows of a list the viewer may see, and how many there are for them in all."""

    rows: Sequence[Any]
    number: int


@dataclass(frozen=True)
class Month:
    """All that the page shows. `late` and `oldest` count every audit; `late_seen` are those the viewer may see."""

    rounds: list[tuple[Round, Stand]]
    proposed: int
    uncovered: list[date]
    concerns: Some
    late: int
    oldest: date | None
    late_seen: Some
    moderations: Some
    to_share: Some
    not_replied: Some
    findings: Some
    to_analyse: Some
    actions: Some
    actions_late: int
    requests: Some
    exceptions: Some


def this_month(viewer: Viewer) -> Month:
    """The state of the work on the viewer's day, in a number of queries that does not grow."""
    rounds = list(
        Round.objects.visible_to(viewer, "round.view")
        .filter(is_historic=False)
        .exclude(state__in=OVER)
        .order_by("first_month", "pk")
    )
    proposed = Round.objects.visible_to(viewer, "round.view").filter(state=RoundState.PROPOSED).count()
    stands = _stands(rounds, viewer.on)
    late = sum(one.late for one in stands.values())
    oldest = min((one.oldest for one in stands.values() if one.oldest), default=None)
    ids = [one.pk for one in rounds]
    audits = Audit.objects.visible_to(viewer, "audit.view").select_related("auditor", "round")
    here = audits.filter(round__in=ids)
    due = actions_due(viewer, month_end(viewer.on))
    return Month(
        rounds=[(one, stands[one.pk]) for one in rounds],
        proposed=proposed,
        uncovered=_uncovered(viewer),
        concerns=_some(_open_concerns(viewer)),
        late=late,
        oldest=oldest,
        late_seen=_some(here.filter(state__in=IN_HAND, due_on__lt=viewer.on).order_by("due_on", "pk")),
        moderations=_some(_open_moderations(viewer)),
        to_share=_some(
            here.filter(state__in=(AuditState.SUBMITTED, AuditState.MODERATED)).order_by("submitted_at", "pk")
        ),
        not_replied=_some(audits.filter(state=AuditState.SHARED).order_by("shared_at", "pk")),
        findings=_some(findings_without_action(viewer)),
        to_analyse=_some(findings_to_analyse(viewer)),
        actions=_some(due),
        actions_late=due.filter(overdue_on(viewer.on)).count(),
        requests=_some(
            AuditRequest.objects.visible_to(viewer, "audit_request.view")
            .filter(state=RequestState.ASKED)
            .select_related("audit", "asked_by")
            .order_by("asked_at", "pk")
        ),
        exceptions=_some(
            AllocationException.objects.visible_to(viewer, "allocation.approve")
            .filter(state=ExceptionState.ASKED)
            .select_related("slot__case", "slot__draw__round", "proposed_by")
            .order_by("pk")
        ),
    )


def _uncovered(viewer: Viewer) -> list[date]:
    rows = Round.objects.visible_to(viewer, "round.view").filter(state__in=AGREED, last_month__gt=viewer.on)
    rows = rows.exclude(kind=RoundKind.VISITS)
    return uncovered(rows.order_by().values_list("first_month", "last_month"), viewer.on)


def _some(rows: QuerySet[Any]) -> Some:
    first = list(rows[:MOST])
    return Some(first, len(first) if len(first) < MOST else rows.count())


def _open_concerns(viewer: Viewer) -> QuerySet[Concern]:
    rows = Concern.objects.visible_to(viewer, "concern.view").exclude(state=ConcernState.CLOSED)
    return rows.select_related("audit", "handler").order_by("raised_at", "pk")


def _open_moderations(viewer: Viewer) -> QuerySet[Moderation]:
    rows = Moderation.objects.visible_to(viewer, "moderation.view").filter(
        settled_at=None, is_cancelled=False
    )
    return rows.select_related("audit", "moderator").order_by("due_on", "pk")


def _stands(rounds: Sequence[Round], today: date) -> dict[int, Stand]:
    ids = [one.pk for one in rounds]
    late = Q(state__in=IN_HAND, due_on__lt=today)
    counted = (
        Audit.objects.as_system("allocation")
        .filter(round__in=ids)
        .exclude(state__in=LEFT_OUT)
        .values("round_id")
        .annotate(
            of=Count("pk"),
            done=Count("pk", filter=Q(state__in=COUNTED)),
            late=Count("pk", filter=late),
            oldest=Min("due_on", filter=late),
        )
        .order_by()
    )
    facts: dict[int, dict[str, Any]] = {pk: {} for pk in ids}
    for row in counted:
        facts[row["round_id"]] |= {key: row[key] for key in ("of", "done", "late", "oldest")}
    ratings = (
        Moderation.objects.as_system("allocation")
        .filter(audit__round__in=ids, settled_at=None, is_cancelled=False)
        .values("audit__round_id")
        .annotate(number=Count("pk"))
        .order_by()
    )
    for rating in ratings:
        facts[rating["audit__round_id"]]["ratings_open"] = rating["number"]
    for pk, number in waiting_by_round(ids).items():
        facts[pk]["waiting"] = number
    reports = (
        Report.objects.as_system("allocation")
        .filter(round__in=ids)
        .exclude(state=ReportState.SUPERSEDED)
        .annotate(written=Count("texts", filter=~Q(texts__text="")))
        .order_by("number")
    )
    for report in reports.values("round_id", "public_id", "state", "written"):
        facts[report["round_id"]] |= {
            "report": report["public_id"],
            "report_state": report["state"],
            "parts_written": report["written"],
        }
    return {pk: Stand(**values) for pk, values in facts.items()}
