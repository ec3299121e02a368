"""Trends, steps, forecasts and trajectories.

Published values (tests/fixtures/reference/trend_published.json) within 1e-12 relative, or as printed.
"""

import json
import math
import random
import re
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.proportion import smallest_detectable_change
from stats.spc import Direction, xmr
from stats.trend import (
    Basis,
    Scale,
    Status,
    find_step,
    forecast,
    mann_kendall,
    ols,
    theil_sen,
    trajectory,
    trajectory_status,
)

FIXTURE = Path(__file__).parents[2] / "fixtures" / "reference" / "trend_published.json"
PUBLISHED = {case["id"]: case for case in json.loads(FIXTURE.read_text())["cases"]}

DIFFERENCES = {
    "24 falling months (slope -0.487, z -5.78, 73.8 in 6 months)": (
        "Printed without the series they came from, so they cannot be worked out again; the same methods are "
        "held to pyMannKendall's rainfall, R's women and scipy instead."
    ),
}

repeatable = settings(derandomize=True, deadline=None, max_examples=60)


def refused(message: str) -> Any:
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")


# --- Mann-Kendall ----------------------------------------------------------------------------------------


def test_mann_kendall_gives_the_published_figures_for_rainfall_with_ties_and_gaps() -> None:
    case = PUBLISHED["bogra_rainfall_mann_kendall"]
    ours, published = mann_kendall(case["values"]), case["expected"]
    assert ours.s == published["s"]
    assert ours.count == 353
    assert not ours.is_exact
    for name in ("variance", "z", "p", "tau"):
        assert getattr(ours, name) == pytest.approx(published[name], rel=1e-12)
    without_gaps = [v for v in case["values"] if v is not None]
    assert theil_sen(without_gaps).slope == pytest.approx(published["slope"], rel=1e-12)


def test_a_steady_rise_of_11_values_is_judged_by_the_normal_curve() -> None:
    ours = mann_kendall(range(11))
    assert (ours.s, ours.variance, ours.tau, ours.is_exact) == (55, 165, 1, False)
    assert ours.z == pytest.approx(54 / math.sqrt(165))
    assert ours.p == pytest.approx(math.erfc(54 / math.sqrt(330)))
    falling = mann_kendall(range(11, 0, -1))
    assert (falling.s, falling.z, falling.p) == (-55, -ours.z, ours.p)


def test_up_to_10_values_without_ties_are_counted_exactly() -> None:
    assert mann_kendall([1, 2, 3, 4]).p == pytest.approx(2 / 24)
    assert mann_kendall(range(10)).p == pytest.approx(2 / math.factorial(10))
    assert mann_kendall(range(10)).is_exact
    assert not mann_kendall([1, 2, 2, 3]).is_exact


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_the_exact_p_is_the_share_of_orders_at_least_as_far_from_none(count: int) -> None:
    def s_of(order: tuple[int, ...]) -> int:
        return sum(1 if b > a else -1 for a, b in combinations(order, 2))

    orders = list(permutations(range(count)))
    for order in orders[:: max(1, len(orders) // 30)]:
        as_far = sum(abs(s_of(other)) >= abs(s_of(order)) for other in orders)
        assert mann_kendall(order).p == pytest.approx(as_far / len(orders))


def test_a_series_that_never_changes_has_no_trend() -> None:
    ours = mann_kendall([5] * 12)
    assert (ours.s, ours.variance, ours.z, ours.tau, ours.p) == (0, 0, 0, 0, 1)


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=30))
@repeatable
def test_turning_time_round_turns_the_trend_round(values: list[int]) -> None:
    there, back = mann_kendall(values), mann_kendall(values[::-1])
    assert back.s == -there.s
    assert back.p == pytest.approx(there.p)
    assert 0 <= there.p <= 1


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=30))
@repeatable
def test_mann_kendall_agrees_with_kendalls_tau_of_scipy(values: list[int]) -> None:
    from scipy.stats import kendalltau

    if len(set(values)) == len(values):
        tau = kendalltau(range(len(values)), values).statistic
        assert mann_kendall(values).tau == pytest.approx(float(tau))


@pytest.mark.parametrize("fitted", [mann_kendall, theil_sen, ols])
def test_a_slope_needs_three_values(fitted: Any) -> None:
    with refused("values is [1, None, 2]; it must be a series with at least 3 values."):
        fitted([1, None, 2])
    fitted([1, None, 2, 3])


