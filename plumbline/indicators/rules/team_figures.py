"""A team's figure as its managers may see it: small numbers are hidden, because a team is few children."""

from dataclasses import dataclass

from plumbline.indicators.rules.values import Counted, median_by_value
from stats.disclosure import Relation, Rule, Symbol, Table, primary

# Rates need the children of an area, and a mix or a ratio of workers would be small numbers throughout.
UNITS = frozenset({"percent", "count", "median"})
RULE = Rule()


@dataclass(frozen=True)
class Shown:
    """A figure that may be shown, or None where it is hidden; `of` is what it is out of, hidden in the same way."""

    value: float | None
    of: str


def shown(unit: str, counted: Counted) -> Shown | None:
    """The figure with small numbers hidden; None where there is nothing to show.

    Hidden are counts from 1 to 5, a share whose rest is 1 to 5 or whose whole is under 10, the answer that all of
    a small group share, and a median of fewer than 10. Nothing larger is shown that these are a part of.
    """
    if unit == "count":
        return _count(round(counted.numerator))
    if unit == "median":
        return _median(counted)
    return _share(round(counted.numerator), round(counted.denominator or 0))


def _count(number: int) -> Shown:
    return Shown(None if RULE.hides(number) else float(number), "")


def _median(counted: Counted) -> Shown | None:
    many = sum(counted.values.values())
    if not many:
        return None
    values = {float(value): number for value, number in counted.values.items()}
    if many < RULE.smallest_denominator:
        return Shown(None, "")
    return Shown(median_by_value(values), f"{many:,}")


def _share(met: int, whole: int) -> Shown | None:
    if not whole:
        return None
    cells = {"all": whole, "met": met, "rest": whole - met}
    table = primary(Table(cells, (Relation("all", ("met", "rest"), classifies=True),)), RULE)
    of = Symbol.CONFIDENTIAL.value if "all" in table.hidden else f"{whole:,}"
    if table.hidden or whole < RULE.smallest_denominator:
        return Shown(None, of)
    return Shown(met / whole * 100, f"{met:,} of {whole:,}")
