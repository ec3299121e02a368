"""Charts of counted things: shares (P, P'), rates (U, U') and counts (C), with limits from the counting."""

import math
from collections.abc import Callable, Sequence

from stats.arguments import number, refuse, whole
from stats.spc.assemble import CountedChart, Fit, assemble
from stats.spc.kinds import Chart, Direction
from stats.spc.series import D2, Marks, Values, mean_range

Counts = Sequence[int | None]
Sizes = Sequence[float | None]
Spread = Callable[[float, float], float]


def p_chart(
    counts: Counts,
    sizes: Counts,
    *,
    rebase_at: Marks = (),
    fix_after: int | None = None,
    exclude: Marks = (),
    improvement: Direction = Direction.NEUTRAL,
) -> CountedChart:
    """The P chart of a share: the pooled share and three binomial standard errors either side of it.

    A month with no cases (None, or 0 of 0) is a gap in the points and in the limits.

    Shape: `counts` and `sizes` of one length, None for a gap; marks as pairs of position and reason.
    Unit: share, 0 to 1.
    Raises: ValueError for lengths that differ, a count above its size, a mark that is not in the series.
    Source: Shewhart; Montgomery, Introduction to Statistical Quality Control; qicharts2 0.8.1.
    """
    read = _shares(counts, sizes)
    fit = _pooled(counts, sizes, read, _binomial, most=1.0)
    return assemble(Chart.P, read, fit, rebase_at, fix_after, exclude, improvement)


def p_prime_chart(
    counts: Counts,
    sizes: Counts,
    *,
    rebase_at: Marks = (),
    fix_after: int | None = None,
    exclude: Marks = (),
    screen: bool = True,
    improvement: Direction = Direction.NEUTRAL,
) -> CountedChart:
    """The P' chart of a share from large numbers: P limits widened by how much the months really vary.

    Shape: `counts` and `sizes` of one length, None for a gap; marks as pairs of position and reason.
    Unit: share, 0 to 1.
    Raises: ValueError for lengths that differ, a count above its size, a mark that is not in the series.
    Source: Laney, "Improved Control Charts for Attributes", Quality Engineering 14(4), 2002; qicharts2 0.8.1.
    """
    read = _shares(counts, sizes)
    fit = _pooled(counts, sizes, read, _binomial, most=1.0, prime=True, screen=screen)
    return assemble(Chart.P_PRIME, read, fit, rebase_at, fix_after, exclude, improvement)


def u_chart(
    counts: Counts,
    sizes: Sizes,
    *,
    per: float = 1,
    rebase_at: Marks = (),
    fix_after: int | None = None,
    exclude: Marks = (),
    improvement: Direction = Direction.NEUTRAL,
) -> CountedChart:
    """The U chart of a rate: the pooled rate and three Poisson standard errors either side of it.

    Shape: `counts` and `sizes` (the exposure) of one length, None for a gap; marks as position and reason.
    Unit: events for each `per` of exposure.
    Raises: ValueError for lengths that differ, events without exposure, a mark that is not in the series.
    Source: Shewhart; Montgomery, Introduction to Statistical Quality Control; qicharts2 0.8.1.
    """
    times = number("per", per, "a number above 0", lambda v: v > 0)
    read = _rates(counts, sizes, times)
    fit = _pooled(counts, sizes, read, _poisson, times=times)
    return assemble(Chart.U, read, fit, rebase_at, fix_after, exclude, improvement)


def u_prime_chart(
    counts: Counts,
    sizes: Sizes,
    *,
    per: float = 1,
    rebase_at: Marks = (),
    fix_after: int | None = None,
    exclude: Marks = (),
    screen: bool = True,
    improvement: Direction = Direction.NEUTRAL,
) -> CountedChart:
    """The U' chart of a rate from large numbers: U limits widened by how much the months really vary.

    Shape: `counts` and `sizes` (the exposure) of one length, None for a gap; marks as position and reason.
    Unit: events for each `per` of exposure.
    Raises: ValueError for lengths that differ, events without exposure, a mark that is not in the series.
    Source: Laney, "Improved Control Charts for Attributes", Quality Engineering 14(4), 2002; qicharts2 0.8.1.
    """
    times = number("per", per, "a number above 0", lambda v: v > 0)
    read = _rates(counts, sizes, times)
    fit = _pooled(counts, sizes, read, _poisson, times=times, prime=True, screen=screen)
    return assemble(Chart.U_PRIME, read, fit, rebase_at, fix_after, exclude, improvement)


