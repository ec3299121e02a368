"""Rounds and audits for tests: a small tool, a round with its frame and draw, an audit in any state."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditState,
    AuditStep,
    CaseList,
    Draw,
    FrameCase,
    Grade,
    Round,
    Slot,
    ToolVersion,
)
from plumbline.audits.rules.tool_data import digest_of
from plumbline.people.models import Person, Unit
from plumbline.shared import dates
from tests.factories.cast import Cast

_numbers = count(1)
# In which states an audit has been submitted, and in which it has been shared.
SHARED_IN = ("shared", "replied", "closed")
SUBMITTED_IN = ("submitted", "in_moderation", "returned", "moderated", *SHARED_IN)

GRADES = [
    {"key": "outstanding", "label": "Outstanding", "descriptor": "Practice that others can learn from."},
    {"key": "good", "label": "Good", "descriptor": "What every child should have."},
    {
        "key": "requires_improvement",
        "label": "Requires improvement to be good",
        "descriptor": "Safe, not yet good.",
    },
    {"key": "inadequate", "label": "Inadequate", "descriptor": "A child is or may be at risk."},
]
TOOL: dict[str, Any] = {
    "key": "small-audit",
    "title": "Small audit",
    "version": "1",
    "purpose": "Find out what life is like for the child and what our work changed.",
    "grades": GRADES,
    "section_rollup": {
        "base": "worst",
        "grade_for": {"met": "good", "partly_met": "requires_improvement", "not_met": "inadequate"},
    },
    "overall_rollup": {"base": "worst"},
    "limit": {"at_or_worse": "not_met", "cap": "inadequate"},
    "sections": [
        {
            "key": "life",
            "title": "The child’s daily life",
            "intro": "Begin with the child.",
            "questions": [
                {
                    "key": "daily-life",
                    "text": "Does the record show what a day is like for the child?",
                    "kind": "quality",
                    "good": "A stranger reading it could describe an ordinary day.",
                    "descriptors": {
                        "good": "An ordinary day is described.",
                        "inadequate": "The child is absent.",
                    },
                    "criterion": "1.1",
                    "covers": ["lived-experience"],
                },
                {
                    "key": "heard",
                    "text": "Were the child’s views sought in a way that suits them?",
                    "kind": "voice",
                    "limiting": True,
                    "criterion": "1.2",
                },
                {
                    "key": "seen-alone",
                    "text": "Was the child seen without their carers?",
                    "kind": "compliance",
                    "show_if": {"question": "heard", "is": ["partly_met", "not_met"]},
                },
            ],
        },
        {
            "key": "change",
            "title": "What changed",
            "questions": [
                {
                    "key": "progress",
                    "text": "Did things get better in the child’s timeframe?",
                    "kind": "impact",
                    "covers": ["progress", "impact"],
                    "criterion": "2.1",
                },
                {
                    "key": "supervision",
                    "text": "Did supervision help the worker think?",
                    "kind": "supervision",
                    "covers": ["supervision"],
                },
                {
                    "key": "identity",
                    "text": "Was the child’s identity part of the plan?",
                    "kind": "equality",
                    "required": False,
                },
            ],
        },
        {
            "key": "facts",
            "title": "Facts",
            "graded": False,
            "questions": [
                {
                    "key": "plan-type",
                    "text": "Which plan does the child have?",
                    "kind": "compliance",
                    "answer": "choice",
                    "choices": [
                        {"key": "cp", "label": "Child protection plan"},
                        {"key": "cin", "label": "Child in need plan"},
                    ],
                },
                {
                    "key": "what-next",
                    "text": "What should happen next for this child?",
                    "kind": "impact",
                    "answer": "text",
                    "required": False,
                    "required_if": {"question": "progress", "is": ["not_met"]},
                },
            ],
        },
    ],
}


def make_tool(**more: Any) -> ToolVersion:
    """The small tool, in use; the same row when it is there already."""
    content = TOOL | more
    version, _ = ToolVersion.objects._every_row().get_or_create(
        key=content["key"],
        version=content["version"],
        defaults={
            "title": content["title"],
            "content": content,
            "digest": digest_of(content),
            "state": "published",
            "published_at": timezone.now(),
        },
    )
    return version


def make_round(cast: Cast | None = None, *, with_draw: bool = True, **more: Any) -> Round:
    """A round that is being audited, with an empty frame and its draw unless `with_draw` is off."""
    month = dates.first_of_month(dates.today())
    values: dict[str, Any] = {
        "title": "Children living with neglect",
        "theme": "Children living with neglect",
        "rationale": "Too many children waited too long last year.",
        "kind": "deep_dive",
        "state": "auditing",
        "first_month": month,
        "last_month": month,
        "audits_due_on": dates.today() + timedelta(days=10),
        "report_due_on": dates.today() + timedelta(days=30),
    } | more
    if "tool" not in values:
        values["tool"] = make_tool()
    made = Round.objects.create(**values)
    if with_draw:
        cases = CaseList.objects.create(
            round=made, file_name="cases.csv", file_digest="0" * 64, size=0, frame_digest="0" * 64
        )
        Draw.objects.create(
            round=made,
            case_list=cases,
            method="HMAC-SHA256",
            frame_digest="0" * 64,
            frame_size=0,
            seed_value="4 2 6 1",
            sample_size=20,
        )
    return made


def make_case(of: Round, unit: Unit, worker: Person | None = None, **more: Any) -> FrameCase:
    """One case of the round's frame."""
    values: dict[str, Any] = {
        "reference": f"LC-{20000 + next(_numbers)}",
        "plan_type": "Child protection plan",
        "age_band": "5 to 9",
    } | more
    return FrameCase.objects.create(case_list=of.case_list, unit=unit, worker=worker, **values)


