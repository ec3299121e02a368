"""A team is few children: what of its figures is shown, and what is hidden."""

import pytest

from plumbline.indicators.rules.team_figures import Shown, shown
from plumbline.indicators.rules.values import Counted


def share(met: int, whole: int) -> Shown | None:
    return shown("percent", Counted(met, whole, {}))


@pytest.mark.parametrize(
    ("met", "whole", "of"),
    [
        (3, 20, "20"),  # few
        (17, 20, "20"),  # nearly all
        (5, 9, "9"),  # a share of few
        (8, 8, "8"),  # all of few: everybody's answer
        (0, 8, "8"),
        (2, 4, "c"),  # few altogether
    ],
)
def test_a_share_of_few_or_with_few_on_either_side_is_hidden(met: int, whole: int, of: str) -> None:
    assert share(met, whole) == Shown(None, of)


def test_a_share_of_enough_is_shown_with_what_it_is_of() -> None:
    assert share(12, 20) == Shown(60.0, "12 of 20")
    assert share(20, 20) == Shown(100.0, "20 of 20")
    assert share(0, 0) is None


def test_counts_from_one_to_five_and_middle_values_of_few_are_hidden() -> None:
    counts = {number: shown("count", Counted(number, None, {})) for number in (0, 1, 5, 6)}
    assert counts == {0: Shown(0.0, ""), 1: Shown(None, ""), 5: Shown(None, ""), 6: Shown(6.0, "")}
    assert shown("median", Counted(9, None, {"30": 9})) == Shown(None, "")
    assert shown("median", Counted(10, None, {"30": 10})) == Shown(30.0, "10")
    assert shown("median", Counted(0, None, {})) is None
