"""The recent trend of five points, as Fingertips judges it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from stats.arguments import refuse, whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TREND_POINTS = 5
"""The number of latest points a recent trend is read from. Unit: points. Source: Fingertips 6780897."""

TREND_CRITICAL = 9.549535706083239
"""The chi-squared above which a recent trend is significant: p under 0.002 with one degree of freedom.

Unit: chi-squared. Source: Fingertips 6780897.
"""

FINGERTIPS_Z = 1.96
"""Half the width of a 95% interval. Unit: standard errors. Source: Fingertips 6780897, which rounds it so."""


class Direction(StrEnum):
    """Where a recent trend goes."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CHANGE = "no significant change"
    CANNOT_BE_CALCULATED = "cannot be calculated"


class Reason(StrEnum):
    """Why a recent trend cannot be calculated."""

    FEWER_THAN_FIVE = "fewer than five points"
    GAP = "a gap among the last five points"
    COUNT_IS_DENOMINATOR = "a count equals its denominator"
    NOTHING_COUNTED = "nothing was counted at any point"


@dataclass(frozen=True)
class Trend:
    """The recent trend of five points.

    `slope_signs` are the sign of the slope over all five and with each point left out in turn (1, 0 or -1); a
    trend is called only when all are the same. Unit: chi-squared. Nothing is worked out where `reason` says why.
    """

    direction: Direction
    chi_squared: float | None
    is_significant: bool
    slope_signs: tuple[int, ...]
    reason: Reason | None


def recent_trend_of_shares(counts: Sequence[int | None], denominators: Sequence[int | None]) -> Trend:
    """The recent trend of the last five shares, given as counts and denominators; None is a gap.

    Raises: ValueError for lists of different length, counts that are not whole or above their denominator.
    Source: Fingertips 6780897 (chi-squared for trend, Cochran-Armitage, with every point left out in turn).
    """
    import numpy as np

    if len(counts) != len(denominators):
        refuse("denominators", f"{len(denominators)} long", f"as long as counts, which has {len(counts)}")
    points = []
    for count, size in zip(counts[-TREND_POINTS:], denominators[-TREND_POINTS:], strict=True):
        if count is None or size is None:
            return _no_trend(Reason.GAP if len(counts) >= TREND_POINTS else Reason.FEWER_THAN_FIVE)
        most = whole("denominators", size, least=1)
        points.append((whole("counts", count, most=most), most))
    if len(points) < TREND_POINTS:
        return _no_trend(Reason.FEWER_THAN_FIVE)
    if any(count == size for count, size in points):
        return _no_trend(Reason.COUNT_IS_DENOMINATOR)
    seen, of = np.array(points, dtype=np.float64).T
    if not seen.any():
        return _no_trend(Reason.NOTHING_COUNTED)
    share = seen.sum() / of.sum()
    # A share's weight is its denominator over the pooled variance, the same at every point but for its size.
    return _trend(seen / of, of / (share * (1 - share)))


def recent_trend_of_values(
    values: Sequence[float | None], lowers: Sequence[float | None], uppers: Sequence[float | None]
) -> Trend:
    """The recent trend of the last five values with their 95% limits; None is a gap.

    Unit: as the measure. Raises: ValueError for lists of different length or limits without a width.
    Source: Fingertips 6780897 (weighted regression, standard errors from the limits, every point left out in turn).
    """
    import numpy as np

    if not len(values) == len(lowers) == len(uppers):
        refuse("lowers and uppers", f"{len(lowers)} and {len(uppers)} long", f"{len(values)} long, as values")
    points = []
    last = slice(-TREND_POINTS, None)
    for value, lower, upper in zip(values[last], lowers[last], uppers[last], strict=True):
        if value is None or lower is None or upper is None:
            return _no_trend(Reason.GAP if len(values) >= TREND_POINTS else Reason.FEWER_THAN_FIVE)
        if lower >= upper:
            refuse("uppers", upper, f"above the lower limit, {lower:g}")
        points.append((value, ((upper - lower) / (2 * FINGERTIPS_Z)) ** -2))
    if len(points) < TREND_POINTS:
        return _no_trend(Reason.FEWER_THAN_FIVE)
    at, weights = np.array(points, dtype=np.float64).T
    return _trend(at, weights)


def _no_trend(reason: Reason) -> Trend:
    return Trend(Direction.CANNOT_BE_CALCULATED, None, False, (), reason)


def _trend(values: NDArray[np.float64], weights: NDArray[np.float64]) -> Trend:
    """The trend of values with weights (1 over their variances) at equal steps."""
    import numpy as np

    steps = np.arange(len(values))
    pull, spread = _slope(steps, values, weights)
    signs = [int(np.sign(pull))]
    for left_out in steps:
        rest = steps != left_out
        signs.append(int(np.sign(_slope(steps[rest], values[rest], weights[rest])[0])))
    chi_squared = pull * pull / spread
    is_significant = chi_squared > TREND_CRITICAL
    direction = Direction.NO_CHANGE
    if is_significant and len(set(signs)) == 1:
        direction = Direction.INCREASING if pull > 0 else Direction.DECREASING
    return Trend(direction, chi_squared, is_significant, tuple(signs), None)


def _slope(
    steps: NDArray[np.int_], values: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float]:
    """The slope times the weighted spread of the steps, and that spread."""
    import numpy as np

    away = steps - (weights * steps).sum() / weights.sum()
    pulls = weights * away * values
    # Values that are level pull nowhere; what is left then is rounding, of either sign.
    pull = 0.0 if abs(pulls.sum()) < 1e-12 * np.abs(pulls).sum() else float(pulls.sum())
    return pull, float((weights * away**2).sum())
