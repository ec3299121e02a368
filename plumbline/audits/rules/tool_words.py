"""An audit tool's rules and conditions in words: how answers become grades, when a question is asked."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from plumbline.audits.rules.conditions import When
from plumbline.audits.rules.tool import LEVELS, AnswerType, Question, Tool
from stats.rollup import Base, Condition, Limit, Row, Rules, rules_from

ANSWERS = {
    "met": "met",
    "partly_met": "partly met",
    "not_met": "not met",
    "not_applicable": "does not apply",
    "not_assessed": "not assessed",
}


def section_rules_in_words(tool: Tool) -> list[str]:
    """How the grade of a section is proposed from its answers, a sentence each, worst grade first."""
    grades = [grade.key for grade in tool.grades]
    rules = rules_from({**tool.section_rollup, "levels": list(LEVELS), "grades": grades})
    return list(_sentences(tool, rules, ANSWERS, "answer"))


def overall_rules_in_words(tool: Tool) -> list[str]:
    """How the overall grade is proposed from the grades of the sections; nothing where there is none."""
    if not tool.has_overall:
        return []
    grades = [grade.key for grade in tool.grades]
    rules = rules_from({**tool.overall_rollup, "levels": grades, "grades": grades})
    labels = {grade.key: grade.label for grade in tool.grades}
    return list(_sentences(tool, rules, labels, "section"))


def limit_in_words(tool: Tool) -> str:
    """What a limiting question does to the grade of its section; empty where no question limits."""
    if not tool.limit or not any(question.is_limiting for question in tool.questions.values()):
        return ""
    worse = " or worse" if tool.limit["at_or_worse"] != LEVELS[-1] else ""
    answer = ANSWERS[tool.limit["at_or_worse"]]
    return f"If a limiting question is “{answer}”{worse}, its section {_ceiling(tool, tool.limit['cap'])}."


def when_in_words(tool: Tool, when: When) -> str:
    """The condition as a clause: “The child is seen alone” is not met."""
    parts = []
    for condition in when.conditions:
        question = tool.questions[condition.question]
        labels = _answer_labels(question)
        said = " or ".join(labels.get(answer, answer) for answer in condition.answers)
        parts.append(f"“{question.text}” is answered {said}")
    return (", or " if when.any_of else ", and ").join(parts)


def _answer_labels(question: Question) -> Mapping[str, str]:
    if question.answer is AnswerType.CHOICE:
        return {choice.key: f"“{choice.label}”" for choice in question.choices}
    return ANSWERS


def _sentences(tool: Tool, rules: Rules, labels: Mapping[str, str], thing: str) -> Iterator[str]:
    if rules.base is Base.WORST:
        yield f"The lowest {thing} decides."
    if rules.base is Base.MAJORITY:
        yield f"What more than half of the {thing}s are decides. Without such a majority, the auditor judges."
    if rules.base is not Base.TABLE and any(level != grade for level, grade in rules.grade_for.items()):
        pairs = [
            f"“{labels.get(level, level)}” gives “{tool.grade_label(grade)}”"
            for level, grade in rules.grade_for.items()
        ]
        yield f"{', '.join(pairs)}."
    for row in rules.table:
        if row.when:
            yield f"“{tool.grade_label(row.grade)}” if {row_in_words(row, labels, thing)}."
        else:
            yield f"“{tool.grade_label(row.grade)}” in every other case."
    for limit in rules.limits:
        yield _limit(tool, limit, labels)
    if needed := _needed(rules, thing):
        yield needed


def row_in_words(row: Row, labels: Mapping[str, str], thing: str) -> str:
    """When a row of the rules holds: at least half of the answers are “not met” and no answer is “partly met”."""
    return " and ".join(_bounds(one, labels.get(one.level, one.level), thing) for one in row.when)


def _bounds(condition: Condition, label: str, thing: str) -> str:
    """The bounds of one level: at least half of the answers are “not met”."""
    share, least, most = condition.at_least_share, condition.at_least, condition.at_most
    if most == 0:
        return f"no {thing} is “{label}”"
    parts = []
    if share:
        parts.append(_share_words(share, thing))
    if least and least == most:
        parts.append(f"exactly {least} {_many(thing, least)}")
    else:
        if least:
            parts.append(f"at least {least} {_many(thing, least)}")
        if most is not None:
            parts.append(f"at most {most} {_many(thing, most)}")
    verb = "is" if parts and parts[-1].endswith(f" {thing}") else "are"
    return f"{' and '.join(parts) or f'any number of {thing}s'} {verb} “{label}”"


def _many(thing: str, number: int) -> str:
    return thing if number == 1 else f"{thing}s"


def _share_words(share: Fraction, thing: str) -> str:
    if share == 1:
        return f"all {thing}s"
    return f"at least {'half' if share == Fraction(1, 2) else f'{float(share):.0%}'} of the {thing}s"


def _limit(tool: Tool, limit: Limit, labels: Mapping[str, str]) -> str:
    named = " or ".join(f"“{section.title}”" for key in limit.criteria if (section := tool.section(key)))
    worse = " or worse" if limit.at_or_worse != tool.lowest_grade else ""
    ending = _ceiling(tool, limit.cap)
    return f"If {named} is “{labels.get(limit.at_or_worse, limit.at_or_worse)}”{worse}, the overall grade {ending}."


def _ceiling(tool: Tool, cap: str) -> str:
    return (
        f"is “{tool.grade_label(cap)}”"
        if cap == tool.lowest_grade
        else f"is no better than “{tool.grade_label(cap)}”"
    )


def _needed(rules: Rules, thing: str) -> str:
    parts = []
    if rules.minimum_answered > 1:
        parts.append(f"at least {rules.minimum_answered} {thing}s")
    if rules.minimum_share_answered:
        parts.append(_share_words(rules.minimum_share_answered, thing))
    if not parts:
        return ""
    return f"A grade is proposed once {' and '.join(parts)} could be assessed."