# --- slopes ----------------------------------------------------------------------------------------------


def test_one_wild_month_hardly_moves_theil_sen() -> None:
    line = theil_sen([0, 1, 2, 3, 400, 5, 6, 7, 8, 9])
    assert line.slope == 1
    assert line.lower <= 1 <= line.upper
    assert line.confidence == 0.95
    assert ols([0, 1, 2, 3, 400, 5, 6, 7, 8, 9]).slope < 0


def test_gaps_keep_their_place_in_time() -> None:
    assert theil_sen([0, None, 2, 3]).slope == 1
    assert ols([0, None, 2, 3]).slope == pytest.approx(1)
    assert theil_sen([10, None, 12, 13]).at(5) == pytest.approx(15)
    assert ols([10, None, 12, 13]).at(5) == pytest.approx(15)


def test_theil_sen_gives_scipys_slope_level_and_interval() -> None:
    from scipy.stats import theilslopes

    values = [3.1, 2.7, 4.0, 3.9, 5.2, 4.4, 6.1]
    line = theil_sen(values, confidence=0.8)
    expected = theilslopes(values, range(7), 0.8)
    assert (line.slope, line.intercept, line.lower, line.upper) == tuple(float(v) for v in expected)
    wider = theil_sen(values, confidence=0.99)
    assert wider.lower < line.lower
    with refused("confidence is 95; it must be a share between 0 and 1 (0.95, not 95)."):
        theil_sen(values, confidence=95)


def test_least_squares_gives_the_published_figures_for_heights_and_weights() -> None:
    case = PUBLISHED["women_least_squares"]
    line, published = ols(case["values"]), case["expected"]
    assert line.slope == pytest.approx(published["slope"], rel=1e-12)
    assert line.intercept - case["first_position"] * line.slope == pytest.approx(
        published["intercept"], abs=5e-6
    )
    assert line.slope_error == pytest.approx(published["slope_error"], abs=5e-6)
    assert line.residual == pytest.approx(published["residual"], abs=5e-4)
    assert line.p == pytest.approx(published["p"], abs=5e-17)
    assert (line.count, line.middle, line.spread) == (15, 7, 280)


def test_a_prediction_band_is_t_times_the_error_of_a_new_value() -> None:
    values = PUBLISHED["women_least_squares"]["values"]
    line = ols(values)
    band = line.band(20)
    assert (band.position, band.value) == (20, line.at(20))
    # 1.350171 is the 90% point of Student's t with 13 degrees of freedom, from printed tables.
    error = line.residual * math.sqrt(1 + 1 / 15 + 13**2 / 280)
    assert band.upper - band.value == pytest.approx(1.350171 * error, rel=1e-6)
    assert band.value - band.lower == pytest.approx(1.350171 * error, rel=1e-6)
    assert line.band(20, 0.95).upper > band.upper
    with refused("confidence is 1; it must be a share between 0 and 1 (0.95, not 95)."):
        line.band(20, 1)


def test_a_line_without_scatter_is_certain_and_a_level_one_has_no_slope() -> None:
    assert ols([1, 2, 3, 4]).p == 0
    assert ols([4, 4, 4, 4]).p == 1
    assert ols([4, 4, 4, 4]).slope == 0


@given(st.lists(st.integers(-50, 50), min_size=4, max_size=30), st.integers(1, 20))
@repeatable
def test_bands_bracket_the_line_and_widen_ahead(values: list[int], ahead: int) -> None:
    line = ols(values)
    near, far = line.band(len(values)), line.band(len(values) + ahead)
    assert near.lower <= near.value <= near.upper
    assert far.upper - far.lower >= near.upper - near.lower


# --- steps -----------------------------------------------------------------------------------------------


def test_a_step_is_found_where_it_is() -> None:
    step = find_step([1, 2, 1, None, 2, 9, 8, 9, 8])
    assert step is not None
    assert (step.position, step.before, step.after) == (5, 1.5, 8.5)


