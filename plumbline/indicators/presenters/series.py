"""A series of monthly figures as a chart reads it: which chart, its points and lines, and the sentence that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from indicator_engine import Indicator
from plumbline.indicators.models import Figure
from plumbline.indicators.queries.figures import counted
from plumbline.indicators.queries.notes import Rebases
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
    centre: float | None = None


@dataclass(frozen=True)
class Series:
    """The chart of one indicator: `why` says which chart it is, `says` what it shows."""

    points: tuple[Point, ...]
    centre: float | None
    why: str
    says: str
    latest: Kind | None


def series_of(
    indicator: Indicator, rows: Sequence[Figure], children: Children, rebases: Rebases = ()
) -> Series:
    """The series of the monthly figures, oldest first, with limits worked out anew where `rebases` say so."""
    values = [
        value_of(indicator.unit, counted(row), children.at(row.ends_on), is_stock=indicator.is_stock)
        for row in rows
    ]
    days = [row.ends_on for row in rows]
    if indicator.unit == "mix" or len([one for one in values if one is not None]) < LEAST:
        return Series(tuple(map(Point, days, values)), None, "", "", None)
    chart, why = _choice(indicator, rows, values)
    made = _made(chart, indicator, rows, values, _places(days, values, rebases))
    scale = 100 if indicator.unit == "percent" and chart in (Chart.P, Chart.P_PRIME) else 1
    points = tuple(
        Point(
            day,
            value,
            _scaled(getattr(one, "lower", None), scale),
            _scaled(getattr(one, "upper", None), scale),
            getattr(one, "kind", None),
            _scaled(_centre(one), scale),
        )
        for day, value, one in zip(days, values, made.points, strict=True)
    )
    return Series(points, points[-1].centre, why, _says(points, made), points[-1].kind)


def _centre(point: Any) -> float | None:
    known = (getattr(point, name, None) for name in ("centre", "mean", "median"))
    return next((found for found in known if found is not None), None)


def _places(days: Sequence[date], values: Sequence[float | None], rebases: Rebases) -> list[tuple[int, str]]:
    """Where a chart of these months begins anew, with the reasons.

    Passed over is a month outside it, and one that would leave a stretch without any figure.
    """
    reasons = {(month.year, month.month): text for month, text in rebases}
    found: list[tuple[int, str]] = []
    for place, day in enumerate(days):
        text = reasons.get((day.year, day.month))
        before = values[found[-1][0] if found else 0 : place]
        if text and _has_any(before) and _has_any(values[place:]):
            found.append((place, text))
    return found


def _has_any(values: Sequence[float | None]) -> bool:
    return any(one is not None for one in values)


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


def _made(
    chart: Chart,
    indicator: Indicator,
    rows: Sequence[Figure],
    values: Sequence[float | None],
    anew: Sequence[tuple[int, str]],
) -> Any:
    better = BETTER[indicator.polarity]
    counts = [int(row.numerator) for row in rows]
    sizes = [int(row.denominator or 0) for row in rows]
    match chart:
        case Chart.P:
            return p_chart(counts, sizes, rebase_at=anew, improvement=better)
        case Chart.P_PRIME:
            return p_prime_chart(counts, sizes, rebase_at=anew, improvement=better)
        case Chart.C if indicator.unit == "count":
            return c_chart(counts, rebase_at=anew, improvement=better)
        case Chart.RUN:
            return run_chart(values, rebase_at=anew)
        case _:
            return xmr(values, rebase_at=anew, improvement=better)


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
