"""Rules that funnel plots keep."""

import json
import re
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.funnel import (
    Kind,
    Position,
    overdispersion,
    proportion_limits,
    proportions,
    rate_limits,
    rates,
    ratio_limits,
    ratios,
)
from stats.proportion import wilson
from stats.rate import exact_poisson

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reference"
OHID: dict[str, Any] = json.loads((FIXTURES / "proportion_published.json").read_text("utf-8"))
COMPARISON: dict[str, Any] = json.loads((FIXTURES / "comparison_published.json").read_text("utf-8"))

LIMITS_TOLERANCE = 1e-6
"""Percentage points; the limits are published to 6 decimals of a percentage."""
EVENTS_TOLERANCE = 5e-5
"""Relative; the published expected events come from a spreadsheet's quantile, good to about that."""

WORDS = {
    "High (0.001)": Position.HIGH_998,
    "High (0.025)": Position.HIGH_95,
    "Not significant": Position.WITHIN,
    "Low (0.025)": Position.LOW_95,
    "Low (0.001)": Position.LOW_998,
}

PUBLISHED_DIFFERENCES = {
    "directly standardised rates, unit with 0 events": (
        "OHID does not judge standardised rates under 10 events, and at 0 events there is none to judge; the "
        "unit is left out of the four standardised comparisons."
    ),
    "two conventions, z = 1.96 and limits above 100%": (
        "The printed limits use 1.96 for 1.959964 and are not clipped; ours are clipped to 1."
    ),
    "two conventions, Wilson interval around the benchmark": (
        "The older Fingertips code puts an interval around the benchmark; the OHID package's rule is used."
    ),
}

repeatable = settings(derandomize=True, max_examples=60, deadline=None)


def test_proportions_are_judged_as_ohid_publishes() -> None:
    rows = OHID["phe_funnel_prop_inputs"]
    funnel = proportions({row["Area"]: (row["numerator"], row["denominator"]) for row in rows})
    assert len(funnel.units) == len(rows) == 303
    assert [unit.position for unit in funnel.units] == [WORDS[row["significance"]] for row in rows]
    assert 100 * funnel.benchmark == pytest.approx(80.642448, abs=LIMITS_TOLERANCE)


def test_proportion_limits_are_those_ohid_publishes() -> None:
    rows = OHID["phe_funnel_prop_outputs"]
    assert len(rows) == 100
    for row in rows:
        limits = proportion_limits(row["Population"], row["Baseline"] / 100)
        assert (
            100 * limits.lower_95,
            100 * limits.upper_95,
            100 * limits.lower_998,
            100 * limits.upper_998,
        ) == pytest.approx(
            (
                row["Lower2s0025limit"],
                row["Upper2s0025limit"],
                row["Lower3s0001limit"],
                row["Upper3s0001limit"],
            ),
            abs=LIMITS_TOLERANCE,
        )


@pytest.mark.parametrize("row", COMPARISON["funnel_limits_two_conventions"])
def test_limits_follow_the_score_convention_and_not_an_interval_round_the_benchmark(
    row: dict[str, Any],
) -> None:
    limits = proportion_limits(row["n"], row["P0"])
    lower, upper = row["phe_score"]
    assert limits.lower_95 == pytest.approx(lower, abs=2e-5)
    assert limits.upper_95 == pytest.approx(min(1, upper), abs=2e-5)
    assert abs(limits.lower_95 - row["fingertips_open_wilson"][0]) > 1e-4


@pytest.mark.parametrize("row", COMPARISON["fingertips"]["spc_proportions"])
def test_areas_are_judged_against_a_given_benchmark_as_fingertips_publishes(row: dict[str, Any]) -> None:
    cases = row["value"] / 100 * row["denominator"]
    unit = proportions({"area": (cases, row["denominator"])}, benchmark=row["benchmark"] / 100).units[0]
    inner = {Position.HIGH_95: "worse", Position.HIGH_998: "worse", Position.WITHIN: "same"}
    inner |= {Position.LOW_95: "better", Position.LOW_998: "better"}
    outer = inner | {Position.HIGH_95: "same", Position.LOW_95: "same"}
    assert inner[unit.position] == row["low_is_good_95"]
    assert outer[unit.position] == row["low_is_good_998"]


