"""Intervals for a share and for the difference of two shares."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from importlib import import_module
from math import comb, sqrt
from statistics import NormalDist

from stats.arguments import number, refuse, share, whole

QUARTER_OF_FRAME = Fraction(1, 4)
"""The part of a frame above which the exact finite interval is used.

Unit: share of the frame that was sampled. Source: coverage computed for every possible count at 20 of 90
and 20 of 40 cases: below a quarter Wilson is as narrow as the exact interval and holds its 95%; above a
quarter it is needlessly wide.
"""


class Method(StrEnum):
    """How an interval was worked out."""

    WILSON = "wilson"
    CLOPPER_PEARSON = "clopper_pearson"
    HYPERGEOMETRIC = "hypergeometric"
    CENSUS = "census"


@dataclass(frozen=True)
class Interval:
    """A share of `x` in `n` with its limits. Unit: shares, 0 to 1."""

    x: float
    n: float
    share: float
    lower: float
    upper: float
    confidence: float
    method: Method

    @property
    def width(self) -> float:
        """Upper limit less lower limit. Unit: share, 0 to 1."""
        return self.upper - self.lower

    @property
    def words(self) -> str:
        """The count, then the interval, then the percentage left out: `12 of 20, between 39% and 78%`."""
        return f"{self.x:g} of {self.n:g}, between {self.lower:.0%} and {self.upper:.0%}"


@dataclass(frozen=True)
class FiniteInterval(Interval):
    """How many of a whole population of `population` cases could be as the `x` seen in a sample of `n`.

    Unit: `lower_count` and `upper_count` are cases in the population; `lower` and `upper` the same as shares.
    For a census all of them equal what was counted and `has_sampling_interval` is false.
    """

    population: int
    lower_count: int
    upper_count: int

    @property
    def has_sampling_interval(self) -> bool:
        """Whether anything was left to chance: false when every case was looked at."""
        return self.n < self.population

    @property
    def words(self) -> str:
        """The finding as a sentence; a census says that it has no sampling interval."""
        if not self.has_sampling_interval:
            return f"{self.x:g} of {self.n:g}: every case was looked at, so there is no sampling interval"
        return (
            f"{self.x:g} of {self.n:g} looked at, so between {self.lower_count} and {self.upper_count} "
            f"of all {self.population}"
        )


@dataclass(frozen=True)
class Difference:
    """First share less second share, with its limits. Unit: share, -1 to 1."""

    first: Interval
    second: Interval
    difference: float
    lower: float
    upper: float
    confidence: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out "no difference"; an interval that touches 0 does not."""
        return self.lower > 0 or self.upper < 0


def z_for(confidence: float) -> float:
    """The number of standard errors either side that holds the middle `confidence` of a normal curve.

    Unit: standard errors (1.96 for 0.95, 3.09 for 0.998). Raises: ValueError unless 0 < confidence < 1.
    Source: standard normal quantile.
    """
    return NormalDist().inv_cdf((1 + share("confidence", confidence)) / 2)


def wilson(x: float, n: float, confidence: float = 0.95) -> Interval:
    """The Wilson score interval, without continuity correction.

    `x` and `n` may be weighted counts, so they need not be whole.
    Unit: shares, 0 to 1. Raises: ValueError unless 0 <= x <= n, n > 0 and 0 < confidence < 1.
    Source: Wilson (1927), J Am Stat Assoc 22: 209-212; the standard of OHID (PHEindicatormethods 2.1.0).
    """
    size = number("n", n, "a number above 0", lambda v: v > 0)
    count = number("x", x, f"a number from 0 to n ({size:g})", lambda v: 0 <= v <= size)
    z = z_for(confidence)
    middle = 2 * count + z * z
    reach = z * sqrt(z * z + 4 * count * (1 - count / size))
    below = 2 * (size + z * z)
    return Interval(
        x=x,
        n=n,
        share=count / size,
        # At the ends the formula gives 0 and 1 but for rounding; the reader is owed exactly 0 and 1.
        lower=0.0 if count == 0 else (middle - reach) / below,
        upper=1.0 if count == size else (middle + reach) / below,
        confidence=confidence,
        method=Method.WILSON,
    )


def clopper_pearson(x: int, n: int, confidence: float = 0.95) -> Interval:
    """The exact binomial interval, which is never too narrow and often too wide.

    Unit: shares, 0 to 1. Raises: ValueError unless x and n are whole, 0 <= x <= n, n >= 1 and
    0 < confidence < 1. Source: Clopper and Pearson (1934), Biometrika 26: 404-413.
    """
    size = whole("n", n, least=1)
    count = whole("x", x, least=0, most=size)
    tail = (1 - share("confidence", confidence)) / 2
    special = import_module("scipy.special")
    return Interval(
        x=count,
        n=size,
        share=count / size,
        lower=0.0 if count == 0 else float(special.betaincinv(count, size - count + 1, tail)),
        upper=1.0 if count == size else float(special.betaincinv(count + 1, size - count, 1 - tail)),
        confidence=confidence,
        method=Method.CLOPPER_PEARSON,
    )


