"""The grade that a tool's rules propose for a section and for the whole audit, and why in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plumbline.audits.rules.tool import AnswerType, Question, Section, Tool
from stats.rollup import Outcome, Proposal, Unanswered, propose, rules_from

LEVELS = ("met", "partly_met", "not_met")
UNANSWERED = {
    "not_applicable": Unanswered.NOT_APPLICABLE,
    "not_assessed": Unanswered.NOT_ASSESSED,
    "": Unanswered.NOT_ASSESSED,
}

_NO_OTHER_ROW = "No rule of the tool for another grade fits."


@dataclass(frozen=True)
class Proposed:
    """A proposed grade, or none where the rule leaves it to judgement, with the rule that fired in words."""

    grade: str
    why: str


def propose_section(tool: Tool, section: Section, given: Mapping[str, str]) -> Proposed:
    """The grade proposed for a section from its judgements (question key to judgement); none for one not graded."""
    questions = _judged(section.questions, given)
    if not section.is_graded or not questions:
        return Proposed("", "This section is not graded.")
    rules = {**tool.section_rollup, "levels": list(LEVELS), "grades": [one.key for one in tool.grades]}
    limiting = [one.key for one in questions if one.is_limiting]
    if limiting and tool.limit:
        rules["limits"] = [*rules.get("limits", ()), {"criteria": limiting, **tool.limit}]
    judgements = {
        one.key: UNANSWERED.get(given.get(one.key, ""), given.get(one.key, "")) for one in questions
    }
    return _in_words(tool, propose(judgements, rules_from(rules)))


def propose_overall(tool: Tool, section_grades: Mapping[str, str]) -> Proposed:
    """The grade proposed for the whole audit from the grades of its sections (section key to grade)."""
    if not tool.has_overall:
        return Proposed("", "This tool has no overall grade.")
    grades = [one.key for one in tool.grades]
    graded = [one.key for one in tool.sections if one.is_graded and section_grades.get(one.key)]
    if not graded:
        return Proposed("", "No section has a grade yet.")
    rules = {**tool.overall_rollup, "levels": grades, "grades": grades}
    proposal = propose({key: section_grades[key] for key in graded}, rules_from(rules))
    return _in_words(tool, proposal, of="sections")


def _judged(questions: tuple[Question, ...], given: Mapping[str, str]) -> list[Question]:
    return [one for one in questions if one.answer is AnswerType.JUDGEMENT and one.show_if.holds(given)]


def _in_words(tool: Tool, proposal: Proposal, of: str = "answers") -> Proposed:
    rule = re.sub(r"^Table, row \d+: in every other case\.$", _NO_OTHER_ROW, proposal.rule)
    rule = re.sub(r"^Table, row (\d+): (.*?)\.?$", r"Rule \1 of the tool: \2.", rule)
    rule = re.sub(r"\banswers\b", of, rule)
    words = (
        {one.key: f"“{one.text}”" for one in tool.questions.values()}
        | {one.key: one.title for one in tool.sections}
        | {one.key: one.label.lower() for one in tool.grades}
        | {level: level.replace("_", " ") for level in LEVELS}
    )
    keys = "|".join(re.escape(key) for key in sorted(words, key=len, reverse=True))
    why = re.sub(rf"(?<![\w-])({keys})(?![\w-])", lambda found: words[found.group(1)], rule)
    grade = proposal.grade if proposal.outcome is Outcome.PROPOSED else None
    return Proposed(grade or "", why)
