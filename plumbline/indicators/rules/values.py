"""What a figure comes to: the value of a count in its unit, its range, and how far it is from another."""

from collections.abc import Mapping
from dataclasses import dataclass

from stats.proportion import wilson

PER = 10_000


@dataclass(frozen=True)
class Counted:
    """One figure as it is stored. `months` says for how long it was counted."""

    numerator: float
    denominator: float | None
    values: Mapping[str, int]
    months: int = 1


def value_of(unit: str, counted: Counted, population: int | None, *, is_stock: bool) -> float | None:
    """The value in its unit (percent 0 to 100), None where there is nothing to divide by.

    A rate of things that happen is annual. Source: data standards, counting rules: the previous mid-year population.
    """
    if unit in ("percent", "ratio"):
        if not counted.denominator:
            return None
        return counted.numerator / counted.denominator * (100 if unit == "percent" else 1)
    if unit == "rate_per_10_000":
        if not population:
            return None
        yearly = 1.0 if is_stock else 12 / counted.months
        return counted.numerator * yearly / population * PER
    if unit == "median":
        return median_by_value({float(value): number for value, number in counted.values.items()})
    return counted.numerator


def rounded(unit: str, value: float) -> float:
    """The value as it is printed: half away from zero, to so many places."""
    steps = 10.0 ** places(unit, value)
    return int(abs(value) * steps + 0.5) / steps * (1 if value >= 0 else -1)


def places(unit: str, value: float) -> int:
    """After the point: none for counts, one for others, three for a ratio that one would make nought."""
    if unit in ("count", "mix"):
        return 0
    return 3 if unit == "ratio" and abs(value) < 0.1 else 1


def median_by_value(values: Mapping[float, int]) -> float | None:
    """The median of values that each occur so often; None for none."""
    total = sum(values.values())
    if not total:
        return None
    return (_at(values, (total - 1) // 2) + _at(values, total // 2)) / 2


def range_of(unit: str, counted: Counted) -> tuple[float, float] | None:
    """The 95% Wilson range of a percentage, in percent; None for other units and for nothing counted."""
    if unit != "percent" or not counted.denominator:
        return None
    found = wilson(counted.numerator, counted.denominator)
    return found.lower * 100, found.upper * 100


def _at(values: Mapping[float, int], place: int) -> float:
    passed = 0
    for value in sorted(values):
        passed += values[value]
        if passed > place:
            return value
    raise ValueError("The place lies outside the values.")
