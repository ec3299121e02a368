"""Where the lines and marks of a chart over time stand, for the template to draw: every colour has a shape with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from plumbline.indicators.presenters.series import Series
from stats.spc import Kind

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 280, 56, 12, 14, 40
NAMED_MONTHS = 6


def drawn(
    series: Series,
    unit: str,
    aims: Sequence[float | None] = (),
    notes: Sequence[tuple[date, str]] = (),
) -> dict[str, Any] | None:
    """The chart's size, lines, marks and words by their places; None where there is nothing to draw.

    `aims` are the targets of the months, for as many as there are points; `notes` are months and what stands there.
    """
    known = [
        number
        for point in series.points
        for number in (point.value, point.lower, point.upper, point.centre)
        if number is not None
    ]
    known += [aim for aim in aims if aim is not None and known]
    if series.centre is None or not known:
        return None
    low, high = min(0.0, *known), max(known)
    if unit == "percent" and high > 60:
        high = 100.0
    span = (high - low) or 1.0
    step = (WIDTH - LEFT - RIGHT) / max(1, len(series.points) - 1)

    def x(place: int) -> float:
        return round(LEFT + place * step, 1)

    def y(value: float) -> float:
        return round(TOP + (high - min(value, high)) / span * (HEIGHT - TOP - BOTTOM), 1)

    grid = [low, low + span / 2, low + span]
    every = max(1, len(series.points) // NAMED_MONTHS)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "grid": [{"y": y(value), "text_y": y(value) + 5, "text": _tick(value, span)} for value in grid],
        "limits": [
            line
            for read in (lambda one: one.lower, lambda one: one.upper)
            for line in _line(map(read, series.points), x, y)
        ],
        "target": list(_line(aims, x, y)),
        "centre": list(_line((one.centre for one in series.points), x, y)),
        "top": TOP + 2,
        "bottom": HEIGHT - BOTTOM,
        "notes": [
            {"x": x(place), "text": text}
            for month, text in notes
            for place, point in enumerate(series.points)
            if (point.on.year, point.on.month) == (month.year, month.month)
        ],
        "line": list(_line((one.value for one in series.points), x, y)),
        "marks": [
            _mark(x(place), y(point.value), point.kind)
            for place, point in enumerate(series.points)
            if point.value is not None
        ],
        "months": [
            {"x": x(place), "text": f"{point.on:%b %Y}"}
            for place, point in enumerate(series.points)
            if place % every == 0
        ],
    }


def _line(
    values: Iterable[float | None],
    x: Callable[[int], float],
    y: Callable[[float], float],
) -> Iterator[dict[str, float]]:
    for (a, one), (b, two) in pairwise(enumerate(values)):
        if one is not None and two is not None:
            yield {"x1": x(a), "x2": x(b), "y1": y(one), "y2": y(two)}


def _mark(x: float, y: float, kind: Kind | None) -> dict[str, Any]:
    if kind is Kind.CONCERN:
        return {"is_square": True, "x": round(x - 6, 1), "y": round(y - 6, 1)}
    if kind in (Kind.IMPROVEMENT, Kind.NEUTRAL_HIGH, Kind.NEUTRAL_LOW):
        return {"x": x, "y": y, "is_special": True}
    return {"x": x, "y": y}


def _tick(value: float, span: float) -> str:
    return f"{value:,.0f}" if span >= 4 else f"{value:.1f}"