def hypergeometric(x: int, n: int, population: int, confidence: float = 0.95) -> FiniteInterval:
    """Every count in the whole population for which the sample is in neither tail, as counts and shares.

    A census (n = population) has no sampling interval: its limits are what was counted, its method says so.
    Unit: counts of cases in the population; shares, 0 to 1. Raises: ValueError unless x, n and population are
    whole, 0 <= x <= n, 1 <= n <= population and 0 < confidence < 1.
    Source: inversion of the exact hypergeometric tails, Konijn (1973), Statistical Theory of Sample Survey
    Design and Analysis; R's samplingbook::Sprop is one case wider at each end.
    """
    size = whole("n", n, least=1)
    count = whole("x", x, least=0, most=size)
    everyone = whole("population", population, least=size)
    # Exact arithmetic, so that a tail of exactly 2.5% is on the same side whatever the machine.
    tail = (1 - Fraction(repr(float(share("confidence", confidence))))) / 2
    lower = _fewest(count, size, everyone, tail)
    upper = everyone - _fewest(size - count, size, everyone, tail)
    return FiniteInterval(
        x=count,
        n=size,
        share=count / size,
        lower=lower / everyone,
        upper=upper / everyone,
        confidence=confidence,
        method=Method.CENSUS if size == everyone else Method.HYPERGEOMETRIC,
        population=everyone,
        lower_count=lower,
        upper_count=upper,
    )


def _fewest(count: int, size: int, everyone: int, tail: Fraction) -> int:
    """The smallest count in the population at which so full a sample has more than a tail's chance."""
    low, high = count, everyone - (size - count)
    while low < high:
        tried = (low + high) // 2
        if _chance_of_at_least(count, size, tried, everyone) > tail:
            high = tried
        else:
            low = tried + 1
    return low


def _chance_of_at_least(count: int, size: int, marked: int, everyone: int) -> Fraction:
    """The chance of `count` or more marked cases in a draw of `size`, exactly."""
    unmarked = everyone - marked
    first = max(count, size - unmarked)
    term = comb(marked, first) * comb(unmarked, size - first)
    total = 0
    for seen in range(first, min(marked, size) + 1):
        total += term
        term = term * (marked - seen) * (size - seen) // ((seen + 1) * (unmarked - size + seen + 1))
    return Fraction(total, comb(everyone, size))


def best_interval(x: int, n: int, population: int | None = None, confidence: float = 0.95) -> Interval:
    """Wilson until a quarter of the frame is sampled, the exact finite interval above that.

    Give `population` only when the question is about those cases ("the open cases on 31 March"); leave it out
    when the question is how good practice is, because practice goes on after the last case of the frame.
    Unit: shares, 0 to 1. Raises: ValueError as `wilson` and `hypergeometric` do; x and n must be whole.
    Source: coverage for every count at 20 of 90 and 20 of 40 (see QUARTER_OF_FRAME); OHID treats even
    complete counts as a sample from a process.
    """
    size = whole("n", n, least=1)
    count = whole("x", x, least=0, most=size)
    if population is not None and size > whole("population", population, least=size) * QUARTER_OF_FRAME:
        return hypergeometric(count, size, population, confidence)
    return wilson(count, size, confidence)


def difference(x1: float, n1: float, x2: float, n2: float, confidence: float = 0.95) -> Difference:
    """The first share less the second, with Newcombe's hybrid score interval.

    Unit: share, -1 to 1 (0.08 is 8 percentage points). Raises: ValueError as `wilson` does.
    Source: Newcombe (1998), Statistics in Medicine 17: 873-890, method 10.
    """
    for name, count, size in (("x1", x1, n1), ("x2", x2, n2)):
        limit = number(f"n{name[1]}", size, "a number above 0", lambda v: v > 0)
        if number(name, count, f"a number from 0 to n{name[1]} ({limit:g})", lambda v: v >= 0) > limit:
            refuse(name, count, f"a number from 0 to n{name[1]} ({limit:g})")
    first, second = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    gap = first.share - second.share
    return Difference(
        first=first,
        second=second,
        difference=gap,
        lower=gap - sqrt((first.share - first.lower) ** 2 + (second.upper - second.share) ** 2),
        upper=gap + sqrt((first.upper - first.share) ** 2 + (second.share - second.lower) ** 2),
        confidence=confidence,
    )
