"""Rules that agreement figures keep."""

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.agreement import (
    FEWEST_PAIRS,
    Coefficient,
    Level,
    Reason,
    Verdict,
    Weights,
    cohen_kappa,
    gwet_ac,
    krippendorff_alpha,
    percent,
    resampling,
    shrink,
    signed_difference,
    two_raters,
    within_one,
)
from stats.agreement.ratings import disagreements
from stats.proportion import wilson

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "reference" / "agreement_published.json").read_text("utf-8")
)
IRRCAC_RAW_TOLERANCE = 5.1e-6
"""irrCAC rounds its raw coefficients to 5 decimals."""
TOLERANCE = 1e-12
"""Everything else is published to 13 significant digits or more."""

PUBLISHED_DIFFERENCES = {
    "irr kripp.alpha, complete data of more than two raters": (
        "R's irr 0.84.1 weighs each pair 1 instead of 1/(m - 1); the values of krippendorff 0.9.0, irrCAC "
        "and brute force are used (irr_anxiety123, irr_diagnoses_6raters, chan2024_complete_three_raters)."
    ),
    "irrCAC gwet_ac, wikipedia_alpha": (
        "irrCAC returns NaN when nobody rated a unit; ours leaves the unit out and gives the value published "
        "for the same data without it."
    ),
    "irrCAC krippendorff, pa and pe": (
        "irrCAC splits the same coefficient into a differently corrected observed and expected part; ours "
        "are Krippendorff's own, 1 - Do and 1 - De."
    ),
    "standard errors, confidence intervals and p-values of irrCAC and psych": (
        "They are large-sample or t intervals; ours resample the cases."
    ),
    "irrCAC fleiss, conger, brennan_prediger and scott": (
        "Not offered; with two raters conger is Cohen's kappa and is matched as that."
    ),
}

repeatable = settings(derandomize=True, max_examples=60, deadline=None)

CASES = {case["id"]: case for case in REFERENCE["raw_cases"]}
FIXED = {"irr_anxiety12": [1, 2, 3, 4, 5, 6]}
GRADES = ["Outstanding", "Good", "Requires improvement", "Inadequate"]
PAIRS_24 = [[1, 1, 0, 0], [0, 6, 4, 0], [0, 1, 6, 2], [0, 0, 1, 2]]
"""The 24 grade pairs of the printed example: first grade by row, moderated grade by column."""


def ratings_of(case: dict[str, Any]) -> tuple[list[list[Any]], list[Any]]:
    def clean(rating: Any) -> Any:
        return None if isinstance(rating, str) and not rating.strip() else rating

    ratings = [[clean(rating) for rating in row] for row in case["ratings"]]
    used = sorted({rating for row in ratings for rating in row if rating is not None})
    return ratings, FIXED.get(case["id"], used)


def from_table(table: list[list[int]], categories: list[Any]) -> tuple[list[Any], list[Any]]:
    first, second = [], []
    for row, counts in zip(categories, table, strict=True):
        for column, count in zip(categories, counts, strict=True):
            first += [row] * count
            second += [column] * count
    return first, second


def value(coefficient: Coefficient) -> float:
    assert coefficient.value is not None
    return coefficient.value


def raw_values() -> list[tuple[str, str]]:
    return [(name, weights) for name, case in CASES.items() for weights in case["irrCAC"]]


def matrix(weights: str, categories: list[Any]) -> list[list[float]]:
    if weights == "ratio":
        return [[((a - b) / (a + b)) ** 2 for b in categories] for a in categories]
    return [[float(v) for v in row] for row in disagreements(Weights(weights), len(categories))]


def test_every_published_case_is_used() -> None:
    assert len(raw_values()) == 34
    assert len(CASES) == 10
    assert len(REFERENCE["table_cases"]) == 3


@pytest.mark.parametrize(("name", "weights"), raw_values())
def test_gwets_coefficient_is_the_one_irrcac_publishes(name: str, weights: str) -> None:
    ratings, categories = ratings_of(CASES[name])
    published = CASES[name]["irrCAC"][weights]["gwet_ac"]
    ours = gwet_ac(ratings, matrix(weights, categories), categories, resamples=1)
    if published["coeff"] is None:
        same = CASES["wikipedia_alpha_no_empty_units"]["irrCAC"][weights]["gwet_ac"]
        assert name == "wikipedia_alpha"
        assert ours.value == pytest.approx(same["coeff"], abs=IRRCAC_RAW_TOLERANCE)
        return
    assert ours.value == pytest.approx(published["coeff"], abs=IRRCAC_RAW_TOLERANCE)
    assert ours.observed == pytest.approx(published["pa"], abs=TOLERANCE)
    assert ours.expected == pytest.approx(published["pe"], abs=TOLERANCE)
    if weights != "ratio":
        assert gwet_ac(ratings, Weights(weights), categories, resamples=1) == ours


