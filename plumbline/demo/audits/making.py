"""The demo council's year of audits: eleven rounds, each from its case list to what was learnt from it."""

import random
from datetime import date, timedelta

from plumbline.audits.models import (
    Audit,
    ModerationDraw,
    Round,
    RoundStep,
    Slot,
    SlotRoute,
    SlotState,
    ToolVersion,
)
from plumbline.audits.queries.tools import criteria_not_for_all
from plumbline.audits.rules.applicability import asked_in_case, not_asked_of
from plumbline.audits.rules.local_questions import with_local
from plumbline.audits.rules.tool import Tool
from plumbline.audits.rules.tool_data import tool_from
from plumbline.demo.audits.briefing import brief
from plumbline.demo.audits.drawing import draw_round
from plumbline.demo.audits.filling import Filler
from plumbline.demo.audits.judging import Pen
from plumbline.demo.audits.learning import learn, moderate, raise_concern, reason_to_moderate, service_action
from plumbline.demo.audits.practising import make_practice
from plumbline.demo.audits.programme import DemoRound, programme, words
from plumbline.demo.audits.reporting import leave_out, oversee, write_report
from plumbline.demo.audits.visits import make_visits
from plumbline.demo.audits.year import SERVICE, Year
from plumbline.demo.people import Fernshire
from plumbline.framework.models import Criterion, Forum
from plumbline.framework.rules.months import add_months
from plumbline.improvement.models import Finding
from plumbline.people.models import LineManagement
from plumbline.people.rules.roles import Role
from plumbline.shared.dates import day_of, first_of_month
from stats.sampling import draw_order, frame_digest

STAGES = (
    "proposed",
    "planned",
    "cohort",
    "drawn",
    "allocated",
    "auditing",
    "cases_audited",
    "analysis",
    "drafted",
    "finalised",
    "completed",
)
# The forum of the shipped schedule that receives a report and agrees its plan.
PLAN_FORUM = "auditor-meeting"
# How far the audits of a round under way have come: from here on the list is gone through again.
PROGRESS = {
    "auditing": (
        "allocated",
        "started",
        "submitted",
        "discussed",
        "shared",
        "allocated",
        "submitted",
        "started",
        "replied",
        "in_moderation",
    ),
    "cases_audited": ("submitted", "in_moderation", "shared", "moderated", "replied", "submitted", "shared"),
    "analysis": ("closed", "replied", "shared", "closed"),
    "completed": ("closed", "closed", "closed", "replied"),
}
# The rounds in which a concern was raised, by key, with which of the concerns.
CONCERNS = {"R04": 0, "R06": 1, "R11": 2}

# The round that was finished without one late audit, and which of its audits that is.
LEFT_OUT, LATE_ONE = "R08", 3


def make_audits(fernshire: Fernshire) -> None:
    """The eleven rounds of the last twelve months."""
    from plumbline.demo.council import UNITS

    SERVICE.update({one.key: one.parent for one in UNITS if one.parent and one.parent != "fernshire"})
    chance = random.Random(fernshire.chance.random())  # noqa: S311  nothing here is secret
    officer = fernshire.by_role[Role.QA_OFFICER]
    homes = {"larch-house"}
    heads = {key: head for key, head in fernshire.heads.items() if key not in homes | {"quality"}}
    year = Year(
        fernshire=fernshire,
        filler=Filler(chance, Pen(chance, words()), officer, fernshire.today),
        tools={one.key: one for one in ToolVersion.objects.as_system("demo").filter(state="published")},
        criteria={one.key: one for one in Criterion.objects.filter(set__state="published")},
        auditors=list({head.pk: head for head in heads.values()}.values()),
    )
    for one in programme():
        _round(year, one)
    make_visits(year)
    make_practice(fernshire.by_role[Role.AUDITOR], year.tools["whole-case"])


