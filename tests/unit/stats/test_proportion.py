"""Rules that intervals for shares keep."""

import json
import re
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stats.proportion import (
    Method,
    best_interval,
    chance_of_seeing,
    clopper_pearson,
    difference,
    hypergeometric,
    sample_size,
    smallest_detectable_change,
    wilson,
    z_for,
)
from stats.proportion.planning import _approximate_power_reached

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "reference" / "proportion_published.json").read_text("utf-8")
)
RELATIVE_TOLERANCE = 1e-9
"""Published figures carry 13 significant digits or fewer; the smallest ones are printed to 13 decimals."""

PUBLISHED_DIFFERENCES: dict[str, str] = {}
"""Deliberate differences from PHEindicatormethods' Wilson figures: there are none."""

repeatable = settings(
    derandomize=True, max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def wilson_rows() -> list[tuple[float, float, float, float, float, float]]:
    rows = []
    for row in REFERENCE["phe_testdata_byars_wilson"]:
        if row["method"] == "Wilson":
            level = float(row["confidence"].rstrip("%")) / 100
            rows.append((row["x"], row["n"], level, 1.0, row["lowercl"], row["uppercl"]))
    for row in REFERENCE["phe_testdata_proportion"]:
        if row["value"] is not None:
            for level, end in ((0.95, "95_0cl"), (0.998, "99_8cl")):
                limits = row[f"lower{end}"], row[f"upper{end}"]
                rows.append((row["Numerator"], row["Denominator"], level, row["multiplier"], *limits))
    for row in REFERENCE["phe_testdata_proportion_grouped"]:
        if row["value"] is not None:
            limits = row["lowercl"], row["uppercl"]
            rows.append((row["Numerator"], row["Denominator"], 0.95, row["multiplier"], *limits))
    return rows


@pytest.mark.parametrize(("x", "n", "confidence", "per", "lower", "upper"), wilson_rows())
def test_wilson_limits_are_those_ohid_publishes(
    x: float, n: float, confidence: float, per: float, lower: float, upper: float
) -> None:
    interval = wilson(x, n, confidence)
    assert interval.lower * per == pytest.approx(lower, rel=RELATIVE_TOLERANCE, abs=1e-12)
    assert interval.upper * per == pytest.approx(upper, rel=RELATIVE_TOLERANCE, abs=1e-12)
    assert interval.share == x / n


def test_every_published_wilson_row_is_matched() -> None:
    assert len(wilson_rows()) == 46
    assert PUBLISHED_DIFFERENCES == {}


@pytest.mark.parametrize(
    "row",
    [
        row
        for name in ("phe_testdata_proportion", "phe_testdata_proportion_grouped")
        for row in REFERENCE[name]
        if row["value"] is None
    ],
)
def test_a_share_of_an_unknown_number_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"(x|n) is None; it must be a number"):
        wilson(row["Numerator"], row["Denominator"])


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (12, 20, 39, 78),
        (11, 18, 39, 80),
        (15, 25, 41, 77),
        (36, 60, 47, 71),
        (144, 240, 54, 66),
        (61, 65, 85, 98),
    ],
)
def test_what_a_month_a_quarter_and_a_year_of_audits_can_say(x: int, n: int, lower: int, upper: int) -> None:
    interval = wilson(x, n)
    assert (round(100 * interval.lower), round(100 * interval.upper)) == (lower, upper)
    assert interval.words == f"{x} of {n}, between {lower}% and {upper}%"
    assert interval.width == interval.upper - interval.lower


def test_wilson_reaches_exactly_0_and_exactly_1_at_the_ends() -> None:
    assert wilson(0, 7).lower == 0.0
    assert wilson(7, 7).upper == 1.0
    assert wilson(0, 7).upper == pytest.approx(0.3543, abs=1e-4)
    assert wilson(7, 7).lower == pytest.approx(1 - 0.3543, abs=1e-4)