@pytest.mark.parametrize(("name", "weights"), raw_values())
def test_alpha_with_any_weights_is_the_one_irrcac_publishes(name: str, weights: str) -> None:
    ratings, categories = ratings_of(CASES[name])
    ours = krippendorff_alpha(ratings, matrix(weights, categories), categories, resamples=1)
    published = CASES[name]["irrCAC"][weights]["krippendorff"]["coeff"]
    assert ours.value == pytest.approx(published, abs=IRRCAC_RAW_TOLERANCE)


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.get("krippendorff_alpha")])
def test_alpha_is_the_one_brute_force_gives(name: str, level: Level) -> None:
    ratings, categories = ratings_of(CASES[name])
    ours = krippendorff_alpha(ratings, level, categories, resamples=1)
    published = CASES[name]["krippendorff_alpha"][level.value]
    assert ours.value == pytest.approx(published["brute_force"], abs=TOLERANCE)
    assert ours.value == pytest.approx(published["krippendorff_py"], abs=TOLERANCE)
    wrong = published.get("irr_R_value_is_wrong")
    if wrong is None:
        irr = CASES[name]["irr_kripp_alpha"]
        assert level.value not in irr or ours.value == pytest.approx(irr[level.value], abs=TOLERANCE)
    else:
        assert ours.value != pytest.approx(wrong, abs=1e-3)


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if (case.get("pairwise") or {}).get("exact") is not None]
)
def test_shares_of_pairs_are_the_published_ones(name: str) -> None:
    ratings, categories = ratings_of(CASES[name])
    published = CASES[name]["pairwise"]
    exact, near = percent(ratings, categories), within_one(ratings, categories)
    assert exact.share == pytest.approx(published["exact"], abs=TOLERANCE)
    assert near.share == pytest.approx(published["within_one"], abs=TOLERANCE)
    assert exact.cases == near.cases == published["subjects_rated_twice"]
    pa = CASES[name]["irrCAC"].get("unweighted", {}).get("percent_agreement", {}).get("coeff")
    assert pa is None or exact.share == pytest.approx(pa, abs=TOLERANCE)


@pytest.mark.parametrize("weights", list(Weights))
@pytest.mark.parametrize("case", REFERENCE["table_cases"], ids=lambda case: str(case["id"]))
def test_tables_of_two_raters_give_the_published_coefficients(case: dict[str, Any], weights: Weights) -> None:
    categories = list(range(1, len(case["table"]) + 1))
    first, second = from_table(case["table"], categories)
    pairs = list(zip(first, second, strict=True))
    published = case["irrCAC"][weights.value]
    kappa = cohen_kappa(first, second, weights, categories, resamples=1)
    assert kappa.value == pytest.approx(published["kappa"]["coeff"], abs=TOLERANCE)
    assert kappa.observed == pytest.approx(published["pa"]["coeff"], abs=TOLERANCE)
    assert value(kappa) * (1 - (kappa.expected or 0)) + (kappa.expected or 0) == pytest.approx(
        published["pa"]["coeff"], abs=TOLERANCE
    )
    ac = gwet_ac(pairs, weights, categories, resamples=1)
    assert ac.value == pytest.approx(published["gwet"]["coeff"], abs=TOLERANCE)
    alpha = krippendorff_alpha(pairs, matrix(weights.value, categories), categories, resamples=1)
    assert alpha.value == pytest.approx(published["alpha"]["coeff"], abs=TOLERANCE)
    psych = case["psych_cohen_kappa"]
    if weights.value in psych:
        assert kappa.value == pytest.approx(psych[weights.value], abs=TOLERANCE)


def test_kappa_of_two_raters_is_the_one_r_publishes() -> None:
    ratings, categories = ratings_of(CASES["irr_anxiety12"])
    first, second = [row[0] for row in ratings], [row[1] for row in ratings]
    irr = CASES["irr_anxiety12"]["irr_two_raters"]
    for weights, name in (
        (Weights.UNWEIGHTED, "irr_kappa_unweighted"),
        (Weights.LINEAR, "irr_kappa_linear"),
        (Weights.QUADRATIC, "irr_kappa_squared"),
    ):
        kappa = value(cohen_kappa(first, second, weights, categories, resamples=1))
        assert kappa == pytest.approx(irr[name], abs=TOLERANCE)
    for weights in Weights:
        conger = CASES["irr_anxiety12"]["irrCAC"][weights.value]["conger"]["coeff"]
        kappa = value(cohen_kappa(first, second, weights, categories, resamples=1))
        assert kappa == pytest.approx(conger, abs=IRRCAC_RAW_TOLERANCE)