def _round(year: Year, one: DemoRound) -> None:
    today, officer = year.fernshire.today, year.filler.officer
    first = add_months(first_of_month(today), one.month - 11)
    last = add_months(first, one.months - 1)
    is_current = one.state == "auditing"
    began = (
        min(first + timedelta(days=4), today - timedelta(days=9)) if is_current else first + timedelta(days=4)
    )
    due_on = today + timedelta(days=5) if is_current else last + timedelta(days=25)
    tool = year.tools[one.tool]
    row = Round.objects.create(
        key=one.key,
        title=one.title,
        theme=one.theme,
        rationale=one.rationale,
        focus=one.focus,
        kind=one.kind,
        audit_kind=one.audit_kind,
        state=one.state,
        first_month=first,
        last_month=last,
        tool=tool,
        cohort_rule=_cohort_words(one),
        plan_types=one.plan_types,
        sample_size=one.sample,
        strata=one.strata,
        is_feedback_required=one.feedback,
        self_audit=one.self_audit,
        local_questions=one.local_questions,
        audits_due_on=due_on,
        report_due_on=due_on + timedelta(days=14),
        proposed_by=year.fernshire.by_role[Role.QA_LEAD],
        proposed_at=year.filler.at(began - timedelta(days=40)),
    )
    slots = draw_round(year.fernshire, row, one, began - timedelta(days=6), officer)
    audits = _audits(year, row, tool, slots, due_on, began)
    _fill(year, row, one, tool_from(tool.content), audits, began)
    _report(year, row, one)
    _stages(year, row, one, began)


def _report(year: Year, row: Round, one: DemoRound) -> None:
    """The reports of finished rounds are issued; the newest round with all its audits has a draft."""
    if one.state in ("completed", "analysis"):
        row.state = "analysis"
        row.save(update_fields=["state"])
        day = min(row.report_due_on or year.fernshire.today, year.fernshire.today)
        lead = year.fernshire.by_role[Role.QA_LEAD]
        if one.key == LEFT_OUT:
            leave_out(year.filler, row, lead, Forum.objects.filter(key=PLAN_FORUM).first())
        if one.oversight:
            oversee(year.filler, row, year.fernshire.by_role[Role.REVIEWING_OFFICER], one.oversight, day)
        write_report(year.filler, row, lead, day, is_issued=one.state == "completed")
        if one.briefing:
            others = {person.pk for person in year.fernshire.by_role.values()}
            brief(year.filler, row, lead, one.briefing, day + timedelta(days=5), others)


def _stages(year: Year, row: Round, one: DemoRound, began: date) -> None:
    """Where the round stands and when it came to each stage, in place of the steps of today."""
    row.state = one.state
    row.save(update_fields=["state"])
    RoundStep.objects.filter(round=row).delete()
    today, officer = year.fernshire.today, year.filler.officer
    reached = STAGES.index(one.state)
    for number, stage in enumerate(STAGES[: reached + 1]):
        at = year.filler.at(min(today, began + timedelta(days=(number - 4) * 5)))
        RoundStep.objects.create(round=row, state=stage, at=at, by=officer)
    if one.state == "completed":
        row.plan_forum, row.plan_agreed_on = Forum.objects.filter(key=PLAN_FORUM).first(), day_of(at)
        row.save(update_fields=["plan_forum", "plan_agreed_on"])


def _cohort_words(one: DemoRound) -> str:
    whose = " or ".join(one.plan_types).lower() or "every open case"
    return f"Open cases: {whose}" + (f", in the team {', '.join(one.teams)}" if one.teams else "")


def _audits(
    year: Year, row: Round, tool: ToolVersion, slots: list[Slot], due_on: date, began: date
) -> list[Audit]:
    managers = dict(LineManagement.objects.filter(ends_on=None).values_list("person_id", "manager_id"))
    asks, limited = tool_from(tool.content), criteria_not_for_all()
    unit_keys = {unit.pk: key for key, unit in year.fernshire.units.items()}
    audits = [
        Audit(
            round=row,
            slot=slot,
            case=slot.case,
            reference=slot.case.reference,
            tool=tool,
            unit_id=slot.case.unit_id,
            worker_id=slot.case.worker_id,
            manager_id=managers.get(slot.case.worker_id or 0),
            auditor=year.auditor_for(unit_keys[slot.case.unit_id], row.audit_kind),
            due_on=due_on,
            allocated_at=year.filler.at(began),
            not_asked=not_asked_of(asks, limited, slot.case.plan_type, slot.case.disability),
            local_questions=row.local_questions,
        )
        for slot in slots
        if slot.state == SlotState.SELECTED
    ]
    Audit.objects.bulk_create(audits)
    return audits