@pytest.mark.parametrize("per", [100, 100_000])
@pytest.mark.parametrize("zero", ["with", "without"])
def test_crude_rates_are_judged_as_ohid_publishes(per: int, zero: str) -> None:
    rows = [row for row in OHID["phe_funnel_rate_inputs"] if row["count"] > 0 or zero == "with"]
    assert len(rows) == (40 if zero == "with" else 39)
    funnel = rates({str(i): (row["count"], row["pop"]) for i, row in enumerate(rows)}, per=per)
    assert [unit.position for unit in funnel.units] == [
        WORDS[row[f"crude_per_{per}_{zero}_0"]] for row in rows
    ]
    for unit, row in zip(funnel.units, rows, strict=True):
        assert unit.value == pytest.approx(row[f"rate_crude_per_{per}"], rel=1e-7)


@pytest.mark.parametrize("per", [100, 100_000])
@pytest.mark.parametrize("zero", ["with", "without"])
def test_standardised_rates_are_judged_as_ohid_publishes(per: int, zero: str) -> None:
    rows = [row for row in OHID["phe_funnel_rate_inputs"] if row["count"] >= 10]
    units = {str(i): (row["count"], row["count"] / row["rate_dsr"] * per) for i, row in enumerate(rows)}
    funnel = rates(units, per=per)
    assert len(rows) == 39
    assert [unit.position for unit in funnel.units] == [WORDS[row[f"dsr_per_{per}_{zero}_0"]] for row in rows]


def test_ratios_are_judged_as_ohid_publishes() -> None:
    rows = OHID["phe_funnel_ratio_inputs"]
    funnel = ratios({str(i): (row["obs"], row["expected"]) for i, row in enumerate(rows)})
    assert len(rows) == 300
    assert [unit.position for unit in funnel.units] == [WORDS[row["significance"]] for row in rows]


def test_a_ratio_lies_on_its_limit_at_the_expected_events_ohid_publishes() -> None:
    rows = OHID["phe_funnel_ratio_outputs"]
    assert len(rows) == 100
    for row in rows:
        seen = row["Observed_events\n"]
        for confidence, sigma in ((0.95, "2s"), (0.998, "3s")):
            lower, upper = exact_poisson(seen, confidence)
            for found, side in ((upper, "lower"), (lower, "upper")):
                assert found == pytest.approx(row[f"{side}_{sigma}_exp_events"], rel=EVENTS_TOLERANCE)
                assert 100 * seen / found == pytest.approx(row[f"{side}_{sigma}_isr"], rel=EVENTS_TOLERANCE)
                assert seen / found - 1 == pytest.approx(row[f"{side}_{sigma}_count"], rel=EVENTS_TOLERANCE)
                limit = "lower_" if side == "lower" else "upper_"
                limits = ratio_limits(row[f"{side}_{sigma}_exp_events"])
                on_limit = getattr(limits, limit + ("95" if sigma == "2s" else "998"))
                assert on_limit == pytest.approx(row[f"{side}_{sigma}_isr"] / 100, rel=2 * EVENTS_TOLERANCE)


def test_a_unit_under_ten_cases_is_too_small_to_compare_and_is_not_counted() -> None:
    funnel = proportions({"a": (0, 9), "b": (5, 10), "c": (50, 100)}, benchmark=0.9)
    assert [unit.position for unit in funnel.units] == [
        Position.TOO_FEW,
        Position.LOW_998,
        Position.LOW_998,
    ]
    assert funnel.compared == 2
    assert funnel.overdispersion is not None
    assert funnel.overdispersion.units == 2


def test_a_small_expected_number_can_be_high_but_not_called_ordinary() -> None:
    # 3.689 expected events are the most at which none at all would still be within the 95% limits.
    funnel = ratios({"quiet": (0, 3.68), "loud": (12, 3.68), "low": (0, 3.70), "usual": (4, 3.70)})
    assert [unit.position for unit in funnel.units] == [
        Position.TOO_FEW,
        Position.HIGH_998,
        Position.LOW_95,
        Position.WITHIN,
    ]
    assert funnel.units[0].limits.lower_95 == 0
    assert funnel.compared == 3


