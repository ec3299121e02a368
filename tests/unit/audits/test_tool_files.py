"""A tool's file is taken as it stands, or refused with its line and what to write instead."""

from typing import Any

import pytest

from plumbline.audits.files.reading import as_yaml, read_tool_file
from plumbline.audits.rules.tool_data import digest_of, tool_from
from tests.unit.audits.tool_files import SMALL, errors, question, read, small


def test_a_tool_reads_as_it_was_written_and_its_digest_does_not_depend_on_order() -> None:
    reading = read(SMALL)
    assert reading.problems == ()
    assert reading.content == SMALL
    assert digest_of(dict(reversed(SMALL.items()))) == digest_of(SMALL)


def test_what_a_blank_would_mean_is_left_out_so_that_it_is_the_same_tool() -> None:
    content = small()
    content |= {"applies_to": ["all"], "look_back_months": 12, "overall": True, "scale_version": "1"}
    question(content, "ordinary-day").update(weight=1, answer="judgement", limiting=False, required=True)
    assert read(content).content == SMALL


def test_an_error_names_its_line_its_place_and_what_to_write() -> None:
    content = small()
    question(content, "child-helped")["kind"] = "qualty"
    (error,) = errors(read(content))
    line = as_yaml(content).decode().splitlines().index("        kind: qualty") + 1
    assert error.startswith(f"Line {line}, sections 2, questions 1, kind: “qualty” is not known here.")
    assert "Write one of: compliance, quality, impact, voice, supervision, equality." in error


@pytest.mark.parametrize(
    ("key", "field", "value", "said"),
    [
        ("ordinary-day", "key", "child-helped", "The key child-helped is used twice"),
        ("ordinary-day", "key", "daily-life", "The key daily-life is used twice"),
        ("ordinary-day", "key", "grade", "is a word of the grading rules"),
        ("ordinary-day", "key", "1st", "Begin with a letter"),
        ("ordinary-day", "text", "", "Write the question."),
        ("ordinary-day", "weight", 0, "Write a whole number from 1 to 10."),
        ("ordinary-day", "weight", "heavy", "Write a whole number from 1 to 10."),
        ("ordinary-day", "covers", ["joy"], "Write one of: lived-experience, progress, impact, supervision."),
        ("ordinary-day", "limiting", "perhaps", "Write true or false."),
        ("speaks-how", "choices", [{"key": "one", "label": "One"}], "Write at least two choices"),
        ("speaks-how", "limiting", True, "Only a question with a judgement has limiting."),
        ("ordinary-day", "choices", [{"key": "a", "label": "A"}], "Write “answer: choice” too"),
        ("child-helped", "descriptors", {"splendid": "Yes."}, "“splendid” is not a grade here."),
        ("seen-in-play", "show_if", "always", "Write the question and its answers"),
        (
            "seen-in-play",
            "show_if",
            {"question": "nowhere", "is": ["met"]},
            "is not a question above this one",
        ),
        ("ordinary-day", "show_if", {"question": "child-helped", "is": ["met"]}, "is not a question above"),
        (
            "seen-in-play",
            "show_if",
            {"question": "speaks-how", "is": ["met"]},
            "Write one of: in-words, in-play.",
        ),
        (
            "child-helped",
            "show_if",
            {"question": "ordinary-day", "is": ["yes"]},
            "Write one of: met, partly_met",
        ),
        ("seen-in-play", "show_if", {"any": []}, "Write a list of conditions"),
    ],
)
def test_what_is_wrong_in_a_question_is_refused_with_what_to_write(
    key: str, field: str, value: Any, said: str
) -> None:
    content = small()
    question(content, key)[field] = value
    reading = read(content)
    assert reading.content is None
    assert any(said in error for error in errors(reading)), errors(reading)


