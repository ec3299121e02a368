"""How self-audits read: what waits for whom, one's own answers, and both ratings side by side on the audit's page."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Answer, Audit, SelfAudit, SelfAuditBy
from plumbline.audits.presenters.moderation import comparison, judged_words
from plumbline.audits.queries.self_audits import to_give
from plumbline.audits.rules.second_rating import graded_parts, part_title, proposed_for, questions_to_judge
from plumbline.audits.rules.self_audits import compare
from plumbline.audits.rules.tool import Tool
from plumbline.audits.rules.tool_data import tool_in_case
from plumbline.people.scope import Viewer
from plumbline.shared import dates
from plumbline.shared.area import WorkItem


def self_audit_work(viewer: Any, today: date) -> Iterator[WorkItem]:
    """The self-audits that wait for the viewer."""
    if viewer.has("self_audit.give"):
        for row in to_give(viewer):
            url = reverse("self_audit", args=[row.public_id])
            yield WorkItem(f"Rate the work with {row.audit.reference} yourself", url, row.audit.due_on)


def self_audit_page(viewer: Viewer, row: SelfAudit, tool: Tool, *, is_open: bool) -> dict[str, Any]:
    """What every state of the page has."""
    audit = row.audit
    return {
        "title": f"Your own rating of the work with {audit.reference}",
        "round": audit.round.title,
        "tool": tool,
        "is_open": is_open,
        "due": dates.in_words(audit.due_on),
        "given": dates.time_in_words(row.given_at) if row.given_at else "",
        "sections": _own(tool, row.judgements) if row.given_at else [],
        "audit_url": reverse("audit", args=[audit.public_id]) if viewer.may("audit.view", audit) else "",
    }


def _own(tool: Tool, given: Mapping[str, str]) -> list[dict[str, Any]]:
    asked = {one.key for one in questions_to_judge(tool)}
    sections = [
        {
            "title": section.title,
            "rows": [
                {"text": one.text, "judgement": judged_words(given[one.key])}
                for one in section.questions
                if one.key in asked and given.get(one.key)
            ],
        }
        for section in tool.sections
    ]
    return [one for one in sections if one["rows"]]


def beside(audit: Audit, row: SelfAudit, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Both ratings of each question side by side, and what the tool's rule makes of the person's own."""
    tool = tool_in_case(audit.tool.content, audit.not_asked)
    proposed = proposed_for(tool, row.judgements)
    pairs = [(one.judgement, row.judgements.get(key, "")) for key, one in answers.items()]
    return {
        "whose": "The worker" if audit.round.self_audit == SelfAuditBy.WORKER else "The worker’s manager",
        "sentence": compare(pairs).sentence,
        "sections": comparison(tool, answers, row.judgements),
        "grades": [
            {"title": part_title(tool, part), "grade": tool.grade_label(proposed[part].grade)}
            for part in graded_parts(tool)
            if part in proposed and proposed[part].grade
        ],
    }