def test_a_funnel_keeps_the_figures_it_was_given() -> None:
    by_share = proportions({"North": (15, 20), "South": (45, 60)})
    assert (by_share.kind, by_share.benchmark, by_share.per) == (Kind.PROPORTION, 0.75, 1)
    north = by_share.units[0]
    assert (north.name, north.observed, north.size, north.value) == ("North", 15, 20, 0.75)
    assert north.limits == proportion_limits(20, 0.75)
    by_rate = rates({"North": (30, 10_000), "South": (90, 20_000)}, per=1_000)
    assert (by_rate.kind, by_rate.benchmark, by_rate.per) == (Kind.RATE, 4.0, 1_000)
    south = by_rate.units[1]
    assert (south.name, south.observed, south.size, south.value) == ("South", 90, 20_000, 4.5)
    assert south.limits == rate_limits(20_000, 4.0, 1_000)
    by_ratio = ratios({"North": (12, 10)}, benchmark=1.1)
    assert (by_ratio.kind, by_ratio.benchmark, by_ratio.per) == (Kind.RATIO, 1.1, 1)
    assert by_ratio.units[0].value == pytest.approx(1.2)
    assert by_ratio.units[0].limits == ratio_limits(10, 1.1)
    assert rates({"North": (30, 10_000)}).per == 10_000


def test_rate_limits_are_ratio_limits_on_the_scale_of_the_rate() -> None:
    rate, ratio = rate_limits(5_000, 40, 10_000), ratio_limits(20)
    assert (rate.size, rate.benchmark, ratio.size, ratio.benchmark) == (5_000, 40, 20, 1)
    for name in ("lower_95", "upper_95", "lower_998", "upper_998"):
        assert getattr(rate, name) == pytest.approx(40 * getattr(ratio, name), rel=1e-12)
    assert rate_limits(5_000, 40) == rate
    assert ratio_limits(10, 2).upper_95 == pytest.approx(2 * ratio.upper_95, rel=1e-12)


def test_a_benchmark_of_all_or_none_puts_everybody_within_and_measures_no_dispersion() -> None:
    for count in (0, 30):
        funnel = proportions({"a": (count, 30), "b": (count, 30)})
        assert {unit.position for unit in funnel.units} == {Position.WITHIN}
        assert funnel.overdispersion is None


def test_touching_the_benchmark_is_within() -> None:
    upper = wilson(12, 40).upper
    assert proportions({"a": (12, 40)}, benchmark=upper).units[0].position is Position.WITHIN
    assert proportions({"a": (12, 40)}, benchmark=upper + 1e-9).units[0].position is Position.LOW_95
    lower = wilson(12, 40, 0.998).lower
    assert proportions({"a": (12, 40)}, benchmark=lower).units[0].position is Position.HIGH_95
    assert proportions({"a": (12, 40)}, benchmark=lower - 1e-9).units[0].position is Position.HIGH_998
    lower = wilson(12, 40).lower
    assert proportions({"a": (12, 40)}, benchmark=lower).units[0].position is Position.WITHIN
    upper = wilson(12, 40, 0.998).upper
    assert proportions({"a": (12, 40)}, benchmark=upper).units[0].position is Position.LOW_95


def test_of_152_authorities_chance_puts_8_outside_the_inner_limits_and_none_outside_the_outer() -> None:
    funnel = proportions({str(i): (15, 20) for i in range(152)})
    assert funnel.by_chance_outside_95 == pytest.approx(7.6)
    assert funnel.by_chance_outside_998 == pytest.approx(0.304)


def test_overdispersion_is_the_mean_squared_score_beside_its_limit() -> None:
    found = overdispersion([1.0, -2.0, 0.5, 0.0, 3.0, -1.0, 1.0, 2.0])
    assert found is not None
    assert found.phi == pytest.approx((1 + 4 + 0.25 + 0 + 9 + 1 + 1 + 4) / 8)
    assert (found.threshold, found.units) == (2.0, 8)
    assert found.is_overdispersed
    at_the_limit = overdispersion([sqrt(2.0) - 1e-9] * 8)
    assert at_the_limit is not None
    assert not at_the_limit.is_overdispersed
    assert overdispersion([1.0]) is None
    assert overdispersion([1.0, 1.0]) is not None


