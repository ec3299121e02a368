"""A round's own questions after the locked ones of the tool: pinned to each audit, reported apart, never graded."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from plumbline.audits.rules.lint import of_question
from plumbline.audits.rules.tool import AnswerType, Question, Section, Tool
from plumbline.audits.rules.tool_data import question_from, tool_in_case

SECTION = "local-questions"
TITLE = "Questions of this round"
INTRO = "These are asked in this round only. They change no grade and are reported apart from the rest."
# A few; whoever needs more needs another version of the tool.
MOST_LOCAL = 5
ANSWERS: dict[str, str] = {
    AnswerType.JUDGEMENT: "Met, partly met or not met",
    AnswerType.CHOICE: "One of a few answers",
    AnswerType.TEXT: "In the auditor’s own words",
}

Local = Sequence[Mapping[str, Any]]


def local_section(local: Local) -> Section:
    """The section that holds them, after those of the tool and without a grade."""
    return Section(SECTION, TITLE, INTRO, tuple(question_from(one) for one in local), is_graded=False)


def whole_tool(content: Mapping[str, Any], not_asked: Mapping[str, Any], local: Local) -> Tool:
    """All that one audit asks: the tool's locked questions as its case asks them, then the round's own.

    Grades, second ratings and self-audits never ask for this: they are of the tool's questions alone.
    """
    return with_local(tool_in_case(content, not_asked), local)


def with_local(tool: Tool, local: Local) -> Tool:
    """The tool followed by the round's own questions; as it is where there are none."""
    return replace(tool, sections=(*tool.sections, local_section(local))) if local else tool


def asked_of_team(local: Local, team: str) -> list[Mapping[str, Any]]:
    """Those that an audit of the team's work asks: of every team, or of that one. `team` is its public id."""
    return [one for one in local if one.get("team", "") in ("", team)]


def next_key(local: Local) -> str:
    """The key of the next one; the key of one that was taken out is not used again while a later one stands."""
    numbers = [int(str(one["key"]).rpartition("-")[2]) for one in local]
    return f"local-{max(numbers, default=0) + 1}"


def remarks_on(local: Local) -> dict[str, list[str]]:
    """What a careful reader would say of each, by key, as of a tool's question; they name no criterion on purpose."""
    return {one.key: list(of_question(one, names_criterion=False)) for one in local_section(local).questions}


def local_figures(
    audits: Sequence[tuple[Mapping[str, str], Collection[str]]],
    questions: Sequence[Question],
    share_of: Callable[[int, int], Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """The answers to each: of each audit what was judged or chosen and which of them it asked.

    Texts are counted only: what somebody wrote stands in the audit.
    """
    found = []
    for question in questions:
        given = [judged.get(question.key, "") for judged, asked in audits if question.key in asked]
        counts = Counter(one for one in given if one)
        one: dict[str, Any] = {
            "key": question.key,
            "text": question.text,
            "answer": str(question.answer),
            "asked": len(given),
            "answered": counts.total(),
        }
        if question.answer is AnswerType.JUDGEMENT:
            judged_as = ("met", "partly_met", "not_met")
            one["met"] = share_of(counts["met"], sum(counts[level] for level in judged_as))
            one |= {name: counts[name] for name in (*judged_as[1:], "not_applicable", "not_assessed")}
        if question.answer is AnswerType.CHOICE:
            one["choices"] = [
                {"label": choice.label, "count": counts[choice.key]} for choice in question.choices
            ]
        found.append(one)
    return found
