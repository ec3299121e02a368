"""Figures in words: with their unit, what they are of, and how far from one another."""

from collections.abc import Mapping
from datetime import date

from indicator_engine import Indicator
from plumbline.indicators.models import Figure
from plumbline.indicators.queries.figures import counted
from plumbline.indicators.rules.children import Children
from plumbline.indicators.rules.values import places, range_of, rounded, value_of

UNITS = {
    "count": "number",
    "percent": "per cent",
    "rate_per_10_000": "per 10,000 children",
    "median": "middle value",
    "mix": "how many of each",
    "ratio": "for each",
}
BETTER = {
    "higher": "Higher is better",
    "lower": "Lower is better",
    "neutral": "Neither higher nor lower is better",
}


def figure_text(indicator: Indicator, row: Figure | None, children: Children | None) -> str:
    """The figure as people write it, and `-` where there is none."""
    if row is None:
        return "-"
    population = children.at(row.ends_on) if children else None
    value = value_of(indicator.unit, counted(row), population, is_stock=indicator.is_stock)
    return value_text(indicator.unit, value)


def value_text(unit: str, value: float | None) -> str:
    """A value in its unit, rounded half away from zero to one place where it is no count."""
    if value is None:
        return "-"
    if unit in ("count", "mix"):
        return f"{value:,.0f}"
    return f"{rounded(unit, value):,.{places(unit, value)}f}{'%' if unit == 'percent' else ''}"


def aim_text(unit: str, value: float) -> str:
    """A target as people write it: 90%, 12.5."""
    return f"{value:,.1f}".removesuffix(".0") + ("%" if unit == "percent" else "")


def of_text(row: Figure) -> str:
    """The count a percentage is made of: 12 of 15."""
    return "" if row.denominator is None else f"{row.numerator:,.0f} of {row.denominator:,.0f}"


def made_of_text(indicator: Indicator, row: Figure, children: Children) -> str:
    """What the figure is made of: 12 of 15; for a rate, 366 of 51,150 children at mid-2023."""
    if indicator.unit != "rate_per_10_000":
        return of_text(row)
    words = children.words(row.ends_on)
    return f"{row.numerator:,.0f} of {words}" if words else ""


def range_text(indicator: Indicator, row: Figure) -> str:
    """The range that chance leaves the percentage, or nothing."""
    found = range_of(indicator.unit, counted(row))
    return "" if found is None else f"{found[0]:.0f}% to {found[1]:.0f}%"


def left_out_text(row: Figure) -> str:
    """Which rows could not be judged, and why."""
    parts = [f"{number:,} {reason}" for reason, number in sorted(row.excluded.items())]
    if row.too_recent:
        parts.append(f"{row.too_recent:,} too recent to know")
    return "; ".join(parts)


def mix_rows(row: Figure) -> list[tuple[str, int, str]]:
    """The parts of a mix, the largest first, each with its share of all."""
    total = sum(row.values.values())
    parts: Mapping[str, int] = row.values
    return [
        (value or "not recorded", number, f"{number / total:.0%}" if total else "-")
        for value, number in sorted(parts.items(), key=lambda one: (-one[1], one[0]))
    ]


def period_text(starts_on: date, ends_on: date) -> str:
    """The period in words: March 2026, April to June 2026, April 2025 to March 2026."""
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return f"{starts_on:%B %Y}"
    if starts_on.year == ends_on.year:
        return f"{starts_on:%B} to {ends_on:%B %Y}"
    return f"{starts_on:%B %Y} to {ends_on:%B %Y}"