def test_a_condition_on_a_question_answered_in_words_is_refused() -> None:
    content = small()
    content["sections"][1]["questions"].append(
        question(small(), "seen-in-play")
        | {"key": "too-late", "show_if": {"question": "in-own-words", "is": ["x"]}}
    )
    assert any("is answered in words" in error for error in errors(read(content)))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("key", "", "Write the key of the tool"),
        ("version", "", "Write the version"),
        ("purpose", "", "Write what the tool is to find out."),
        ("sections", [], "There are no sections here."),
        ("grades", [{"key": "good", "label": "Good"}], "Write at least two grades"),
        ("section_rollup", {}, "Write how answers become a grade"),
        ("section_rollup", {"base": "best"}, "Write one of: worst, majority, table."),
        ("section_rollup", {"base": "table"}, "The rule cannot be used: table is ()"),
        ("section_rollup", {"base": "worst"}, "The rule cannot be used: grade_for"),
        (
            "section_rollup",
            {"base": "table", "table": [{"grade": "splendid", "when": {}}]},
            "“splendid” is not known here.",
        ),
        (
            "section_rollup",
            {"base": "table", "table": [{"grade": "good", "when": {"not_met": {"at_least_share": 50}}}]},
            "Write one from 0 to 1",
        ),
        (
            "overall_rollup",
            {"base": "worst", "limits": [{"criteria": ["nowhere"], "at_or_worse": "good", "cap": "good"}]},
            "is not the key of a graded section",
        ),
        ("limit", {"at_or_worse": "bad", "cap": "inadequate"}, "“bad” is not known here."),
        ("limit", {}, "is not known here"),
    ],
)
def test_what_is_wrong_in_the_whole_tool_is_refused_with_what_to_write(
    field: str, value: Any, said: str
) -> None:
    reading = read(small() | {field: value})
    assert reading.content is None
    assert any(said in error for error in errors(reading)), errors(reading)


@pytest.mark.parametrize("theme", ["lived-experience", "progress", "impact", "supervision"])
def test_a_tool_without_one_of_the_four_things_every_audit_tests_is_refused(theme: str) -> None:
    content = small()
    for key in ("ordinary-day", "child-helped"):
        asked = question(content, key)
        asked["covers"] = [one for one in asked["covers"] if one != theme]
    (error,) = errors(read(content))
    assert f"Write “covers: [{theme}]” on a question that everybody must judge." in error


@pytest.mark.parametrize(
    "change", [{"required": False}, {"show_if": {"question": "ordinary-day", "is": ["met"]}}]
)
def test_a_question_that_may_be_left_out_does_not_count_as_testing_impact(change: dict[str, Any]) -> None:
    content = small()
    question(content, "child-helped").update(change)
    assert any("covers: [impact]" in error for error in errors(read(content)))


def test_a_criterion_that_is_not_in_force_is_told_but_does_not_stop_the_import() -> None:
    reading = read(SMALL, frozenset({"2.1"}))
    assert reading.content == SMALL
    (note,) = reading.notes
    assert "have no criterion 1.3" in note.message


def test_conditions_are_kept_in_one_form() -> None:
    content = small()
    question(content, "seen-in-play")["show_if"] = {
        "any": [
            {"question": "speaks-how", "is": ["in-play"]},
            {"question": "speaks-how", "is": "in-words"},
        ]
    }
    kept = read(content).content
    assert kept is not None
    assert question(kept, "seen-in-play")["show_if"] == {
        "question": "speaks-how",
        "is": ["in-play", "in-words"],
    }


def test_a_question_required_under_a_condition_is_not_required_otherwise() -> None:
    content = small()
    del question(content, "in-own-words")["required"]
    kept = read(content).content
    assert kept is not None
    tool = tool_from(kept)
    asked = tool.questions["in-own-words"]
    assert not tool.is_required(asked, {"child-helped": "met", "ordinary-day": "met"})
    assert tool.is_required(asked, {"child-helped": "partly_met"})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"kind: practice-standards\n",
        b"- a list\n",
        b"just words",
        b"%PDF-1.7",
        b"\xff\xfe\x00",
        b"kind: audit-tool\nsections: nothing\n",
        b"kind: audit-tool\nsections: [1, 2]\ngrades: {a: b}\nlimit: [x]\n",
        b"kind: audit-tool\nsections: [{key: aa, questions: [{key: {x: y}, show_if: [1], choices: 3}]}]\n",
        b"a: &a [1]\nb: !!python/object/apply:os.system [ls]\n",
        b"PK\x03\x04 no workbook",
    ],
)
def test_a_file_that_is_no_tool_is_refused_in_words(data: bytes) -> None:
    reading = read_tool_file(data)
    assert reading.content is None
    assert reading.errors
    assert all(error.message.endswith(".") for error in reading.errors)