def test_cohens_own_weights_give_his_kappa() -> None:
    categories = [1, 2, 3]
    table = next(case["table"] for case in REFERENCE["table_cases"] if case["id"] == "cohen1968")
    first, second = from_table(table, categories)
    own = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
    published = REFERENCE["cohen1968_custom_weights"]
    assert value(cohen_kappa(first, second, own, categories)) == pytest.approx(
        published["weighted"], abs=TOLERANCE
    )
    plain = cohen_kappa(first, second, Weights.UNWEIGHTED, categories)
    assert plain.value == pytest.approx(published["kappa"], abs=TOLERANCE)


def test_the_bootstrap_interval_is_the_published_one_within_its_noise() -> None:
    ratings, categories = ratings_of(CASES["krippendorff_C"])
    published = CASES["krippendorff_C"]["bootstrap_ordinal_alpha"]
    ours = krippendorff_alpha(ratings, Level.ORDINAL, categories, resamples=published["B"])
    assert (ours.lower, ours.upper) == pytest.approx(
        tuple(published["ci95_percentile"]), abs=published["tolerance"]
    )


def test_24_grade_pairs_give_the_printed_figures_in_the_order_to_print_them() -> None:
    first, moderated = from_table(PAIRS_24, GRADES)
    summary = two_raters(first, moderated, GRADES)
    assert (summary.pairs, summary.exact.share, summary.within_one.share) == (24, 0.625, 1.0)
    lean = summary.lean
    assert (lean.pairs, lean.higher, lean.lower, lean.same) == (24, 7, 2, 15)
    assert lean.mean == pytest.approx(5 / 24)
    assert lean.p_value == pytest.approx(92 / 512)
    alpha = summary.alpha
    assert alpha.value == pytest.approx(0.700, abs=5e-4)
    assert (alpha.lower, alpha.upper) == pytest.approx((0.41, 0.87), abs=5e-3)
    assert (alpha.cases, alpha.verdict, alpha.reason) == (24, Verdict.NONE, Reason.FEWER_THAN_30)
    assert (alpha.confidence, alpha.resamples, alpha.seed) == (0.95, 2000, 1)
    for weights, printed in (
        (Weights.UNWEIGHTED, 0.436),
        (Weights.LINEAR, 0.568),
        (Weights.QUADRATIC, 0.714),
    ):
        assert value(cohen_kappa(first, moderated, weights, GRADES)) == pytest.approx(printed, abs=5e-4)
    pairs = list(zip(first, moderated, strict=True))
    assert value(gwet_ac(pairs, Weights.UNWEIGHTED, GRADES)) == pytest.approx(0.519, abs=5e-4)
    assert summary.exact == percent(pairs, GRADES)
    assert summary.exact.words == "15 of 24 pairs, 62%, between 43% and 79%"


def test_a_summary_passes_on_its_settings() -> None:
    first, moderated = from_table(PAIRS_24, GRADES)
    pairs = list(zip(first, moderated, strict=True))
    summary = two_raters(first, moderated, GRADES, Level.NOMINAL, confidence=0.9, seed=7)
    assert summary.exact == percent(pairs, GRADES, 0.9)
    assert summary.within_one == within_one(pairs, GRADES, 0.9)
    assert summary.alpha == krippendorff_alpha(pairs, Level.NOMINAL, GRADES, confidence=0.9, seed=7)
    with pytest.raises(
        ValueError, match=r"^second is '1 ratings'; it must be as long as first, which has 2\.$"
    ):
        two_raters(["Good", "Good"], ["Good"], GRADES)


def test_when_almost_everything_is_good_kappa_misleads_and_ac1_does_not() -> None:
    first, second = from_table([[0, 0, 0, 0], [0, 18, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]], GRADES)
    pairs = list(zip(first, second, strict=True))
    assert value(cohen_kappa(first, second, Weights.UNWEIGHTED, GRADES)) == pytest.approx(-0.053, abs=5e-4)
    assert value(gwet_ac(pairs, Weights.UNWEIGHTED, GRADES)) == pytest.approx(0.897, abs=5e-4)
    alpha = krippendorff_alpha(pairs, Level.NOMINAL, GRADES)
    assert alpha.value == pytest.approx(-0.026, abs=5e-4)
    # In about one draw of eight neither of the two disagreements is drawn.
    assert (alpha.lower, alpha.upper, alpha.reason) == (None, None, Reason.UNSTABLE)


