"""How one audit tool is shown: its sections and questions as auditors meet them, its weights, how it grades."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from plumbline.audits.models import ToolState, ToolVersion
from plumbline.audits.rules.lint import remarks
from plumbline.audits.rules.subjects import LABELS
from plumbline.audits.rules.tool import AnswerType, Question, QuestionKind, Section, Theme, Tool
from plumbline.audits.rules.tool_words import (
    limit_in_words,
    overall_rules_in_words,
    section_rules_in_words,
    when_in_words,
)
from plumbline.framework.models import Criterion
from plumbline.framework.presenters.words import (
    KIND_HINTS,
    KINDS,
    applies_words,
    counted,
    version_title,
)
from plumbline.people.scope import Viewer

STATE_TAGS = {
    ToolState.DRAFT: {"text": "Draft", "classes": "govuk-tag--yellow"},
    ToolState.PUBLISHED: {"text": "In use", "classes": "govuk-tag--green"},
    ToolState.RETIRED: {"text": "Replaced", "classes": "govuk-tag--grey"},
}
KIND_WORDS = {kind: KINDS[next(one for one in KINDS if one.value == kind.value)] for kind in QuestionKind}
KIND_MEANINGS = {
    kind: KIND_HINTS[next(one for one in KIND_HINTS if one.value == kind.value)] for kind in QuestionKind
}
THEME_WORDS = {
    Theme.LIVED_EXPERIENCE: "lived experience",
    Theme.PROGRESS: "progress in the child’s timeframe",
    Theme.IMPACT: "impact",
    Theme.SUPERVISION: "supervision",
}


def tool_page(
    viewer: Viewer,
    row: ToolVersion,
    tool: Tool,
    criteria: Mapping[str, Criterion],
    other: ToolVersion | None,
) -> dict[str, Any]:
    """What the preview of one version needs."""
    judged = [one for one in tool.questions.values() if one.answer is AnswerType.JUDGEMENT]
    is_draft = row.state == ToolState.DRAFT
    return {
        "title": tool.title,
        "tool": row,
        "version": version_title(row.version),
        "state_tag": STATE_TAGS[ToolState(row.state)],
        "is_draft": is_draft,
        "is_replaced": row.state == ToolState.RETIRED,
        "purpose": tool.purpose,
        "size": f"{counted(len(tool.questions), 'question', 'questions')} in "
        f"{counted(len(tool.sections), 'section', 'sections')}. Looks back "
        f"{counted(tool.look_back_months, 'month', 'months')}.",
        "applies": applies_words(list(tool.applies_to)),
        "balance": balance_sentence(tool),
        "weights": [
            {"kind": KIND_WORDS[kind], "hint": KIND_MEANINGS[kind], "count": count, "share": f"{share:.0%}"}
            for kind, share in tool.weights().items()
            if (count := sum(one.kind is kind for one in judged))
        ],
        "sections": [
            _section(tool, section, number, criteria) for number, section in enumerate(tool.sections, 1)
        ],
        "grades": tool.grades,
        "scale": f"Scale version {tool.scale_version}, best first.",
        "section_rules": [*section_rules_in_words(tool), *filter(None, [limit_in_words(tool)])],
        "overall_rules": overall_rules_in_words(tool),
        "remarks": remark_lines(tool) if viewer.has("audit_tool.change") else [],
        "about": _about(row, tool),
        "compare": _compare(row, other),
        "may_publish": is_draft and viewer.has("audit_tool.publish"),
        "may_change": is_draft and viewer.has("audit_tool.change"),
        "may_export": viewer.has("audit_tool.export"),
        "crumbs": crumbs(),
    }


def balance_sentence(tool: Tool) -> str:
    """How far the tool goes beyond compliance: “42% of the weight is on quality and impact, 12% on compliance”."""
    weights = tool.weights()
    deep = weights[QuestionKind.QUALITY] + weights[QuestionKind.IMPACT]
    return f"{deep:.0%} of the weight is on quality and impact, {weights[QuestionKind.COMPLIANCE]:.0%} on compliance."


def remark_lines(tool: Tool) -> list[dict[str, str]]:
    """What to look at before publishing, each with the question it is about."""
    return [
        {
            "question": tool.questions[one.question].text if one.question else "The whole tool",
            "anchor": one.question,
            "words": one.words,
        }
        for one in remarks(tool)
    ]


def crumbs(row: ToolVersion | None = None) -> list[dict[str, str]]:
    """The way to a page about audit tools."""
    listed = [{"text": "Audit tools", "href": reverse("audit_tools")}]
    if row is not None:
        listed.append({"text": row.title, "href": reverse("audit_tool", args=[row.public_id])})
    return listed


def name_of(person: Any) -> str:
    """Who did it; Plumbline itself where nobody is named."""
    return str(person.name) if person else "Plumbline"


def _section(tool: Tool, section: Section, number: int, criteria: Mapping[str, Criterion]) -> dict[str, Any]:
    return {
        "anchor": section.key,
        "title": f"{number}. {section.title}",
        "intro": section.intro,
        "graded": "Graded" if section.is_graded else "Not graded",
        "questions": [_question(tool, question, criteria) for question in section.questions],
    }


def _question(tool: Tool, question: Question, criteria: Mapping[str, Criterion]) -> dict[str, Any]:
    criterion = criteria.get(question.criterion)
    return {
        "anchor": question.key,
        "text": question.text,
        "facts": "; ".join(_facts(tool, question)),
        "is_limiting": question.is_limiting,
        "help": question.help,
        "good": question.good,
        "descriptors": [
            {"label": grade.label, "text": question.descriptors[grade.key]}
            for grade in tool.grades
            if grade.key in question.descriptors
        ],
        "choices": [choice.label for choice in question.choices],
        "asked_if": when_in_words(tool, question.show_if),
        "required_if": when_in_words(tool, question.required_if),
        "criterion": f"{question.criterion} {criterion.text}" if criterion else question.criterion,
        "criterion_url": reverse("criterion", args=[criterion.public_id]) if criterion else "",
    }


def _facts(tool: Tool, question: Question) -> list[str]:
    facts = [KIND_WORDS[question.kind]]
    if question.answer is AnswerType.TEXT:
        facts.append("answered in words")
    if question.weight != 1 and question.answer is AnswerType.JUDGEMENT:
        facts.append(f"weight {question.weight}")
    if question.covers:
        facts.append(f"covers {', '.join(THEME_WORDS[theme] for theme in question.covers)}")
    if not question.is_required and not question.required_if.conditions:
        facts.append("may be left out")
    return facts


def _about(row: ToolVersion, tool: Tool) -> list[dict[str, Any]]:
    made = f"{row.created_at:%-d %B %Y}, by {name_of(row.created_by)}"
    used = f"{row.published_at:%-d %B %Y}, by {name_of(row.published_by)}" if row.published_at else "Not yet"
    facts = (
        ("Taken in", made),
        ("Put in use", used),
        ("Looks at", LABELS[tool.subject]),
        ("Who was asked", tool.consultation),
        ("Equality", tool.equality),
        ("Source", tool.source),
        ("Licence", tool.licence),
        ("Fingerprint", row.digest[:16]),
    )
    return [{"key": {"text": label}, "value": {"text": value}} for label, value in facts if value]


def _compare(row: ToolVersion, other: ToolVersion | None) -> str:
    if other is None:
        return ""
    return "the version in use" if other.state == ToolState.PUBLISHED else "the version before"
