"""Targets in force, and the figures they are compared with."""

from collections.abc import Mapping

from indicator_engine import Indicator
from plumbline.indicators.models import Extract, Figure, PeriodKind, Target
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.queries.figures import counted
from plumbline.indicators.rules.children import Children
from plumbline.indicators.rules.targets import Judged, Profile, judge
from plumbline.indicators.rules.values import value_of


def targets() -> dict[str, Target]:
    """The targets in force by the key of their indicator."""
    return {row.indicator: row for row in Target.objects.filter(ended_at=None).select_related("owner")}


def target_of(indicator: Indicator) -> Target | None:
    """The indicator's target in force."""
    return Target.objects.filter(indicator=indicator.key, ended_at=None).select_related("owner").first()


def earlier_targets(indicator: Indicator) -> list[Target]:
    """Those it had before, the latest first."""
    return list(Target.objects.filter(indicator=indicator.key).exclude(ended_at=None).order_by("-ended_at"))


def profile_of(target: Target) -> Profile:
    """The target as rules read it."""
    polarity = indicators()[target.indicator].polarity
    return Profile(target.starts_on, dict(target.steps), target.tolerance, polarity)


def judged(target: Target | None, row: Figure | None, children: Children) -> Judged | None:
    """How the figure stands to the target; None where there is nothing to compare."""
    if target is None or row is None:
        return None
    one = indicators()[target.indicator]
    if one.unit == "count" and row.kind != target.kind:
        return None
    value = value_of(one.unit, counted(row), children.at(row.ends_on), is_stock=one.is_stock)
    return judge(profile_of(target), one.unit, value, row.ends_on)


def latest_for(
    extract: Extract, wanted: Mapping[str, Target], months: Mapping[str, list[Figure]]
) -> dict[str, Figure]:
    """The latest figure each target is judged by: a month's as given, a quarter's or year's in one query."""
    found = {
        key: months[key][-1]
        for key, row in wanted.items()
        if row.kind == PeriodKind.MONTH and months.get(key)
    }
    longer = [key for key, row in wanted.items() if row.kind != PeriodKind.MONTH]
    rows = Figure.objects.filter(extract=extract, of="", indicator__in=longer).exclude(kind=PeriodKind.MONTH)
    for figure in rows.defer("excluded").order_by("ends_on") if longer else ():
        if figure.kind == wanted[figure.indicator].kind:
            found[figure.indicator] = figure
    return found