def test_the_result_keeps_what_was_asked() -> None:
    interval = wilson(3, 10, 0.998)
    assert (interval.x, interval.n, interval.confidence, interval.method) == (3, 10, 0.998, Method.WILSON)


@pytest.mark.parametrize(("confidence", "z"), [(0.95, 1.959963985), (0.998, 3.090232306), (0.5, 0.674489750)])
def test_95_percent_is_1_96_standard_errors_and_998_is_3_09(confidence: float, z: float) -> None:
    assert z_for(confidence) == pytest.approx(z, abs=1e-9)


@pytest.mark.parametrize(
    ("x", "n", "confidence", "message"),
    [
        (1, 0, 0.95, "n is 0; it must be a number above 0."),
        (1, -3, 0.95, "n is -3; it must be a number above 0."),
        (6, 5, 0.95, "x is 6; it must be a number from 0 to n (5)."),
        (-1, 5, 0.95, "x is -1; it must be a number from 0 to n (5)."),
        (float("nan"), 5, 0.95, "x is nan; it must be a number from 0 to n (5)."),
        (1, 5, 95, "confidence is 95; it must be a share between 0 and 1 (0.95, not 95)."),
        (1, 5, 1, "confidence is 1; it must be a share between 0 and 1 (0.95, not 95)."),
    ],
)
def test_wilson_refuses_what_cannot_be_a_share(x: float, n: float, confidence: float, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        wilson(x, n, confidence)


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (0, 20, 0.0, 0.16843),
        (20, 20, 0.83157, 1.0),
        (5, 20, 0.08657, 0.49105),
        (10, 20, 0.27196, 0.72804),
        (4, 8, 0.15701, 0.84299),
    ],
)
def test_clopper_pearson_gives_the_tabled_exact_limits(x: int, n: int, lower: float, upper: float) -> None:
    interval = clopper_pearson(x, n)
    assert (interval.lower, interval.upper) == pytest.approx((lower, upper), abs=5e-6)
    assert (interval.x, interval.n, interval.share) == (x, n, x / n)
    assert (interval.confidence, interval.method) == (0.95, Method.CLOPPER_PEARSON)


