"""What a second rating asks, what it still lacks, and which grades a tool's rule proposes from it."""

from collections.abc import Mapping

from plumbline.audits.rules.conditions import ALWAYS
from plumbline.audits.rules.grading import Proposed, propose_overall, propose_section
from plumbline.audits.rules.tool import AnswerType, Question, Tool


def questions_to_judge(tool: Tool) -> list[Question]:
    """Every question with a judgement, whatever the first rating made of its conditions: which were asked would tell.

    What is not for the child is not asked here either: that follows from the plan, not from the first rating.
    """
    return [one for one in tool.questions.values() if one.is_asked and one.answer is AnswerType.JUDGEMENT]


def missing_of(tool: Tool, judgements: Mapping[str, str]) -> list[Question]:
    """The questions that a second rating has to judge and does not yet: those that are always asked."""
    return [
        one
        for one in questions_to_judge(tool)
        if one.show_if == ALWAYS and one.is_required and not judgements.get(one.key)
    ]


def graded_parts(tool: Tool) -> list[str]:
    """The keys of the sections that get a grade, in order, and the empty key for the whole audit where it gets one."""
    judged = [
        one.key
        for one in tool.sections
        if one.is_graded and any(q.answer is AnswerType.JUDGEMENT for q in one.questions)
    ]
    return [*judged, ""] if tool.has_overall else judged


def proposed_for(
    tool: Tool, judgements: Mapping[str, str], grades: Mapping[str, str] | None = None
) -> dict[str, Proposed]:
    """The grade proposed for each part: sections from the judgements, the whole from the grades of its sections.

    Without `grades` the whole follows from what is proposed for the sections.
    """
    found = {
        section.key: propose_section(tool, section, judgements)
        for section in tool.sections
        if section.key in graded_parts(tool)
    }
    if tool.has_overall:
        given = {key: (grades or {}).get(key) or one.grade for key, one in found.items()}
        found[""] = propose_overall(tool, given)
    return found


def part_title(tool: Tool, part: str) -> str:
    """The title of a section, or "The whole audit"."""
    section = tool.section(part)
    return section.title if section else "The whole audit"
