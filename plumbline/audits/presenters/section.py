"""How one section of an audit reads while it is written, and how two texts that stand against each other do."""

from typing import Any

from plumbline.audits.forms.section import SectionForm
from plumbline.audits.models import Answer, Audit
from plumbline.audits.presenters.audit_words import (
    clock,
    judgement_tag,
    not_asked_lines,
    page_of,
    progress_status,
)
from plumbline.audits.rules.answers import Given
from plumbline.audits.rules.progress import parts_of, values
from plumbline.audits.rules.submission import AuditSoFar
from plumbline.audits.rules.tool import Question, Section, Tool
from plumbline.shared import dates

KINDS = {
    "compliance": "Compliance: was it done?",
    "quality": "Quality: how well was it done?",
    "impact": "Impact: what changed for the child?",
    "voice": "Voice: was the child heard?",
    "supervision": "Supervision",
    "equality": "Identity and equality",
}


def navigation(audit: Audit, now: AuditSoFar, here: str) -> list[dict[str, Any]]:
    """The sections with their state, for the side of the page."""
    return [
        {
            "text": part.section.title,
            "href": page_of(audit, "section", part.section.key),
            "here": part.section.key == here,
            "state": part.state.value,
            "status": progress_status(part.state),
        }
        for part in parts_of(now.tool, now.given)
    ]


def section_page(
    audit: Audit, now: AuditSoFar, section: Section, form: SectionForm, *, drafted_at: Any, others: list[Any]
) -> dict[str, Any]:
    """The page of one section."""
    keys = [one.key for one in now.tool.sections]
    return {
        "section": section,
        "number": f"Part {keys.index(section.key) + 1} of {len(keys)}",
        "questions": [_question(now, group) for group in form.groups()],
        "not_asked": not_asked_lines(audit, section),
        "navigation": navigation(audit, now, section.key),
        "draft_url": page_of(audit, "draft", section.key),
        "discard_url": page_of(audit, "draft_discard", section.key) if drafted_at else "",
        "drafted": dates.time_in_words(drafted_at) if drafted_at else "",
        "others": [f"{name} was writing in this audit at {clock(at)}." for name, _, at in others],
    }


def _question(now: AuditSoFar, group: dict[str, Any]) -> dict[str, Any]:
    question: Question = group["question"]
    labels = {grade.key: grade.label for grade in now.tool.grades}
    return group | {
        "key": question.key,
        "text": question.text,
        "kind": KINDS.get(question.kind, question.kind.value.capitalize()),
        "help": question.help,
        "good": question.good,
        "descriptors": [
            {"label": labels[key], "words": words}
            for key, words in question.descriptors.items()
            if key in labels
        ],
        "is_required": now.tool.is_required(question, values(now.given)),
        "is_limiting": question.is_limiting,
    }


def conflict_page(tool: Tool, clashes: list[dict[str, Any]]) -> dict[str, Any]:
    """Both texts of each question that two people answered differently."""
    return {
        "title": "Two answers to the same question",
        "clashes": [
            {
                "question": tool.questions[one["key"]].text,
                "key": one["key"],
                "texts": [_text(tool.questions[one["key"]], row) for row in one["rows"]],
                "choice": one["choice"],
                "fields": one["fields"],
                "version": one["version"],
            }
            for one in clashes
        ],
    }


def _text(question: Question, row: Answer) -> dict[str, Any]:
    choices = {one.key: one.label for one in question.choices}
    return {
        "number": str(row.number),
        "title": "Saved now" if row.is_current else "Written beside it",
        "by": row.given_by.name,
        "at": dates.time_in_words(row.given_at),
        "tag": judgement_tag(row.judgement),
        "answer": choices.get(row.text, row.text),
        "evidence": row.evidence,
        "rationale": row.rationale,
    }


def joined(rows: list[Given]) -> Given:
    """One text out of several: what they agree on, and the words of all where they differ."""

    def words(name: str) -> str:
        found = list(dict.fromkeys(getattr(one, name) for one in rows if getattr(one, name)))
        return "\n\n".join(found)

    judgements = {one.judgement for one in rows if one.judgement}
    return Given(
        judgement=judgements.pop() if len(judgements) == 1 else "",
        text=words("text"),
        rationale=words("rationale"),
        evidence=words("evidence"),
    )
