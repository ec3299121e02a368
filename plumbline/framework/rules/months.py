"""Arithmetic with calendar months: adding them, where they begin and end, which ones a period holds."""

from calendar import monthrange
from datetime import date, timedelta

# Councils plan and report by the financial year, which begins on 1 April.
YEAR_BEGINS_IN = 4


def month_start(day: date) -> date:
    """The first day of the month that holds `day`."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month that holds `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int, *, anchor_day: int | None = None) -> date:
    """The date `months` after `day`, on the last day of the month where the day itself does not exist.

    `anchor_day` is the day of the month to keep to: a series on the 31st that fell on 28 February goes on
    to 31 March, not to 28 March.

    Unit: months, which may be negative.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(anchor_day or day.day, monthrange(year, month)[1]))


def months_in(start: date, end: date) -> tuple[date, ...]:
    """The first day of every month that has at least one day from `start` to `end`, in order."""
    months = []
    month = month_start(start)
    while month <= end:
        months.append(month)
        month = add_months(month, 1)
    return tuple(months)


def year_start(day: date, begins_in: int = YEAR_BEGINS_IN) -> date:
    """The first day of the year that holds `day`, for a year that begins in the month `begins_in`."""
    year = day.year if day.month >= begins_in else day.year - 1
    return date(year, begins_in, 1)


def parts_of_year(first_day: date, parts: int) -> tuple[tuple[date, date], ...]:
    """The year from `first_day` cut into `parts`: the first and last day of each.

    Parts are whole months where twelve divides by their number (quarters for four), days otherwise.
    """
    last_day = add_months(first_day, 12) - timedelta(days=1)
    if 12 % parts == 0:
        starts = [add_months(first_day, part * 12 // parts) for part in range(parts)]
    else:
        days = (last_day - first_day).days + 1
        starts = [first_day + timedelta(days=part * days // parts) for part in range(parts)]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [last_day]
    return tuple(zip(starts, ends, strict=True))