def _fill(year: Year, row: Round, one: DemoRound, whole: Tool, audits: list[Audit], began: date) -> None:
    filler, way = year.filler, PROGRESS[one.state]
    # Practice gets better over the year, in one team less than in the others.
    level = 0.62 + 0.013 * one.month
    submitted, drawn = [], _share(year, row, audits)
    moderators = [year.fernshire.by_role[Role.MODERATOR], year.fernshire.by_role[Role.QA_LEAD]]
    for number, audit in enumerate(audits):
        # A case picked by purpose is that of the sign-in page's social worker, who is to have an audit to read.
        state = "shared" if audit.slot and audit.slot.route != SlotRoute.RANDOM else way[number % len(way)]
        if one.key == LEFT_OUT and number == LATE_ONE:
            state = "started"
        quality = min(0.93, max(0.25, filler.chance.gauss(level, 0.13)))
        start = began + timedelta(days=filler.chance.randrange(0, 4))
        tool = asked_in_case(whole, audit.not_asked)
        asked = with_local(tool, audit.local_questions)
        written = filler.pen.answers(asked, quality)
        graded = filler.pen.grades(tool, written)
        why = reason_to_moderate(tool, graded, audit.reference in drawn.references)
        if not why:
            state = {"in_moderation": "submitted", "moderated": "shared"}.get(state, state)
        elif state == "submitted" and one.state != "auditing":
            state = "in_moderation"
        is_moderated = bool(why) and state != "submitted"
        filler.fill(audit, state, start, written, graded, is_moderated=is_moderated)
        if one.self_audit:
            filler.self_audit(audit, written, start + timedelta(days=5))
        if one.state == "auditing" and state in ("allocated", "started") and number % 4 == 0:
            audit.due_on = year.fernshire.today - timedelta(days=1 + number % 3)
        if audit.submitted_at is None:
            continue
        submitted.append(audit)
        if is_moderated:
            moderator = moderators[number % 3 == 0]
            draw = drawn if why == "random" else None
            moderate(filler, audit, tool, graded, moderator, why, draw, rated=state != "in_moderation")
        learn(filler, audit, asked, written, year.criteria, is_shared=audit.shared_at is not None)
    filler.write()
    fields = ["state", "due_on", "submitted_at", "submitted_by", "shared_at", "shared_by"]
    Audit.objects.as_system("demo").bulk_update(audits, fields, batch_size=200)
    _afterwards(year, row, one, submitted)


def _share(year: Year, row: Round, audits: list[Audit]) -> ModerationDraw:
    references = [audit.reference for audit in audits]
    seed = f"{year.filler.chance.randrange(10**6):06d}"
    wanted = -(-len(references) * row.moderation_percent // 100)
    return ModerationDraw.objects.create(
        round=row,
        seed_value=seed,
        how="Two ten-sided dice, three throws, by the audit meeting",
        frame_digest=frame_digest(references),
        references=list(draw_order(references, seed))[:wanted],
        wanted=wanted,
        drawn_by=year.filler.officer,
    )


def _afterwards(year: Year, row: Round, one: DemoRound, submitted: list[Audit]) -> None:
    filler = year.filler
    if one.key in CONCERNS and submitted:
        day = year.fernshire.today if one.state == "auditing" else submitted[0].allocated_at.date()
        raise_concern(filler, submitted[0], CONCERNS[one.key], year.fernshire.by_role[Role.AUDITOR], day)
    if one.state == "completed":
        gaps = list(Finding.objects.as_system("demo").filter(from_audit__round=row, kind="gap")[:3])
        for number in range(2):
            owner = year.auditors[(one.month + number) % len(year.auditors)]
            service_action(
                filler,
                row,
                owner,
                gaps[number : number + 2],
                (row.audits_due_on or year.fernshire.today) + timedelta(days=12),
            )
    filler.write()
