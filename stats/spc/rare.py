"""Charts of rare events, which look at what lies between them: cases (G) or days (T)."""

import math
from collections.abc import Callable, Sequence
from statistics import median

from stats.arguments import number, whole
from stats.spc.assemble import CountedChart, Fit, assemble
from stats.spc.kinds import Chart, Direction
from stats.spc.series import D2, Marks, Values, mean_of, mean_range, present

# Source: Nelson, "A Control Chart for Parts-Per-Million Nonconforming Items", Journal of Quality Technology
# 26(3), 1994: this power makes waiting times nearly normal.
WAITING_POWER = 3.6


def g_chart(
    cases_between: Sequence[int | None],
    *,
    rebase_at: Marks = (),
    fix_after: int | None = None,
    exclude: Marks = (),
    improvement: Direction = Direction.NEUTRAL,
) -> CountedChart:
    """The G chart of the number of cases between rare events: the median, and limits of a geometric count.

    Shape: `cases_between` in order, None for a gap; marks as pairs of position and reason.
    Unit: cases.
    Raises: ValueError for an empty series, a count that is not whole, a mark that is not in the series.
    Source: Benneyan, "Number-between g-type statistical quality control charts", Health Care Management
    Science 4, 2001; qicharts2 0.8.1 (centre at the median, lower limit not under 0).
    """
    read: list[float | None] = [
        None if value is None else float(whole(f"cases_between[{i}]", value))
        for i, value in enumerate(cases_between)
    ]
    return assemble(Chart.G, read, _geometric(read), rebase_at, fix_after, exclude, improvement)


def t_chart(
    days_between: Values,
    *,
    rebase_at: Marks = (),
    fix_after: int | None = None,
    exclude: Marks = (),
    screen: bool = True,
    improvement: Direction = Direction.NEUTRAL,
) -> CountedChart:
    """The T chart of the days between rare events: an individuals chart of their 3.6th root, turned back.

    Two events on one day have no days between them: count them as one, or use a G chart.

    Shape: `days_between` in order, None for a gap; marks as pairs of position and reason.
    Unit: days.
    Raises: ValueError for an empty series, days that are not above 0, a mark that is not in the series.
    Source: Nelson 1994; Montgomery, Introduction to Statistical Quality Control; qicharts2 0.8.1.
    """
    needed = "a number of days above 0 (for two events on one day use g_chart)"
    read = [
        None if value is None else number(f"days_between[{i}]", value, needed, lambda v: v > 0)
        for i, value in enumerate(days_between)
    ]
    return assemble(Chart.T, read, _waiting(read, screen), rebase_at, fix_after, exclude, improvement)


def _geometric(read: Values) -> Callable[[Sequence[int | None]], Fit]:
    def fit(base: Sequence[int | None]) -> Fit:
        held = present([None if i is None else read[i] for i in base])
        mean = mean_of(held)
        spread = math.sqrt(mean * (mean + 1)) if mean else None

        def at(position: int, sigmas: float) -> float | None:
            if spread is None or read[position] is None:
                return None
            return max(0.0, mean + sigmas * spread)

        return Fit(centre=float(median(held)), spread=spread, at=at)

    return fit


def _waiting(read: Values, screen: bool) -> Callable[[Sequence[int | None]], Fit]:
    def fit(base: Sequence[int | None]) -> Fit:
        roots = [None if i is None else _root(read[i]) for i in base]
        mean = mean_of(present(roots))
        between = mean_range(roots, screen=screen)
        spread = between / D2 if between else None

        def at(position: int, sigmas: float) -> float | None:
            if spread is None or read[position] is None:
                return None
            return float(max(0.0, mean + sigmas * spread) ** WAITING_POWER)

        return Fit(centre=float(mean**WAITING_POWER), spread=spread, at=at)

    return fit


def _root(value: float | None) -> float | None:
    return None if value is None else float(value ** (1 / WAITING_POWER))
