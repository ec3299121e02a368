"""What differs between two versions of a tool, in words and part by part; its rules in words."""

import pytest

from plumbline.audits.rules.tool_data import tool_from
from plumbline.audits.rules.tool_difference import difference
from plumbline.audits.rules.tool_words import (
    limit_in_words,
    overall_rules_in_words,
    section_rules_in_words,
    when_in_words,
)
from tests.unit.audits.tool_files import SMALL, question, small


def test_nothing_differs_but_the_version() -> None:
    assert difference(SMALL, small() | {"version": "2"}).is_empty


def test_a_changed_question_is_told_with_both_wordings() -> None:
    new = small()
    question(new, "child-helped").update(text="The child was helped", weight=1, limiting=False)
    (change,) = difference(SMALL, new).questions
    assert change.words == "Question “The child was helped” changes: question, weight, limits the grade."
    assert [(one.before, one.after) for one in change.wordings] == [
        ("The child has been helped", "The child was helped"),
        ("2", "1"),
        ("Yes", "No"),
    ]


def test_what_is_new_gone_moved_or_in_another_order_is_told() -> None:
    new = small()
    first, second = new["sections"]
    second["questions"].append(first["questions"].pop(2))
    first["questions"].reverse()
    first["questions"].append({"key": "new-one", "text": "Something new", "kind": "impact"})
    second["questions"] = [one for one in second["questions"] if one["key"] != "in-own-words"]
    words = difference(SMALL, new).words()
    assert words == [
        "Question “Something new” is new, in “Daily life”.",
        "Question “The child's play is watched” moves to “The difference”.",
        "Question “What did you learn?” is gone.",
        "The order of the questions changes.",
    ]


def test_sections_and_what_belongs_to_the_whole_tool_are_told() -> None:
    new = small() | {"title": "Another", "overall_rollup": {"base": "majority"}}
    new["sections"].reverse()
    new["sections"][0]["intro"] = "Look here."
    new["sections"].append({"key": "last-words", "title": "Last words", "questions": []})
    words = difference(SMALL, new).words()
    assert words[:4] == [
        "About the tool, changed: title, how the overall grade is found.",
        "Section “The difference” changes its title, introduction or whether it is graded.",
        "Section “Last words” is new.",
        "The order of the sections changes.",
    ]


def test_the_rules_of_a_tool_are_told_in_words() -> None:
    tool = tool_from(SMALL)
    assert section_rules_in_words(tool) == [
        "“Inadequate” if at least half of the answers are “not met”.",
        "“Good” in every other case.",
    ]
    assert overall_rules_in_words(tool) == ["The lowest section decides."]
    assert limit_in_words(tool) == "If a limiting question is “not met”, its section is “Inadequate”."
    assert overall_rules_in_words(tool_from(small() | {"overall": False})) == []


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"at_least": 1}, "at least 1 answer is “met”"),
        ({"at_least": 2, "at_most": 2}, "exactly 2 answers are “met”"),
        ({"at_least": 2, "at_most": 3}, "at least 2 answers and at most 3 answers are “met”"),
        ({"at_most": 0}, "no answer is “met”"),
        ({"at_least_share": 1}, "all answers are “met”"),
        ({"at_least_share": 0.4}, "at least 40% of the answers are “met”"),
    ],
)
def test_each_bound_of_a_table_is_told_in_words(bounds: dict[str, float], said: str) -> None:
    rule = {"base": "table", "table": [{"grade": "good", "when": {"met": bounds}}]}
    assert section_rules_in_words(tool_from(small() | {"section_rollup": rule})) == [f"“Good” if {said}."]


def test_limits_of_sections_and_answers_needed_are_told_in_words() -> None:
    rule = {
        "base": "worst",
        "minimum_answered": 2,
        "limits": [{"criteria": ["daily-life"], "at_or_worse": "requires_improvement", "cap": "good"}],
    }
    assert overall_rules_in_words(tool_from(small() | {"overall_rollup": rule}))[1:] == [
        "If “Daily life” is “Requires improvement to be good” or worse, the overall grade is no better than “Good”.",
        "A grade is proposed once at least 2 sections could be assessed.",
    ]


def test_a_condition_is_told_in_the_words_of_its_question() -> None:
    tool = tool_from(SMALL)
    assert when_in_words(tool, tool.questions["seen-in-play"].show_if) == (
        "“How does the child speak?” is answered “In play”"
    )
    assert when_in_words(tool, tool.questions["in-own-words"].required_if) == (
        "“The child has been helped” is answered not met or partly met, or "
        "“We know the child's day” is answered not met"
    )
