"""The audit tools that ship ask about the child first, weigh quality above compliance, and grade as they say."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from plumbline.audits.rules.grading import propose_overall, propose_section
from plumbline.audits.rules.tool import AnswerType, QuestionKind, Theme, Tool
from plumbline.audits.rules.tool_data import tool_from
from stats.rollup import rules_from

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"
CONTENTS: dict[str, dict[str, Any]] = {
    content["key"]: content
    for path in sorted((DEFINITIONS / "audit_tools").glob("*.yaml"))
    for content in [yaml.safe_load(path.read_text(encoding="utf-8"))]
}
TOOLS = {key: tool_from(content) for key, content in CONTENTS.items()}
CRITERIA = {
    criterion["key"]
    for standard in yaml.safe_load(
        (DEFINITIONS / "standards" / "practice_standards.yaml").read_text(encoding="utf-8")
    )["standards"]
    for criterion in standard["criteria"]
}
# What the catalogue of requirements asks for by its number, and a word that only such a question holds.
ASKED_FOR = {
    "K21 children without words": "without words",
    "K22 safety plan in writing": "in writing",
    "K23 views in assessments": "assessment s",
    "K24 conferences fit the child": "conference was arranged",
    "K25 reviewing officers": "reviewing officer",
    "K26 ways to take part": "took part",
    "H08 decisions between sessions": "between supervision sessions",
    "E35 recording on time": "written up within",
    "E38 risk framework": "risk framework",
    "A12 identity": "who this child is",
    "A23 has this child been helped": "this child has been helped",
}


def graded(tool: Tool, judgement: str) -> dict[str, str]:
    """The grade proposed for each section when every question has the one judgement."""
    given = dict.fromkeys(tool.questions, judgement)
    return {section.key: propose_section(tool, section, given).grade for section in tool.sections}


def test_seven_tools_for_cases_and_three_for_visits_are_shipped() -> None:
    assert set(TOOLS) == {
        "whole-case",
        "child-protection",
        "children-in-care",
        "care-leavers",
        "neglect-deep-dive",
        "supervision",
        "dip-sample",
        "observation-of-practice",
        "leadership-visit",
        "regulation-visit",
    }
    assert {tool.subject: tool.key for tool in TOOLS.values() if tool.subject != "case"} == {
        "worker": "observation-of-practice",
        "team": "leadership-visit",
        "establishment": "regulation-visit",
    }


@pytest.mark.parametrize(("key", "least", "most"), [("whole-case", 24, 30), ("dip-sample", 6, 6)])
def test_the_longest_and_the_shortest_tool_keep_to_their_length(key: str, least: int, most: int) -> None:
    assert least <= len(TOOLS[key].questions) <= most


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS.keys())
class TestEveryTool:
    """Rules that hold for each of them."""

    def test_asks_about_the_four_things_every_audit_must_test(self, tool: Tool) -> None:
        assert {theme for question in tool.questions.values() for theme in question.covers} == set(Theme)

    def test_begins_with_the_childs_lived_experience(self, tool: Tool) -> None:
        first = next(iter(tool.questions.values()))
        assert Theme.LIVED_EXPERIENCE in first.covers
        assert first.kind is QuestionKind.VOICE

    def test_weighs_quality_and_impact_above_compliance(self, tool: Tool) -> None:
        weights = tool.weights()
        assert (
            weights[QuestionKind.QUALITY] + weights[QuestionKind.IMPACT]
            > 2 * weights[QuestionKind.COMPLIANCE]
        )
        assert sum(weights.values()) == pytest.approx(1)

    def test_names_a_criterion_of_the_standards_for_every_judgement(self, tool: Tool) -> None:
        judged = [one for one in tool.questions.values() if one.answer is AnswerType.JUDGEMENT]
        assert {one.criterion for one in judged} <= CRITERIA

    def test_says_of_every_judgement_what_good_looks_like(self, tool: Tool) -> None:
        assert [one.key for one in tool.questions.values() if not one.good and not one.choices] == []

    def test_describes_every_grade_on_two_questions_or_more(self, tool: Tool) -> None:
        described = [one for one in tool.questions.values() if one.descriptors]
        assert len(described) >= 2
        assert all(list(one.descriptors) == [grade.key for grade in tool.grades] for one in described)

    def test_caps_the_grade_where_the_child_is_not_safe(self, tool: Tool) -> None:
        limiting = [one for one in tool.questions.values() if one.is_limiting]
        assert limiting
        for question in limiting:
            section = tool.section_of[question.key]
            given = {**dict.fromkeys(tool.questions, "met"), question.key: "not_met"}
            proposed = propose_section(tool, section, given)
            grades = [grade.key for grade in tool.grades]
            assert grades.index(proposed.grade) >= grades.index(tool.limit["cap"])
            if tool.limit["cap"] == tool.lowest_grade:
                assert question.text in proposed.why

    def test_proposes_good_when_all_is_met_and_leaves_outstanding_to_judgement(self, tool: Tool) -> None:
        grades = graded(tool, "met")
        assert {grades[one.key] for one in tool.sections if one.is_graded} == {"good"}

    def test_proposes_a_grade_for_every_section_whatever_is_answered(self, tool: Tool) -> None:
        for judgement in ("met", "partly_met", "not_met"):
            grades = graded(tool, judgement)
            assert all(grades[one.key] for one in tool.sections if one.is_graded)
        assert set(graded(tool, "not_met").values()) - {""} == {"inadequate"}

    def test_proposes_an_overall_grade_no_better_than_its_sections_allow(self, tool: Tool) -> None:
        if not tool.has_overall:
            assert propose_overall(tool, graded(tool, "met")).grade == ""
            return
        for judgement, expected in (
            ("met", "good"),
            ("partly_met", "requires_improvement"),
            ("not_met", "inadequate"),
        ):
            assert propose_overall(tool, graded(tool, judgement)).grade == expected
        rules_from(
            {
                **tool.overall_rollup,
                "levels": [one.key for one in tool.grades],
                "grades": [one.key for one in tool.grades],
            }
        )

    def test_has_keys_that_no_sentence_of_the_roll_up_holds(self, tool: Tool) -> None:
        keys = [*tool.questions, *(section.key for section in tool.sections)]
        assert len(set(keys)) == len(keys)
        assert [key for key in keys if not re.fullmatch(r"[a-z]+(-[a-z]+)+", key)] == []


@pytest.mark.parametrize("phrase", ASKED_FOR.values(), ids=ASKED_FOR.keys())
def test_the_whole_case_audit_asks_what_the_requirements_name(phrase: str) -> None:
    texts = [question.text.casefold() for question in TOOLS["whole-case"].questions.values()]
    assert any(phrase in text for text in texts)


def test_a_child_who_does_not_talk_is_asked_about_in_another_way() -> None:
    tool = TOOLS["whole-case"]
    talking = [question.key for question in tool.shown({"how-communicates": "speech"})]
    baby = [question.key for question in tool.shown({"how-communicates": "before-words"})]
    assert "shown-without-words" not in talking
    assert "shown-without-words" in baby


def test_why_a_grade_is_proposed_is_told_in_the_words_of_the_tool() -> None:
    tool = TOOLS["whole-case"]
    section = tool.sections[0]
    given = dict.fromkeys((question.key for question in section.questions), "met")
    assert propose_section(tool, section, given).why == (
        "The tool gives “Good” where none of its other rules fits."
    )
    given["ordinary-day"] = "not_met"
    assert propose_section(tool, section, given).why == (
        "The tool gives “Requires improvement to be good” if at least 1 answer is “not met”."
    )
    grades = dict.fromkeys((one.key for one in tool.sections if one.is_graded), "requires_improvement")
    assert propose_overall(tool, grades).why == (
        "The tool gives “Requires improvement to be good” if at least 40% of the sections are "
        "“Requires improvement to be good”."
    )
