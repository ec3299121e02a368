"""What may leave the building: small numbers hidden, no version giving another away, no name in the words."""

from typing import Any

import pytest

from plumbline.audits.rules.quotations import is_faithful
from plumbline.audits.rules.report_leaks import Leak, Secret, Secrets, leaks_in
from plumbline.audits.rules.report_shareable import is_publishable, shareable_figures


def figures(**counts: int) -> dict[str, Any]:
    """Figures of one question with so many met, partly met, not met and other."""
    given = {"met": 0, "partly_met": 0, "not_met": 0, "other": 0} | counts
    judged = given["met"] + given["partly_met"] + given["not_met"]
    question = {
        "key": "day",
        "text": "Is a day described?",
        "supervision": False,
        "criterion": "1.1",
        "met": {"x": given["met"], "n": judged},
        "partly_met": given["partly_met"],
        "not_met": given["not_met"],
    }
    group = {"counted": sum(given.values()), "grades": [], "questions": [question], "voice": {}}
    return {"round": {"id": "r1"}, "groups": {"random": group}}


def shown(made: dict[str, Any]) -> dict[str, str]:
    return {row["label"]: row["count"] for row in made["tables"][0]["rows"]}


def test_large_counts_are_shown_with_a_range_out_of_all_audits() -> None:
    made = shareable_figures(figures(met=12, not_met=8))
    assert shown(made)["Met"] == "12"
    assert made["tables"][0]["rows"][0]["range"] == "39% to 78%"


def test_a_small_count_is_hidden_with_another_so_that_nothing_is_left_to_subtract() -> None:
    made = shown(shareable_figures(figures(met=11, partly_met=3, not_met=8)))
    assert made["Partly met"] == "c"
    assert sum(count == "c" for count in made.values()) >= 2


def test_finer_parts_that_hide_too_much_are_merged() -> None:
    made = shown(shareable_figures(figures(met=12, partly_met=4, not_met=3, other=3)))
    assert set(made) == {"Met", "Partly met or not met", "Did not apply or was not assessed"}


def test_a_table_that_cannot_be_made_safe_is_left_out_with_advice() -> None:
    made = shareable_figures(figures(met=2, partly_met=1, not_met=1, other=1))
    assert made["tables"][0]["rows"] == []
    assert "so that no child can be identified" in made["refused"]
    assert "Instead:" in made["refused"]
    assert not is_publishable(made)


def test_a_second_version_does_not_tell_the_one_child_that_was_added() -> None:
    first = shareable_figures(figures(met=12, not_met=8))
    second = shareable_figures(figures(met=13, not_met=8), [first], 2)
    assert second["refused"]


def test_nor_does_it_when_the_second_version_is_merged_and_the_first_was_not() -> None:
    first = shareable_figures(figures(met=14, partly_met=6, not_met=7))
    second = shareable_figures(figures(met=14, partly_met=3, not_met=12, other=0), [first], 2)
    hidden = shown(second) if second["tables"][0]["rows"] else {}
    assert hidden.get("Partly met", "c") == "c"


def test_a_second_version_with_the_same_counts_shows_the_same() -> None:
    first = shareable_figures(figures(met=11, partly_met=3, not_met=8))
    assert (
        shareable_figures(figures(met=11, partly_met=3, not_met=8), [first], 2)["tables"] == first["tables"]
    )


def test_what_is_kept_for_later_versions_survives_storage() -> None:
    import json

    first = json.loads(json.dumps(shareable_figures(figures(met=11, partly_met=3, not_met=8))))
    assert shown(shareable_figures(figures(met=11, partly_met=3, not_met=8), [first], 2))["Partly met"] == "c"


SECRETS = Secrets(
    family=frozenset({"Wren Ashdown", "May"}),
    staff=frozenset({"Sam Brown"}),
    references=frozenset({"LC-20418", "AB 17 9"}),
    teams=frozenset({"Safeguarding North"}),
)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("We visited wren  ashdown at home.", Secret.FAMILY),
        ("Wren said that she likes school.", Secret.FAMILY),
        ("The visit of Sam Brown helped.", Secret.STAFF),
        ("We asked Brown about it.", Secret.STAFF),
        ("As in lc-20418, the plan was late.", Secret.REFERENCE),
        ("As in AB 17 9 too.", Secret.REFERENCE),
        ("In safeguarding north plans are clear.", Secret.TEAM),
        ("Her number is 07700 900123.", Secret.NUMBER),
        ("They live at ZZ9 9ZZ.", Secret.NUMBER),
        ("Then ashdown told us why.", Secret.FAMILY),
        ("Write to somebody@home.example about it.", Secret.NUMBER),
        ("The child, born 4 May 2019, likes school.", Secret.NUMBER),
        ("Three children had no plan.", Secret.COUNT),
        ("It was met in 18 of 20 audits.", Secret.COUNT),
        ("It was met in 2 of the 20.", Secret.COUNT),
    ],
)
def test_what_identifies_somebody_stops_a_text(words: str, what: Secret) -> None:
    assert leaks_in({"the summary": words}, SECRETS) == [Leak("the summary", what)]


@pytest.mark.parametrize(
    "words",
    [
        "Brown paper was used to draw what home looks like.",
        "In May 2026 we heard from 12 of 20 families.",
        "Plans say what will change for children. Standard 3 is met by most.",
        "The wrens in the garden came up in the play.",
        "",
    ],
)
def test_ordinary_words_do_not(words: str) -> None:
    assert leaks_in({"the summary": words}, SECRETS) == []


def test_a_leak_never_repeats_the_words() -> None:
    [leak] = leaks_in({"the summary": "As in LC-20418."}, SECRETS)
    assert "20418" not in f"{leak.place} {leak.what}"


@pytest.mark.parametrize(
    ("quotation", "is_true"),
    [
        ("She listens to me", True),
        ("She listens … when it is hard", True),
        ("[My worker] listens to me", True),
        ("she  LISTENS to me", True),
        ("She never listens to me", False),
        ("when it is hard … She listens", False),
        ("[…]", False),
    ],
)
def test_a_quotation_keeps_the_words_in_their_order(quotation: str, is_true: bool) -> None:
    assert is_faithful(quotation, "She listens to me, also when it is hard.") is is_true
