"""The demo council's visits and observations: workers seen at work, teams visited by a leader, a home every month."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from plumbline.audits.actions.raising import act_from_audit, raise_from_audit
from plumbline.audits.actions.visits import MARK
from plumbline.audits.models import Audit, Round, RoundKind, RoundStep, ToolVersion
from plumbline.audits.rules.subjects import Subject
from plumbline.audits.rules.tool import AnswerType, Tool
from plumbline.audits.rules.tool_data import tool_from
from plumbline.demo.audits.cases import workers_of
from plumbline.demo.audits.filling import Filler
from plumbline.demo.audits.judging import Written
from plumbline.demo.audits.programme import visits
from plumbline.demo.audits.year import Year
from plumbline.framework.rules.months import add_months
from plumbline.people.models import Person, Unit
from plumbline.people.rules.roles import Role
from plumbline.shared.dates import first_of_month

# So many days after the first of its month each visit of a round was given out.
APART = 17
STAGES = ("proposed", "planned", "allocated", "auditing", "cases_audited", "analysis")


def make_visits(year: Year) -> None:
    """The rounds of visits, each visit in its state, with what was found."""
    said = visits()
    for one in said["rounds"]:
        _round(year, one, said)


def _round(year: Year, one: dict[str, Any], said: dict[str, Any]) -> None:
    today = year.fernshire.today
    first = add_months(first_of_month(today), one["first"] - 11)
    row = Round.objects.create(
        key=one["key"],
        title=one["title"],
        theme=one["theme"],
        rationale=one["rationale"],
        kind=RoundKind.VISITS,
        state=one["state"],
        first_month=first,
        last_month=add_months(first, one["months"] - 1),
        tool=year.tools[one["tool"]],
        target_min=len(one["visits"]),
        target_max=len(one["visits"]) + 2,
        proposed_by=year.fernshire.by_role[Role.QA_LEAD],
        proposed_at=year.filler.at(first - timedelta(days=30)),
    )
    for number, stage in enumerate(STAGES[: STAGES.index(one["state"]) + 1]):
        at = year.filler.at(min(today, first + timedelta(days=(number - 2) * 9)))
        RoundStep.objects.create(round=row, state=stage, at=at, by=year.filler.officer)
    _visits(year, row, year.tools[one["tool"]], one["visits"], said)


def _visits(year: Year, row: Round, version: ToolVersion, states: list[str], said: dict[str, Any]) -> None:
    tool, filler, today = tool_from(version.content), year.filler, year.fernshire.today
    made = []
    for number, (state, (unit, worker, auditor)) in enumerate(
        zip(states, _visited(year, tool.subject), strict=False)
    ):
        is_open = state in ("allocated", "started")
        began = min(
            row.first_month + timedelta(days=5 + APART * number), today - timedelta(days=3 * (5 - number))
        )
        visit = Audit(
            round=row,
            tool=version,
            unit=unit,
            worker=worker,
            manager=year.fernshire.heads.get(unit.key),
            auditor=auditor,
            due_on=today + timedelta(days=6) if is_open else began + timedelta(days=14),
            allocated_at=filler.at(began),
        )
        visit.reference = f"{MARK}{visit.public_id[:6].upper()}"
        written = _written(filler, tool, said, number)
        graded = filler.pen.grades(tool, written)
        filler.fill(visit, state, began, written, graded, is_moderated=False)
        made.append(visit)
    Audit.objects.bulk_create(made)
    filler.write()
    _found(filler, tool, made, said, today)


def _visited(year: Year, subject: Subject) -> list[tuple[Unit, Person | None, Person]]:
    """What is visited and by whom: workers by their own manager, teams by the director, the home by somebody independent."""
    fernshire = year.fernshire
    if subject is Subject.ESTABLISHMENT:
        return [(fernshire.units["larch-house"], None, fernshire.by_role[Role.REVIEWING_OFFICER])] * 12
    keys = ["safeguarding-north", "safeguarding-south", "adolescents", "care-leavers", "disabled-children"]
    if subject is Subject.TEAM:
        return [(fernshire.units[key], None, fernshire.by_role[Role.DIRECTOR]) for key in keys]
    found: list[tuple[Unit, Person | None, Person]] = []
    for key in keys:
        unit = fernshire.units[key]
        own = fernshire.by_role[Role.SOCIAL_WORKER]
        worker = own if fernshire.team_of[own.pk] == key else workers_of(unit, fernshire.today)[0]
        found.append((unit, worker, fernshire.heads[key]))
    return found


def _written(filler: Filler, tool: Tool, said: dict[str, Any], number: int) -> list[Written]:
    places = count(number)
    written = []
    for question in tool.questions.values():
        if question.answer is AnswerType.TEXT:
            written.append(Written(question.key, text=said["texts"][question.key][number % 2]))
            continue
        is_met = question.is_limiting or filler.chance.random() < 0.72
        met, partly = said["words"][question.key]
        evidence = said["evidence"][next(places) % len(said["evidence"])]
        level, why = ("met", met) if is_met else ("partly_met", partly)
        written.append(Written(question.key, judgement=level, rationale=why, evidence=evidence))
    return written


def _found(filler: Filler, tool: Tool, made: list[Audit], said: dict[str, Any], today: date) -> None:
    visit = made[0]
    kind, text = said["finding"][tool.key]
    finding = raise_from_audit(by=visit.auditor, audit=visit, kind=kind, text=text)
    if tool.key in said["action"]:
        act_from_audit(
            by=visit.auditor,
            audit=visit,
            level="service",
            text=said["action"][tool.key],
            owner=visit.manager or filler.officer,
            due_on=today + timedelta(days=30),
            findings=[finding],
        )
