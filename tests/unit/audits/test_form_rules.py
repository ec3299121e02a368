"""What an answer lacks, how far an audit is, what stands in the way, what is worth another look, and the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plumbline.audits.rules import concerns
from plumbline.audits.rules.answers import Fate, Given, fate_of, is_done, lacks
from plumbline.audits.rules.progress import (
    Progress,
    due_in_words,
    minutes_in_words,
    minutes_left,
    parts_of,
    unfinished_in,
)
from plumbline.audits.rules.submission import (
    AuditSoFar,
    GradeGiven,
    Heard,
    Place,
    may_grade,
    missing,
    second_looks,
)
from plumbline.audits.rules.tool import Question, QuestionKind, Tool
from plumbline.audits.rules.tool_data import tool_from
from tests.factories.audits import TOOL

pytestmark = pytest.mark.no_database_needed
QUESTION = Question("heard", "Was the child heard?", QuestionKind.VOICE)
MET = Given("met", evidence="Visit of 3 May.")
BELOW = Given("not_met", rationale="Nobody asked.", evidence="No record.")
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


def tool(**more: object) -> Tool:
    return tool_from(TOOL | more)


def full(**more: Given) -> dict[str, Given]:
    given = dict.fromkeys(("daily-life", "heard", "progress", "supervision"), MET)
    return given | {"plan-type": Given(text="cp")} | more


def audit(**more: object) -> AuditSoFar:
    """An audit that lacks nothing, but for what is given."""
    values: dict[str, object] = {
        "tool": tool(),
        "given": full(),
        "grades": {key: GradeGiven("good", "good") for key in ("life", "change", "")},
        "has_discussion": True,
        "heard": (Heard("child", "given"), Heard("parent", "attempted")),
    } | more
    return AuditSoFar(**values)  # type: ignore[arg-type]


def places(found: list[object]) -> list[str]:
    return [str(one.place) for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (Given(), []),
        (Given("met"), ["evidence"]),
        (Given("partly_met"), ["rationale", "evidence"]),
        (Given("not_met", rationale="R"), ["evidence"]),
        (Given("not_applicable"), ["rationale"]),
        (Given("not_assessed"), []),
        (Given(rationale="Only words"), ["judgement"]),
        (MET, []),
    ],
)
def test_strengths_need_evidence_as_gaps_do_and_below_met_or_not_applicable_needs_a_reason(
    given: Given, fields: list[str]
) -> None:
    assert [one.field for one in lacks(QUESTION, given)] == fields


def test_an_answer_that_was_not_begun_is_not_done() -> None:
    assert not is_done(QUESTION, Given())
    assert is_done(QUESTION, MET)


@pytest.mark.parametrize(
    ("mine", "base", "current", "is_stale", "fate"),
    [
        ("a", "a", "b", True, Fate.UNCHANGED),
        ("b", "a", "b", True, Fate.UNCHANGED),
        ("b", "a", "a", False, Fate.SAVED),
        ("b", "a", "c", True, Fate.CLASH),
        ("b", "a", "a", True, Fate.SAVED),
    ],
)
def test_only_two_different_changes_of_one_question_clash(
    mine: str, base: str, current: str, is_stale: bool, fate: Fate
) -> None:
    texts = [Given(text=words) for words in (mine, base, current)]
    assert fate_of(*texts, is_stale=is_stale) is fate


def test_line_ends_and_outer_spaces_make_no_difference() -> None:
    assert Given(text="a\r\nb ") == Given(text="a\nb")


def test_progress_counts_what_is_required_and_shown() -> None:
    parts = {part.section.key: part for part in parts_of(tool(), {"heard": BELOW})}
    assert (parts["life"].done, parts["life"].required, parts["life"].state) == (1, 3, Progress.IN_PROGRESS)
    assert (parts["change"].done, parts["change"].required) == (0, 2)
    assert parts["change"].state is Progress.NOT_STARTED
    assert {part.state for part in parts_of(tool(), full())} == {Progress.DONE}


def test_an_optional_answer_that_was_begun_and_lacks_something_stands_in_the_way() -> None:
    begun = full(identity=Given("met"))
    assert [one.key for one in unfinished_in(tool(), tool().sections[1], begun)] == ["identity"]


def test_time_left_shrinks_with_each_answer_and_is_said_as_an_estimate() -> None:
    def left(given: dict[str, Given]) -> int:
        return minutes_left(tool(), given, is_talk_open=False, are_views_open=False, are_grades_open=False)

    assert left({}) > left({"heard": MET}) > left(full()) == 0
    assert minutes_in_words(left({})) == "about 1 hour 25 minutes"
    assert minutes_in_words(120) == "about 2 hours"
    assert minutes_in_words(0) == ""


@pytest.mark.parametrize(
    ("state", "due", "words"),
    [
        ("started", -1, "1 day late"),
        ("returned", -6, "6 days late"),
        ("allocated", 0, "due today"),
        ("started", 1, "due tomorrow"),
        ("started", 5, "due in 5 days"),
        ("submitted", -5, ""),
    ],
)
def test_lateness_is_said_in_words_and_only_while_the_audit_is_in_hand(
    state: str, due: int, words: str
) -> None:
    today = date(2026, 5, 4)
    assert due_in_words(state, today + timedelta(days=due), today) == words


def test_a_complete_audit_lacks_nothing() -> None:
    assert missing(audit()) == []
    assert may_grade(audit(grades={}))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"has_discussion": False}, Place.DISCUSSION),
        ({"heard": (Heard("child", "given"),)}, Place.VOICES),
        ({"heard": (Heard("carer", "given"),)}, Place.VOICES),
        ({"given": full(progress=Given())}, Place.SECTION),
        ({"given": full(progress=Given("not_met"))}, Place.SECTION),
        ({"grades": {}}, Place.GRADES),
        ({"open_clashes": ("heard",)}, Place.CONFLICT),
    ],
)
def test_each_thing_that_is_missing_is_named_with_its_place(change: dict[str, object], place: Place) -> None:
    assert place in places(missing(audit(**change)))


def test_grades_come_last() -> None:
    assert not may_grade(audit(given=full(progress=Given())))
    assert not may_grade(audit(open_clashes=("heard",)))


def test_a_grade_whose_answers_changed_is_missing_again() -> None:
    changed = audit(given=full(progress=BELOW) | {"what-next": Given(text="Visit")})
    assert [one.key for one in missing(changed)] == ["change"]


def test_an_overall_grade_is_missing_only_where_the_tool_has_one() -> None:
    grades = {key: GradeGiven("good", "good") for key in ("life", "change")}
    assert places(missing(audit(grades=grades))) == ["overall"]
    assert missing(audit(grades=grades, tool=tool(overall=False))) == []


def test_feedback_that_is_required_is_given_or_attempted() -> None:
    silent = (Heard("child", "not_appropriate"), Heard("parent", "not_appropriate"))
    assert missing(audit(heard=silent)) == []
    needed = missing(audit(heard=silent, is_feedback_required=True))
    assert places(needed) == ["voices", "voices"]
    assert ["the child’s" in one.sentence for one in needed] == [True, False]
    tried = (*silent, Heard("carer", "declined"), Heard("child", "attempted"))
    assert missing(audit(heard=tried, is_feedback_required=True)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"given": {key: Given("met") for key in full()}}, "is graded good but cites no evidence"),
        ({"given": full(heard=BELOW)}, "is graded good though a question is not met"),
        ({"given": full(heard=BELOW)}, "no action has been agreed yet"),
        ({"heard": (Heard("child", "attempted"), Heard("parent", "given"))}, "holds no views from the child"),
        ({"is_record_only": True}, "yet the child’s views are in it"),
        ({"grades": {"life": GradeGiven("inadequate", "inadequate")}}, "is the child safe tonight?"),
        ({"grades": {"life": GradeGiven("good", "inadequate", "R")}}, "two or more above"),
        (
            {"given": {key: Given("not_assessed", rationale="R") for key in full()}},
            "questions are not assessed",
        ),
    ],
)
def test_what_does_not_fit_is_said(change: dict[str, object], words: str) -> None:
    assert any(words in one.sentence for one in second_looks(audit(**change)))
    assert not any(words in one.sentence for one in second_looks(audit()))


def test_the_clock_of_a_concern_is_read_in_hours() -> None:
    acknowledge_by, plan_by = concerns.limits(NOW, 24, 48)
    assert (acknowledge_by - NOW, plan_by - NOW) == (timedelta(hours=24), timedelta(hours=48))

    def words(state: str, hours: float) -> str:
        return concerns.clock_in_words(state, acknowledge_by, plan_by, NOW + timedelta(hours=hours))

    assert words("raised", 3.5) == "Acknowledge within 20 hours"
    assert words("raised", 23.5) == "Acknowledge within less than an hour"
    assert words("raised", 27) == "An answer is 3 hours overdue"
    assert words("acknowledged", 47) == "Make a plan within 1 hour"
    assert words("acknowledged", 100) == "A plan is 52 hours overdue"
    assert words("planned", 100).startswith("There is a plan")
    assert words("closed", 100) == "Closed"


def test_a_concern_goes_through_each_step() -> None:
    order = ["raised", "acknowledged", "planned", "closed"]
    allowed = {(a, b) for a in order for b in order if concerns.concern_may_move(a, b)}
    assert allowed == {("raised", "acknowledged"), ("acknowledged", "planned"), ("planned", "closed")}
