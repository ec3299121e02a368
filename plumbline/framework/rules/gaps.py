"""Where nothing happened: months with none, days between dates, and teams not seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from plumbline.framework.rules.cadence import Cadence, Every, Range
from plumbline.framework.rules.due import next_due
from plumbline.framework.rules.months import month_start, months_in


def months_without(done_on: Iterable[date], start: date, end: date) -> tuple[date, ...]:
    """The first day of each month of the period in which nothing was done.

    A date of which only the month is known may be given as any day of that month.
    """
    with_some = {month_start(day) for day in done_on if start <= day <= end}
    return tuple(month for month in months_in(start, end) if month not in with_some)


def days_between(done_on: Iterable[date]) -> tuple[int, ...]:
    """The days from each date to the next, in order of the dates.

    Unit: days.
    """
    return tuple((later - earlier).days for earlier, later in pairwise(sorted(done_on)))


def mean_days_between(done_on: Iterable[date]) -> float | None:
    """The mean number of days between dates that follow each other; None for fewer than two dates.

    Unit: days.
    """
    intervals = days_between(done_on)
    return sum(intervals) / len(intervals) if intervals else None


@dataclass(frozen=True)
class Interval:
    """The time from one date done to the next, beside the longest the cadence allows (None: it sets none)."""

    start: date
    end: date
    days: int
    allowed_days: int | None

    @property
    def is_too_long(self) -> bool:
        """Whether more days passed than the cadence allows."""
        return self.allowed_days is not None and self.days > self.allowed_days


def intervals_against(cadence: Cadence, done_on: Iterable[date]) -> tuple[Interval, ...]:
    """The intervals between the dates, each against the longest the cadence allows.

    Only intervals and ranges limit the days between two dates; a minimum a month or a number a year do not.
    """
    intervals = []
    for start, end in pairwise(sorted(done_on)):
        window = next_due(cadence, (start,), start) if isinstance(cadence, Every | Range) else None
        allowed = (window.latest - start).days if window else None
        intervals.append(Interval(start, end, (end - start).days, allowed))
    return tuple(intervals)


@dataclass(frozen=True)
class TeamVisits:
    """How often one team was visited, and how long ago last (None: never)."""

    team: str
    visits: int
    days_since_last: int | None


def visits_by_team(
    teams: Sequence[str], visits: Iterable[tuple[str, date]], on: date
) -> tuple[TeamVisits, ...]:
    """Visits to each team up to the day `on`: teams never visited first, then the longest ago.

    Unit: visits and days. Source: catalogue D10.
    """
    days: dict[str, list[date]] = {team: [] for team in teams}
    for team, day in visits:
        if team in days and day <= on:
            days[team].append(day)
    rows = [
        TeamVisits(team, len(seen), (on - max(seen)).days if seen else None) for team, seen in days.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.days_since_last is not None, -(row.days_since_last or 0))))
