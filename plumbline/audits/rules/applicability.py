"""Which questions of a tool are not asked in one case, because their criterion is for other children."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plumbline.audits.rules.conditions import Condition, When
from plumbline.audits.rules.tool import AnswerType, Section, Tool

EVERYBODY = "all"
DISABLED = "disabled-children"
# Plans that practice standards have a word for; of any other nobody can say that a criterion is not for it.
PLANS = frozenset({"assessment", "child-in-need", "child-protection", "child-in-care", "care-leaver"})
# Who is fostered or adopted is in care by their plan.
ALSO = {"fostering-adoption": "child-in-care"}
NEVER = When((Condition("", ()),))


def applies(applies_to: Sequence[str], plan_type: str, disability: str) -> bool:
    """Whether a criterion for these children is judged on a case with the plan."""
    if not applies_to or EVERYBODY in applies_to or plan_type not in PLANS:
        return True
    if DISABLED in applies_to and disability == "yes":
        return True
    return plan_type in {ALSO.get(one, one) for one in applies_to}


def not_asked_of(
    tool: Tool, limited: Mapping[str, Sequence[str]], plan_type: str, disability: str
) -> dict[str, list[str]]:
    """The questions that are not asked in a case, each with whom its criterion is for.

    `limited` gives for each criterion that is not for every child whom it is for.
    """
    return {
        key: list(limited[one.criterion])
        for key, one in tool.questions.items()
        if one.criterion in limited and not applies(limited[one.criterion], plan_type, disability)
    }


def asked_in_case(tool: Tool, not_asked: Mapping[str, object]) -> Tool:
    """The tool as it asks in a case. A section in which nothing is left to judge has no grade."""
    if not not_asked:
        return tool
    return replace(tool, sections=tuple(_section(one, not_asked) for one in tool.sections))


def _section(section: Section, not_asked: Mapping[str, object]) -> Section:
    questions = tuple(
        replace(one, show_if=NEVER, is_asked=False) if one.key in not_asked else one
        for one in section.questions
    )
    is_judged = any(one.is_asked and one.answer is AnswerType.JUDGEMENT for one in questions)
    return replace(section, questions=questions, is_graded=section.is_graded and is_judged)
