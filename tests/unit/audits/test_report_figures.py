"""The figures of a report, by hand on a small round: counts over counts, ranges, silence, what is missing."""

from typing import Any

from plumbline.audits.rules.report import AuditFacts, best_outcome, group_figures
from plumbline.audits.rules.report_completeness import Asked, completeness, sentence, target_sentence
from plumbline.audits.rules.report_counts import moved, said, share_of
from plumbline.audits.rules.report_lines import changes
from plumbline.audits.rules.report_summary import proposed_summary
from plumbline.audits.rules.tool import Tool
from plumbline.audits.rules.tool_data import tool_from

GRADES = [
    {"key": "outstanding", "label": "Outstanding"},
    {"key": "good", "label": "Good"},
    {"key": "requires_improvement", "label": "Requires improvement to be good"},
    {"key": "inadequate", "label": "Inadequate"},
]


def tool(**more: Any) -> Tool:
    return tool_from(
        {
            "key": "small",
            "title": "Small",
            "version": "1",
            "grades": GRADES,
            "section_rollup": {},
            "sections": [
                {
                    "key": "life",
                    "title": "Daily life",
                    "questions": [
                        {"key": "day", "text": "Is a day described?", "kind": "quality", "criterion": "1.1"},
                        {
                            "key": "alone",
                            "text": "Was the child seen alone?",
                            "kind": "compliance",
                            "show_if": {"question": "day", "is": ["not_met"]},
                        },
                        {"key": "support", "text": "Did supervision help?", "kind": "supervision"},
                    ],
                },
                {
                    "key": "facts",
                    "title": "Facts",
                    "graded": False,
                    "questions": [{"key": "note", "text": "Note", "kind": "impact", "answer": "text"}],
                },
            ],
        }
        | more
    )


def group(audits: list[AuditFacts], **more: Any) -> dict[str, Any]:
    return group_figures(audits, [tool()], **{"is_random": True} | more)


def graded(*grades: str) -> list[AuditFacts]:
    return [AuditFacts(grades={"": one, "life": one}) for one in grades]


def test_twelve_of_twenty_is_said_with_its_range() -> None:
    assert said(share_of(12, 20, is_random=True)) == "12 of 20 (39% to 78%)"


def test_fewer_than_ten_get_neither_percentage_nor_range() -> None:
    share = share_of(7, 9, is_random=True)
    assert (share["lower"], said(share)) == (None, "7 of 9")


def test_picked_cases_get_no_range_however_many() -> None:
    assert said(share_of(12, 20, is_random=False)) == "12 of 20"


def test_above_a_quarter_of_the_frame_the_range_is_that_of_the_frame_itself() -> None:
    # 15 of 20 out of 90 is less than a quarter; out of 40 it is half.
    assert said(share_of(15, 20, is_random=True, population=90)) == "15 of 20 (53% to 89%)"
    assert share_of(15, 20, is_random=True, population=40)["method"] == "hypergeometric"


def test_when_every_case_was_audited_there_is_no_range_to_give() -> None:
    assert said(share_of(12, 20, is_random=True, population=20)) == "12 of 20, every case"


def test_grades_are_counts_of_those_graded_and_never_an_average() -> None:
    figures = group([*graded("good", "good", "requires_improvement", "inadequate"), AuditFacts()])
    overall, life = figures["grades"]
    assert [(one["label"], one["share"]["x"], one["share"]["n"]) for one in overall["grades"]] == [
        ("Outstanding", 0, 4),
        ("Good", 2, 4),
        ("Requires improvement to be good", 1, 4),
        ("Inadequate", 1, 4),
    ]
    assert (overall["n"], overall["not_graded"]) == (4, 1)
    assert (overall["better"]["label"], overall["better"]["share"]["x"]) == ("Good or better", 2)
    assert life["title"] == "Daily life"
    assert "mean" not in str(figures)
    assert "average" not in str(figures)


