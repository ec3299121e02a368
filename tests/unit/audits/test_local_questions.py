"""A round's own questions by the rules: they follow the locked ones, change no grade and are counted apart."""

from typing import Any

from plumbline.audits.rules.grading import propose_overall, propose_section
from plumbline.audits.rules.local_questions import (
    SECTION,
    asked_of_team,
    local_section,
    next_key,
    remarks_on,
    whole_tool,
)
from plumbline.audits.rules.report import AuditFacts, group_figures
from plumbline.audits.rules.second_rating import graded_parts, questions_to_judge
from plumbline.audits.rules.tool_data import tool_from
from tests.factories.audits import TOOL

JUDGED: dict[str, Any] = {
    "key": "local-1",
    "text": "School was told in the same week",
    "kind": "quality",
    "answer": "judgement",
    "required": True,
}
CHOSEN: dict[str, Any] = {
    "key": "local-2",
    "text": "Who leads and who follows?",
    "kind": "compliance",
    "answer": "choice",
    "required": False,
    "team": "north",
    "choices": [{"key": "choice-1", "label": "School"}, {"key": "choice-2", "label": "Nobody"}],
}


def test_they_follow_the_tools_own_and_are_no_part_of_grades_or_second_ratings() -> None:
    core, whole = tool_from(TOOL), whole_tool(TOOL, {}, [JUDGED])
    assert [one.key for one in whole.sections] == [*(one.key for one in core.sections), SECTION]
    assert graded_parts(whole) == graded_parts(core)
    assert "local-1" not in {one.key for one in questions_to_judge(core)}
    given = {"daily-life": "met", "heard": "met", "progress": "met", "supervision": "met"}
    for answer in ("met", "not_met"):
        with_it = {**given, "local-1": answer}
        sections = {key: propose_section(whole, whole.section(key), with_it) for key in ("life", "change")}  # type: ignore[arg-type]
        plain = {key: propose_section(core, core.section(key), given) for key in ("life", "change")}  # type: ignore[arg-type]
        assert sections == plain
        grades = {key: one.grade for key, one in plain.items()}
        assert propose_overall(whole, grades) == propose_overall(core, grades)


def test_a_team_is_asked_its_own_and_those_of_everybody() -> None:
    assert asked_of_team([JUDGED, CHOSEN], "north") == [JUDGED, CHOSEN]
    assert asked_of_team([JUDGED, CHOSEN], "south") == [JUDGED]


def test_they_are_read_by_the_linter_as_a_tool_is() -> None:
    remarks = remarks_on([JUDGED, CHOSEN])
    assert any("may join two ideas" in one for one in remarks["local-2"])
    assert not any("criterion" in one for one in remarks["local-1"])
    assert next_key([JUDGED, CHOSEN]) == "local-3"


def test_they_are_counted_apart_over_the_audits_that_asked_them() -> None:
    audits = [
        AuditFacts(judgements={"local-1": "met", "local-2": "choice-1"}, local=("local-1", "local-2")),
        AuditFacts(judgements={"local-1": "not_met"}, local=("local-1",)),
        AuditFacts(judgements={}, local=("local-1", "local-2")),
        AuditFacts(judgements={"local-1": "met"}),
    ]
    questions = local_section([JUDGED, CHOSEN]).questions
    group = group_figures(audits, [tool_from(TOOL)], is_random=True, local=questions)
    judged, chosen = group["local"]
    assert (judged["met"]["x"], judged["met"]["n"], judged["not_met"], judged["asked"]) == (1, 2, 1, 3)
    assert (chosen["asked"], chosen["answered"]) == (2, 1)
    assert [one["count"] for one in chosen["choices"]] == [1, 0]
    assert {one["key"] for one in group["questions"]}.isdisjoint({"local-1", "local-2"})
    assert "local" not in group_figures(audits, [tool_from(TOOL)], is_random=True)
