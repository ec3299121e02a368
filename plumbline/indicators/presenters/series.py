"""A series of monthly figures as a chart reads it: which chart, its points and lines, and the sentence that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from indicator_engine import Indicator
from plumbline.indicators.models import Figure
from plumbline.indicators.queries.figures import counted
from plumbline.indicators.rules.children import Children
from plumbline.indicators.rules.values import value_of
from stats.spc import (
    Chart,
    Direction,
    Kind,
    Measure,
    c_chart,
    choose_chart,
    p_chart,
    p_prime_chart,
    run_chart,
    xmr,
)

BETTER = {"higher": Direction.INCREASE, "lower": Direction.DECREASE, "neutral": Direction.NEUTRAL}
# A chart of fewer months says nothing that the table does not.
LEAST = 6


@dataclass(frozen=True)
class Point:
    """One month: its value, the lines at it, and what it says."""

    on: date
    value: float | None
    lower: float | None = None
    upper: float | None = None
    kind: Kind | None = None


@dataclass(frozen=True)
class Series:
    """The chart of one indicator: `why` says which chart it is, `says` what it shows."""

    points: tuple[Point, ...]
    centre: float | None
    why: str
    says: str
    latest: Kind | None


def series_of(indicator: Indicator, rows: Sequence[Figure], children: Children) -> Series:
    """The series of the monthly figures, oldest first."""
    values = [
        value_of(indicator.unit, counted(row), children.at(row.ends_on), is_stock=indicator.is_stock)
        for row in rows
    ]
    days = [row.ends_on for row in rows]
    if indicator.unit == "mix" or len([one for one in values if one is not None]) < LEAST:
        return Series(tuple(map(Point, days, values)), None, "", "", None)
    chart, why = _choice(indicator, rows, values)
    made = _made(chart, indicator, rows, values)
    scale = 100 if indicator.unit == "percent" and chart in (Chart.P, Chart.P_PRIME) else 1
    points = tuple(
        Point(
            day,
            value,
            _scaled(getattr(one, "lower", None), scale),
            _scaled(getattr(one, "upper", None), scale),
            getattr(one, "kind", None),
        )
        for day, value, one in zip(days, values, made.points, strict=True)
    )
    last = made.points[-1]
    centre = next(
        (found for name in ("centre", "mean", "median") if (found := getattr(last, name, None)) is not None),
        None,
    )
    return Series(points, _scaled(centre, scale), why, _says(points, made), points[-1].kind)


def _choice(
    indicator: Indicator, rows: Sequence[Figure], values: Sequence[float | None]
) -> tuple[Chart, str]:
    length = len(rows)
    if indicator.unit == "percent":
        sizes = [row.denominator for row in rows if row.denominator]
        chosen = choose_chart(Measure.SHARE, points=length, typical_size=median(sizes))
    elif indicator.is_stock or indicator.unit in ("median", "ratio"):
        chosen = choose_chart(Measure.VALUE, points=length)
    else:
        chosen = choose_chart(
            Measure.COUNT, points=length, typical_count=median(row.numerator for row in rows)
        )
        if chosen.chart is Chart.T:
            # The days between events are not in monthly figures; a run chart judges the months themselves.
            return Chart.RUN, "A run chart, because the events are rare: most months have one or none."
    return chosen.chart, chosen.sentence


def _made(chart: Chart, indicator: Indicator, rows: Sequence[Figure], values: Sequence[float | None]) -> Any:
    better = BETTER[indicator.polarity]
    counts = [int(row.numerator) for row in rows]
    sizes = [int(row.denominator or 0) for row in rows]
    match chart:
        case Chart.P:
            return p_chart(counts, sizes, improvement=better)
        case Chart.P_PRIME:
            return p_prime_chart(counts, sizes, improvement=better)
        case Chart.C if indicator.unit == "count":
            return c_chart(counts, improvement=better)
        case Chart.RUN:
            return run_chart(values)
        case _:
            return xmr(values, improvement=better)


_SAYS = {
    Kind.IMPROVEMENT: "The latest month is better than chance would explain.",
    Kind.CONCERN: "The latest month is worse than chance would explain.",
    Kind.NEUTRAL_HIGH: "The latest month is higher than chance would explain.",
    Kind.NEUTRAL_LOW: "The latest month is lower than chance would explain.",
}


def _says(points: Sequence[Point], made: Any) -> str:
    last = points[-1].kind
    if last in _SAYS:
        return _SAYS[last]
    signal = getattr(made, "is_special", None)
    if signal is None:
        signal = made.is_signal
    if signal:
        return "The latest month is within what chance explains, but months before it were not."
    return "Nothing here but the ups and downs that chance explains."


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale
