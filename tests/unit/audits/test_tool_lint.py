"""The linter remarks on questions that hold two ideas and on tools that weigh compliance too heavily."""

import pytest

from plumbline.audits.rules.lint import may_hold_two_ideas, remarks
from plumbline.audits.rules.tool_data import tool_from
from tests.unit.audits.tool_files import SMALL, question, read, small


@pytest.mark.parametrize(
    "text",
    [
        "Is the plan clear and/or shared?",
        "Is supervision reflective? Is it challenging?",
        "Supervision is reflective and challenging",
        "The child was seen or spoken to",
        "The plan is clear as well as timely",
        "The plan is clear; it is shared",
        "The plan is clear. It is shared",
        "Health & education are asked",
        "The child's wishes and feelings are known and acted on",
    ],
)
def test_a_question_with_two_ideas_is_remarked_on(text: str) -> None:
    assert may_hold_two_ideas(text)


@pytest.mark.parametrize(
    "text",
    [
        "The child's wishes and feelings counted",
        "Parents or carers helped to shape the assessment",
        "Is the child safe today?",
        "The grandmother understands the handover",
    ],
)
def test_a_pair_that_names_one_thing_and_parts_of_words_are_not(text: str) -> None:
    assert may_hold_two_ideas(text) == ""


def test_the_remark_names_the_question_and_its_line_when_a_file_is_read() -> None:
    content = small()
    question(content, "ordinary-day")["text"] = "We know the child's day and night"
    reading = read(content)
    assert reading.content is not None
    (note,) = reading.notes
    assert note.message.startswith("ordinary-day: “and” may join two ideas")
    assert note.place.line is not None


def test_more_than_half_of_the_weight_on_compliance_is_remarked_on() -> None:
    content = small()
    for key in ("ordinary-day", "child-helped"):
        question(content, key)["kind"] = "compliance"
    (remark,) = remarks(tool_from(content))
    assert remark.question == ""
    assert remark.words.startswith("Compliance has 75% of the weight, more than half.")


def test_compliance_as_heavy_as_quality_and_impact_is_remarked_on() -> None:
    content = small()
    question(content, "ordinary-day").update(kind="compliance", weight=3)
    assert [one.words[:27] for one in remarks(tool_from(content))] == ["Compliance has 50% of the w"]


def test_a_tool_without_a_limiting_question_is_remarked_on() -> None:
    content = small()
    del question(content, "child-helped")["limiting"]
    assert [one.words for one in remarks(tool_from(content))] == [
        "No question limits the grade. Mark those about safety as limiting."
    ]


def test_a_well_made_tool_has_no_remark() -> None:
    assert remarks(tool_from(SMALL)) == []