def make_slot(case: FrameCase, **more: Any) -> Slot:
    """The case in the sample of its round."""
    values: dict[str, Any] = {"state": "selected", "position": next(_numbers), "stratum": ""} | more
    return Slot.objects.create(draw=case.case_list.round.draw, case=case, **values)


def make_audit(
    cast: Cast,
    *,
    of: Round | None = None,
    state: str = "started",
    auditor: Person | None = None,
    worker: Person | None = None,
    manager: Person | None = None,
    unit: Unit | None = None,
    due_on: date | None = None,
    **more: Any,
) -> Audit:
    """An audit of Sam's work in team North by Amira, in the state, with the steps that lead to it.

    `of` is the round; without one a new round is made.
    """
    worker = worker or cast.people["sam"]
    return bare_audit(
        of or make_round(cast),
        unit=unit or cast.units["north"],
        auditor=auditor or cast.people["amira"],
        worker=worker,
        manager=manager or cast.people["ben"],
        state=state,
        due_on=due_on or dates.today() + timedelta(days=5),
        **more,
    )


def bare_audit(
    of: Round, *, unit: Unit, auditor: Person, worker: Person | None, state: str, due_on: date, **more: Any
) -> Audit:
    """An audit made without a cast: with its case, its slot and a step for its state."""
    case = make_case(of, unit, worker)
    moment = timezone.now()
    if state in SUBMITTED_IN:
        more = {"submitted_at": moment, "submitted_by": auditor} | more
    if state in SHARED_IN:
        more = {"shared_at": moment, "shared_by": auditor} | more
    made = Audit.objects.create(
        round=of,
        slot=make_slot(case),
        case=case,
        reference=case.reference,
        tool=of.tool,
        unit=unit,
        worker=worker,
        auditor=auditor,
        state=state,
        due_on=due_on,
        **more,
    )
    AuditStep.objects.create(audit=made, state=AuditState.ALLOCATED)
    if state != "allocated":
        AuditStep.objects.create(audit=made, state=state, by=auditor)
    return made


def answer(audit: Audit, question: str, judgement: str = "met", **more: Any) -> Answer:
    """A saved answer, the next version of its question."""
    earlier = Answer.objects.filter(audit=audit, question=question)
    if number := earlier.count():
        earlier.update(is_current=False)
    values: dict[str, Any] = {
        "rationale": "The plan says so in plain words.",
        "evidence": "Visit of 3 May.",
        "given_by": audit.auditor,
    } | more
    return Answer.objects.create(
        audit=audit, question=question, number=number + 1, judgement=judgement, **values
    )


def grade(audit: Audit, given: str = "good", section: str = "", **more: Any) -> Grade:
    """A current grade of a section, or overall."""
    values: dict[str, Any] = {"stage": "first", "proposed": given, "given_by": audit.auditor} | more
    return Grade.objects.create(audit=audit, section=section, grade=given, **values)


def complete(audit: Audit, judgement: str = "met", given: str = "good") -> Audit:
    """The audit with every question of its tool answered and every grade given."""
    for section in audit.tool.content["sections"]:
        for one in section["questions"]:
            kind = one.get("answer", "judgement")
            if kind == "judgement":
                answer(audit, one["key"], judgement)
            else:
                answer(audit, one["key"], "", text="cp" if kind == "choice" else "See the plan.")
        if section.get("graded", True):
            grade(audit, given, section["key"])
    if audit.tool.content.get("overall", True):
        grade(audit, given)
    return audit


def moment_ago(**ago: int) -> datetime:
    """The moment so long ago: moment_ago(hours=30)."""
    return timezone.now() - timedelta(**ago)