def test_gwets_coefficient_depends_on_the_declared_categories() -> None:
    pairs = [("Good", "Good")] * 9 + [("Good", "Requires improvement")] * 3
    four = gwet_ac(pairs, Weights.QUADRATIC, GRADES)
    two = gwet_ac(pairs, Weights.QUADRATIC, GRADES[1:3])
    assert value(four) > value(two)


def test_one_category_only_leaves_kappa_and_alpha_undefined_and_says_why() -> None:
    pairs = [("Good", "Good")] * 12
    goods = ["Good"] * 12
    for found in (
        cohen_kappa(goods, goods, Weights.LINEAR, GRADES),
        krippendorff_alpha(pairs, Level.NOMINAL, GRADES),
        krippendorff_alpha(pairs, Level.ORDINAL, GRADES),
        krippendorff_alpha(pairs, Level.RATIO, GRADES),
    ):
        assert (found.value, found.lower, found.upper) == (None, None, None)
        assert (found.observed, found.expected) == (1.0, 1.0)
        assert (found.verdict, found.reason) == (Verdict.NONE, Reason.ONE_CATEGORY)
    assert gwet_ac(pairs, Weights.UNWEIGHTED, GRADES).value == 1.0


def test_full_agreement_has_no_interval_because_drawing_again_shows_no_doubt() -> None:
    grades = GRADES * 10
    pairs = [(grade, grade) for grade in grades]
    for found in (
        cohen_kappa(grades, grades, Weights.LINEAR, GRADES),
        gwet_ac(pairs, Weights.LINEAR, GRADES),
        krippendorff_alpha(pairs, Level.ORDINAL, GRADES),
    ):
        assert (found.value, found.lower, found.upper) == (1.0, None, None)
        assert (found.verdict, found.reason) == (Verdict.NONE, Reason.NO_DISAGREEMENT)


def test_fewer_than_ten_pairs_give_counts_only() -> None:
    assert FEWEST_PAIRS == 10
    first, second = ["Good", "Inadequate"] * 4 + ["Good"], ["Good"] * 9
    pairs = list(zip(first, second, strict=True))
    for found in (
        cohen_kappa(first, second, Weights.LINEAR, GRADES),
        gwet_ac(pairs, Weights.LINEAR, GRADES),
        krippendorff_alpha(pairs, Level.ORDINAL, GRADES),
    ):
        assert (found.value, found.lower, found.upper) == (None, None, None)
        assert (found.observed, found.expected) == (None, None)
        assert (found.cases, found.verdict, found.reason) == (9, Verdict.NONE, Reason.FEWER_THAN_10)
    exact = percent(pairs, GRADES)
    assert (exact.cases, exact.pairs, exact.agreeing) == (9, 9, 5)
    assert (exact.share, exact.lower, exact.upper) == (None, None, None)
    assert exact.words == "5 of 9 pairs; too few cases for a percentage"
    lean = signed_difference(first, second, GRADES)
    assert (lean.pairs, lean.higher, lean.lower, lean.same, lean.mean, lean.p_value) == (
        9,
        0,
        4,
        5,
        None,
        None,
    )


def test_ten_pairs_are_enough_for_a_figure_but_not_for_a_verdict() -> None:
    first, second = ["Good", "Inadequate"] * 5, ["Good", "Inadequate"] * 4 + ["Good", "Good"]
    pairs = list(zip(first, second, strict=True))
    found = gwet_ac(pairs, Weights.UNWEIGHTED, GRADES)
    assert found.value is not None
    assert found.lower is not None
    assert (found.cases, found.verdict, found.reason) == (10, Verdict.NONE, Reason.FEWER_THAN_30)
    lean = signed_difference(first, second, GRADES)
    assert (lean.mean, lean.p_value) == (-0.2, 1.0)
    exact = percent(pairs, GRADES)
    assert exact.share == 0.9
    interval = wilson(9, 10)
    assert (exact.lower, exact.upper, exact.confidence) == (interval.lower, interval.upper, 0.95)
    assert percent(pairs, GRADES, 0.5).lower == wilson(9, 10, 0.5).lower


