"""Targets over time, and how far a figure is from them in words."""

from datetime import date

import pytest

from plumbline.indicators.presenters.targets import against
from plumbline.indicators.presenters.words import value_text
from plumbline.indicators.rules.targets import Profile, Standing, distance, judge

START = date(2026, 4, 1)
HIGHER = Profile(START, {0: 80, 6: 85, 18: 90}, 5, "higher")


@pytest.mark.parametrize(
    ("day", "aim"),
    [
        (date(2026, 3, 31), None),
        (date(2026, 4, 30), 80),
        (date(2026, 9, 30), 80),
        (date(2026, 10, 31), 85),
        (date(2027, 9, 30), 85),
        (date(2027, 10, 31), 90),
        (date(2031, 3, 31), 90),
    ],
)
def test_a_target_rises_after_so_many_months_and_the_last_one_stays(day: date, aim: float | None) -> None:
    assert HIGHER.aim_on(day) == aim


def test_before_its_first_step_there_is_no_target() -> None:
    assert Profile(START, {6: 85}, 0, "higher").aim_on(date(2026, 9, 30)) is None


@pytest.mark.parametrize(
    ("polarity", "value", "standing"),
    [
        ("higher", 80.0, Standing.ON),
        ("higher", 79.96, Standing.ON),
        ("higher", 79.9, Standing.NEAR),
        ("higher", 75.0, Standing.NEAR),
        ("higher", 74.9, Standing.OFF),
        ("lower", 80.0, Standing.ON),
        ("lower", 85.0, Standing.NEAR),
        ("lower", 85.1, Standing.OFF),
        ("neutral", 84.0, Standing.ON),
        ("neutral", 74.9, Standing.OFF),
    ],
)
def test_a_figure_is_on_near_or_off_target_as_it_is_printed(
    polarity: str, value: float, standing: Standing
) -> None:
    found = judge(Profile(START, {0: 80}, 5, polarity), "percent", value, date(2026, 4, 30))
    assert found
    assert found.standing is standing


def test_the_distance_stands_in_words_beside_the_target() -> None:
    profile = Profile(START, {0: 90}, 2, "higher")
    found = judge(profile, "percent", 99.4, date(2026, 4, 30))
    assert found
    assert against("percent", found) == "99.4% against 90%: 9.4 points above"
    assert distance("percent", -1.0) == "1.0 point below"
    assert distance("count", -3.0) == "3 below"
    assert distance("rate_per_10_000", 0.5) == "0.5 above"
    assert distance("percent", 0.0) == "at the target"
    assert judge(profile, "percent", None, date(2026, 4, 30)) is None


def test_a_small_ratio_is_not_printed_as_nought() -> None:
    assert value_text("ratio", 121 / 16_960) == "0.007"
    assert value_text("ratio", 0.94) == "0.9"
    assert value_text("count", 12.0) == "12"
