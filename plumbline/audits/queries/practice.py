"""Practice audits as their owner reads them: as an audit that was never stored, so that the same pages show it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from plumbline.audits.files.practice_cases import PracticeCase, practice_cases
from plumbline.audits.models import (
    Answer,
    Audit,
    Discussion,
    FrameCase,
    Grade,
    PracticeAudit,
    Round,
    Slot,
    ToolVersion,
    VoiceContact,
)
from plumbline.audits.queries.audits import Contents
from plumbline.audits.queries.so_far import given_in
from plumbline.audits.queries.tools import tool_of, tools_in_use
from plumbline.audits.rules.subjects import Subject
from plumbline.audits.rules.submission import AuditSoFar, GradeGiven, Heard
from plumbline.audits.rules.tool_data import tool_from
from plumbline.people.models import Person
from plumbline.people.scope import Viewer
from plumbline.shared import dates

TITLE = "Practice"
WORKER = "An invented worker"
NO_CASE = -1
WHY = "This is practice on an invented case. Nobody sees it but you and nothing of it is counted."


def practices_of(viewer: Viewer) -> QuerySet[PracticeAudit]:
    """The viewer's own practice audits, the newest first."""
    return PracticeAudit.objects.visible_to(viewer, "practice.do").select_related("tool", "owner")


def practice_for(viewer: Viewer, public_id: str) -> PracticeAudit:
    """The viewer's own practice audit.

    Raises: PracticeAudit.DoesNotExist otherwise.
    """
    return practices_of(viewer).get(public_id=public_id)


def tools_to_practise(viewer: Viewer) -> list[ToolVersion]:
    """The audit tools in use that look at a child's case."""
    return [one for one in tools_in_use(viewer) if tool_of(one).subject is Subject.CASE]


def case_of(row: PracticeAudit) -> PracticeCase:
    """The invented case; the first one where it is no longer among those that ship."""
    cases = practice_cases()
    return cases.get(row.case) or next(iter(cases.values()))


def contents_of_practice(row: PracticeAudit) -> Contents:
    """What was written, as the pages of an audit read it; none of these rows is or can be stored."""
    audit = _as_audit(row)
    answers = {
        key: Answer(audit=audit, question=key, number=1, given_by=row.owner, **one)
        for key, one in row.work.get("answers", {}).items()
        if any(one.values())
    }
    talk = row.work.get("talk")
    voices = [_voice(audit, row.owner, one) for one in row.work.get("voices", ())]
    grades = {
        key: GradeGiven(one["grade"], one["proposed"], one["reason"])
        for key, one in row.work.get("grades", {}).items()
    }
    so_far = AuditSoFar(
        tool=tool_from(row.tool.content),
        given=given_in(answers),
        grades=grades,
        has_discussion=talk is not None,
        heard=tuple(Heard(one.of, one.outcome) for one in voices),
        is_record_only=audit.mode == "record_only",
    )
    return Contents(audit, so_far, answers, _talk(audit, row.owner, talk) if talk else None, voices)


def grades_of_practice(row: PracticeAudit, audit: Audit) -> list[Grade]:
    """The grades that were given, as the page for reading shows them."""
    return [
        Grade(audit=audit, section=key, stage="first", given_by=row.owner, **one)
        for key, one in row.work.get("grades", {}).items()
    ]


def _as_audit(row: PracticeAudit) -> Audit:
    case, mode = case_of(row), row.work.get("mode", {})
    audit = Audit(
        public_id=row.public_id,
        reference=TITLE.upper(),
        round=Round(title=f"{TITLE}: {case.title}", rationale=WHY),
        slot=Slot(route=""),
        # A number no case has: an audit without one would be a visit.
        case=FrameCase(pk=NO_CASE, plan_type=case.plan_type, age_band=case.age_band),
        tool=row.tool,
        auditor=row.owner,
        worker=Person(name=WORKER),
        state="submitted" if row.finished_at else "started",
        due_on=date.max,
        allocated_at=row.begun_at,
        submitted_at=row.finished_at,
        mode=mode.get("mode", "together"),
        mode_reason=mode.get("mode_reason", ""),
    )
    audit.pages = PracticeAudit.PAGES
    return audit


def _talk(audit: Audit, owner: Person, talk: dict[str, Any]) -> Discussion:
    held_on = dates_from(talk["held_on"])
    return Discussion(audit=audit, recorded_by=owner, **{**talk, "held_on": held_on})


def _voice(audit: Audit, owner: Person, one: dict[str, Any]) -> VoiceContact:
    return VoiceContact(
        audit=audit, recorded_by=owner, **{**one, "on": dates_from(one["on"]) or dates.today()}
    )


def dates_from(written: str | None) -> date | None:
    """The day as it was kept; none for none."""
    return date.fromisoformat(written) if written else None