def test_a_line_and_a_level_are_no_steps() -> None:
    assert find_step([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) is None
    assert find_step([1, 2, 1, 2, 1, 2, 1, 2]) is None
    assert find_step([5] * 10) is None


def test_fewer_than_three_values_beside_it_are_no_step() -> None:
    assert find_step([1, 1, 9, 9, 9]) is None
    late = find_step([1, 2, 1, 2, 1, 2, 1, 9, 8])
    assert late is None or late.position == 6
    step = find_step([1, 1, 1, 9, 9, 9])
    assert step is not None
    assert step.position == 3


def test_a_steep_steady_trend_is_not_taken_for_a_step() -> None:
    chance = random.Random(4)
    trends = [[i * 0.5 + chance.gauss(0, 1) for i in range(24)] for _ in range(200)]
    assert sum(find_step(values) is not None for values in trends) <= 4


# --- forecasts -------------------------------------------------------------------------------------------

NOISE = [50, 54, 47, 52, 49, 55, 48, 51, 53, 46, 50, 52]
RISING = [40, 43, 42, 46, 45, 48, 51, 49, 53, 55, 54, 58, 57, 61, 60, 64]
STEP = [*NOISE, *[v + 17 for v in NOISE]]


def test_nothing_but_noise_is_forecast_flat_with_the_limits_of_the_chart() -> None:
    ahead = forecast(NOISE)
    stretch = xmr(NOISE).stretches[0]
    assert stretch.lines is not None
    assert ahead.basis is Basis.FLAT
    assert [p.position for p in ahead.points] == list(range(12, 18))
    assert {(p.value, p.lower, p.upper) for p in ahead.points} == {
        (stretch.mean, stretch.lines.lower, stretch.lines.upper)
    }
    assert (ahead.history_from, ahead.history, ahead.most_ahead) == (0, 12, 6)
    assert (ahead.step_at, ahead.confidence, ahead.slope) == (None, None, None)
    assert ahead.trend == mann_kendall(NOISE)
    assert ahead.sentences == (
        "There is no lasting trend, so the forecast is the mean with the limits of the chart.",
    )


def test_a_lasting_trend_is_carried_on_with_its_band() -> None:
    ahead = forecast(RISING, ahead=3)
    line = ols(RISING)
    assert ahead.basis is Basis.TREND
    for point in ahead.points:
        band = line.band(point.position, 0.8)
        assert (point.value, point.lower, point.upper) == (band.value, band.lower, band.upper)
    assert [p.position for p in ahead.points] == [16, 17, 18]
    assert ahead.confidence == 0.8
    assert ahead.slope == theil_sen(RISING).slope
    assert ahead.sentences == (
        "There is a lasting trend (p < 0.001), so the forecast carries it on, with a 80% band.",
        "The band takes each value as independent of the last. If they are not, it is too narrow.",
    )
    wider = forecast(RISING, ahead=3, confidence=0.95)
    assert (wider.points[0].upper or 0) > (ahead.points[0].upper or 0)


def test_a_straight_line_is_never_drawn_through_a_step() -> None:
    assert ols(STEP).at(23 + 18) > 84
    assert ols(STEP).p < 1e-5
    ahead = forecast(STEP, ahead=18)
    assert ahead.basis is Basis.FLAT
    assert ahead.step_at == ahead.history_from == 12
    assert {p.value for p in ahead.points} == {xmr(STEP[12:]).stretches[0].mean}
    assert [p.position for p in ahead.points] == list(range(24, 30))
    assert ahead.sentences == (
        "The level changed at point 13, so only the values from there on count.",
        "If you know why it changed, rebase the chart there and write the reason down.",
        "Shown for 6 steps, not 18: never further ahead than half the history.",
        "There is no lasting trend, so the forecast is the mean with the limits of the chart.",
    )


def test_a_step_without_any_scatter_is_found_too() -> None:
    ahead = forecast([50] * 12 + [67] * 12)
    assert (ahead.step_at, ahead.points[0].value, ahead.points[0].lower) == (12, 67, None)
    assert ahead.sentences[-1] == "The values hardly vary, so the forecast is their mean, without limits."


def test_a_rebase_with_its_reason_takes_the_place_of_the_warning() -> None:
    ahead = forecast(STEP, rebase_at=[(12, "New practice model")])
    assert (ahead.history_from, ahead.step_at, ahead.most_ahead) == (12, None, 6)
    assert [p.position for p in ahead.points] == list(range(24, 30))
    assert ahead.points[0].value == pytest.approx(sum(NOISE) / 12 + 17)
    assert len(ahead.sentences) == 1


def test_two_steps_leave_the_values_after_the_second() -> None:
    ahead = forecast([*STEP, *[v - 10 for v in NOISE]])
    assert ahead.step_at == 24
    assert ahead.points[0].value == pytest.approx(sum(NOISE) / 12 - 10)


def test_a_step_too_young_to_judge_gives_no_forecast() -> None:
    ahead = forecast([*NOISE, *[v + 30 for v in NOISE[:5]]])
    assert ahead.basis is Basis.TOO_FEW_POINTS
    assert (ahead.step_at, ahead.points, ahead.history) == (12, (), 5)
    assert ahead.sentences[-1] == "5 values are too few to forecast from: it takes 7."
    assert (ahead.trend, ahead.slope, ahead.confidence) == (None, None, None)


def test_a_forecast_takes_7_values_and_a_trend_12() -> None:
    assert forecast(NOISE[:6]).basis is Basis.TOO_FEW_POINTS
    assert forecast(NOISE[:7]).basis is Basis.FLAT
    assert forecast(NOISE[:7]).most_ahead == 3
    assert forecast(RISING[:11]).basis is Basis.FLAT
    assert forecast(RISING[:11]).trend is None
    assert forecast(RISING[:12]).basis is Basis.TREND


def test_a_forecast_is_never_longer_than_half_the_history() -> None:
    assert len(forecast(RISING).points) == 8
    assert len(forecast(RISING, ahead=8).points) == 8
    assert len(forecast(RISING, ahead=9).points) == 8
    assert (
        "Shown for 8 steps, not 9: never further ahead than half the history."
        in forecast(RISING, ahead=9).sentences
    )
    assert not any("Shown" in words for words in forecast(RISING, ahead=8).sentences)


def test_seven_in_a_row_up_to_the_last_are_a_lasting_trend_when_the_history_agrees() -> None:
    values = [48, 51, 44, 50, 42, 52, 43, 49, 41, 42.5, 44.5, 46.5, 48.5, 50.5, 52.5]
    assert mann_kendall(values).p > 0.05
    assert theil_sen(values).slope > 0
    assert find_step(values) is None
    assert forecast(values).basis is Basis.TREND
    assert "There is a lasting trend (seven in a row)" in forecast(values).sentences[0]
    assert forecast([-v for v in values]).basis is Basis.TREND


def test_seven_in_a_row_against_the_history_are_not_carried_on() -> None:
    values = [60, 55, 62, 53, 61, 52, 58, 50, 40, 41, 42, 43, 44, 45, 46.5]
    assert theil_sen(values).slope < 0
    assert forecast([60, 52, 61, 53, 62, 51, 60, 40, 45, 49, 52, 55, 57, 58]).basis is not Basis.TREND


def test_special_points_without_trend_or_step_are_pointed_out() -> None:
    values = [*NOISE, 90, *NOISE]
    ahead = forecast(values)
    assert ahead.basis is Basis.FLAT
    assert ahead.step_at is None
    assert ahead.sentences[-1] == "Some points are special: find out why before relying on the mean."


def test_flat_forecasts_of_shares_and_amounts_stay_within_what_is_possible() -> None:
    shares = [0.95, 1.0, 0.9, 0.98, 0.85, 1.0, 0.93, 0.99]
    assert {p.upper for p in forecast(shares, scale=Scale.SHARE).points} == {1}
    assert (forecast(shares).points[0].upper or 0) > 1
    few = [1.0, 4, 0, 2, 5, 0, 3, 1]
    assert {p.lower for p in forecast(few, scale=Scale.AMOUNT).points} == {0}
    assert (forecast(few).points[0].lower or 0) < 0
    assert (forecast(few, scale=Scale.AMOUNT).points[0].upper or 0) > 1


def test_trends_of_shares_are_drawn_on_the_logit_scale() -> None:
    logits = [v / 10 for v in RISING]
    shares = [1 / (1 + math.exp(4 - v)) for v in logits]
    ahead = forecast(shares, scale=Scale.SHARE)
    line = ols([v - 4 for v in logits])
    for point in ahead.points:
        band = line.band(point.position)
        expected = [1 / (1 + math.exp(-v)) for v in (band.value, band.lower, band.upper)]
        assert [point.value, point.lower, point.upper] == pytest.approx(expected)
    assert all((p.upper or 0) < 1 for p in ahead.points)


def test_shares_of_nothing_and_all_need_their_sizes_for_a_trend() -> None:
    counts = [0, 1, 2, 3, 5, 7, 9, 11, 13, 15, 17, 18, 19, 20]
    shares = [c / 20 for c in counts]
    with refused("series[0] is 0.0; it must be a share between 0 and 1 when sizes are not given."):
        forecast(shares, scale=Scale.SHARE)
    ahead = forecast(shares, scale=Scale.SHARE, sizes=[20] * 14)
    line = ols([math.log((c + 0.5) / (20 - c + 0.5)) for c in counts])
    assert ahead.points[0].value == pytest.approx(1 / (1 + math.exp(-line.at(14))))


def test_falling_amounts_are_not_forecast_below_nothing() -> None:
    falling = [30, 27, 28, 24, 22, 23, 18, 16, 17, 12, 10, 8, 5, 4]
    last = forecast(falling, scale=Scale.AMOUNT).points[-1]
    assert (last.value, last.lower) == (0, 0)
    assert forecast(falling).points[-1].value < 0


def test_gaps_do_not_shift_what_is_forecast() -> None:
    gapped = [*RISING[:5], None, None, *[v + 3 for v in RISING[5:]]]
    assert [p.position for p in forecast(gapped, ahead=1).points] == [18]
    assert forecast(gapped, ahead=1).history == 16
    trailing = forecast([*RISING, None], ahead=1)
    assert trailing.points[0].position == 17
    assert trailing.points[0].value == pytest.approx(ols(RISING).at(17))


@pytest.mark.parametrize(
    ("given_arguments", "message"),
    [
        ({"series": []}, "series is []; it must be a series with at least one value."),
        ({"series": NOISE, "ahead": 0}, "ahead is 0; it must be a whole number of at least 1."),
        (
            {"series": NOISE, "scale": "share"},
            "scale is 'share'; it must be a Scale: VALUE, AMOUNT or SHARE.",
        ),
        (
            {"series": [0.5, 65], "scale": Scale.SHARE},
            "series[1] is 65.0; it must be a share from 0 to 1.",
        ),
        ({"series": [-1], "scale": Scale.AMOUNT}, "series[0] is -1.0; it must be an amount of at least 0."),
        (
            {"series": NOISE, "confidence": 80},
            "confidence is 80; it must be a share between 0 and 1 (0.95, not 95).",
        ),
        ({"series": [0.5], "sizes": []}, "sizes is []; it must be as long as series, which has 1."),
        ({"series": [0.5], "sizes": [0]}, "sizes[0] is 0; it must be a whole number of at least 1."),
        (
            {"series": NOISE, "rebase_at": [(3, "")]},
            "the reason for position 3 in rebase_at is ''; it must be words that say why.",
        ),
    ],
)
def test_forecasts_that_cannot_be_are_refused(given_arguments: dict[str, Any], message: str) -> None:
    with refused(message):
        forecast(**given_arguments)


def test_a_gap_needs_no_size() -> None:
    assert forecast([0.5, None], sizes=[20, None]).basis is Basis.TOO_FEW_POINTS


@given(st.lists(st.one_of(st.integers(-30, 30), st.none()), min_size=1, max_size=30))
@repeatable
def test_every_forecast_is_short_and_brackets_its_value(values: list[int | None]) -> None:
    if all(v is None for v in values):
        return
    ahead = forecast(values)
    assert len(ahead.points) <= ahead.history // 2 <= len(values) // 2
    assert ahead.sentences
    for point in ahead.points:
        if point.lower is not None and point.upper is not None:
            assert point.lower <= point.value <= point.upper


# --- trajectories ----------------------------------------------------------------------------------------


def test_a_trajectory_is_a_straight_line_to_the_target() -> None:
    points = trajectory(0.44, 0.8)
    assert [p.ahead for p in points] == [6, 12, 18]
    assert [p.due for p in points] == pytest.approx([0.56, 0.68, 0.8])
    assert [(p.ahead, p.due) for p in trajectory(1, 0, ahead=[4])] == [(4, 0)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((44, 0.8), "start is 44; it must be a share from 0 to 1 (0.65, not 65)."),
        ((0.4, -0.1), "target is -0.1; it must be a share from 0 to 1 (0.65, not 65)."),
        ((0.4, 0.8, []), "ahead is []; it must be one or more steps, each further than the one before."),
        (
            (0.4, 0.8, [6, 6]),
            "ahead is [6, 6]; it must be one or more steps, each further than the one before.",
        ),
        (
            (0.4, 0.8, [6, 3]),
            "ahead is [6, 3]; it must be one or more steps, each further than the one before.",
        ),
        ((0.4, 0.8, [0]), "ahead[0] is 0; it must be a whole number of at least 1."),
    ],
)
def test_trajectories_that_cannot_be_are_refused(arguments: tuple[Any, ...], message: str) -> None:
    with refused(message):
        trajectory(*arguments)


