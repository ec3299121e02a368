"""The grade that a tool's rules propose for a section and for the whole audit, and why in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plumbline.audits.rules.tool import LEVELS, AnswerType, Question, Section, Tool
from plumbline.audits.rules.tool_words import ANSWERS, row_in_words
from stats.rollup import Outcome, Proposal, Rules, Unanswered, propose, rules_from

UNANSWERED = {
    "not_applicable": Unanswered.NOT_APPLICABLE,
    "not_assessed": Unanswered.NOT_ASSESSED,
    "": Unanswered.NOT_ASSESSED,
}


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
    table = rules_from(rules)
    return _in_words(tool, propose(judgements, table), table, ANSWERS, "answer")


def propose_overall(tool: Tool, section_grades: Mapping[str, str]) -> Proposed:
    """The grade proposed for the whole audit from the grades of its sections (section key to grade)."""
    if not tool.has_overall:
        return Proposed("", "This tool has no overall grade.")
    grades = [one.key for one in tool.grades]
    graded = [one.key for one in tool.sections if one.is_graded and section_grades.get(one.key)]
    if not graded:
        return Proposed("", "No section has a grade yet.")
    rules = {**tool.overall_rollup, "levels": grades, "grades": grades}
    table = rules_from(rules)
    labels = {one.key: one.label for one in tool.grades}
    return _in_words(
        tool, propose({key: section_grades[key] for key in graded}, table), table, labels, "section"
    )


def _judged(questions: tuple[Question, ...], given: Mapping[str, str]) -> list[Question]:
    return [one for one in questions if one.answer is AnswerType.JUDGEMENT and one.show_if.holds(given)]


def _in_words(
    tool: Tool, proposal: Proposal, table: Rules, labels: Mapping[str, str], thing: str
) -> Proposed:
    grade = proposal.grade if proposal.outcome is Outcome.PROPOSED else None
    if found := re.match(r"Table, row (\d+):", proposal.rule):
        # As the tool's own page says it, so that the rule can be found there.
        row = table.table[int(found.group(1)) - 1]
        when = f"if {row_in_words(row, labels, thing)}" if row.when else "where none of its other rules fits"
        return Proposed(grade or "", f"The tool gives “{tool.grade_label(row.grade)}” {when}.")
    rule = proposal.rule.replace("no row of the table covers", "no rule of the tool covers")
    rule = re.sub(r"\banswers\b", f"{thing}s", rule)
    words = (
        {one.key: f"“{one.text}”" for one in tool.questions.values()}
        | {one.key: one.title for one in tool.sections}
        | {one.key: one.label.lower() for one in tool.grades}
        | {level: level.replace("_", " ") for level in LEVELS}
    )
    keys = "|".join(re.escape(key) for key in sorted(words, key=len, reverse=True))
    why = re.sub(rf"(?<![\w-])({keys})(?![\w-])", lambda found: words[found.group(1)], rule)
    return Proposed(grade or "", why)
