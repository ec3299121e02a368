"""What stands around the figures of a report: findings, actions, concerns, the round before, the programme."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from plumbline.audits.models import (
    AuditAction,
    AuditFinding,
    Concern,
    Report,
    ReportState,
    Round,
    RoundState,
)
from plumbline.audits.queries.report_earlier import alike, comparable
from plumbline.audits.queries.rounds import in_year
from plumbline.audits.rules.report_lines import main_group
from plumbline.audits.rules.rounds import PRINTED, year_of
from plumbline.audits.rules.states import COUNTED
from plumbline.audits.rules.tool import Tool
from plumbline.framework.models import Criterion
from plumbline.improvement.models import Action, ActionState, FindingKind, FindingState
from plumbline.improvement.queries.impact import closed_among
from plumbline.improvement.rules.states import is_open, is_overdue

OVER = (RoundState.FINALISED, RoundState.COMPLETED)


def standards_of(tools: Iterable[Tool]) -> list[dict[str, Any]]:
    """The standards whose criteria the tools test, in order, each with its criteria."""
    keys = {one.criterion for tool in tools for one in tool.questions.values() if one.criterion}
    rows = Criterion.objects.filter(key__in=keys, set__state="published").select_related("standard")
    found: dict[int, dict[str, Any]] = {}
    for row in rows.order_by("set", "standard__position", "position"):
        standard = found.setdefault(
            row.standard_id, {"number": row.standard.number, "title": row.standard.title, "criteria": []}
        )
        standard["criteria"].append({"key": row.key, "number": row.number, "text": row.text})
    return list(found.values())


def concerns_of(round: Round) -> dict[str, int]:
    """How many immediate concerns were raised, and how many of them are closed; nothing else of them."""
    states = Counter(
        Concern.objects.as_system("report-figures").filter(audit__round=round).values_list("state", flat=True)
    )
    return {"raised": states.total(), "closed": states["closed"]}


def findings_of(round: Round) -> dict[str, Any]:
    """How many findings of each kind, how many without an action, and the criteria they bear on."""
    rows = list(
        AuditFinding.objects.filter(round=round)
        .exclude(finding__state=FindingState.WITHDRAWN)
        .annotate(answers=Count("finding__actions", filter=~Q(finding__actions__state="withdrawn")))
        .values_list(
            "finding__kind",
            "finding__needs_analysis",
            "finding__criterion__key",
            "finding__criterion__number",
            "finding__criterion__text",
            "answers",
        )
    )
    kinds = Counter(row[0] for row in rows)
    by_criterion: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for kind, _, key, number, text, _ in rows:
        if key:
            by_criterion[key, number, text][kind] += 1
    return {
        "kinds": {kind: kinds[kind] for kind in FindingKind.values},
        "needs_analysis": sum(row[1] for row in rows),
        "without_action": sum(row[0] != FindingKind.STRENGTH and not row[5] for row in rows),
        "criteria": [
            {"key": key, "number": number, "text": text} | {kind: counts[kind] for kind in FindingKind.values}
            for (key, number, text), counts in sorted(
                by_criterion.items(), key=lambda one: (-one[1][FindingKind.GAP], one[0])
            )
        ],
    }


def actions_of(round: Round, day: date) -> dict[str, Any]:
    """How many actions came of the round, by state and level; how many are open, overdue, closed with evidenced impact."""
    every = _actions_from(round)
    rows = list(every.values_list("state", "due_on", "level"))
    states = Counter(state for state, _, _ in rows)
    return {
        "all": len(rows),
        "states": {state: states[state] for state in ActionState.values if states[state]},
        "levels": dict(sorted(Counter(level for _, _, level in rows).items())),
        "open": sum(is_open(state) for state, _, _ in rows),
        "overdue": sum(is_overdue(state, due_on, day) for state, due_on, _ in rows),
        "evidenced": closed_among(every, day).evidenced,
    }


def _actions_from(round: Round) -> QuerySet[Action]:
    """The actions set from an audit of the round, and those that answer one of its findings, each once."""
    rows = Action.objects.as_system("report-figures")
    set_from = AuditAction.objects.filter(round=round).values("action")
    answering = AuditFinding.objects.filter(round=round).values("finding__actions")
    return rows.filter(Q(pk__in=set_from) | Q(pk__in=answering)).order_by("pk")


def round_before(round: Round) -> Round | None:
    """The completed round before this one that it may be set beside, with its audits; none when there is none."""
    rows = Round.objects.as_system("report-figures").filter(
        state__in=OVER,
        is_historic=False,
        last_month__lt=round.first_month,
    )
    return comparable(rows, round).exclude(pk=round.pk).order_by("-last_month", "-pk").first()


def last_time(round: Round, day: date) -> dict[str, Any] | None:
    """What the round before found, what became of its actions by today, and its figures as they were issued."""
    before = round_before(round)
    if before is None:
        return None
    issued = (
        Report.objects.as_system("report-figures")
        .filter(round=before, state=ReportState.ISSUED)
        .order_by("-number")
        .first()
    )
    figures = issued.figures if issued else {}
    then = main_group(figures) if figures else {}
    return {
        "title": before.title,
        "first_month": before.first_month.isoformat(),
        "last_month": before.last_month.isoformat(),
        "report": issued.public_id if issued else "",
        "findings": findings_of(before),
        "actions": actions_of(before, day),
        "grades": [{"title": one["title"], "better": one["better"]} for one in then.get("grades", ())],
        "questions": [
            {"criterion": one["criterion"], "met": one["met"]}
            for one in then.get("questions", ())
            if one["criterion"]
        ],
    }


def programme_of(round: Round) -> list[dict[str, Any]]:
    """The rounds that look at a month of the round's financial year, with how many audits count and their status."""
    year = year_of(round.first_month, is_financial=True)
    rows = (
        alike(in_year(Round.objects.as_system("report-figures"), year), round)
        .exclude(state=RoundState.CANCELLED)
        .annotate(counted=Count("audits", filter=Q(audits__state__in=COUNTED)))
        .order_by("first_month", "pk")
    )
    return [
        {
            "title": row.title,
            "audit_kind": row.get_audit_kind_display(),
            "first_month": row.first_month.isoformat(),
            "last_month": row.last_month.isoformat(),
            # The audits of an earlier programme were not kept.
            "counted": None if row.is_historic else row.counted,
            "state": PRINTED[row.state],
            "this": row.pk == round.pk,
        }
        for row in rows
    ]
