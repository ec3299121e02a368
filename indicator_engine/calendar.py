"""Days numbered by the working days up to them, so that a difference of two numbers counts working days."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from stats.working_days import Calendar, england


@lru_cache(maxsize=4)
def calendar_rows(calendar: Calendar | None = None) -> tuple[tuple[dt.date, int], ...]:
    """Every day of the years in the list, with how many working days there were up to and with it.

    The difference of two days' numbers is `stats.working_days.between`: the start is day 0, and an end on a
    weekend has the number of the working day before it. Days outside the list have no row, so that nothing is
    counted there as if there were no holidays.
    """
    calendar = calendar or england()
    rows, number, day = [], 0, calendar.first
    while day <= calendar.last:
        if day.weekday() < 5 and day not in calendar.days_off:
            number += 1
        rows.append((day, number))
        day += dt.timedelta(days=1)
    return tuple(rows)
