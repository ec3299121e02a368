"""How many cases to look at, and what that many could show."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, comb, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from stats.arguments import share as share_of
from stats.arguments import whole
from stats.proportion.intervals import z_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT_UP_TO = 1_000
"""Cases in both groups together up to which power is counted exactly, and approximated above.

Unit: cases. Source: computed at 500 and 500 from 50% and at 300 and 700 from 20%, where the exact and the
approximate answer differ by no more than 0.1 percentage points; the exact one grows slow above that.
"""

STEP = 0.001
"""The fineness of a detectable change. Unit: share. Source: a tenth of a point, as fine as reports print."""


@dataclass(frozen=True)
class DetectableChange:
    """The smallest true rise and fall that two samples of these sizes would probably show.

    Unit: shares, 0 to 1, rounded up to a tenth of a percentage point; None where not even a move to 100%
    (rise) or to 0% (fall) would probably show.
    """

    n1: int
    n2: int
    base: float
    power: float
    significance: float
    rise: float | None
    fall: float | None

    @property
    def smallest(self) -> float | None:
        """The smaller of the rise and the fall, None when neither can be seen. Unit: share, 0 to 1."""
        return min((change for change in (self.rise, self.fall) if change is not None), default=None)

    @property
    def words(self) -> str:
        """The sentence for a front page: what these numbers could and could not have shown."""
        cases = f"With {self.n1} and {self.n2} cases"
        if self.smallest is None:
            return f"{cases} no change could have been seen"
        return (
            f"{cases} we could only have seen a change of about {100 * self.smallest:.0f} percentage points"
        )


def sample_size(
    margin: float, share: float = 0.5, population: int | None = None, confidence: float = 0.95
) -> int:
    """How many cases to draw so that the interval reaches no further than `margin` either side.

    Unit: cases, rounded up. Raises: ValueError unless margin, share and confidence lie between 0 and 1 and
    population, where given, is a whole number of at least 1.
    Source: Cochran (1977), Sampling Techniques, 4.4; with a population the variance carries 1 - n/N, as in
    R's samplingbook::sample.size.prop 1.2.4, whose figures it gives.
    """
    reach = share_of("margin", margin)
    guess = share_of("share", share)
    unlimited = (z_for(confidence) / reach) ** 2 * guess * (1 - guess)
    if population is None:
        return ceil(unlimited)
    everyone = whole("population", population, least=1)
    return ceil(unlimited * everyone / (everyone + unlimited))


def chance_of_seeing(bad: int, population: int, n: int) -> float:
    """The chance that a draw of `n` from `population` holds at least one of the `bad` cases.

    Unit: share, 0 to 1. Raises: ValueError unless all three are whole, 0 <= bad <= population and
    0 <= n <= population.
    Source: hypergeometric distribution.
    """
    everyone = whole("population", population, least=1)
    marked = whole("bad", bad, least=0, most=everyone)
    drawn = whole("n", n, least=0, most=everyone)
    return 1 - comb(everyone - marked, drawn) / comb(everyone, drawn)


def smallest_detectable_change(
    n1: int, n2: int, base: float, power: float = 0.8, significance: float = 0.05
) -> DetectableChange:
    """The smallest true change from `base` that would be found significant with the given `power`.

    Unit: shares, 0 to 1. Raises: ValueError unless n1 and n2 are whole and at least 1, and base, power and
    significance lie between 0 and 1.
    Source: power of Fisher's exact test, counted over every outcome, up to 1,000 cases together; above that
    Casagrande, Pike and Smith (1978), Biometrics 34: 483-486, with unequal groups by Fleiss, Tytun and Ury
    (1980), Biometrics 36: 343-346.
    """
    first, second = whole("n1", n1, least=1), whole("n2", n2, least=1)
    start, wanted, risk = (
        share_of("base", base),
        share_of("power", power),
        share_of("significance", significance),
    )
    if first + second <= EXACT_UP_TO:
        found = _fisher_rejects(first, second, risk)

        def reached(other: float) -> bool:
            chance = _binomial(first, start) @ found @ _binomial(second, other)
            return bool(chance >= wanted)
    else:

        def reached(other: float) -> bool:
            return _approximate_power_reached(first, second, start, other, wanted, risk)

    return DetectableChange(
        n1=first,
        n2=second,
        base=start,
        power=wanted,
        significance=risk,
        rise=_first_step(lambda change: reached(start + change), 1 - start),
        fall=_first_step(lambda change: reached(start - change), start),
    )


def _first_step(reached: Callable[[float], bool], room: float) -> float | None:
    """The smallest number of steps for which `reached` holds, as a share; None when none in `room` does."""
    low, high = 1, int(room / STEP + 1e-9)
    if high < 1 or not reached(high * STEP):
        return None
    while low < high:
        tried = (low + high) // 2
        if reached(tried * STEP):
            high = tried
        else:
            low = tried + 1
    return low / round(1 / STEP)


def _binomial(n: int, p: float) -> "NDArray[np.float64]":
    """The chance of each count from 0 to `n`. Shape: (n + 1,)."""
    import numpy as np

    # A move of whole steps can overshoot 0 or 1 by a rounding error.
    p = min(1.0, max(0.0, p))
    if p in (0.0, 1.0):
        chances = np.zeros(n + 1)
        chances[round(p) * n] = 1.0
        return chances
    counts = np.arange(n + 1)
    logs = _log_factorials(n)
    chances = np.exp(logs[n] - logs - logs[::-1] + counts * np.log(p) + (n - counts) * np.log1p(-p))
    return np.asarray(chances, dtype=np.float64)


def _log_factorials(n: int) -> "NDArray[np.float64]":
    """The logarithm of k! for k from 0 to `n`. Shape: (n + 1,)."""
    import numpy as np

    return np.concatenate((np.zeros(1), np.cumsum(np.log(np.arange(1, n + 1)))))


def _fisher_rejects(n1: int, n2: int, significance: float) -> "NDArray[np.bool_]":
    """Which pairs of counts the two-sided exact test calls different. Shape: (n1 + 1, n2 + 1)."""
    import numpy as np

    first, second = _log_factorials(n1), _log_factorials(n2)
    ways_first, ways_second = first[n1] - first - first[::-1], second[n2] - second - second[::-1]
    found = np.zeros((n1 + 1, n2 + 1), dtype=np.bool_)
    for together in range(n1 + n2 + 1):
        counts = np.arange(max(0, together - n2), min(n1, together) + 1)
        weights = ways_first[counts] + ways_second[together - counts]
        chances = np.exp(weights - weights.max())
        chances /= chances.sum()
        ordered = np.sort(chances)
        # Outcomes of equal chance must not be told apart by rounding; R's fisher.test allows the same 1e-7.
        as_rare = np.searchsorted(ordered, chances * (1 + 1e-7), side="right") - 1
        found[counts, together - counts] = np.cumsum(ordered)[as_rare] <= significance
    return found


def _approximate_power_reached(
    n1: int, n2: int, start: float, other: float, power: float, significance: float
) -> bool:
    """Whether groups of these sizes reach the power, by the normal approximation corrected for continuity."""
    other = min(1.0, max(0.0, other))
    ratio, gap = n2 / n1, abs(other - start)
    pooled = (start + ratio * other) / (1 + ratio)
    spread = z_for(1 - significance) * sqrt((ratio + 1) * pooled * (1 - pooled))
    spread += NormalDist().inv_cdf(power) * sqrt(ratio * start * (1 - start) + other * (1 - other))
    plain = spread**2 / (ratio * gap**2)
    return n1 >= plain / 4 * (1 + sqrt(1 + 2 * (ratio + 1) / (plain * ratio * gap))) ** 2