@pytest.mark.parametrize(
    ("wrong", "cases", "verdict"),
    [
        (1, 100, Verdict.RELIABLE),
        (6, 60, Verdict.TENTATIVE),
        (20, 60, Verdict.UNRELIABLE),
        (1, 29, Verdict.NONE),
    ],
)
def test_the_verdict_is_read_from_the_lower_limit_from_30_pairs(
    wrong: int, cases: int, verdict: Verdict
) -> None:
    pairs = [("Good", "Inadequate")] * wrong
    pairs += [(grade, grade) for grade in (GRADES * cases)[: cases - wrong]]
    found = krippendorff_alpha(pairs, Level.NOMINAL, GRADES)
    assert found.verdict is verdict
    assert found.reason is (Reason.FEWER_THAN_30 if cases < 30 else None)


@pytest.mark.parametrize(
    ("lower", "verdict"),
    [
        (0.8, Verdict.RELIABLE),
        (0.79999, Verdict.TENTATIVE),
        (0.667, Verdict.TENTATIVE),
        (0.66699, Verdict.UNRELIABLE),
    ],
)
def test_verdicts_change_at_0_800_and_0_667(lower: float, verdict: Verdict) -> None:
    assert resampling.verdict_for(lower) is verdict


def test_30_pairs_are_enough_for_a_verdict() -> None:
    pairs = [("Good", "Inadequate")] * 15 + [("Good", "Good")] * 10 + [("Inadequate", "Inadequate")] * 5
    assert krippendorff_alpha(pairs, Level.NOMINAL, GRADES).verdict is Verdict.UNRELIABLE
    assert krippendorff_alpha(pairs[1:], Level.NOMINAL, GRADES).verdict is Verdict.NONE


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    pairs = list(zip(*from_table(PAIRS_24, GRADES), strict=True))
    once = krippendorff_alpha(pairs, Level.ORDINAL, GRADES, seed=3)
    assert once == krippendorff_alpha(pairs, Level.ORDINAL, GRADES, seed=3)
    assert once.lower != krippendorff_alpha(pairs, Level.ORDINAL, GRADES, seed=4).lower
    assert (once.seed, once.resamples) == (3, 2000)
    narrow = krippendorff_alpha(pairs, Level.ORDINAL, GRADES, seed=3, confidence=0.5)
    assert once.lower is not None
    assert once.upper is not None
    assert narrow.lower is not None
    assert narrow.upper is not None
    assert once.lower < narrow.lower < narrow.upper < once.upper
    assert narrow.confidence == 0.5


def test_drawing_in_blocks_gives_the_same_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = list(zip(*from_table(PAIRS_24, GRADES), strict=True))
    whole = krippendorff_alpha(pairs, Level.ORDINAL, GRADES, resamples=101)
    for block in (1, 24 * 7, 24 * 101):
        monkeypatch.setattr(resampling, "BLOCK", block)
        assert krippendorff_alpha(pairs, Level.ORDINAL, GRADES, resamples=101) == whole


def test_the_interval_is_of_cases_drawn_again_with_replacement() -> None:
    pairs = list(zip(*from_table(PAIRS_24, GRADES), strict=True))
    ours = krippendorff_alpha(pairs, Level.NOMINAL, GRADES, resamples=200, seed=5)
    chooser = np.random.Generator(np.random.PCG64(5))
    draws = chooser.integers(24, size=(200, 24))
    again = []
    for draw in draws:
        found = krippendorff_alpha([pairs[i] for i in draw], Level.NOMINAL, GRADES, resamples=1)
        again.append(value(found))
    assert (ours.lower, ours.upper) == pytest.approx(tuple(np.quantile(again, (0.025, 0.975))), abs=1e-12)


def test_no_interval_when_more_than_one_draw_in_twenty_has_no_value() -> None:
    # With 3 of n cases apart from the rest, a draw misses all three with chance (1 - 3/n)^n, just under 5%.
    def alpha(wrong: int) -> Coefficient:
        pairs = [("Good", "Inadequate")] * wrong + [("Good", "Good")] * (40 - wrong)
        return krippendorff_alpha(pairs, Level.NOMINAL, GRADES)

    assert alpha(2).reason is Reason.UNSTABLE
    assert alpha(2).value is not None
    assert alpha(2).verdict is Verdict.NONE
    assert alpha(3).reason is None
    assert alpha(3).lower is not None


def test_the_lean_counts_steps_from_the_first_to_the_second() -> None:
    first = ["Good"] * 12
    second = ["Inadequate"] * 3 + ["Outstanding"] + ["Good"] * 7 + [None]
    lean = signed_difference(first, second, GRADES)
    assert (lean.pairs, lean.higher, lean.lower, lean.same) == (11, 3, 1, 7)
    assert lean.mean == pytest.approx((3 * 2 - 1) / 11)
    assert lean.p_value == pytest.approx(2 * (1 + 4) / 16)
    back = signed_difference(second, first, GRADES)
    assert (back.higher, back.lower, back.p_value) == (1, 3, lean.p_value)


