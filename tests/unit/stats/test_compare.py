"""Rules that comparisons with England and neighbours keep."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.compare import (
    TREND_CRITICAL,
    Band,
    Direction,
    Polarity,
    Quartiles,
    Reason,
    Verdict,
    against_benchmark,
    against_benchmark_two_levels,
    against_other,
    neighbours,
    quartile_band,
    quartiles,
    quintile,
    rank,
    recent_trend_of_shares,
    recent_trend_of_values,
)

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "reference" / "comparison_published.json").read_text("utf-8")
)
LAIT, FINGERTIPS = REFERENCE["lait"], REFERENCE["fingertips"]
TOLERANCE = 1e-9
"""All published figures here are given in full; the differences are the last bits of a sum."""

PUBLISHED_DIFFERENCES = {
    "fingertips verdict word": "Fingertips says same and none; ours say similar and no verdict.",
    "lait neutral band and rank": "LAIT prints a dash for a measure that is neither good nor bad; ours is None.",
}

repeatable = settings(derandomize=True, max_examples=100, deadline=None)

MEASURES = {measure["measure"]: measure for measure in LAIT["real"]}
NEIGHBOURS = {row["la"]: row["neighbours"] for row in LAIT["statistical_neighbours_2025"]}
WORDS = {"same": Verdict.SIMILAR, "none": Verdict.NONE}


def band_of(published: str | None) -> Band | None:
    return None if published in (None, "-") else Band(published)


def rank_of(published: str | None) -> int | None:
    return None if published in (None, "-") else int(published)


def word(published: str) -> Verdict:
    return WORDS.get(published) or Verdict(published)


@pytest.mark.parametrize("row", LAIT["unit_bands"])
def test_bands_are_those_lait_publishes_for_its_own_examples(row: dict[str, Any]) -> None:
    among = Quartiles(0, 25, 50, 75, 100, 4, 4)
    assert quartile_band(row["value"], among, Polarity(row["polarity"])) == band_of(row["band"])


@pytest.mark.parametrize("row", LAIT["unit_ranks"])
def test_ranks_are_those_lait_publishes_for_its_own_examples(row: dict[str, Any]) -> None:
    expected = tuple(rank_of(place) for place in row["rank"])
    assert rank(row["values"], Polarity(row["polarity"])) == expected


@pytest.mark.parametrize("measure", MEASURES)
def test_six_real_measures_of_153_authorities_are_as_lait_makes_them(measure: str) -> None:
    published = MEASURES[measure]
    polarity, rows = Polarity(published["polarity"]), published["rows"]
    values = [row["value"] for row in rows]
    among = quartiles(values)
    assert among is not None
    assert (among.n, among.of) == (published["n_values"], published["n_las"]) == (among.n, 153)
    five = (among.lowest, among.lower, among.median, among.upper, among.highest)
    assert five == pytest.approx(tuple(published["quartiles"].values()), abs=TOLERANCE)
    assert [quartile_band(v, among, polarity) for v in values] == [band_of(row["band"]) for row in rows]
    assert rank(values, polarity) == tuple(rank_of(row["rank"]) for row in rows)


@pytest.mark.parametrize("measure", MEASURES)
def test_neighbour_means_are_laits_and_medians_the_dashboards(measure: str) -> None:
    rows = {row["la"]: row for row in MEASURES[measure]["rows"]}
    compared = 0
    for la, row in rows.items():
        found = neighbours([rows[other]["value"] if other in rows else None for other in NEIGHBOURS[la]])
        assert found.mean == pytest.approx(row["sn_mean"], abs=TOLERANCE)
        assert found.median == pytest.approx(row["sn_median"], abs=TOLERANCE)
        assert (found.n, found.of) == (row["sn_n"], 10)
        compared += 1
    assert compared == 153


@pytest.mark.parametrize("row", FINGERTIPS["single_overlap_one_level"])
def test_one_level_verdicts_are_those_of_fingertips(row: dict[str, Any]) -> None:
    limits = row["lower"], row["upper"], row["benchmark"]
    assert against_benchmark(*limits, Polarity.LOW) is word(row["low_is_good"])
    assert against_benchmark(*limits, Polarity.HIGH) is word(row["high_is_good"])


@pytest.mark.parametrize("row", FINGERTIPS["single_overlap_two_levels"])
def test_two_level_verdicts_are_those_of_fingertips(row: dict[str, Any]) -> None:
    inner, outer = (row["lower95"], row["upper95"]), (row["lower998"], row["upper998"])
    for polarity, key in ((Polarity.LOW, "low_is_good"), (Polarity.HIGH, "high_is_good")):
        assert against_benchmark_two_levels(inner, outer, row["benchmark"], polarity) is word(row[key])


@pytest.mark.parametrize("row", FINGERTIPS["double_overlap"])
def test_verdicts_of_two_intervals_are_those_of_fingertips(row: dict[str, Any]) -> None:
    a, b = tuple(row["a"][1:]), tuple(row["b"][1:])
    assert against_other(a, b, Polarity.LOW) is word(row["a_vs_b_low_good"])
    assert against_other(b, a, Polarity.LOW) is word(row["b_vs_a_low_good"])


@pytest.mark.parametrize("row", REFERENCE["recent_trend"])
def test_recent_trends_are_those_of_fingertips(row: dict[str, Any]) -> None:
    if row["kind"] == "proportion":
        found = recent_trend_of_shares(row["count"], row["denominator"])
    else:
        found = recent_trend_of_values(row["value"], row["lower"], row["upper"])
    if "cannot_calculate" in row:
        assert (found.direction, found.reason) == (
            Direction.CANNOT_BE_CALCULATED,
            Reason.COUNT_IS_DENOMINATOR,
        )
        assert row["cannot_calculate"] in Reason.COUNT_IS_DENOMINATOR.value.replace("a c", "c").replace(
            "its ", ""
        )
        assert (found.chi_squared, found.is_significant, found.slope_signs) == (None, False, ())
        return
    assert found.chi_squared == pytest.approx(row["chi2"], rel=TOLERANCE)
    assert round(found.chi_squared or 0, 2) == row.get("chi2_published", round(row["chi2"], 2))
    assert found.is_significant == row["significant"]
    if "direction" in row:
        assert found.direction.value == row["direction"]
    if "leave_one_out_signs" in row:
        assert list(found.slope_signs) == row["leave_one_out_signs"]
    assert found.reason is None


def test_the_critical_value_is_p_0_002() -> None:
    assert REFERENCE["meta"]["chi2_crit"] == TREND_CRITICAL


@pytest.mark.parametrize(
    ("polarity", "key"), [(Polarity.HIGH, "high_is_good"), (Polarity.LOW, "low_is_good")]
)
def test_quintiles_are_those_of_fingertips(polarity: Polarity, key: str) -> None:
    published = REFERENCE["quintiles"]
    for value, fifth in published[key].items():
        assert quintile(float(value), published["values"], polarity) == fifth
    assert quintile(9, published["values"], Polarity.NEUTRAL) == 5


def test_fewer_than_five_values_have_no_quintiles() -> None:
    assert quintile(1, [1, 2, 3, 4, None], Polarity.LOW) is None
    assert quintile(None, [1, 2, 3, 4, 5], Polarity.LOW) is None
    assert quintile(1, [1, 2, 3, 4, 5], Polarity.LOW) == 1


def test_a_value_on_a_bound_lies_in_the_lower_band_and_fifth() -> None:
    values = [float(v) for v in range(1, 10)]
    among = quartiles(values)
    assert among == Quartiles(1, 3, 5, 7, 9, 9, 9)
    assert quartile_band(3, among, Polarity.LOW) is Band.A
    assert quartile_band(3.001, among, Polarity.LOW) is Band.B
    assert quartile_band(3, among, Polarity.HIGH) is Band.D
    # The second bound is 6.4 but for a rounding error.
    tenths = [float(v) for v in range(1, 11)]
    assert quintile(6.4, tenths, Polarity.LOW) == 3
    assert quintile(6.4001, tenths, Polarity.LOW) == 4


def test_nothing_to_compare_with_gives_nothing() -> None:
    assert quartiles([None, None]) is None
    assert quartile_band(5, None, Polarity.HIGH) is None
    assert quartile_band(None, quartiles([1, 2]), Polarity.HIGH) is None
    none = neighbours([None, None])
    assert (none.mean, none.median, none.lowest, none.highest, none.n, none.of) == (
        None,
        None,
        None,
        None,
        0,
        2,
    )
    assert none.words == "based on 0 of 2: no neighbour has a value"
    assert against_other(None, (1, 2), Polarity.LOW) is Verdict.NONE
    assert against_other((1, 2), None, Polarity.LOW) is Verdict.NONE
    assert against_benchmark_two_levels(None, (1, 2), 1, Polarity.LOW) is Verdict.NONE
    assert against_benchmark_two_levels((1, 2), None, 1, Polarity.LOW) is Verdict.NONE
    assert against_benchmark_two_levels((1, 2), (1, 2), None, Polarity.LOW) is Verdict.NONE


def test_two_official_tools_give_two_neighbour_figures_so_both_are_named() -> None:
    found = neighbours([10.0, 12.0, 50.0, None])
    assert (found.mean, found.median, found.lowest, found.highest, found.n, found.of) == (
        24,
        12,
        10,
        50,
        3,
        4,
    )
    assert found.words == (
        "median 12.0 (DfE dashboard), mean 24.0 (LAIT), range 10.0 to 50.0, based on 3 of 4"
    )


def test_a_neutral_measure_is_only_higher_or_lower() -> None:
    neutral = Polarity.NEUTRAL
    assert against_benchmark(2, 3, 1, neutral) is Verdict.HIGHER
    assert against_benchmark(2, 3, 4, neutral) is Verdict.LOWER
    assert against_benchmark(2, 3, 2.5, neutral) is Verdict.SIMILAR
    assert against_benchmark_two_levels((2, 3), (1, 4), 0.5, neutral) is Verdict.HIGHEST
    assert against_benchmark_two_levels((2, 3), (1, 4), 1.5, neutral) is Verdict.HIGHER
    assert against_benchmark_two_levels((2, 3), (1, 4), 3.5, neutral) is Verdict.LOWER
    assert against_benchmark_two_levels((2, 3), (1, 4), 5, neutral) is Verdict.LOWEST
    assert against_other((5, 6), (1, 2), neutral) is Verdict.HIGHER
    assert rank([1, 2, None], neutral) == (None, None, None)


def test_touching_is_similar() -> None:
    for polarity in Polarity:
        assert against_benchmark(2, 3, 2, polarity) is Verdict.SIMILAR
        assert against_benchmark(2, 3, 3, polarity) is Verdict.SIMILAR
        assert against_other((1, 2), (2, 3), polarity) is Verdict.SIMILAR
        assert against_other((2, 3), (1, 2), polarity) is Verdict.SIMILAR
    assert against_benchmark_two_levels((2, 3), (1, 4), 1, Polarity.HIGH) is Verdict.BETTER
    assert against_benchmark_two_levels((2, 3), (1, 4), 4, Polarity.HIGH) is Verdict.WORSE


def test_twenty_audits_a_quarter_from_45_to_80_percent_is_not_yet_a_trend() -> None:
    found = recent_trend_of_shares([9, 11, 12, 13, 16], [20] * 5)
    assert found.chi_squared == pytest.approx(5.4, abs=0.05)
    assert (found.direction, found.is_significant) == (Direction.NO_CHANGE, False)


def test_only_the_last_five_points_count_and_a_gap_among_them_stops_the_trend() -> None:
    counts: list[int | None] = [0, 994, 1023, 1199, 1332, 1367]
    sizes: list[int | None] = [5, 40299, 41527, 42811, 44064, 44701]
    found = recent_trend_of_shares(counts, sizes)
    assert found == recent_trend_of_shares(counts[1:], sizes[1:])
    assert found.direction is Direction.INCREASING
    assert recent_trend_of_shares([None, *counts[1:]], sizes) == found
    assert recent_trend_of_shares([*counts[:3], None, *counts[4:]], sizes).reason is Reason.GAP
    assert recent_trend_of_shares(counts, [*sizes[:5], None]).reason is Reason.GAP
    assert recent_trend_of_shares(counts[:4], sizes[:4]).reason is Reason.FEWER_THAN_FIVE
    assert recent_trend_of_shares([None], [3]).reason is Reason.FEWER_THAN_FIVE
    assert recent_trend_of_shares([], []).reason is Reason.FEWER_THAN_FIVE
    assert recent_trend_of_shares([0] * 5, [9] * 5).reason is Reason.NOTHING_COUNTED
    values: list[float | None] = [9, 1, 2, 3, 4, 5]
    lowers: list[float | None] = [8, 0.9, 1.9, 2.9, 3.9, 4.9]
    uppers: list[float | None] = [10, 1.1, 2.1, 3.1, 4.1, 5.1]
    rising = recent_trend_of_values(values, lowers, uppers)
    assert rising.direction is Direction.INCREASING
    assert recent_trend_of_values(values, [*lowers[:4], None, 4.9], uppers).reason is Reason.GAP
    assert recent_trend_of_values(values, lowers, [*uppers[:4], None, 5.1]).reason is Reason.GAP
    assert recent_trend_of_values([*values[:4], None, 5], lowers, uppers).reason is Reason.GAP
    assert recent_trend_of_values([None], [1], [2]).reason is Reason.FEWER_THAN_FIVE
    assert recent_trend_of_values([1.5], [1], [2]).reason is Reason.FEWER_THAN_FIVE


def test_a_falling_series_is_called_falling() -> None:
    # The open Fingertips code never sets the slope of shares, so it would call this rising.
    found = recent_trend_of_shares([1367, 1332, 1199, 1023, 994], [44000] * 5)
    assert (found.direction, found.slope_signs) == (Direction.DECREASING, (-1,) * 6)


def test_one_point_alone_does_not_make_a_trend() -> None:
    found = recent_trend_of_shares([500, 500, 500, 499, 900], [1000] * 5)
    assert found.is_significant
    assert found.slope_signs == (1, 1, 1, 1, 1, -1)
    assert found.direction is Direction.NO_CHANGE
    tiny = recent_trend_of_values([1.1] * 5, [1.1 - 1e-9] * 5, [1.1 + 1e-9] * 5)
    assert (tiny.chi_squared, tiny.slope_signs) == (0, (0,) * 6)
    level = recent_trend_of_shares([500] * 4 + [900], [1000] * 5)
    assert level.slope_signs == (1, 1, 1, 1, 1, 0)
    assert level.direction is Direction.NO_CHANGE


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: quartiles([1, "2"]),  # type: ignore[list-item]
            "values is '2'; it must be numbers, or None where there is none.",
        ),
        (
            lambda: rank([float("nan")], Polarity.LOW),
            "values is nan; it must be numbers, or None where there is none.",
        ),
        (lambda: neighbours([True]), "values is True; it must be numbers, or None where there is none."),
        (
            lambda: quartile_band(float("inf"), quartiles([1]), Polarity.LOW),
            "value is inf; it must be a number, or None where there is none.",
        ),
        (
            lambda: quintile(float("inf"), [1, 2, 3, 4, 5], Polarity.LOW),
            "value is inf; it must be a number, or None where there is none.",
        ),
        (
            lambda: against_benchmark(3, 2, 1, Polarity.LOW),
            "lower is 3; it must be at most upper, which is 2.",
        ),
        (
            lambda: against_benchmark_two_levels((3, 2), (1, 4), 1, Polarity.LOW),
            "lower is 3; it must be at most upper, which is 2.",
        ),
        (
            lambda: against_benchmark_two_levels((2, 3), (4, 1), 1, Polarity.LOW),
            "lower is 4; it must be at most upper, which is 1.",
        ),
        (
            lambda: against_other((3, 2), (1, 2), Polarity.LOW),
            "lower is 3; it must be at most upper, which is 2.",
        ),
        (
            lambda: against_other((1, 2), (3, 2), Polarity.LOW),
            "lower is 3; it must be at most upper, which is 2.",
        ),
        (
            lambda: recent_trend_of_shares([1, 2], [3]),
            "denominators is '1 long'; it must be as long as counts, which has 2.",
        ),
        (
            lambda: recent_trend_of_shares([4] * 5, [3] * 5),
            "counts is 4; it must be a whole number of at least 0 and at most 3.",
        ),
        (
            lambda: recent_trend_of_shares([0] * 5, [0] * 5),
            "denominators is 0; it must be a whole number of at least 1.",
        ),
        (
            lambda: recent_trend_of_values([1, 2], [1], [3, 4]),
            "lowers and uppers is '1 and 2 long'; it must be 2 long, as values.",
        ),
        (lambda: recent_trend_of_values([1], [1], [1]), "uppers is 1; it must be above the lower limit, 1."),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


VALUES = st.lists(st.one_of(st.none(), st.integers(0, 40).map(float)), min_size=1, max_size=30)


@repeatable
@given(VALUES)
def test_high_and_low_mirror_each_other(values: list[float | None]) -> None:
    turned = [None if v is None else -v for v in values]
    assert rank(values, Polarity.HIGH) == rank(turned, Polarity.LOW)
    known = [r for r in rank(values, Polarity.LOW) if r is not None]
    assert not known or min(known) == 1
    assert all(1 <= r <= len(known) for r in known)


@repeatable
@given(VALUES)
def test_a_better_value_never_has_a_worse_band_fifth_or_rank(values: list[float | None]) -> None:
    among = quartiles(values)
    known = sorted(v for v in values if v is not None)
    if among is not None:
        bands = [quartile_band(v, among, Polarity.LOW) for v in known]
        assert [str(band) for band in bands] == sorted(str(band) for band in bands)
        assert among.lowest <= among.lower <= among.median <= among.upper <= among.highest
        fifths = [quintile(v, known, Polarity.LOW) or 0 for v in known]
        assert fifths == sorted(fifths)
        assert [6 - f if f else 0 for f in fifths] == [quintile(v, known, Polarity.HIGH) or 0 for v in known]
    places = [r for r in rank(known, Polarity.LOW) if r is not None]
    assert places == sorted(places)


@repeatable
@given(
    st.lists(st.integers(0, 49), min_size=5, max_size=5),
    st.lists(st.integers(50, 99), min_size=5, max_size=5),
)
def test_turning_time_round_turns_the_trend_round(counts: list[int], sizes: list[int]) -> None:
    there, back = recent_trend_of_shares(counts, sizes), recent_trend_of_shares(counts[::-1], sizes[::-1])
    assert there.reason == back.reason
    if there.chi_squared is not None:
        assert there.chi_squared == pytest.approx(back.chi_squared, rel=1e-6, abs=1e-9)
        assert there.slope_signs[0] == -back.slope_signs[0]
        opposite = recent_trend_of_shares([n - x for x, n in zip(counts, sizes, strict=True)], sizes)
        if opposite.chi_squared is not None:
            assert there.chi_squared == pytest.approx(opposite.chi_squared, rel=1e-6, abs=1e-9)


@repeatable
@given(st.floats(-10, 10), st.floats(0, 5), st.floats(-10, 10))
def test_a_verdict_for_high_is_the_opposite_of_that_for_low(
    middle: float, reach: float, benchmark: float
) -> None:
    opposite = {
        Verdict.BETTER: Verdict.WORSE,
        Verdict.WORSE: Verdict.BETTER,
        Verdict.BEST: Verdict.WORST,
        Verdict.WORST: Verdict.BEST,
        Verdict.SIMILAR: Verdict.SIMILAR,
    }
    inner, outer = (middle - reach, middle + reach), (middle - 2 * reach, middle + 2 * reach)
    high = against_benchmark_two_levels(inner, outer, benchmark, Polarity.HIGH)
    assert against_benchmark_two_levels(inner, outer, benchmark, Polarity.LOW) is opposite[high]
    one = against_benchmark(*inner, benchmark, Polarity.HIGH)
    assert one in (Verdict.BETTER, Verdict.SIMILAR, Verdict.WORSE)
    assert (one is Verdict.SIMILAR) == (high is Verdict.SIMILAR)
