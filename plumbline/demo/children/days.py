"""Days as ordinals, with working days and ISO texts looked up in tables: the simulation asks millions of times."""

from datetime import date
from functools import cache

from stats.working_days import england

FIRST = date(1965, 1, 1).toordinal()
LAST = date(2080, 1, 1).toordinal()
YEAR = 365.25


def _is_worked(day: int) -> bool:
    """Monday to Friday, less the bank holidays of the years the shipped list covers."""
    return date.fromordinal(day).weekday() < 5


_OFF = set(england().weekdays_off)
ISO = [date.fromordinal(day).isoformat() for day in range(FIRST, LAST)]
WORKED = [day for day in range(FIRST, LAST) if _is_worked(day) and day not in _OFF]
WORKED_BY: list[int] = []
_count = 0
_worked = set(WORKED)
for _day in range(FIRST, LAST):
    _count += _day in _worked
    WORKED_BY.append(_count)


def iso(day: int) -> str:
    """The day as YYYY-MM-DD."""
    return ISO[day - FIRST]


def is_working_day(day: int) -> bool:
    """Whether offices are open."""
    return day in _worked


def working_day_after(start: int, number: int) -> int:
    """The day whose number is given, where the start is day 0 and the next working day is day 1."""
    if number <= 0:
        return start
    return WORKED[WORKED_BY[start - FIRST] + number - 1]


def on_or_after(day: int) -> int:
    """The day itself when it is worked, else the next that is."""
    return day if day in _worked else working_day_after(day, 1)


def working_days_between(start: int, end: int) -> int:
    """How many working days the end is after the start."""
    return WORKED_BY[end - FIRST] - WORKED_BY[start - FIRST]


@cache
def _anniversary(born: int, years: int) -> int:
    born_on = date.fromordinal(born)
    try:
        return born_on.replace(year=born_on.year + years).toordinal()
    except ValueError:  # born on 29 February: the birthday is 1 March in other years (English law)
        return date(born_on.year + years, 3, 1).toordinal()


def birthday(born: int, years: int) -> int:
    """The day somebody reaches an age."""
    return _anniversary(born, years)


def age_on(born: int, day: int) -> int:
    """Age in completed years (-1 before birth)."""
    if day < born:
        return -1
    years = int((day - born) / YEAR)
    while _anniversary(born, years + 1) <= day:
        years += 1
    while years and _anniversary(born, years) > day:
        years -= 1
    return years


def month_index(day: int) -> int:
    """Months since January 2000."""
    on = date.fromordinal(day)
    return (on.year - 2000) * 12 + on.month - 1


def month_starts(index: int) -> int:
    """The first day of a month counted from January 2000."""
    return date(2000 + index // 12, index % 12 + 1, 1).toordinal()
