"""The figures of a round's report, as plain data without any reference or name, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce, Substr

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditState,
    CaseList,
    Discussion,
    Draw,
    ExclusionReason,
    Grade,
    GradeStage,
    Moderation,
    Round,
    Slot,
    SlotRoute,
    SlotState,
    TalkedThrough,
    ToolVersion,
    VoiceContact,
)
from plumbline.audits.queries import report_context
from plumbline.audits.queries.excusals import excusals_of
from plumbline.audits.queries.oversight import figures_of_oversight
from plumbline.audits.queries.report_earlier import earlier_actions, grades_before
from plumbline.audits.queries.report_people import people_of
from plumbline.audits.queries.self_audits import judgements_given
from plumbline.audits.rules.audit_kinds import AuditKind
from plumbline.audits.rules.local_questions import local_section
from plumbline.audits.rules.report import FAMILY, AuditFacts, best_outcome, group_figures
from plumbline.audits.rules.report_completeness import Asked, completeness
from plumbline.audits.rules.report_lines import VISITS
from plumbline.audits.rules.states import SHARED, is_complete, is_late
from plumbline.audits.rules.tool import Tool
from plumbline.audits.rules.tool_data import tool_from
from plumbline.shared import dates

VERSION = 2
# A choice is a word or two; anything longer is narrative, which the figures do not need.
LONGEST_CHOICE = 80


@dataclass(frozen=True)
class _Row:
    pk: int
    route: str
    state: str
    due_on: date
    tool_id: int
    not_asked: dict[str, Any]
    local_questions: list[dict[str, Any]]


def figures_of(round: Round, on: date | None = None) -> dict[str, Any]:
    """Everything the report of the round counts, on the day, as JSON that stays readable when frozen.

    Shape: see docs/reference/report-figures.md. Cases drawn at random and picked ones are apart throughout.
    """
    day = on or dates.today()
    rows = _audits(round)
    counted = [row for row in rows if is_complete(row.state)]
    tools = _tools(counted, round)
    frame, excusals = _frame_size(round), excusals_of(round)
    facts = _facts({row.pk: row for row in counted}, has_self_audits=bool(round.self_audit))
    groups = {}
    for route in (*SlotRoute.values, VISITS):
        own = [facts[row.pk] for row in counted if row.route == route]
        if own or route == SlotRoute.RANDOM:
            is_random = route == SlotRoute.RANDOM
            groups[route] = group_figures(
                own,
                tools,
                is_random=is_random,
                population=frame if is_random else None,
                local=local_section(round.local_questions).questions,
            )
    figures: dict[str, Any] = {
        "version": VERSION,
        "taken_on": day.isoformat(),
        "round": _about(round, tools),
        "completeness": completeness(
            [Asked(row.route, row.state, is_late(row.state, row.due_on, day)) for row in rows],
            target=(round.target_min, round.target_max),
            left_out=_left_out(round, rows, sum(one.count for one in excusals)),
            frame=frame,
            drawn=_drawn(round),
            excusals=[one.figures for one in excusals],
        ),
        "people": people_of(round, [row.pk for row in counted if row.route == SlotRoute.RANDOM]),
        "groups": groups,
        "standards": report_context.standards_of(tools),
        "oversight": figures_of_oversight(round),
        "concerns": report_context.concerns_of(round),
        "findings": report_context.findings_of(round),
        "actions": report_context.actions_of(round, day),
        "grades_before": grades_before(round),
        "earlier_actions": earlier_actions(round, day),
        "last_time": report_context.last_time(round, day),
        "programme": report_context.programme_of(round),
    }
    return figures | {"annex": _pins([row.pk for row in counted])}


def _audits(round: Round) -> list[_Row]:
    audits = Audit.objects.as_system("report-figures").filter(round=round)
    audits = audits.annotate(way_in=Coalesce("slot__route", Value(VISITS)))
    values = audits.order_by("pk").values_list(
        "pk", "way_in", "state", "due_on", "tool_id", "not_asked", "local_questions"
    )
    return [_Row(*row) for row in values]


def _tools(rows: Iterable[_Row], round: Round) -> list[Tool]:
    used = Counter(row.tool_id for row in rows) or Counter([round.tool_id] if round.tool_id else [])
    versions = ToolVersion.objects.as_system("report-figures").in_bulk(list(used))
    # The version most audits were done with gives the words and the scale.
    return [tool_from(versions[pk].content) for pk, _ in used.most_common()]


def _frame_size(round: Round) -> int:
    size = CaseList.objects.as_system("report-figures").filter(round=round).values_list("size", flat=True)
    return size.first() or 0


def _drawn(round: Round) -> int:
    size = Draw.objects.as_system("report-figures").filter(round=round)
    return size.values_list("sample_size", flat=True).first() or 0


def _left_out(round: Round, rows: Iterable[_Row], late: int) -> dict[str, int]:
    slots = Slot.objects.as_system("report-figures").filter(
        draw__round=round, state__in=(SlotState.EXCLUDED, SlotState.REPLACED)
    )
    said = Counter(ExclusionReason(reason).label for reason in slots.values_list("reason", flat=True))
    excused = sum(row.state == AuditState.EXEMPTED for row in rows) - late
    by_audit = {"The auditor was excused": excused, "Late, and left out so that the round could finish": late}
    return dict(sorted(said.items())) | {why: count for why, count in by_audit.items() if count}


def _about(round: Round, tools: list[Tool]) -> dict[str, Any]:
    return {
        "id": round.public_id,
        "title": round.title,
        "theme": round.theme,
        "kind": round.get_kind_display(),
        "audit_kind": "" if round.is_of_visits else round.get_audit_kind_display(),
        "hears": any(tool.hears for tool in tools) or not tools,
        "is_independent": AuditKind(round.audit_kind).is_independent,
        "first_month": round.first_month.isoformat(),
        "last_month": round.last_month.isoformat(),
        "moderation_percent": round.moderation_percent,
        "tools": [{"title": tool.title, "version": tool.version} for tool in tools],
    }


def _facts(rows: Mapping[int, _Row], *, has_self_audits: bool) -> dict[int, AuditFacts]:
    """The facts of each audit, each kind of them read once for all."""
    audits = list(rows)
    judgements: dict[int, dict[str, str]] = defaultdict(dict)
    answers = Answer.objects.filter(audit__in=audits, is_current=True)
    for audit, question, judgement, choice in answers.values_list(
        "audit_id", "question", "judgement", Substr("text", 1, LONGEST_CHOICE)
    ):
        judgements[audit][question] = judgement or choice
    grades: dict[str, dict[int, dict[str, str]]] = {stage: defaultdict(dict) for stage in GradeStage.values}
    given = Grade.objects.filter(audit__in=audits, is_current=True)
    for stage, audit, section, grade in given.values_list("stage", "audit_id", "section", "grade"):
        grades[stage][audit][section] = grade
    voices: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    heard = VoiceContact.objects.filter(audit__in=audits)
    for audit, who, outcome in heard.values_list("audit_id", "of", "outcome"):
        voices[audit]["family" if who in FAMILY else who].append(outcome)
    talks = dict(Discussion.objects.filter(audit__in=audits).values_list("audit_id", "held_on"))
    talked = set(TalkedThrough.objects.filter(audit__in=audits).values_list("audit_id", flat=True))
    moderated = {
        audit: (why, rated is not None, settled is not None)
        for audit, why, rated, settled in Moderation.objects.as_system("report-figures")
        .filter(audit__in=audits, is_cancelled=False)
        .values_list("audit_id", "why", "rated_at", "settled_at")
    }
    not_moderated = ("", False, False)
    own = judgements_given(audits) if has_self_audits else {}
    return {
        audit: AuditFacts(
            grades=grades[GradeStage.FIRST][audit] | grades[GradeStage.FINAL][audit],
            first=grades[GradeStage.FIRST][audit],
            # A rating that was taken back says nothing, though its grades are kept.
            second=grades[GradeStage.SECOND][audit] if moderated.get(audit, not_moderated)[1] else {},
            judgements=judgements[audit],
            talk="" if audit not in talks else "held" if talks[audit] else "not_held",
            child=best_outcome(voices[audit]["child"]),
            family=best_outcome(voices[audit]["family"]),
            is_shared=rows[audit].state in SHARED,
            is_talked_through=audit in talked,
            moderation=moderated.get(audit, not_moderated)[0],
            is_settled=moderated.get(audit, not_moderated)[2],
            not_asked=frozenset(rows[audit].not_asked),
            local=frozenset(one["key"] for one in rows[audit].local_questions),
            is_self_asked=audit in own,
            own=own.get(audit),
        )
        for audit in audits
    }


def _pins(audits: list[int]) -> dict[str, list[int]]:
    """Which versions of answers and grades the annex shows: they are never changed, only followed by newer ones."""
    answers = Answer.objects.filter(audit__in=audits, is_current=True)
    grades = Grade.objects.filter(audit__in=audits, is_current=True)
    return {
        "answers": list(answers.order_by("pk").values_list("pk", flat=True)),
        "grades": list(grades.order_by("pk").values_list("pk", flat=True)),
    }
