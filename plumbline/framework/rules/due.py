"""When an activity is next due, and the planned occurrences of a period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from plumbline.framework.rules.cadence import Cadence, Event, Every, Minimum, Range, Unit, Yearly
from plumbline.framework.rules.months import (
    YEAR_BEGINS_IN,
    add_months,
    month_end,
    month_start,
    months_in,
    parts_of_year,
    year_start,
)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Window:
    """The days in which one occurrence falls due: on time from `earliest` to `latest`.

    Done from `counts_from` it counts as this occurrence, early; done up to `counts_until` it counts, late.
    After that day the occurrence is missed.
    """

    latest: date
    earliest: date
    counts_from: date
    counts_until: date

    @property
    def is_one_day(self) -> bool:
        """Whether a single day is due rather than a stretch of days."""
        return self.earliest == self.latest


def after(last_done: date, size: int, unit: Unit, anchor_day: int | None = None) -> date:
    """The date `size` weeks or months after `last_done`; months keep to `anchor_day` where it is given."""
    if unit is Unit.WEEK:
        return last_done + timedelta(weeks=size)
    return add_months(last_done, size, anchor_day=anchor_day)


def _interval_windows(cadence: Every | Range, last_done: date, anchor_day: int | None) -> Iterator[Window]:
    """Windows without end after `last_done`, each planned as if the one before fell on its latest day."""
    least, most = (
        (cadence.interval, cadence.interval) if isinstance(cadence, Every) else (cadence.least, cadence.most)
    )
    # Counted from the first date, so that a series on the 31st stays at month ends.
    for n in count():
        before = after(last_done, n * most, cadence.unit, anchor_day)
        earliest = after(last_done, n * most + least, cadence.unit, anchor_day)
        latest = after(last_done, (n + 1) * most, cadence.unit, anchor_day)
        following = after(last_done, (n + 1) * most + least, cadence.unit, anchor_day)
        yield Window(latest, earliest, counts_from=before + ONE_DAY, counts_until=following - ONE_DAY)


def _month_windows(cadence: Minimum, start: date, end: date) -> Iterator[Window]:
    for first in months_in(start, end):
        last = month_end(first)
        for _ in range(cadence.count):
            yield Window(last, first, counts_from=first, counts_until=last)


def _year_windows(cadence: Yearly, start: date, end: date, begins_in: int) -> Iterator[Window]:
    first = year_start(start, begins_in)
    while first <= end:
        last = add_months(first, 12) - ONE_DAY
        # A programme without a number still means that something happens in the year: one occurrence.
        for part_start, part_end in parts_of_year(first, cadence.count or 1):
            # Delivered early or late within its year, a programme is delivered.
            yield Window(part_end, part_start, counts_from=first, counts_until=last)
        first = last + ONE_DAY


def due_windows(
    cadence: Cadence,
    start: date,
    end: date,
    last_done: date | None = None,
    *,
    anchor_day: int | None = None,
    year_begins_in: int = YEAR_BEGINS_IN,
) -> tuple[Window, ...]:
    """The planned occurrences of the period: the windows whose latest day lies from `start` to `end`.

    Intervals run from `last_done`; an activity never done is planned as if it was last done on the day
    before `start`. Calendar months and yearly programmes do not depend on `last_done`. Every window belongs
    to exactly one of two periods that follow each other.

    Shape: in order of their latest day; empty for what happens only on events.
    """
    if isinstance(cadence, Event):
        return ()
    if isinstance(cadence, Minimum):
        windows = _month_windows(cadence, start, end)
        return tuple(window for window in windows if start <= window.latest <= end)
    if isinstance(cadence, Yearly):
        windows = _year_windows(cadence, start, end, year_begins_in)
        return tuple(window for window in windows if start <= window.latest <= end)
    chosen: list[Window] = []
    for window in _interval_windows(cadence, last_done or start - ONE_DAY, anchor_day):
        if window.latest > end:
            return tuple(chosen)
        if window.latest >= start:
            chosen.append(window)
    return tuple(chosen)


def window_around(
    cadence: Cadence | None, earliest: date, latest: date, *, year_begins_in: int = YEAR_BEGINS_IN
) -> Window:
    """The window of an occurrence of which only the earliest and latest day were kept.

    One that no cadence asked for (added by hand, or on an event) can always be made good: it is never missed.
    """
    match cadence:
        case Every(interval=size, unit=unit) | Range(least=size, unit=unit):
            counts_from = after(earliest, -size, unit) + ONE_DAY
            return Window(latest, earliest, counts_from, after(latest, size, unit) - ONE_DAY)
        case Minimum():
            return Window(latest, earliest, month_start(latest), month_end(latest))
        case Yearly():
            first = year_start(latest, year_begins_in)
            return Window(latest, earliest, first, add_months(first, 12) - ONE_DAY)
        case _:
            return Window(latest, earliest, date.min, date.max)


def planned_in(
    cadence: Cadence,
    start: date,
    end: date,
    last_done: date | None = None,
    *,
    year_begins_in: int = YEAR_BEGINS_IN,
) -> int:
    """How many occurrences are planned in the period.

    Unit: occurrences.
    """
    return len(due_windows(cadence, start, end, last_done, year_begins_in=year_begins_in))


def next_due(
    cadence: Cadence,
    done_on: tuple[date, ...],
    on: date,
    *,
    starts_on: date | None = None,
    anchor_day: int | None = None,
    year_begins_in: int = YEAR_BEGINS_IN,
) -> Window | None:
    """The window in which the activity is next due, as seen on the day `on`; None for events.

    Intervals: the last date done plus the interval, a range giving earliest and latest. The window may lie
    in the past: then the activity is overdue. Never done, it counts from `starts_on` (or `on`), the first
    day of its schedule. Minimum a month: this month until its number is done, then the next month. Yearly:
    the first part of the year not yet covered by what was done in the year, else the first of next year.

    Source: model 4.3, "Next due date".
    """
    done = tuple(sorted(day for day in done_on if day <= on))
    if isinstance(cadence, Event):
        return None
    if isinstance(cadence, Minimum):
        this_month = sum(day >= month_start(on) for day in done)
        month = month_start(on) if this_month < cadence.count else add_months(month_start(on), 1)
        return next(_month_windows(cadence, month, month))
    if isinstance(cadence, Yearly):
        first = year_start(on, year_begins_in)
        this_year = sum(day >= first for day in done)
        following = add_months(first, 12)
        windows = list(_year_windows(cadence, first, following, year_begins_in))
        return windows[min(this_year, cadence.count or 1)]
    last_done = done[-1] if done else (starts_on or on) - ONE_DAY
    return next(_interval_windows(cadence, last_done, anchor_day))