def test_a_section_that_is_not_graded_and_a_tool_without_an_overall_grade_have_no_row() -> None:
    figures = group_figures(graded("good"), [tool(overall=False)], is_random=True)
    assert [one["title"] for one in figures["grades"]] == ["Daily life"]


def test_what_does_not_apply_and_what_was_not_assessed_stay_out_of_the_denominator_and_apart() -> None:
    given = ["met", "met", "partly_met", "not_met", "not_applicable", "not_assessed", ""]
    figures = group([AuditFacts(judgements={"day": one}) for one in given])
    day = figures["questions"][0]
    assert (day["met"]["x"], day["met"]["n"]) == (2, 4)
    assert (day["partly_met"], day["not_met"]) == (1, 1)
    assert (day["not_applicable"], day["not_assessed"]) == (1, 2)


def test_a_question_that_was_not_asked_counts_nowhere() -> None:
    figures = group(
        [AuditFacts(judgements={"day": "met"}), AuditFacts(judgements={"day": "not_met", "alone": "met"})]
    )
    alone = figures["questions"][1]
    assert (alone["met"]["x"], alone["met"]["n"], alone["not_assessed"]) == (1, 1, 0)


def test_supervision_is_marked_so_that_it_is_always_reported() -> None:
    figures = group([])
    assert [one["key"] for one in figures["questions"] if one["supervision"]] == ["support"]


def test_silence_is_counted_apart_from_those_who_declined_and_those_not_reached() -> None:
    outcomes = ["given", "given", "attempted", "declined", "not_appropriate", "none"]
    voice = group([AuditFacts(child=one) for one in outcomes])["voice"]
    assert (voice["child"]["heard"]["x"], voice["child"]["heard"]["n"]) == (2, 6)
    assert {one: voice["child"][one] for one in ("attempted", "declined", "not_appropriate", "none")} == {
        "attempted": 1,
        "declined": 1,
        "not_appropriate": 1,
        "none": 1,
    }
    assert voice["family"]["none"] == 6


def test_the_best_of_several_attempts_counts() -> None:
    assert best_outcome(["attempted", "given", "declined"]) == "given"
    assert best_outcome(["attempted", "declined"]) == "declined"
    assert best_outcome([]) == "none"


def test_talked_through_counts_among_those_that_were_shared() -> None:
    audits = [AuditFacts(is_shared=True, is_talked_through=True), AuditFacts(is_shared=True), AuditFacts()]
    assert said(group(audits)["voice"]["talked_through"]) == "1 of 2"


def moderated(first: str, second: str, final: str) -> AuditFacts:
    return AuditFacts(
        first={"": first}, second={"": second}, grades={"": final}, moderation="random", is_settled=True
    )


def test_movement_is_from_the_first_grade_to_the_final_one() -> None:
    figures = group(
        [
            moderated("good", "requires_improvement", "requires_improvement"),
            moderated("requires_improvement", "good", "good"),
            moderated("good", "inadequate", "good"),
            AuditFacts(first={"": "good"}, grades={"": "good"}, moderation="lowest"),
        ]
    )["moderation"]
    assert figures["moves"] == {"up": 1, "down": 1, "same": 1}
    assert (figures["settled"], figures["waiting"]) == (3, 1)
    assert figures["why"] == {"lowest": 1, "random": 3}


def test_agreement_is_said_from_ten_pairs_on() -> None:
    nine = [moderated("good", "good", "good")] * 8 + [moderated("good", "inadequate", "good")]
    assert group(nine)["moderation"]["exact"] is None
    ten = group([*nine, moderated("good", "requires_improvement", "good")])["moderation"]
    assert (ten["exact"]["x"], ten["within_one"]["x"], ten["pairs"]) == (8, 9, 10)


def counted(*states: str, late: int = 0) -> dict[str, Any]:
    audits = [Asked("random", state, place < late) for place, state in enumerate(states)]
    return completeness(audits, target=(18, 25), left_out={}, frame=90, drawn=20)


