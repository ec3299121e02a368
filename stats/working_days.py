"""Working days in England: Monday to Friday less the bank holidays, one-off ones included."""

from __future__ import annotations

import csv
import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from stats.arguments import refuse, whole

# Source: GOV.UK bank holidays (England and Wales), rebuilt for 2012 to 2028 from the site's history.
ENGLAND_LIST = (
    Path(__file__).resolve().parents[1] / "definitions" / "working_days" / "england_bank_holidays.csv"
)

StartCountsAs = Literal[0, 1]


@dataclass(frozen=True, eq=False)
class Calendar:
    """A dated list of days off, and the years for which it is complete.

    Raises: ValueError for a day off outside those years.
    """

    days_off: Mapping[dt.date, str]
    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        _date("first", self.first)
        _date("last", self.last)
        if self.last < self.first:
            refuse("last", self.last.isoformat(), f"on or after first ({self.first.isoformat()})")
        for day in self.days_off:
            _covered("days_off", day, self)

    @cached_property
    def weekdays_off(self) -> tuple[int, ...]:
        """Ordinals of the days off that fall on Monday to Friday, ascending."""
        return tuple(sorted(day.toordinal() for day in self.days_off if day.weekday() < 5))

    def extended(self, days_off: Mapping[dt.date, str], last: dt.date | None = None) -> Calendar:
        """A new calendar with more days off: a late one-off, a council's own closure, a further year.

        `last` moves the end of the list; give it only when the list is complete up to that day.
        Raises: ValueError if `last` is before the present end.
        Source: Plumbline issue "Honest numbers"; in 2022 a bank holiday was proclaimed nine days ahead.
        """
        if last is not None and _date("last", last) < self.last:
            refuse(
                "last", last.isoformat(), f"on or after {self.last.isoformat()}, the present end of the list"
            )
        return Calendar({**self.days_off, **days_off}, self.first, last or self.last)


@lru_cache(maxsize=1)
def england() -> Calendar:
    """The bank holidays of England, complete for the whole years in the shipped list.

    Source: definitions/working_days/england_bank_holidays.csv, each row with its own source.
    """
    with ENGLAND_LIST.open(encoding="utf-8", newline="") as rows:
        days_off = {dt.date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(rows)}
    return Calendar(days_off, dt.date(min(days_off).year, 1, 1), dt.date(max(days_off).year, 12, 31))


def is_working_day(day: dt.date, *, calendar: Calendar | None = None) -> bool:
    """True on Monday to Friday unless the day is a bank holiday.

    Christmas Eve and a council's own closing days are working days unless the calendar was extended.
    Raises: ValueError for a day outside the years of the list.
    Source: Working Together to Safeguard Children, glossary use of "working days"; GOV.UK bank holidays.
    """
    calendar = calendar or england()
    _covered("day", day, calendar)
    return day.weekday() < 5 and day not in calendar.days_off


def add(
    start: dt.date, days: int, *, start_counts_as: StartCountsAs = 0, calendar: Calendar | None = None
) -> dt.date:
    """The date on which the given working day falls, counted from the start.

    With `start_counts_as=0` the next working day is day 1. With 1 the start itself is day 1, even at a
    weekend, so that every date is one working day earlier. Day 0 is the start. Negative days count back
    (allowed only with 0).
    Unit: working days. Raises: ValueError for a day outside the years of the list.
    Source: DfE children in need census guide (a same-day event has a duration of 0 working days);
    Data to Insight's CIN validator counts the start day as day 1.
    """
    calendar = calendar or england()
    _covered("start", start, calendar)
    counted_from = _start_counts_as(start_counts_as)
    least = 1 if counted_from else -(10**6)
    ahead = whole("days", days, least=least, most=10**6) - counted_from
    if ahead == 0:
        return start
    wanted = _worked_before(start.toordinal() + (ahead > 0), calendar) + ahead + (ahead < 0)
    return _nth_worked(wanted, start, ahead, calendar)


def between(
    start: dt.date, end: dt.date, *, start_counts_as: StartCountsAs = 0, calendar: Calendar | None = None
) -> int:
    """How many working days the end is after the start: the day number of the end.

    The same day is 0 (or 1 with `start_counts_as=1`); an end on a weekend has the number of the working
    day before it.
    Unit: working days. Raises: ValueError if the end is before the start or outside the years of the list.
    Source: as `add`.
    """
    calendar = calendar or england()
    _covered("start", start, calendar)
    _covered("end", end, calendar)
    if end < start:
        refuse("end", end.isoformat(), f"on or after start ({start.isoformat()})")
    after_start = _worked_before(end.toordinal() + 1, calendar) - _worked_before(
        start.toordinal() + 1, calendar
    )
    return after_start + _start_counts_as(start_counts_as)


def _worked_before(ordinal: int, calendar: Calendar) -> int:
    # Ordinal 1 is a Monday, so whole weeks need no correction.
    weeks, rest = divmod(ordinal - 1, 7)
    return weeks * 5 + min(rest, 5) - bisect_left(calendar.weekdays_off, ordinal)


def _nth_worked(wanted: int, start: dt.date, ahead: int, calendar: Calendar) -> dt.date:
    low, high = calendar.first.toordinal(), calendar.last.toordinal()
    days = range(low, high + 1)
    at = bisect_left(days, wanted, key=lambda ordinal: _worked_before(ordinal + 1, calendar))
    reached = _worked_before(low, calendar) < wanted
    if at == len(days) or not reached:
        way = "after" if ahead > 0 else "before"
        refuse(
            "days",
            ahead,
            f"small enough to stay within the list of bank holidays ({calendar.first.isoformat()} to "
            f"{calendar.last.isoformat()}); working day {abs(ahead)} {way} {start.isoformat()} is outside it",
        )
    return dt.date.fromordinal(days[at])


def _start_counts_as(given: int) -> int:
    if isinstance(given, bool) or given not in (0, 1):
        refuse("start_counts_as", given, "0 (the next working day is day 1) or 1 (the start is day 1)")
    return int(given)


def _date(argument: str, given: object) -> dt.date:
    # A datetime is refused: which day it falls on depends on the time zone, and that is the caller's to say.
    if isinstance(given, dt.datetime) or not isinstance(given, dt.date):
        refuse(argument, given, "a date without a time")
    return given


def _covered(argument: str, given: object, calendar: Calendar) -> None:
    day = _date(argument, given)
    if not calendar.first <= day <= calendar.last:
        refuse(
            argument,
            day.isoformat(),
            f"from {calendar.first.isoformat()} to {calendar.last.isoformat()}, the years of the bank "
            "holiday list (extend the list to go further)",
        )


__all__ = ["Calendar", "add", "between", "england", "is_working_day"]