@pytest.mark.parametrize(
    ("x", "due", "improvement", "status"),
    [
        (12, 0.65, Direction.INCREASE, Status.TOO_EARLY_TO_SAY),
        (12, 0.38, Direction.INCREASE, Status.ON_TRACK),
        (12, 0.79, Direction.INCREASE, Status.OFF_TRACK),
        (12, 0.38, Direction.DECREASE, Status.OFF_TRACK),
        (12, 0.79, Direction.DECREASE, Status.ON_TRACK),
        (12, 0.65, Direction.DECREASE, Status.TOO_EARLY_TO_SAY),
        (0, 0, Direction.INCREASE, Status.ON_TRACK),
        (20, 1, Direction.INCREASE, Status.TOO_EARLY_TO_SAY),
        (20, 1, Direction.DECREASE, Status.ON_TRACK),
        (0, 0, Direction.DECREASE, Status.TOO_EARLY_TO_SAY),
    ],
)
def test_a_checkpoint_is_judged_by_its_interval(
    x: int, due: float, improvement: Direction, status: Status
) -> None:
    assert trajectory_status(x, 20, due, improvement=improvement).status is status


def test_the_sentence_says_count_interval_what_is_due_and_the_verdict() -> None:
    early = trajectory_status(12, 20, 0.65)
    assert early.sentence == "12 of 20, between 39% and 78%, against 65% due: too early to say."
    assert early.smallest_change is None
    assert early.due == 0.65
    assert (early.interval.x, early.interval.n, early.interval.confidence) == (12, 20, 0.95)
    on = trajectory_status(19, 20, 0.65)
    assert on.sentence == "19 of 20, between 76% and 99%, against 65% due: on track."


def test_too_early_to_say_also_says_what_could_have_been_seen() -> None:
    early = trajectory_status(12, 20, 0.65, baseline_n=25)
    assert early.smallest_change == smallest_detectable_change(25, 20, 0.65)
    assert early.sentence.endswith(f"too early to say. {early.smallest_change.words}.")
    on = trajectory_status(19, 20, 0.65, baseline_n=25)
    assert on.smallest_change is not None
    assert on.sentence.endswith("on track.")
    assert trajectory_status(12, 20, 1, baseline_n=25).smallest_change is None
    assert trajectory_status(0, 20, 0, baseline_n=25).smallest_change is None


def test_a_whole_population_and_another_confidence_narrow_what_can_be_said() -> None:
    assert trajectory_status(14, 20, 0.65, population=20).status is Status.ON_TRACK
    assert trajectory_status(14, 20, 0.65).status is Status.TOO_EARLY_TO_SAY
    assert trajectory_status(14, 20, 0.65, confidence=0.2).status is Status.ON_TRACK


@pytest.mark.parametrize(
    ("given_arguments", "message"),
    [
        (
            {"improvement": Direction.NEUTRAL},
            f"improvement is {Direction.NEUTRAL!r}; it must be Direction.INCREASE or Direction.DECREASE.",
        ),
        ({"n": 0}, "n is 0; it must be a whole number of at least 1."),
        ({"x": 21}, "x is 21; it must be a whole number of at least 0 and at most 20."),
        ({"due": 65}, "due is 65; it must be a share from 0 to 1 (0.65, not 65)."),
        ({"baseline_n": 0}, "baseline_n is 0; it must be a whole number of at least 1."),
    ],
)
def test_checkpoints_that_cannot_be_are_refused(given_arguments: dict[str, Any], message: str) -> None:
    with refused(message):
        trajectory_status(**{"x": 12, "n": 20, "due": 0.65, **given_arguments})
