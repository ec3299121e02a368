"""Better, similar or worse than a benchmark or another area, by intervals, as Fingertips judges it."""

from enum import StrEnum

from stats.arguments import refuse
from stats.compare.national import Polarity


class Verdict(StrEnum):
    """How a value compares. Neutral measures are only higher or lower, never better or worse."""

    BEST = "best"
    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    WORST = "worst"
    HIGHEST = "much higher"
    HIGHER = "higher"
    LOWER = "lower"
    LOWEST = "much lower"
    NONE = "no verdict"


def against_benchmark(
    lower: float | None, upper: float | None, benchmark: float | None, polarity: Polarity
) -> Verdict:
    """Similar when the benchmark lies in the value's interval or on its edge, else better or worse.

    Unit: as the measure. Raises: ValueError when lower is above upper.
    Source: Fingertips 6780897 (single overlapping interval, one level).
    """
    if lower is None or upper is None or benchmark is None:
        return Verdict.NONE
    _ordered(lower, upper)
    return _verdict(_side(lower, upper, benchmark), polarity)


def against_benchmark_two_levels(
    inner: tuple[float, float] | None,
    outer: tuple[float, float] | None,
    benchmark: float | None,
    polarity: Polarity,
) -> Verdict:
    """As `against_benchmark` by the 95% interval, and best or worst when the 99.8% interval leaves it out too.

    `inner` and `outer` are (lower, upper) at 95% and 99.8%. Unit: as the measure.
    Raises: ValueError when a lower limit is above its upper.
    Source: Fingertips 6780897 (single overlapping interval, two levels).
    """
    if inner is None or outer is None or benchmark is None:
        return Verdict.NONE
    _ordered(*inner)
    _ordered(*outer)
    side = _side(*inner, benchmark)
    return _verdict(side + side * abs(_side(*outer, benchmark)), polarity)


def against_other(
    a: tuple[float, float] | None, b: tuple[float, float] | None, polarity: Polarity
) -> Verdict:
    """How the first compares with the second: similar unless their intervals leave a gap between them.

    `a` and `b` are (lower, upper). It is conservative: intervals that overlap a little may still differ.
    Unit: as the measure. Raises: ValueError when a lower limit is above its upper.
    Source: Fingertips 6780897 (double overlapping intervals).
    """
    if a is None or b is None:
        return Verdict.NONE
    _ordered(*a)
    _ordered(*b)
    return _verdict((a[0] > b[1]) - (a[1] < b[0]), polarity)


def _ordered(lower: float, upper: float) -> None:
    if not lower <= upper:
        refuse("lower", lower, f"at most upper, which is {upper:g}")


def _side(lower: float, upper: float, benchmark: float) -> int:
    """1 when the interval lies above the benchmark, -1 when below, 0 when it holds or touches it."""
    return (lower > benchmark) - (upper < benchmark)


def _verdict(side: int, polarity: Polarity) -> Verdict:
    """The word for 1 (above) or 2 (far above), or minus these below."""
    if polarity is Polarity.NEUTRAL:
        words = (Verdict.LOWEST, Verdict.LOWER, Verdict.SIMILAR, Verdict.HIGHER, Verdict.HIGHEST)
    else:
        words = (Verdict.WORST, Verdict.WORSE, Verdict.SIMILAR, Verdict.BETTER, Verdict.BEST)
    return words[2 - side if polarity is Polarity.LOW else 2 + side]
