"""Periods that figures are given for: month, quarter, financial year, year to date, rolling twelve months."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

# Source: the DfE's financial year for children's social care returns runs from 1 April to 31 March.
YEAR_STARTS_IN = 4


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both in. What happens after `end` is not known yet; stocks are as at `end`.

    Raises: ValueError if it ends before it starts.
    """

    start: dt.date
    end: dt.date
    key: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start}).")
        if not self.key:
            object.__setattr__(self, "key", f"{self.start.isoformat()}/{self.end.isoformat()}")

    @property
    def months(self) -> int:
        """How many calendar months it touches: what a count is multiplied by 12 over to be annual."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


def month(year: int, number: int) -> Period:
    """One calendar month, with a key such as 2026-03."""
    first = dt.date(year, number, 1)
    return Period(first, _last_day(first), f"{year}-{number:02}")


def financial_year(starting: int) -> Period:
    """April of the given year to the following March, with a key such as 2025-26."""
    return Period(dt.date(starting, 4, 1), dt.date(starting + 1, 3, 31), _year_key(starting))


def quarter(starting: int, number: int) -> Period:
    """A quarter of the financial year that starts in the given year: quarter 1 is April to June.

    Raises: ValueError for a number other than 1 to 4.
    """
    if number not in (1, 2, 3, 4):
        raise ValueError(f"A year has quarters 1 to 4, not {number}.")
    first = _month_after(dt.date(starting, YEAR_STARTS_IN, 1), 3 * (number - 1))
    return Period(first, _last_day(_month_after(first, 2)), f"{_year_key(starting)}-Q{number}")


def year_to_date(year: int, number: int) -> Period:
    """From 1 April to the end of the given month, with a key such as 2025-12-ytd."""
    last = _last_day(dt.date(year, number, 1))
    starting = year if number >= YEAR_STARTS_IN else year - 1
    return Period(dt.date(starting, YEAR_STARTS_IN, 1), last, f"{year}-{number:02}-ytd")


def rolling_twelve(year: int, number: int) -> Period:
    """The twelve months that end with the given one, with a key such as 2025-12-r12."""
    first = dt.date(year, number, 1)
    return Period(_month_after(first, -11), _last_day(first), f"{year}-{number:02}-r12")


def on(day: dt.date) -> Period:
    """One day: for stocks as at that day."""
    return Period(day, day, day.isoformat())


def months(first: Period, last: Period) -> list[Period]:
    """Every calendar month from the one in which `first` starts to the one in which `last` ends."""
    start, found = first.start.replace(day=1), []
    while start <= last.end:
        found.append(month(start.year, start.month))
        start = _month_after(start, 1)
    return found


def parse(key: str) -> Period:
    """The period that a key names: 2026-03, 2025-26, 2025-26-Q4, 2026-03-ytd, 2026-03-r12 or a day.

    Raises: ValueError for anything else. (2025-26 is a year: a month has a number up to 12.)
    """
    if found := re.fullmatch(r"(\d{4})-(\d\d)-Q([1-4])", key):
        return quarter(_starting(key, found), int(found[3]))
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(ytd|r12)", key):
        shape = year_to_date if found[3] == "ytd" else rolling_twelve
        return shape(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})-(\d\d)", key):
        number = int(found[2])
        return month(int(found[1]), number) if 1 <= number <= 12 else financial_year(_starting(key, found))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", key):
        return on(dt.date.fromisoformat(key))
    raise ValueError(
        f"{key!r} is not a period. Write 2026-03, 2025-26, 2025-26-Q4, 2026-03-ytd or 2026-03-r12."
    )


def _starting(key: str, found: re.Match[str]) -> int:
    year = int(found[1])
    if (year + 1) % 100 != int(found[2]):
        raise ValueError(f"{key!r} is not a financial year. Write it as {_year_key(year)}.")
    return year


def _year_key(starting: int) -> str:
    return f"{starting}-{(starting + 1) % 100:02}"


def _month_after(first: dt.date, count: int) -> dt.date:
    index = first.year * 12 + first.month - 1 + count
    return dt.date(index // 12, index % 12 + 1, 1)


def _last_day(first: dt.date) -> dt.date:
    return _month_after(first.replace(day=1), 1) - dt.timedelta(days=1)