def c_chart(
    counts: Counts,
    *,
    rebase_at: Marks = (),
    fix_after: int | None = None,
    exclude: Marks = (),
    improvement: Direction = Direction.NEUTRAL,
) -> CountedChart:
    """The C chart of counts with the same chance each month: their mean and three times its square root.

    Shape: `counts` in order, None for a gap; marks as pairs of position and reason.
    Unit: events.
    Raises: ValueError for an empty series, a count that is not whole, a mark that is not in the series.
    Source: Shewhart; Montgomery, Introduction to Statistical Quality Control; qicharts2 0.8.1.
    """
    sizes = [None if count is None else 1 for count in counts]
    read = _rates(counts, sizes, 1.0)
    fit = _pooled(counts, sizes, read, _poisson)
    return assemble(Chart.C, read, fit, rebase_at, fix_after, exclude, improvement)


def _binomial(centre: float, size: float) -> float:
    return math.sqrt(centre * (1 - centre) / size)


def _poisson(centre: float, size: float) -> float:
    return math.sqrt(centre / size)


def _pooled(
    counts: Counts,
    sizes: Sizes,
    read: Values,
    spread: Spread,
    *,
    times: float = 1.0,
    most: float = math.inf,
    prime: bool = False,
    screen: bool = True,
) -> Callable[[Sequence[int | None]], Fit]:
    """How to fit a stretch: `spread` is one standard error at a centre and a size, before `times`."""

    def fit(base: Sequence[int | None]) -> Fit:
        used = [i for i in base if i is not None]
        centre = sum(counts[i] or 0 for i in used) / math.fsum(sizes[i] or 0 for i in used)
        inflation: float | None = 1.0
        if spread(centre, 1) == 0:
            inflation = None
        elif prime:
            scores = [None if i is None else _score(read[i], centre, spread, sizes[i], times) for i in base]
            between = mean_range(scores, screen=screen)
            inflation = None if between is None else between / D2

        def at(position: int, sigmas: float) -> float | None:
            size = sizes[position]
            if read[position] is None or size is None or inflation is None:
                return None
            away = sigmas * inflation * spread(centre, size)
            return min(most, max(0.0, centre + away)) * times

        return Fit(centre=centre * times, spread=inflation, at=at, inflation=inflation)

    return fit


def _score(
    value: float | None, centre: float, spread: Spread, size: float | None, times: float
) -> float | None:
    return None if value is None or size is None else (value / times - centre) / spread(centre, size)


def _same_length(counts: Counts, sizes: Sizes) -> None:
    if len(counts) != len(sizes):
        refuse("sizes", list(sizes), f"as long as counts, which has {len(counts)}")


def _shares(counts: Counts, sizes: Counts) -> list[float | None]:
    _same_length(counts, sizes)
    read: list[float | None] = []
    for i, (count, size) in enumerate(zip(counts, sizes, strict=True)):
        if count is None:
            read.append(None)
            continue
        of = whole(f"sizes[{i}]", size)
        x = whole(f"counts[{i}]", count, most=of)
        read.append(x / of if of else None)
    return read


def _rates(counts: Counts, sizes: Sizes, times: float) -> list[float | None]:
    _same_length(counts, sizes)
    read: list[float | None] = []
    for i, (count, size) in enumerate(zip(counts, sizes, strict=True)):
        if count is None:
            read.append(None)
            continue
        x = whole(f"counts[{i}]", count)
        exposure = number(f"sizes[{i}]", size, "a number of at least 0", lambda v: v >= 0)
        if x and not exposure:
            refuse(f"sizes[{i}]", size, f"above 0, for counts[{i}] is {x}")
        read.append(x / exposure * times if exposure else None)
    return read
