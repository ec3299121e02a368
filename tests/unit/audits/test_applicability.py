"""A question is not asked in a case that its criterion is not for."""

import pytest

from plumbline.audits.rules.applicability import applies, asked_in_case, not_asked_of
from plumbline.audits.rules.grading import propose_section
from plumbline.audits.rules.report import AuditFacts, group_figures
from plumbline.audits.rules.second_rating import graded_parts, questions_to_judge
from plumbline.audits.rules.submission import AuditSoFar, missing
from plumbline.audits.rules.tool_data import tool_from
from tests.factories.audits import TOOL

# In the small tool, the question whether the child was heard stands for criterion 4.3.
CONTENT = TOOL | {
    "sections": [
        section
        | {
            "questions": [
                one | ({"criterion": "4.3"} if one["key"] == "heard" else {}) for one in section["questions"]
            ]
        }
        for section in TOOL["sections"]
    ]
}
WHOLE = tool_from(CONTENT)
LIMITED = {"4.3": ["child-in-care", "care-leaver"]}


@pytest.mark.parametrize(
    ("applies_to", "plan_type", "disability", "expected"),
    [
        (["all"], "child-in-need", "", True),
        (["child-in-care"], "child-in-care", "", True),
        (["child-in-care"], "child-in-need", "", False),
        (["fostering-adoption"], "child-in-care", "", True),
        (["child-in-care", "disabled-children"], "child-in-need", "yes", True),
        (["child-in-care", "disabled-children"], "child-in-need", "unknown", False),
        # The standards have no word for these plans, so nobody can say that a criterion is not for them.
        (["child-in-care"], "early-help", "", True),
        (["child-in-care"], "other", "", True),
        (["child-in-care"], "", "", True),
    ],
)
def test_a_criterion_applies_by_plan_and_where_it_is_for_disabled_children_by_that(
    applies_to: list[str], plan_type: str, disability: str, expected: bool
) -> None:
    assert applies(applies_to, plan_type, disability) is expected


def test_a_question_is_asked_where_its_criterion_applies_and_only_there() -> None:
    assert not_asked_of(WHOLE, LIMITED, "child-in-care", "") == {}
    assert not_asked_of(WHOLE, LIMITED, "child-in-need", "") == {"heard": LIMITED["4.3"]}


def test_what_is_not_asked_is_not_missing_not_graded_on_and_not_rated_a_second_time() -> None:
    tool = asked_in_case(WHOLE, {"heard": LIMITED["4.3"]})
    assert "heard" in [one.question for one in missing(AuditSoFar(tool=WHOLE, given={}))]
    assert "heard" not in [one.question for one in missing(AuditSoFar(tool=tool, given={}))]
    assert "heard" not in [one.key for one in questions_to_judge(tool)]
    life, judged = tool.sections[0], {"daily-life": "met", "heard": "not_met"}
    assert (
        propose_section(tool, life, judged).grade == propose_section(tool, life, {"daily-life": "met"}).grade
    )


def test_a_section_in_which_nothing_is_left_to_judge_has_no_grade() -> None:
    life = [one.key for one in WHOLE.sections[0].questions]
    tool = asked_in_case(WHOLE, {key: [] for key in life})
    assert graded_parts(WHOLE)[0] == WHOLE.sections[0].key
    assert WHOLE.sections[0].key not in graded_parts(tool)


def test_what_is_not_asked_counts_in_no_denominator_of_the_report() -> None:
    asked = AuditFacts(judgements={"heard": "met"})
    others = [AuditFacts(not_asked={"heard"}), AuditFacts(not_asked={"heard"})]
    figures = group_figures([asked, *others], [WHOLE], is_random=True, population=90)
    heard = next(one for one in figures["questions"] if one["key"] == "heard")
    assert (heard["met"]["x"], heard["met"]["n"]) == (1, 1)
    assert (heard["not_applicable"], heard["not_assessed"]) == (0, 0)