@pytest.mark.parametrize(("higher", "lower", "p"), [(0, 0, 1.0), (5, 5, 1.0), (6, 0, 2 / 64), (0, 6, 2 / 64)])
def test_the_sign_test_is_exact_and_two_sided(higher: int, lower: int, p: float) -> None:
    first = ["Good"] * 12
    second = ["Inadequate"] * higher + ["Outstanding"] * lower + ["Good"] * (12 - higher - lower)
    assert signed_difference(first, second, GRADES).p_value == p


def test_a_rater_of_few_cases_is_drawn_towards_no_lean() -> None:
    assert shrink(0.6, 10, 10) == 0.3
    assert shrink(-0.6, 30, 10) == pytest.approx(-0.45)
    assert shrink(0.6, 0, 10) == 0.0
    with pytest.raises(ValueError, match=r"^k is 0; it must be a number above 0\.$"):
        shrink(0.6, 10, 0)
    with pytest.raises(ValueError, match=r"^n is -1; it must be a whole number of at least 0\.$"):
        shrink(0.6, -1, 10)
    with pytest.raises(ValueError, match=r"^mean is nan; it must be a number\.$"):
        shrink(float("nan"), 10, 10)


def test_pairs_are_counted_within_cases_and_each_case_weighs_the_same() -> None:
    ratings: list[list[str | None]] = [
        ["a", "a", "a"],
        ["a", "b", "c"],
        ["a", None, None],
        [None, None, None],
    ]
    ratings += [["b", "b", None]] * 8
    found = percent(ratings, ["a", "b", "c"])
    assert (found.cases, found.pairs, found.agreeing) == (10, 14, 11)
    assert found.share == pytest.approx(0.9)
    near = within_one(ratings, ["a", "b", "c"])
    assert (near.pairs, near.agreeing) == (14, 13)
    assert near.share == pytest.approx((9 + 2 / 3) / 10)


def test_numbers_are_numbers_only_when_all_categories_are() -> None:
    ratings = [[1, 1], [2, 2], [9, 9], [1, 9], [2, 9], [1, 2]] * 2
    spaced = krippendorff_alpha(ratings, Level.INTERVAL, [1, 2, 9], resamples=1)
    names = {1: "low", 2: "middle", 9: "high"}
    words = [[names[a], names[b]] for a, b in ratings]
    even = krippendorff_alpha(words, Level.INTERVAL, ["low", "middle", "high"], resamples=1)
    places = [[{1: 1, 2: 2, 9: 3}[r] for r in row] for row in ratings]
    assert even.value == krippendorff_alpha(places, Level.INTERVAL, [1, 2, 3], resamples=1).value
    assert spaced.value != even.value
    mixed = [[{1: 1, 2: "two", 9: 9}[r] for r in row] for row in ratings]
    assert krippendorff_alpha(mixed, Level.INTERVAL, [1, "two", 9], resamples=1).value == even.value
    assert krippendorff_alpha(words, Level.RATIO, ["low", "middle", "high"], resamples=1).value == (
        krippendorff_alpha(places, Level.RATIO, [1, 2, 3], resamples=1).value
    )
    flags = [[r == 9, s == 9] for r, s in ratings]
    nominal = krippendorff_alpha(flags, Level.NOMINAL, [False, True], resamples=1)
    assert krippendorff_alpha(flags, Level.RATIO, [False, True], resamples=1).value == nominal.value