def test_clopper_pearson_refuses_parts_of_a_case() -> None:
    with pytest.raises(
        ValueError, match=r"^x is 0\.5; it must be a whole number of at least 0 and at most 5\.$"
    ):
        clopper_pearson(0.5, 5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^n is 0; it must be a whole number of at least 1\.$"):
        clopper_pearson(0, 0)
    with pytest.raises(ValueError, match=r"^confidence is 0; it must be a share"):
        clopper_pearson(1, 5, 0)


@pytest.mark.parametrize(
    ("x", "n", "population", "counts", "percent"),
    [
        (0, 20, 90, (0, 13), (0.0, 14.4)),
        (5, 20, 90, (10, 41), (11.1, 45.6)),
        (10, 20, 90, (27, 63), (30.0, 70.0)),
        (15, 20, 90, (49, 80), (54.4, 88.9)),
        (20, 20, 90, (77, 90), (85.6, 100.0)),
        (3, 3, 8, (4, 8), (50.0, 100.0)),
    ],
)
def test_the_exact_finite_interval_is_the_tabled_one(
    x: int, n: int, population: int, counts: tuple[int, int], percent: tuple[float, float]
) -> None:
    interval = hypergeometric(x, n, population)
    assert (interval.lower_count, interval.upper_count) == counts
    assert (round(100 * interval.lower, 1), round(100 * interval.upper, 1)) == percent
    assert interval.method is Method.HYPERGEOMETRIC
    assert interval.has_sampling_interval
    assert (interval.x, interval.n, interval.population, interval.share) == (x, n, population, x / n)
    assert (
        interval.words == f"{x} of {n} looked at, so between {counts[0]} and {counts[1]} of all {population}"
    )


def test_a_census_has_no_sampling_interval() -> None:
    census = hypergeometric(12, 20, 20)
    assert census.method is Method.CENSUS
    assert not census.has_sampling_interval
    assert (census.lower, census.upper, census.lower_count, census.upper_count) == (0.6, 0.6, 12, 12)
    assert census.words == "12 of 20: every case was looked at, so there is no sampling interval"


def test_a_tail_of_exactly_two_and_a_half_percent_is_left_out() -> None:
    # One case of 40 drawn, and it is marked: with 1 marked case in all, the chance of that is exactly 1/40.
    assert hypergeometric(1, 1, 40).lower_count == 2
    assert hypergeometric(0, 1, 40).upper_count == 38
    assert hypergeometric(1, 1, 40, 0.95000001).lower_count == 1


def chance(seen: int, marked: int, n: int, population: int) -> float:
    return comb(marked, seen) * comb(population - marked, n - seen) / comb(population, n)


@pytest.mark.parametrize(
    ("population", "n", "exact", "plain"),
    [
        (90, 20, (0.959, 0.979, 0.319), (0.953, 0.976, 0.325)),
        (40, 20, (0.952, 0.982, 0.245), (0.990, 0.997, 0.325)),
    ],
)
def test_the_exact_interval_holds_its_promise_for_every_possible_count(
    population: int, n: int, exact: tuple[float, ...], plain: tuple[float, ...]
) -> None:
    for intervals, expected in (
        ([hypergeometric(x, n, population) for x in range(n + 1)], exact),
        ([wilson(x, n) for x in range(n + 1)], plain),
    ):
        covered, widths = [], []
        for marked in range(population + 1):
            chances = [chance(x, marked, n, population) for x in range(n + 1)]
            share = marked / population
            covered.append(
                sum(p for p, i in zip(chances, intervals, strict=True) if i.lower <= share <= i.upper)
            )
            widths.append(sum(p * i.width for p, i in zip(chances, intervals, strict=True)))
        figures = min(covered), sum(covered) / len(covered), sum(widths) / len(widths)
        assert figures == pytest.approx(expected, abs=6e-4)


@pytest.mark.parametrize(
    ("x", "n", "population", "message"),
    [
        (1, 9, 8, "population is 8; it must be a whole number of at least 9."),
        (9, 8, 10, "x is 9; it must be a whole number of at least 0 and at most 8."),
        (0, 0, 10, "n is 0; it must be a whole number of at least 1."),
    ],
)
def test_a_sample_larger_than_its_frame_is_refused(x: int, n: int, population: int, message: str) -> None:
    for make in (hypergeometric, best_interval):
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            make(x, n, population)


def test_wilson_serves_until_a_quarter_of_the_frame_is_sampled_and_the_exact_interval_above() -> None:
    assert best_interval(5, 20).method is Method.WILSON
    assert best_interval(5, 20, 80).method is Method.WILSON
    assert best_interval(5, 20, 79).method is Method.HYPERGEOMETRIC
    assert best_interval(5, 20, 20).method is Method.CENSUS
    assert best_interval(5, 20, 80) == wilson(5, 20)
    assert best_interval(5, 20, 79, 0.9) == hypergeometric(5, 20, 79, 0.9)
    assert best_interval(5, 20, confidence=0.9) == wilson(5, 20, 0.9)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((56, 70, 48, 80), (0.2000, 0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.6000, 0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.5714, 0.0582, 0.8062)),
        ((5, 56, 0, 29), (0.0893, -0.0381, 0.1926)),
        ((0, 10, 0, 20), (0.0000, -0.1611, 0.2775)),
        ((0, 10, 0, 10), (0.0000, -0.2775, 0.2775)),
        ((10, 10, 0, 20), (1.0000, 0.6791, 1.0000)),
        ((10, 10, 0, 10), (1.0000, 0.6075, 1.0000)),
    ],
)
def test_differences_have_the_limits_newcombe_printed(
    counts: tuple[int, int, int, int], expected: tuple[float, float, float]
) -> None:
    gap = difference(*counts)
    assert (gap.difference, gap.lower, gap.upper) == pytest.approx(expected, abs=5.1e-5)
    assert gap.is_clear == (expected[1] > 0 or expected[2] < 0)
    assert gap.first == wilson(counts[0], counts[1])
    assert gap.second == wilson(counts[2], counts[3])
    assert gap.confidence == 0.95


