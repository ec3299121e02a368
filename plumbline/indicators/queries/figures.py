"""Figures of an extract as pages need them: every indicator's months, one indicator's periods, its teams, its children."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from indicator_engine import Engine, Group, Indicator, Period, Row, open_extract
from plumbline.indicators.models import Extract, Figure, PeriodKind
from plumbline.indicators.queries.definitions import indicators, record_tables
from plumbline.indicators.queries.places import folder_of
from plumbline.indicators.rules.values import Counted

# What an address may ask for, and what is shown unasked.
KINDS, MONTH = frozenset(PeriodKind.values), str(PeriodKind.MONTH)


def months_of_all(extract: Extract) -> dict[str, list[Figure]]:
    """The monthly figures of every indicator for all together, oldest first, in one query."""
    found: dict[str, list[Figure]] = defaultdict(list)
    rows = Figure.objects.filter(extract=extract, of="", kind=PeriodKind.MONTH).order_by("ends_on")
    for row in rows.defer("excluded"):
        found[row.indicator].append(row)
    return found


def figures_of(extract: Extract, indicator: Indicator, kind: str) -> list[Figure]:
    """One indicator's figures for all together, oldest first."""
    rows = Figure.objects.filter(extract=extract, indicator=indicator.key, of="", kind=kind)
    return list(rows.order_by("ends_on"))


def figures_near(extract: Extract, indicator: Indicator, day: date) -> list[Figure]:
    """One indicator's figures that end on the day or earlier: years where the day ends one, else months."""
    kind = PeriodKind.YEAR if (day.month, day.day) == (3, 31) else PeriodKind.MONTH
    rows = Figure.objects.filter(extract=extract, indicator=indicator.key, of="", kind=kind, ends_on__lte=day)
    return list(rows.order_by("ends_on"))


def teams_of(extract: Extract, indicator: Indicator, ends_on: date) -> list[Figure]:
    """One indicator's figures of a month, team by team."""
    rows = Figure.objects.filter(
        extract=extract, indicator=indicator.key, of="team", kind=PeriodKind.MONTH, ends_on=ends_on
    )
    return list(rows.order_by("group"))


def rows_behind(
    extract: Extract, indicator: Indicator, period: Period, group: Group = (), also: Sequence[str] = ()
) -> list[Row]:
    """The records behind a figure, those left out with their reason; `also` are breakdowns to tell of each.

    Raises: indicator_engine.ExtractFault where the records are not there any more.
    """
    with open_extract(folder_of(extract.name), record_tables()) as opened:
        return Engine(opened, indicators()).rows(indicator.key, period, group, also)


def counted(row: Figure) -> Counted:
    """The figure as rules read it."""
    months = (row.ends_on.year - row.starts_on.year) * 12 + row.ends_on.month - row.starts_on.month + 1
    return Counted(row.numerator, row.denominator, row.values, months)