def test_scores_are_standard_errors_from_the_benchmark() -> None:
    funnel = proportions({"a": (60, 100), "b": (40, 100)})
    assert funnel.overdispersion is not None
    assert funnel.overdispersion.phi == pytest.approx((0.1 / 0.05) ** 2)
    counted = ratios({"a": (120, 100), "b": (80, 100), "small": (1, 1)})
    assert counted.overdispersion is not None
    assert counted.overdispersion.phi == pytest.approx(4.0)
    assert counted.overdispersion.units == 2


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        (proportions, ({},), "units is {}; it must be a mapping with at least one unit."),
        (rates, ({},), "units is {}; it must be a mapping with at least one unit."),
        (ratios, ({},), "units is {}; it must be a mapping with at least one unit."),
        (proportions, ({"a": (6, 5)},), "x is 6; it must be a number from 0 to n (5)."),
        (rates, ({"a": (0, 10)},), "benchmark is 0.0; it must be a number above 0."),
        (rates, ({"a": (0.5, 10)}, 10, 3), "events of a is 0.5; it must be a whole number of at least 0."),
        (rates, ({"a": (0.5, 10)},), "events of a is 0.5; it must be a whole number of at least 0."),
        (rates, ({"a": (1, 0)},), "exposure of a is 0; it must be a number above 0."),
        (rates, ({"a": (1, 10)}, 0), "per is 0; it must be a number above 0."),
        (ratios, ({"a": (1, 0)},), "expected of a is 0; it must be a number above 0."),
        (ratios, ({"a": (1, 1)}, 0), "benchmark is 0; it must be a number above 0."),
        (proportion_limits, (0, 0.5), "n is 0; it must be a number above 0."),
        (proportion_limits, (5, 1.5), "benchmark is 1.5; it must be a share from 0 to 1."),
        (ratio_limits, (0,), "expected is 0; it must be a number above 0."),
        (rate_limits, (0, 1), "exposure is 0; it must be a number above 0."),
        (rate_limits, (1, 0), "benchmark is 0; it must be a number above 0."),
        (rate_limits, (1, 1, 0), "per is 0; it must be a number above 0."),
    ],
)
def test_a_funnel_names_what_it_refuses(make: Any, arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make(*arguments)


@repeatable
@given(st.integers(1, 100_000), st.floats(0.001, 0.999))
def test_limits_bracket_the_benchmark_and_the_outer_hold_the_inner(n: int, benchmark: float) -> None:
    for limits in (proportion_limits(n, benchmark), rate_limits(n, benchmark), ratio_limits(n, benchmark)):
        assert 0 <= limits.lower_998 <= limits.lower_95 < limits.benchmark
        assert limits.benchmark < limits.upper_95 <= limits.upper_998
    assert proportion_limits(n, benchmark).upper_998 <= 1


@repeatable
@given(st.integers(1, 20_000), st.floats(0.5, 2))
def test_limits_close_in_as_units_grow(n: int, benchmark: float) -> None:
    small, large = ratio_limits(n, benchmark), ratio_limits(2 * n, benchmark)
    assert large.upper_95 < small.upper_95
    assert large.upper_998 < small.upper_998
    assert large.lower_95 >= small.lower_95


@repeatable
@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=4),
        st.integers(0, 60).flatmap(lambda x: st.tuples(st.just(x), st.integers(max(10, x), 80))),
        min_size=2,
        max_size=12,
    )
)
def test_order_does_not_matter_and_looking_for_the_opposite_turns_the_funnel_over(
    units: dict[str, tuple[int, int]],
) -> None:
    funnel = proportions(units)
    backwards = proportions(dict(reversed(units.items())))
    assert {u.name: u.position for u in funnel.units} == {u.name: u.position for u in backwards.units}
    opposite = proportions({name: (n - x, n) for name, (x, n) in units.items()}, 1 - funnel.benchmark)
    over = {
        Position.HIGH_998: Position.LOW_998,
        Position.HIGH_95: Position.LOW_95,
        Position.LOW_95: Position.HIGH_95,
        Position.LOW_998: Position.HIGH_998,
    }
    assert [over.get(u.position, u.position) for u in funnel.units] == [u.position for u in opposite.units]
    for unit in funnel.units:
        beyond = unit.value < unit.limits.lower_95 - 1e-9 or unit.value > unit.limits.upper_95 + 1e-9
        inside = unit.limits.lower_95 + 1e-9 < unit.value < unit.limits.upper_95 - 1e-9
        assert not (beyond and unit.position is Position.WITHIN)
        assert not (inside and unit.position is not Position.WITHIN)
