"""Years of audits, written in bulk: rounds of 25 with frames, answers, grades, views, findings and actions."""

import random
from datetime import timedelta
from typing import Any

from django.utils import timezone

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditAction,
    AuditFinding,
    AuditStep,
    CaseList,
    Discussion,
    Draw,
    FrameCase,
    Grade,
    Round,
    Slot,
    VoiceContact,
)
from plumbline.audits.rules.tool_data import tool_from
from plumbline.improvement.models import Action, Finding
from plumbline.shared.dates import first_of_month, today
from stats.sampling import frame_digest
from tests.factories.audits import make_tool
from tests.factories.cast import Cast

A_ROUND = 25
# Actions of rounds further back than this are closed, as they are in a council that follows them up.
ROUNDS_WITH_OPEN_ACTIONS = 20
LEVELS = ("met", "met", "met", "partly_met", "not_met")
GRADES = ("good", "good", "requires_improvement", "inadequate", "outstanding")


def add_rounds(cast: Cast, rounds: int, *, first: int = 0) -> list[Round]:
    """So many completed rounds of 25 audits, one a month going back; with `first` the numbering goes on."""
    chance = random.Random(first)
    tool = make_tool()
    questions = list(tool_from(tool.content).questions)
    made = []
    for number in range(first, first + rounds):
        month = first_of_month(today(), -1 - number // 10)
        row = Round.objects.create(
            title=f"Theme {number}",
            theme=f"Theme {number}",
            first_month=month,
            last_month=month,
            state="completed",
            tool=tool,
            audits_due_on=month + timedelta(days=25),
            report_due_on=month + timedelta(days=40),
        )
        _fill(cast, row, questions, chance, number)
        made.append(row)
    return made


def _fill(cast: Cast, row: Round, questions: list[str], chance: random.Random, number: int) -> None:
    units = [cast.units[key] for key in ("north", "south", "fostering")]
    references = [f"MC-{number:05d}{n:03d}" for n in range(60)]
    digest = frame_digest(references)
    cases = CaseList.objects.create(
        round=row, file_name="cases.csv", file_digest=digest, size=60, frame_digest=digest
    )
    frame = FrameCase.objects.bulk_create(
        [
            FrameCase(
                case_list=cases,
                reference=one,
                plan_type=chance.choice(("child-in-need", "child-protection", "child-in-care")),
                unit=chance.choice(units),
                worker=cast.sam,
                age_band=chance.choice(("1-4", "5-9", "10-15")),
                sex=chance.choice(("female", "male")),
                ethnicity="white",
                disability="no",
            )
            for one in references
        ]
    )
    draw = Draw.objects.create(
        round=row,
        case_list=cases,
        method="hmac-sha256-v1",
        frame_digest=digest,
        frame_size=60,
        seed_value="1 2 3",
        sample_size=A_ROUND,
        strata=[{"key": "", "label": "", "size": 60, "recent": 0, "drawn": A_ROUND}],
    )
    slots = Slot.objects.bulk_create(
        [
            Slot(draw=draw, case=case, position=n + 1, state="selected")
            for n, case in enumerate(frame[:A_ROUND])
        ]
    )
    now = timezone.now()
    audits = Audit.objects.bulk_create(
        [
            Audit(
                round=row,
                slot=slot,
                case=slot.case,
                reference=slot.case.reference,
                tool=row.tool,
                unit=slot.case.unit,
                worker=cast.sam,
                manager=cast.ben,
                auditor=cast.amira,
                state="closed",
                due_on=row.audits_due_on,
                submitted_at=now,
                submitted_by=cast.amira,
                shared_at=now,
                shared_by=cast.qa_officer,
            )
            for slot in slots
        ]
    )
    closed = number >= ROUNDS_WITH_OPEN_ACTIONS
    _contents(cast, row, audits, questions, chance, how_actions_stand=_closed(cast) if closed else {})


def _closed(cast: Cast) -> dict[str, Any]:
    return {
        "state": "closed",
        "evidence": "The record of visits",
        "impact": "Children are seen alone",
        "closed_at": timezone.now(),
        "closed_by": cast.qa_lead,
    }


def _contents(
    cast: Cast,
    row: Round,
    audits: list[Audit],
    questions: list[str],
    chance: random.Random,
    *,
    how_actions_stand: dict[str, Any],
) -> None:
    made: dict[Any, list[Any]] = {model: [] for model in (AuditStep, Answer, Grade, Discussion, VoiceContact)}
    findings, actions = [], []
    by = cast.amira
    for audit in audits:
        made[AuditStep].append(AuditStep(audit=audit, state="closed", by=by))
        made[Discussion].append(Discussion(audit=audit, held_on=audit.due_on, who="Worker", recorded_by=by))
        for of in ("child", "parent"):
            made[VoiceContact].append(
                VoiceContact(
                    audit=audit,
                    of=of,
                    on=audit.due_on,
                    outcome="given",
                    consent="agreed",
                    words="Said",
                    recorded_by=by,
                )
            )
        for key in questions:
            made[Answer].append(
                Answer(
                    audit=audit,
                    question=key,
                    number=1,
                    judgement=chance.choice(LEVELS),
                    rationale="Because of what the record shows about this child and their days.",
                    evidence="The record of visits",
                    given_by=by,
                )
            )
        for section in ("life", "change", ""):
            made[Grade].append(
                Grade(audit=audit, section=section, stage="first", grade=chance.choice(GRADES), given_by=by)
            )
        finding = Finding(
            kind=chance.choice(("strength", "gap")),
            state="open",
            text="What was learnt about practice",
            unit=audit.unit,
            worker=audit.worker,
            raised_on=audit.due_on,
            raised_by=by,
        )
        findings.append((finding, audit))
        stands = {"state": "in_progress"} | how_actions_stand
        action = Action(
            level="child",
            text="What is to be done",
            owner=cast.sam,
            unit=audit.unit,
            due_on=audit.due_on,
            raised_by=by,
            **stands,
        )
        actions.append((action, finding, audit))
    for model, rows in made.items():
        model.objects.bulk_create(rows, batch_size=1_000)
    Finding.objects.bulk_create([finding for finding, _ in findings])
    Action.objects.bulk_create([action for action, _, _ in actions])
    AuditFinding.objects.bulk_create(
        [AuditFinding(finding=finding, round=row, audit=audit) for finding, audit in findings]
    )
    AuditAction.objects.bulk_create(
        [AuditAction(action=action, round=row, audit=audit) for action, _, audit in actions]
    )
    through = Action.findings.through
    through.objects.bulk_create([through(action=action, finding=finding) for action, finding, _ in actions])
