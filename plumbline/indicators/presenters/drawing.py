"""A chart over time as SVG that obeys the page's content policy: no style attribute, every colour with a shape."""

from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from plumbline.indicators.presenters.series import Series
from stats.spc import Kind

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 280, 56, 12, 14, 40
INK, QUIET, BLUE, ORANGE = "#0b0c0c", "#505a5f", "#1d70b8", "#b35c00"


def drawn(series: Series, title: str, unit: str) -> SafeString:
    """The chart, with its name for those who hear it; empty where there is nothing to draw."""
    known = [
        number
        for point in series.points
        for number in (point.value, point.lower, point.upper)
        if number is not None
    ]
    if series.centre is None or not known:
        return mark_safe("")
    low, high = min(0.0, *known), max(*known, series.centre)
    if unit == "percent":
        high = min(100.0, high) if high > 60 else high
    span = (high - low) or 1.0
    step = (WIDTH - LEFT - RIGHT) / max(1, len(series.points) - 1)

    def x(place: int) -> float:
        return round(LEFT + place * step, 1)

    def y(value: float) -> float:
        return round(TOP + (high - min(value, high)) / span * (HEIGHT - TOP - BOTTOM), 1)

    parts = [
        (
            f'<svg class="plumbline-chart" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg" '
            f'aria-label="{escape(title)}">'
        )
    ]
    for share in (0.0, 0.5, 1.0):
        value = low + span * share
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value)}" y2="{y(value)}" stroke="#b1b4b6"/>'
            f'<text x="{LEFT - 6}" y="{y(value) + 5}" text-anchor="end" font-size="14" fill="{QUIET}">{_tick(value, span)}</text>'
        )
    for name in ("lower", "upper"):
        line = [(place, getattr(point, name)) for place, point in enumerate(series.points)]
        for (a, one), (b, two) in pairwise(line):
            if one is not None and two is not None:
                parts.append(
                    f'<line x1="{x(a)}" x2="{x(b)}" y1="{y(one)}" y2="{y(two)}" stroke="{QUIET}" stroke-dasharray="5 4"/>'
                )
    parts.append(
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(series.centre)}" y2="{y(series.centre)}" stroke="{QUIET}" stroke-width="1.5"/>'
    )
    for (a, one), (b, two) in pairwise(enumerate(series.points)):
        if one.value is not None and two.value is not None:
            parts.append(
                f'<line x1="{x(a)}" x2="{x(b)}" y1="{y(one.value)}" y2="{y(two.value)}" stroke="{INK}" stroke-width="1.5"/>'
            )
    for place, point in enumerate(series.points):
        if point.value is not None:
            parts.append(_mark(x(place), y(point.value), point.kind))
        if place % max(1, len(series.points) // 6) == 0:
            parts.append(
                f'<text x="{x(place)}" y="{HEIGHT - 14}" text-anchor="middle" font-size="14" fill="{QUIET}">{point.on:%b %Y}</text>'
            )
    return mark_safe("".join(parts) + "</svg>")  # noqa: S308 numbers and escaped words only


def _mark(x: float, y: float, kind: Kind | None) -> str:
    if kind in (Kind.IMPROVEMENT, Kind.NEUTRAL_HIGH, Kind.NEUTRAL_LOW):
        return f'<circle cx="{x}" cy="{y}" r="6" fill="{BLUE}"/>'
    if kind is Kind.CONCERN:
        return f'<rect x="{x - 6}" y="{y - 6}" width="12" height="12" fill="{ORANGE}"/>'
    return f'<circle cx="{x}" cy="{y}" r="3.5" fill="{INK}"/>'


def _tick(value: float, span: float) -> str:
    return f"{value:.0f}" if span >= 4 else f"{value:.1f}"