DECLARED = "; it must be one of the declared categories ['Good', 'Bad'], or None where there is none."
OR_MATRIX = ", or a matrix of disagreements."
CATEGORIES_NEEDED = "; it must be a sequence of at least two different categories, in their order."


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: percent([["Fine", "Good"]], ["Good", "Bad"]),
            f"ratings[0] is 'Fine'{DECLARED}",
        ),
        (
            lambda: cohen_kappa(["Good"], ["Fine"], Weights.LINEAR, ["Good", "Bad"]),
            f"b is 'Fine'{DECLARED}",
        ),
        (
            lambda: signed_difference(["Fine"], ["Good"], ["Good", "Bad"]),
            f"first is 'Fine'{DECLARED}",
        ),
        (
            lambda: percent([["Good", "Good"], "Good"], ["Good", "Bad"]),
            "ratings[1] is 'Good'; it must be a sequence with one rating, or None, per rater.",
        ),
        (
            lambda: percent([3], ["Good", "Bad"]),  # type: ignore[list-item]
            "ratings[0] is 3; it must be a sequence with one rating, or None, per rater.",
        ),
        (
            lambda: percent([["G", "G"]], "GB"),
            f"categories is 'GB'{CATEGORIES_NEEDED}",
        ),
        (
            lambda: percent([["G", "G"]], ["G"]),
            f"categories is ['G']{CATEGORIES_NEEDED}",
        ),
        (
            lambda: percent([["G", "G"]], ["G", "B", "G"]),
            f"categories is ['G', 'B', 'G']{CATEGORIES_NEEDED}",
        ),
        (
            lambda: percent([["G", "G"]], {"G": 1}),  # type: ignore[arg-type]
            f"categories is {{'G': 1}}{CATEGORIES_NEEDED}",
        ),
        (
            lambda: cohen_kappa(["G"], ["G", "B"], Weights.LINEAR, ["G", "B"]),
            "b is '2 ratings'; it must be as long as a, which has 1.",
        ),
        (
            lambda: krippendorff_alpha([[-1, 1]], Level.RATIO, [-1, 1]),
            "categories is [-1, 1]; it must be numbers of at least 0, because a ratio scale starts at 0.",
        ),
        (
            lambda: gwet_ac([["G", "B"]], "cubic", ["G", "B"]),  # type: ignore[arg-type]
            f"weights is 'cubic'; it must be one of unweighted, linear, quadratic, ordinal{OR_MATRIX}",
        ),
        (
            lambda: krippendorff_alpha([["G", "B"]], "cubic", ["G", "B"]),  # type: ignore[arg-type]
            f"level is 'cubic'; it must be one of nominal, ordinal, interval, ratio{OR_MATRIX}",
        ),
        (
            lambda: gwet_ac([["G", "B"]], Weights.LINEAR, ["G", "B"], resamples=0),
            "resamples is 0; it must be a whole number of at least 1.",
        ),
        (
            lambda: gwet_ac([["G", "B"]], Weights.LINEAR, ["G", "B"], seed=-1),
            "seed is -1; it must be a whole number of at least 0.",
        ),
        (
            lambda: gwet_ac([["G", "B"]], Weights.LINEAR, ["G", "B"], confidence=95),
            "confidence is 95; it must be a share between 0 and 1 (0.95, not 95).",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


@pytest.mark.parametrize(
    "weights",
    [
        [[0, 1], [1, 0], [1, 1]],
        [[0, 1], [2, 0]],
        [[0, -1], [-1, 0]],
        [[1, 1], [1, 0]],
        [[0, 0], [0, 0]],
        [[0, float("nan")], [float("nan"), 0]],
        [[0, float("inf")], [float("inf"), 0]],
        [[0, "much"], ["much", 0]],
        None,
    ],
)
def test_a_matrix_of_disagreements_is_square_symmetric_and_0_for_the_same(weights: Any) -> None:
    needed = "it must be a symmetric 2 by 2 matrix of disagreements, 0 on its diagonal and nowhere less."
    with pytest.raises(ValueError, match=f"^{re.escape(f'weights is {weights!r}; {needed}')}$"):
        cohen_kappa(["G"], ["B"], weights, ["G", "B"])


def test_weights_are_shares_of_the_furthest_disagreement() -> None:
    assert disagreements(Weights.UNWEIGHTED, 3).tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert disagreements(Weights.LINEAR, 3).tolist() == [[0, 0.5, 1], [0.5, 0, 0.5], [1, 0.5, 0]]
    assert disagreements(Weights.QUADRATIC, 3).tolist() == [[0, 0.25, 1], [0.25, 0, 0.25], [1, 0.25, 0]]
    assert disagreements(Weights.ORDINAL, 3) == pytest.approx(np.array([[0, 1, 3], [1, 0, 1], [3, 1, 0]]) / 3)
    assert disagreements([[0, 4], [4, 0]], 2).tolist() == [[0, 1], [1, 0]]


CATEGORIES = ["a", "b", "c", "d"]
RATINGS = st.lists(
    st.lists(st.sampled_from([*CATEGORIES, None]), min_size=3, max_size=3), min_size=10, max_size=25
)


def all_values(ratings: list[list[Any]], categories: list[Any]) -> list[float | None]:
    found = [gwet_ac(ratings, weights, categories, resamples=1).value for weights in Weights]
    return found + [krippendorff_alpha(ratings, level, categories, resamples=1).value for level in Level]


@repeatable
@given(RATINGS, st.randoms(use_true_random=False))
def test_the_order_of_cases_and_of_raters_does_not_matter(ratings: list[list[Any]], random: Any) -> None:
    mixed = [random.sample(row, len(row)) for row in ratings]
    random.shuffle(mixed)
    assert all_values(mixed, CATEGORIES) == pytest.approx(all_values(ratings, CATEGORIES), abs=1e-9)
    assert percent(mixed, CATEGORIES).agreeing == percent(ratings, CATEGORIES).agreeing


@repeatable
@given(RATINGS)
def test_turning_the_scale_round_changes_nothing_and_renaming_categories_changes_no_nominal_figure(
    ratings: list[list[Any]],
) -> None:
    backwards = CATEGORIES[::-1]
    for there, back in zip(
        all_values(ratings, CATEGORIES)[:-1], all_values(ratings, backwards)[:-1], strict=True
    ):
        assert there == pytest.approx(back, abs=1e-9)
    mixed = ["c", "a", "d", "b"]
    for level, weights in ((Level.NOMINAL, Weights.UNWEIGHTED),):
        alpha = krippendorff_alpha(ratings, level, CATEGORIES, resamples=1).value
        assert krippendorff_alpha(ratings, level, mixed, resamples=1).value == pytest.approx(alpha, abs=1e-9)
        ac = gwet_ac(ratings, weights, CATEGORIES, resamples=1).value
        assert gwet_ac(ratings, weights, mixed, resamples=1).value == pytest.approx(ac, abs=1e-9)


@repeatable
@given(RATINGS)
def test_no_coefficient_passes_1_and_a_category_nobody_used_leaves_alpha_alone(
    ratings: list[list[Any]],
) -> None:
    assert all(found is None or found <= 1 + 1e-12 for found in all_values(ratings, CATEGORIES))
    longer = [*CATEGORIES, "unused"]
    for level in (Level.NOMINAL, Level.ORDINAL, Level.INTERVAL):
        before = krippendorff_alpha(ratings, level, CATEGORIES, resamples=1).value
        assert krippendorff_alpha(ratings, level, longer, resamples=1).value == pytest.approx(
            before, abs=1e-9
        )


@repeatable
@given(
    st.lists(st.tuples(st.sampled_from(CATEGORIES), st.sampled_from(CATEGORIES)), min_size=10, max_size=30)
)
def test_kappa_does_not_mind_who_came_first_and_alpha_is_kappa_corrected_for_size(
    pairs: list[tuple[str, str]],
) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    for weights in Weights:
        there = cohen_kappa(first, second, weights, CATEGORIES, resamples=1).value
        assert there == pytest.approx(
            cohen_kappa(second, first, weights, CATEGORIES, resamples=1).value, abs=1e-9
        )
    alpha = krippendorff_alpha(pairs, Level.NOMINAL, CATEGORIES, resamples=1)
    used = [r for pair in pairs for r in pair]
    scott_chance = sum((used.count(c) / len(used)) ** 2 for c in CATEGORIES)
    if scott_chance < 1:
        seen = sum(a == b for a, b in pairs) / len(pairs)
        pi = (seen - scott_chance) / (1 - scott_chance)
        assert alpha.value == pytest.approx(pi + (1 - pi) / len(used), abs=1e-9)


@repeatable
@given(RATINGS.filter(lambda rows: sum(sum(r is not None for r in row) > 1 for row in rows) >= 10))
def test_ordinal_alpha_is_the_sum_over_every_pair_written_out(ratings: list[list[Any]]) -> None:
    rows = [[CATEGORIES.index(r) for r in row if r is not None] for row in ratings]
    rows = [row for row in rows if len(row) > 1]
    pool = [r for row in rows for r in row]

    def apart(a: int, b: int) -> float:
        low, high = min(a, b), max(a, b)
        between = sum(low <= r <= high for r in pool)
        return (between - (pool.count(a) + pool.count(b)) / 2) ** 2 if a != b else 0.0

    seen = sum(
        apart(a, b) / (len(row) - 1)
        for row in rows
        for (i, a), (j, b) in product(enumerate(row), repeat=2)
        if i != j
    ) / len(pool)
    chance = sum(apart(a, b) for (i, a), (j, b) in product(enumerate(pool), repeat=2) if i != j)
    found = krippendorff_alpha(ratings, Level.ORDINAL, CATEGORIES, resamples=1).value
    if chance == 0:
        assert found is None
    else:
        assert found == pytest.approx(1 - seen / (chance / (len(pool) * (len(pool) - 1))), abs=1e-9)
