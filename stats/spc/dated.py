"""Charts of dated values: the calendar is laid out first, so that a missing month is a gap and not a join."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from stats.arguments import refuse
from stats.spc.assemble import CountedChart
from stats.spc.runs import RunChart
from stats.spc.xmr import XmrChart

DrawnChart = TypeVar("DrawnChart", XmrChart, RunChart, CountedChart)
DatedMarks = Sequence[tuple[datetime.date, str]]


class Period(StrEnum):
    """How far apart the values of a series are."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class DatedChart(Generic[DrawnChart]):
    """A chart with the date of each of its points; `missing` are the dates that were laid out as gaps."""

    chart: DrawnChart
    dates: tuple[datetime.date, ...]
    missing: tuple[datetime.date, ...]


def period_number(date: datetime.date, every: Period) -> int:
    """The number of the period a date is in, counted so that the next period has the next number.

    Source: ISO 8601 (weeks begin on Monday); quarters begin in January, April, July and October, so that
    they are also the quarters of the year from 1 April.
    """
    match every:
        case Period.DAY:
            return date.toordinal()
        case Period.WEEK:
            return (date.toordinal() - 1) // 7
        case Period.MONTH:
            return date.year * 12 + date.month - 1
        case Period.QUARTER:
            return date.year * 4 + (date.month - 1) // 3
        case Period.YEAR:
            return date.year


def period_start(number: int, every: Period) -> datetime.date:
    """The first day of the period with that number.

    Source: ISO 8601; the reverse of `period_number`.
    """
    match every:
        case Period.DAY:
            return datetime.date.fromordinal(number)
        case Period.WEEK:
            return datetime.date.fromordinal(number * 7 + 1)
        case Period.MONTH:
            return datetime.date(number // 12, number % 12 + 1, 1)
        case Period.QUARTER:
            return datetime.date(number // 4, number % 4 * 3 + 1, 1)
        case Period.YEAR:
            return datetime.date(number, 1, 1)


def on_dates(
    chart: Callable[..., DrawnChart],
    dates: Sequence[datetime.date],
    *series: Sequence[float | None],
    every: Period = Period.MONTH,
    rebase_at: DatedMarks = (),
    exclude: DatedMarks = (),
    **options: object,
) -> DatedChart[DrawnChart]:
    """A chart of dated values, with a gap for every period that has no date.

    `chart` is one of this package's chart functions; `options` are passed on to it. A period without a row
    is given its first day as date.

    Shape: `dates` in order, one a period; each of `series` as long as `dates`; marks as date and reason.
    Raises: ValueError for dates out of order, two dates in one period, a series of another length, a mark
    whose date is not in the series, and whatever `chart` refuses.
    Source: this project's choice. NHSRplotthedots 0.2.2 takes the neighbours of a missing month as adjacent,
    which lets runs look across it.
    """
    if not isinstance(every, Period):
        refuse("every", every, "a Period: DAY, WEEK, MONTH, QUARTER or YEAR")
    given = [_date(f"dates[{i}]", date) for i, date in enumerate(dates)]
    if not given:
        refuse("dates", list(dates), "at least one date")
    for i, values in enumerate(series):
        if len(values) != len(given):
            refuse(f"series[{i}]", list(values), f"as long as dates, which has {len(given)}")
    numbers = [period_number(date, every) for date in given]
    for i in range(1, len(given)):
        if given[i] < given[i - 1]:
            refuse(f"dates[{i}]", str(given[i]), f"later than the one before it, {given[i - 1]}")
        if numbers[i] == numbers[i - 1]:
            refuse(f"dates[{i}]", str(given[i]), f"in a later {every} than {given[i - 1]}: one value each")
    first = numbers[0]
    laid_out = [period_start(number, every) for number in range(first, numbers[-1] + 1)]
    missing = set(range(len(laid_out))) - {number - first for number in numbers}
    for date, number in zip(given, numbers, strict=True):
        laid_out[number - first] = date
    filled = [_filled(values, numbers, len(laid_out)) for values in series]
    place = {date: number - first for date, number in zip(given, numbers, strict=True)}
    marks = {"rebase_at": _placed("rebase_at", rebase_at, place)}
    if exclude:
        marks["exclude"] = _placed("exclude", exclude, place)
    drawn = chart(*filled, **marks, **options)
    return DatedChart(drawn, tuple(laid_out), tuple(laid_out[i] for i in sorted(missing)))


def _date(argument: str, given: object) -> datetime.date:
    if not isinstance(given, datetime.date) or isinstance(given, datetime.datetime):
        refuse(argument, given, "a date without a time")
    return given


def _filled(values: Sequence[float | None], numbers: Sequence[int], length: int) -> list[float | None]:
    filled: list[float | None] = [None] * length
    for value, number in zip(values, numbers, strict=True):
        filled[number - numbers[0]] = value
    return filled


def _placed(argument: str, marks: DatedMarks, place: dict[datetime.date, int]) -> list[tuple[int, str]]:
    placed = []
    for date, reason in marks:
        if date not in place:
            refuse(f"a date in {argument}", str(date), "one of dates")
        placed.append((place[date], reason))
    return placed
