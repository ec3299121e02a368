"""Agreement as counts: how often alike, how often within one step, and which way the rest lean."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import comb

from stats.agreement.ratings import Floats, counts_per_case, paired
from stats.arguments import number, whole
from stats.proportion import wilson

FEWEST_PAIRS = 10
"""The number of doubly rated cases under which only counts are given.

Unit: cases. Source: with fewer, the interval of any coefficient spans most of its range; no percentage is
printed under 10 either.
"""


@dataclass(frozen=True)
class PairShare:
    """How often ratings of the same case agree. Unit: shares, 0 to 1; None with fewer than 10 cases.

    `cases` were rated at least twice. `pairs` are the pairs of ratings in them, `agreeing` those that agree.
    Every case weighs the same in `share`, however many rated it.
    """

    cases: int
    pairs: int
    agreeing: int
    share: float | None
    lower: float | None
    upper: float | None
    confidence: float

    @property
    def words(self) -> str:
        """The counts, and the percentage and its interval where there are enough cases."""
        counts = f"{self.agreeing} of {self.pairs} pairs"
        if self.share is None or self.lower is None or self.upper is None:
            return f"{counts}; too few cases for a percentage"
        return f"{counts}, {self.share:.0%}, between {self.lower:.0%} and {self.upper:.0%}"


@dataclass(frozen=True)
class SignedDifference:
    """Which way the second rating leans from the first. Unit: steps of the declared order.

    With categories declared from best to worst, `higher` counts the cases the second rater judged harsher.
    `mean` and `p_value` are None with fewer than 10 pairs. The p-value is that of the sign test.
    """

    pairs: int
    higher: int
    lower: int
    same: int
    mean: float | None
    p_value: float | None


def percent(
    ratings: Sequence[Sequence[Hashable]], categories: Sequence[Hashable], confidence: float = 0.95
) -> PairShare:
    """How often two ratings of the same case are the same.

    `ratings` holds one sequence per case with one rating, or None, per rater. The interval is Wilson's on the
    number of cases: exact in meaning for two raters, and not too narrow for more.
    Shape: (cases, raters). Unit: shares, 0 to 1. Raises: ValueError for a rating that is not declared.
    Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition: percent agreement, ratings missing.
    """
    import numpy as np

    counts = counts_per_case(ratings, categories)
    return _pair_share(counts, np.eye(counts.shape[1]), confidence)


def within_one(
    ratings: Sequence[Sequence[Hashable]], categories: Sequence[Hashable], confidence: float = 0.95
) -> PairShare:
    """How often two ratings of the same case are at most one step of the declared order apart.

    Shape: (cases, raters). Unit: shares, 0 to 1. Raises: ValueError for a rating that is not declared.
    Source: as `percent`, counting neighbouring categories as agreement.
    """
    import numpy as np

    counts = counts_per_case(ratings, categories)
    places = np.arange(counts.shape[1])
    near = np.abs(places[:, None] - places[None, :]) <= 1
    return _pair_share(counts, near.astype(np.float64), confidence)


def _pair_share(counts: Floats, alike: Floats, confidence: float) -> PairShare:
    import numpy as np

    raters = counts.sum(axis=1)
    counts, raters = counts[raters >= 2], raters[raters >= 2]
    # Ordered pairs: a rating is not paired with itself.
    pairs = raters * (raters - 1)
    agreeing = ((counts @ alike) * counts).sum(axis=1) - raters
    cases = len(pairs)
    share = lower = upper = None
    if cases >= FEWEST_PAIRS:
        share = float(np.mean(agreeing / pairs))
        # A sum of thirds may pass the number of cases by a rounding error.
        interval = wilson(min(share, 1.0) * cases, cases, confidence)
        lower, upper = interval.lower, interval.upper
    return PairShare(
        cases=cases,
        pairs=round(pairs.sum()) // 2,
        agreeing=round(agreeing.sum()) // 2,
        share=share,
        lower=lower,
        upper=upper,
        confidence=confidence,
    )


def signed_difference(
    first: Sequence[Hashable], second: Sequence[Hashable], categories: Sequence[Hashable]
) -> SignedDifference:
    """How many steps the second rating lies from the first on average, and whether that leans one way.

    Unit: steps of the declared order, second less first. Raises: ValueError for lists of different length or
    a rating that is not declared.
    Source: exact two-sided sign test on the differences that are not 0 (Conover, Practical Nonparametric
    Statistics, 3.4).
    """
    steps = [b - a for a, b in paired(first, second, categories, ("first", "second"))]
    higher, lower = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    enough = len(steps) >= FEWEST_PAIRS
    return SignedDifference(
        pairs=len(steps),
        higher=higher,
        lower=lower,
        same=len(steps) - higher - lower,
        mean=sum(steps) / len(steps) if enough else None,
        p_value=_sign_test(higher, lower) if enough else None,
    )


def _sign_test(higher: int, lower: int) -> float:
    moved = higher + lower
    tail = sum(comb(moved, seen) for seen in range(min(higher, lower) + 1))
    return min(1.0, float(2 * tail / 2**moved))


def shrink(mean: float, n: int, k: float) -> float:
    """A rater's mean difference drawn towards 0, the more the fewer the cases: mean * n / (n + k).

    `k` is the number of cases at which a mean is believed half. Unit: as `mean`.
    Raises: ValueError unless n is whole and at least 0 and k is above 0.
    Source: empirical Bayes shrinkage, Efron and Morris (1975), J Am Stat Assoc 70: 311-319.
    """
    cases = whole("n", n)
    half = number("k", k, "a number above 0", lambda v: v > 0)
    return number("mean", mean, "a number", lambda v: True) * cases / (cases + half)
