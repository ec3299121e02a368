"""Is there a trend, and how steep: Mann-Kendall, Theil-Sen, and a straight line with its prediction band."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from stats.arguments import refuse, share
from stats.spc.series import readings

# Source: Kendall, Rank Correlation Methods, 4th edition, 1975: exact tables to 10, the normal curve above.
EXACT_UP_TO = 10
# Source: two points are always on a line; a third is the first that can disagree.
LEAST_FOR_SLOPE = 3

Values = Sequence[float | None]


@dataclass(frozen=True)
class MannKendall:
    """Kendall's S of a series against time, its variance with ties, z, tau and the two-sided p-value."""

    count: int
    s: int
    variance: float
    z: float
    tau: float
    p: float
    is_exact: bool


@dataclass(frozen=True)
class TheilSen:
    """The median of all slopes between two points, with its interval; `intercept` is the level at position 0."""

    slope: float
    intercept: float
    lower: float
    upper: float
    confidence: float

    def at(self, position: float) -> float:
        """The level of the line at a position. Unit: that of the values."""
        return self.intercept + self.slope * position


@dataclass(frozen=True)
class Band:
    """A value read off a line and the band in which a new value would probably lie."""

    position: float
    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Line:
    """A least-squares line; `intercept` is the level at position 0, `p` that of the slope, two-sided."""

    count: int
    slope: float
    intercept: float
    slope_error: float
    residual: float
    p: float
    middle: float
    spread: float

    def at(self, position: float) -> float:
        """The level of the line at a position. Unit: that of the values."""
        return self.intercept + self.slope * position

    def band(self, position: float, confidence: float = 0.8) -> Band:
        """The line at a position with the band in which a new value would lie with that confidence.

        The band takes the values as independent of each other. Months seldom are, and it is then too narrow.

        Unit: that of the values. Raises: ValueError unless `confidence` is between 0 and 1.
        Source: the prediction interval of simple linear regression (Draper and Smith, Applied Regression
        Analysis).
        """
        from scipy.stats import t

        sure = share("confidence", confidence)
        error = self.residual * math.sqrt(1 + 1 / self.count + (position - self.middle) ** 2 / self.spread)
        reach = float(t.ppf((1 + sure) / 2, self.count - 2)) * error
        value = self.at(position)
        return Band(position, value, value - reach, value + reach)


def mann_kendall(values: Values) -> MannKendall:
    """Whether a series rises or falls more steadily than chance would make it, with ties allowed for.

    Up to 10 values without ties the p-value is counted exactly; otherwise it comes from the normal curve with
    a continuity correction. A series that never changes has z 0 and p 1.

    Shape: `values` in order, None for a gap. Unit: none.
    Raises: ValueError for fewer than 3 values.
    Source: Mann 1945; Kendall 1975; the same figures as pyMannKendall's `original_test` 1.4.
    """
    held = [value for _, value in _placed(values)]
    count = len(held)
    s = sum((later > earlier) - (later < earlier) for earlier, later in combinations(held, 2))
    ties = [t for t in Counter(held).values() if t > 1]
    variance = (count * (count - 1) * (2 * count + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    z = 0.0 if s == 0 else math.copysign(abs(s) - 1, s) / math.sqrt(variance)
    exact = count <= EXACT_UP_TO and not ties
    return MannKendall(
        count=count,
        s=s,
        variance=variance,
        z=z,
        tau=s / math.comb(count, 2),
        p=_exact_p(count, s) if exact else math.erfc(abs(z) / math.sqrt(2)),
        is_exact=exact,
    )


def theil_sen(values: Values, confidence: float = 0.95) -> TheilSen:
    """The slope that half of all pairs of points exceed: one wild month hardly moves it.

    Shape: `values` in order, None for a gap. Unit: that of the values, for each step of the series.
    Raises: ValueError for fewer than 3 values or a confidence that is not between 0 and 1.
    Source: Theil 1950; Sen 1968; scipy's `theilslopes`.
    """
    from scipy.stats import theilslopes

    placed = _placed(values)
    sure = share("confidence", confidence)
    slope, intercept, lower, upper = theilslopes([y for _, y in placed], [x for x, _ in placed], sure)
    return TheilSen(float(slope), float(intercept), float(lower), float(upper), sure)


def ols(values: Values) -> Line:
    """The least-squares line of a series against its positions.

    Shape: `values` in order, None for a gap. Unit: that of the values, for each step of the series.
    Raises: ValueError for fewer than 3 values.
    Source: ordinary least squares (Draper and Smith, Applied Regression Analysis).
    """
    placed = _placed(values)
    count = len(placed)
    middle = math.fsum(x for x, _ in placed) / count
    level = math.fsum(y for _, y in placed) / count
    spread = math.fsum((x - middle) ** 2 for x, _ in placed)
    slope = math.fsum((x - middle) * (y - level) for x, y in placed) / spread
    left = math.fsum((y - level - slope * (x - middle)) ** 2 for x, y in placed)
    residual = math.sqrt(left / (count - 2))
    error = residual / math.sqrt(spread)
    return Line(
        count=count,
        slope=slope,
        intercept=level - slope * middle,
        slope_error=error,
        residual=residual,
        p=_slope_p(slope, error, count - 2),
        middle=middle,
        spread=spread,
    )


def _slope_p(slope: float, error: float, freedom: int) -> float:
    from scipy.stats import t

    if error == 0:
        return 1.0 if slope == 0 else 0.0
    return 2 * float(t.sf(abs(slope) / error, freedom))


def _placed(values: Values) -> list[tuple[int, float]]:
    placed = [(i, value) for i, value in enumerate(readings("values", values)) if value is not None]
    if len(placed) < LEAST_FOR_SLOPE:
        refuse("values", list(values), f"a series with at least {LEAST_FOR_SLOPE} values")
    return placed


def _exact_p(count: int, s: int) -> float:
    """The share of all orders whose S is at least as far from 0."""
    pairs = math.comb(count, 2)
    as_far = sum(
        ways for swaps, ways in enumerate(_orders_by_swaps(count)) if abs(pairs - 2 * swaps) >= abs(s)
    )
    return as_far / math.factorial(count)


@cache
def _orders_by_swaps(count: int) -> tuple[int, ...]:
    """How many orders of so many things have 0, 1, 2 and more pairs the wrong way round."""
    ways = [1]
    for size in range(2, count + 1):
        longer = [0] * (len(ways) + size - 1)
        for swaps, number_of in enumerate(ways):
            for more in range(size):
                longer[swaps + more] += number_of
        ways = longer
    return tuple(ways)