def test_an_unfinished_round_says_how_many_of_how_many_and_how_many_are_late() -> None:
    # As on 22 December 2017, when the last rounds of the year were under way and a conclusion was drawn.
    figures = counted("started", "allocated", "returned", *["shared"] * 17, late=2)
    assert sentence(figures) == "17 of 20 audits are submitted; 3 are missing, of which 2 are late."
    assert target_sentence(figures) == "That is fewer than the 18 to 25 aimed at."


def test_a_complete_round_says_so_and_what_was_left_out_is_not_missing() -> None:
    figures = counted(*["closed"] * 19, "exempted", "replaced")
    assert sentence(figures) == "All 19 audits are submitted."
    assert (figures["wanted"], figures["missing"], figures["states"]["exempted"]) == (19, 0, 1)
    assert target_sentence(figures) == "That is within the 18 to 25 aimed at."


def test_an_audit_sent_back_to_its_auditor_counts_as_missing() -> None:
    assert counted("returned", "submitted")["missing"] == 1


def test_ways_into_the_round_are_counted_apart() -> None:
    audits = [Asked("random", "closed"), Asked("inspector", "closed"), Asked("inspector", "started")]
    figures = completeness(audits, target=(18, 25), left_out={}, frame=9, drawn=1)
    assert figures["routes"] == {
        "random": {"wanted": 1, "counted": 1},
        "inspector": {"wanted": 2, "counted": 1},
    }


def test_a_change_between_two_rounds_is_claimed_only_when_it_is_clear() -> None:
    low, high = share_of(4, 20, is_random=True), share_of(18, 20, is_random=True)
    assert moved(low, high) == "higher"
    assert moved(high, low) == "lower"
    assert moved(share_of(12, 20, is_random=True), share_of(14, 20, is_random=True)) == "no clear change"
    assert moved(share_of(4, 8, is_random=True), high) == "too few to tell"


def whole(audits: list[AuditFacts]) -> dict[str, Any]:
    """Figures of a round as far as its summary needs them."""
    return {
        "completeness": counted(*["shared"] * len(audits)),
        "groups": {"random": group(audits)},
        "findings": {"kinds": {"strength": 1, "gap": 3, "barrier": 0}},
        "actions": {"all": 2, "open": 1, "overdue": 1},
    }


def test_the_proposed_summary_is_five_sentences_of_counts_over_counts() -> None:
    audits = [
        AuditFacts(
            grades={"": "good" if n < 12 else "inadequate"},
            judgements={"day": "met" if n < 15 else "not_met", "support": "met" if n < 5 else "not_met"},
            child="given" if n < 11 else "none",
        )
        for n in range(20)
    ]
    lines = proposed_summary(whole(audits)).splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("All 20 audits are submitted.")
    assert "graded good or better in 12 of 20 (39% to 78%)" in lines[1]
    assert "in 9 nobody recorded asking the child" in lines[2]
    assert "“Is a day described”, in 15 of 20" in lines[3]
    assert lines[4].startswith("1 strength, 3 areas for development and 0 barriers came to light; 2 actions")


def test_the_proposed_summary_of_nothing_says_that_there_is_nothing() -> None:
    lines = proposed_summary(whole([])).splitlines()
    assert "No audit has been allocated yet." in lines[0]
    assert "No case drawn at random has a grade yet." in lines[1]


def test_only_figures_that_differ_are_shown_as_changed() -> None:
    def figures(*grades: str) -> dict[str, Any]:
        return (
            whole(graded(*grades))
            | {"concerns": {"raised": 0}}
            | {"findings": {"kinds": {}, "without_action": 0}}
        )

    same = changes(figures("good", "good"), figures("good", "good"))
    moved_on = changes(figures("good", "good"), figures("good", "inadequate"))
    assert same == []
    assert {line.what for line, _ in moved_on if line} == {
        "Overall: Good",
        "Overall: Inadequate",
        "Overall: Good or better",
        "Daily life: Good",
        "Daily life: Inadequate",
        "Daily life: Good or better",
    }
