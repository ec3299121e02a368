"""How an audit reads once it is written: strengths first, grades with their reasons, answers, voices, history."""

from typing import Any

from django.urls import reverse

from plumbline.audits.models import (
    Audit,
    AuditState,
    AuditStep,
    Concern,
    ConcernState,
    Discussion,
    Grade,
    GradeStage,
)
from plumbline.audits.presenters.audit import child_of, heading, why_this_child
from plumbline.audits.presenters.audit_blocks import AnswerLink, Block
from plumbline.audits.presenters.audit_words import is_practice, judgement_tag, not_asked_lines, voice_line
from plumbline.audits.presenters.visits import name_of, talk_of
from plumbline.audits.queries.audits import Contents
from plumbline.audits.rules.progress import NOTHING, questions_of
from plumbline.audits.rules.states import SHARED
from plumbline.audits.rules.tool import AnswerType, Question, Tool
from plumbline.shared import dates

STEPS = (
    ("Share it with the worker and their manager", "audit_share", "audit.share"),
    ("Send it back to the auditor", "audit_return", "audit.return"),
    ("Reply", "audit_reply", "audit.reply"),
    ("Close it", "audit_close", "audit.close"),
)
STAGES = {GradeStage.FIRST: "Auditor", GradeStage.SECOND: "Moderator", GradeStage.FINAL: "Final"}


def read_only(
    viewer: Any,
    contents: Contents,
    unit: str,
    *,
    grades: list[Grade],
    steps: list[AuditStep],
    concerns: list[Concern],
    blocks: list[Block],
    links: list[AnswerLink],
    sheet_id: str,
) -> dict[str, Any]:
    """The page of an audit for reading."""
    audit, now = contents.audit, contents.so_far
    sections: list[dict[str, Any]] = [
        {
            "title": section.title,
            "key": section.key,
            "rows": [
                _answer(contents, question, links) for question in questions_of(now.tool, section, now.given)
            ],
            "not_asked": not_asked_lines(audit, section),
        }
        for section in now.tool.sections
    ]
    rows = [row for section in sections for row in section["rows"]]
    return {
        "title": name_of(audit),
        "talk": talk_of(audit),
        "hears": bool(now.tool.hears),
        "audit": heading(viewer, audit, unit),
        "why": why_this_child(audit),
        **child_of(audit),
        "submitted": submitted_in_words(audit),
        "mode": "" if audit.mode == "together" else f"From the record only: {audit.mode_reason}",
        "strengths": [row for row in rows if row["is_strength"]],
        "sections": [section for section in sections if section["rows"] or section["not_asked"]],
        "grades": _grades(now.tool, grades),
        "discussion": _discussion(contents.discussion),
        "voices": [voice_line(one) for one in contents.voices],
        "steps": [step_line(step) for step in steps],
        "concerns": [concern_line(one) for one in concerns],
        "blocks": blocks,
        "next": next_steps(viewer, audit),
        "cover_url": reverse("audit_cover", args=[sheet_id]) if sheet_id else "",
        "identity_url": reverse("audit_identity_settle", args=[audit.public_id])
        if viewer.has("audit.share") and audit.state in ("submitted", "moderated") and not is_practice(audit)
        else "",
    }


def submitted_in_words(audit: Audit) -> str:
    """When the audit was submitted and how many days after it was given out; hours at work are nowhere recorded."""
    if audit.submitted_at is None:
        return ""
    days = (dates.day_of(audit.submitted_at) - dates.day_of(audit.allocated_at)).days
    return f"{dates.time_in_words(audit.submitted_at)}, {dates.days_in_words(days)} after it was given out"


def next_steps(viewer: Any, audit: Audit) -> list[dict[str, str]]:
    """What the viewer may do next with the audit."""
    steps: list[tuple[str, str]] = []
    if is_practice(audit):
        return []
    if audit.state in SHARED:
        steps.append(("Read it as the worker does, with replies", "audit_shared"))
    for text, url, action in STEPS:
        if viewer.has(action) and viewer.may(action, audit):
            steps.append((text, url))
    return [{"text": text, "href": reverse(url, args=[audit.public_id])} for text, url in steps]


def _answer(contents: Contents, question: Question, links: list[AnswerLink]) -> dict[str, Any]:
    given = contents.so_far.given.get(question.key, NOTHING)
    row = contents.answers.get(question.key)
    choices = {one.key: one.label for one in question.choices}
    return {
        "key": question.key,
        "text": question.text,
        "tag": judgement_tag(given.judgement),
        "answer": choices.get(given.text, given.text) if question.answer is not AnswerType.JUDGEMENT else "",
        "rationale": given.rationale,
        "evidence": given.evidence,
        "is_open": given.is_empty,
        "is_strength": given.judgement == "met" and bool(given.evidence),
        "versions_url": reverse("audit_versions", args=[contents.audit.public_id, question.key])
        if row is not None and row.number > 1
        else "",
        "versions": row.number if row is not None else 0,
        "links": [{"text": link.text, "href": f"{link.address}{question.key}"} for link in links]
        if row
        else [],
    }


def _grades(tool: Tool, grades: list[Grade]) -> list[dict[str, Any]]:
    found = []
    for key, title in [("", "Whole audit"), *((one.key, one.title) for one in tool.sections)]:
        mine = [one for one in grades if one.section == key]
        for stage, words in STAGES.items():
            for one in mine:
                if one.stage == stage:
                    proposed = tool.grade_label(one.proposed) or one.proposed
                    found.append(
                        {
                            "title": title,
                            "by": words,
                            "grade": tool.grade_label(one.grade) or one.grade,
                            "proposed": proposed,
                            "differs": bool(one.proposed) and one.proposed != one.grade,
                            "rule": one.rule,
                            "reason": one.reason,
                        }
                    )
    return found


def _discussion(said: Discussion | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "held": dates.in_words(said.held_on),
        "who": said.who,
        "notes": said.notes,
        "reason": said.reason_not_held,
    }


def step_line(step: AuditStep) -> dict[str, Any]:
    """One state the audit came to."""
    return {
        "state": str(AuditState(step.state).label),
        "at": dates.time_in_words(step.at),
        "by": step.by.name if step.by else "",
        "reason": step.reason,
    }


def concern_line(one: Concern) -> dict[str, Any]:
    """A concern that came out of the audit, as a link."""
    return {
        "url": reverse("concern", args=[one.public_id]),
        "state": str(ConcernState(one.state).label),
        "raised": dates.time_in_words(one.raised_at),
    }


def versions_page(audit: Audit, tool: Tool, question: Question, versions: list[Any]) -> dict[str, Any]:
    """Every version of one answer, the newest first."""
    return {
        "title": "Earlier versions of an answer",
        "question": question.text,
        "audit_url": reverse("audit", args=[audit.public_id]),
        "versions": [
            {
                "number": one.number,
                "current": one.is_current,
                "tag": judgement_tag(one.judgement),
                "answer": {choice.key: choice.label for choice in question.choices}.get(one.text, one.text),
                "rationale": one.rationale,
                "evidence": one.evidence,
                "by": one.given_by.name,
                "at": dates.time_in_words(one.given_at),
            }
            for one in versions
        ],
    }