def test_a_difference_is_clear_in_either_direction_and_not_when_it_only_touches_nothing() -> None:
    assert difference(3, 10, 9, 10).is_clear
    assert not difference(0, 10, 0, 10).is_clear
    assert difference(48, 80, 56, 70, 0.9).confidence == 0.9


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ((6, 5, 1, 5), "x1 is 6; it must be a number from 0 to n1 (5)."),
        ((-1, 5, 1, 5), "x1 is -1; it must be a number from 0 to n1 (5)."),
        ((1, 5, 6, 5), "x2 is 6; it must be a number from 0 to n2 (5)."),
        ((1, 0, 1, 5), "n1 is 0; it must be a number above 0."),
        ((1, 5, 1, 0), "n2 is 0; it must be a number above 0."),
    ],
)
def test_a_difference_names_the_argument_it_refuses(counts: tuple[int, int, int, int], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        difference(*counts)


@pytest.mark.parametrize(
    ("margin", "population", "expected"),
    [
        (0.1, 300, 73),
        (0.1, 1000, 88),
        (0.1, None, 97),
        (0.15, 90, 29),
        (0.2, 90, 19),
        (0.05, 300, 169),
        (0.05, None, 385),
    ],
)
def test_sample_sizes_are_those_samplingbook_gives(
    margin: float, population: int | None, expected: int
) -> None:
    assert sample_size(margin, population=population) == expected


def test_a_sample_size_follows_the_expected_share_and_the_confidence() -> None:
    assert sample_size(0.1, share=0.2) == 62
    assert sample_size(0.1, confidence=0.9) == 68
    assert sample_size(0.1, 0.5, 1) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"margin": 10}, "margin is 10; it must be a share between 0 and 1 (0.95, not 95)."),
        ({"margin": 0.1, "share": 1}, "share is 1; it must be a share between 0 and 1 (0.95, not 95)."),
        ({"margin": 0.1, "population": 0}, "population is 0; it must be a whole number of at least 1."),
        (
            {"margin": 0.1, "confidence": 95},
            "confidence is 95; it must be a share between 0 and 1 (0.95, not 95).",
        ),
    ],
)
def test_a_sample_size_names_the_argument_it_refuses(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        sample_size(**arguments)


def test_drawing_20_of_90_finds_one_of_5_bad_cases_in_72_of_100_draws() -> None:
    assert [round(100 * chance_of_seeing(bad, 90, 20)) for bad in (5, 10, 1, 0)] == [72, 93, 22, 0]
    assert chance_of_seeing(1, 90, 20) == pytest.approx(20 / 90, rel=1e-12)
    assert chance_of_seeing(1, 90, 90) == 1.0
    assert chance_of_seeing(5, 90, 0) == 0.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((91, 90, 20), "bad is 91; it must be a whole number of at least 0 and at most 90."),
        ((5, 90, 91), "n is 91; it must be a whole number of at least 0 and at most 90."),
        ((0, 0, 0), "population is 0; it must be a whole number of at least 1."),
        ((-1, 90, 20), "bad is -1; it must be a whole number of at least 0 and at most 90."),
        ((1, 90, -1), "n is -1; it must be a whole number of at least 0 and at most 90."),
    ],
)
def test_a_chance_of_seeing_names_the_argument_it_refuses(
    arguments: tuple[int, int, int], message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        chance_of_seeing(*arguments)


DETECTABLE_DIFFERENCES = {
    60: "27 points is printed; counting every outcome of the exact test gives 26.1, and 26.1 is not 27.",
}
"""Printed figures from 50% with 80% power that ours leaves, with the reason."""


@pytest.mark.parametrize(
    ("n", "printed", "ours"),
    [(20, 42, 0.418), (25, 39, 0.389), (60, 27, 0.261), (120, 18, 0.184), (240, 13, 0.132)],
)
def test_a_month_of_20_audits_can_only_show_a_change_of_42_points(n: int, printed: int, ours: float) -> None:
    found = smallest_detectable_change(n, n, 0.5)
    assert (found.rise, found.fall, found.smallest) == (ours, ours, ours)
    assert (round(100 * ours) == printed) == (n not in DETECTABLE_DIFFERENCES)
    assert abs(100 * ours - printed) < 1
    change = f"a change of about {round(100 * ours)} percentage points"
    assert found.words == f"With {n} and {n} cases we could only have seen {change}"
    assert (found.n1, found.n2, found.base, found.power, found.significance) == (n, n, 0.5, 0.8, 0.05)


def test_three_cases_each_can_show_nothing_at_all() -> None:
    found = smallest_detectable_change(3, 3, 0.5)
    assert (found.rise, found.fall, found.smallest) == (None, None, None)
    assert found.words == "With 3 and 3 cases no change could have been seen"


def test_near_the_ceiling_only_a_fall_can_be_seen() -> None:
    found = smallest_detectable_change(20, 20, 0.9)
    assert found.rise is None
    assert found.fall == found.smallest == 0.429
    mirrored = smallest_detectable_change(20, 20, 0.1)
    assert (mirrored.rise, mirrored.fall) == (0.429, None)


def test_there_is_no_rise_to_see_within_a_step_of_the_ceiling() -> None:
    assert smallest_detectable_change(400, 400, 0.9995).rise is None


def test_a_change_as_far_as_the_end_of_the_scale_counts() -> None:
    found = smallest_detectable_change(20, 20, 0.5, power=0.994)
    assert (found.rise, found.fall) == (0.5, 0.5)
    assert smallest_detectable_change(20, 20, 0.5, power=0.9941).smallest is None


def test_large_groups_use_the_approximation_and_it_joins_the_exact_count() -> None:
    exact, approximate = smallest_detectable_change(500, 500, 0.5), smallest_detectable_change(501, 500, 0.5)
    assert (exact.rise, exact.fall) == (0.09, 0.09)
    assert (approximate.rise, approximate.fall) == (0.091, 0.091)
    uneven = smallest_detectable_change(600, 1400, 0.2)
    assert (uneven.rise, uneven.fall) == (0.06, 0.053)


@pytest.mark.parametrize(("n", "needed"), [(66, True), (65, False)])
def test_the_approximation_is_the_one_fleiss_printed(n: int, needed: bool) -> None:
    # Fleiss, Levin and Paik (2003), table A.4: 0.25 against 0.50, 5% and 80%, needs 66 in each group.
    assert _approximate_power_reached(n, n, 0.25, 0.5, 0.8, 0.05) is needed


def test_more_power_and_a_stricter_test_ask_for_a_larger_change() -> None:
    plain = smallest_detectable_change(30, 40, 0.4).rise
    powerful = smallest_detectable_change(30, 40, 0.4, power=0.9).rise
    strict = smallest_detectable_change(30, 40, 0.4, significance=0.01).rise
    assert plain is not None
    assert powerful is not None
    assert strict is not None
    assert plain < powerful < strict


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n1": 0}, "n1 is 0; it must be a whole number of at least 1."),
        ({"n2": 0}, "n2 is 0; it must be a whole number of at least 1."),
        ({"base": 50}, "base is 50; it must be a share between 0 and 1 (0.95, not 95)."),
        ({"power": 80}, "power is 80; it must be a share between 0 and 1 (0.95, not 95)."),
        ({"significance": 5}, "significance is 5; it must be a share between 0 and 1 (0.95, not 95)."),
    ],
)
def test_a_detectable_change_names_the_argument_it_refuses(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        smallest_detectable_change(**({"n1": 20, "n2": 20, "base": 0.5} | arguments))


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 400))
    return draw(st.integers(0, n)), n


LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998])


@repeatable
@given(shares(), LEVELS)
def test_limits_bracket_the_share_and_stay_between_0_and_1(seen: tuple[int, int], level: float) -> None:
    for make in (wilson, clopper_pearson):
        interval = make(*seen, level)
        assert 0 <= interval.lower <= interval.share <= interval.upper <= 1
        assert interval.lower < interval.upper


@repeatable
@given(shares(), LEVELS)
def test_looking_for_the_opposite_mirrors_the_interval(seen: tuple[int, int], level: float) -> None:
    x, n = seen
    for make in (wilson, clopper_pearson):
        interval, mirrored = make(x, n, level), make(n - x, n, level)
        assert interval.lower == pytest.approx(1 - mirrored.upper, abs=1e-12)
        assert interval.upper == pytest.approx(1 - mirrored.lower, abs=1e-12)


@repeatable
@given(shares(), LEVELS)
def test_doubling_a_sample_narrows_and_more_confidence_widens(seen: tuple[int, int], level: float) -> None:
    x, n = seen
    for make in (wilson, clopper_pearson):
        interval = make(x, n, level)
        assert make(2 * x, 2 * n, level).width < interval.width
        assert make(x, n, (1 + level) / 2).width > interval.width


@repeatable
@given(shares(), st.integers(0, 300), LEVELS)
def test_a_finite_interval_holds_what_was_seen_and_every_count_it_keeps_is_likely_enough(
    seen: tuple[int, int], rest: int, level: float
) -> None:
    x, n = seen
    population = n + rest
    interval = hypergeometric(x, n, population, level)
    assert x <= interval.lower_count <= interval.upper_count <= population - (n - x)
    # A population's share is a whole number of cases over its size, so the sample's own share may lie between
    # two of them (1 of 7, in a population of 8): the interval keeps a count beside it.
    assert interval.lower_count <= -(-population * x // n)
    assert interval.upper_count >= population * x // n
    mirrored = hypergeometric(n - x, n, population, level)
    assert mirrored.lower_count == population - interval.upper_count
    tail = (1 - level) / 2
    below, above = interval.lower_count - 1, interval.upper_count + 1
    if below >= 0:
        assert sum(chance(k, below, n, population) for k in range(x, n + 1)) <= tail + 1e-12
    if above <= population:
        assert sum(chance(k, above, n, population) for k in range(x + 1)) <= tail + 1e-12
    for kept in (interval.lower_count, interval.upper_count):
        assert sum(chance(k, kept, n, population) for k in range(x, n + 1)) > tail - 1e-12
        assert sum(chance(k, kept, n, population) for k in range(x + 1)) > tail - 1e-12


@repeatable
@given(shares(), shares())
def test_swapping_the_two_samples_turns_the_difference_round(a: tuple[int, int], b: tuple[int, int]) -> None:
    there, back = difference(*a, *b), difference(*b, *a)
    assert there.difference == pytest.approx(-back.difference, abs=1e-12)
    assert there.lower == pytest.approx(-back.upper, abs=1e-12)
    assert there.upper == pytest.approx(-back.lower, abs=1e-12)
    assert -1 - 1e-12 <= there.lower <= there.difference <= there.upper <= 1 + 1e-12
    assert there.is_clear == back.is_clear


@repeatable
@given(st.integers(1, 120), st.data())
def test_the_chance_of_seeing_is_one_less_the_chance_of_missing_all(
    population: int, data: st.DataObject
) -> None:
    bad, n = data.draw(st.integers(0, population)), data.draw(st.integers(0, population))
    seen = chance_of_seeing(bad, population, n)
    assert 0 <= seen <= 1
    assert seen == pytest.approx(chance_of_seeing(n, population, bad), abs=1e-12)
    if n < population:
        assert chance_of_seeing(bad, population, n + 1) >= seen
