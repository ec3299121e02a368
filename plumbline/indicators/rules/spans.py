"""Which periods are counted when an extract is loaded: only those that were over on the day it speaks of."""

from datetime import date

from indicator_engine import Period, periods

MONTHS, YEARS = 36, 6
# For these the teams are counted too; the teams of earlier months are seldom asked for.
TEAM_MONTHS = 13


def months_before(day: date, number: int = MONTHS) -> list[Period]:
    """The last so many whole months that were over on the day, oldest first."""
    last = _last_whole_month(day)
    index = last.start.year * 12 + last.start.month - 1
    return [periods.month(one // 12, one % 12 + 1) for one in range(index - number + 1, index + 1)]


def quarters_before(day: date, number: int = MONTHS // 3) -> list[Period]:
    """The last so many quarters of the financial year that were over on the day, oldest first."""
    starting = _starting(day)
    found = [
        periods.quarter(year, one) for year in range(starting - YEARS, starting + 1) for one in (1, 2, 3, 4)
    ]
    return [one for one in found if one.end <= day][-number:]


def quarter_of(day: date) -> Period:
    """The quarter of the financial year that the day lies in."""
    return periods.quarter(_starting(day), (day.month - periods.YEAR_STARTS_IN) % 12 // 3 + 1)


def years_before(day: date, number: int = YEARS) -> list[Period]:
    """The last so many financial years that were over on the day, oldest first."""
    starting = _starting(day)
    found = [periods.financial_year(year) for year in range(starting - number, starting + 1)]
    return [one for one in found if one.end <= day]


def _last_whole_month(day: date) -> Period:
    this = periods.month(day.year, day.month)
    if this.end == day:
        return this
    before = day.year * 12 + day.month - 2
    return periods.month(before // 12, before % 12 + 1)


def _starting(day: date) -> int:
    return day.year if day.month >= periods.YEAR_STARTS_IN else day.year - 1
