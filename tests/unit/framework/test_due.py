"""When activities fall due."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.framework.rules.cadence import Cadence, Event, Every, Minimum, Range, Unit, Yearly
from plumbline.framework.rules.due import due_windows, next_due, planned_in, window_around
from plumbline.framework.rules.months import add_months, month_end, months_in, parts_of_year, year_start
from tests.unit.framework.strategies import REPEATABLE, cadences

MONTH, WEEK = Unit.MONTH, Unit.WEEK
YEAR = (date(2026, 4, 1), date(2027, 3, 31))
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


def latest_days(cadence: Cadence, start: date, end: date, last_done: date | None = None) -> list[date]:
    return [window.latest for window in due_windows(cadence, start, end, last_done)]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 15), -3, date(2025, 12, 15)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
    ],
)
def test_months_are_added_and_stop_at_the_end_of_a_shorter_month(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


def test_an_anchor_day_is_kept_after_a_short_month() -> None:
    assert add_months(date(2026, 2, 28), 1, anchor_day=31) == date(2026, 3, 31)


def test_the_year_begins_in_april_unless_told_otherwise() -> None:
    assert year_start(date(2026, 3, 31)) == date(2025, 4, 1)
    assert year_start(date(2026, 4, 1)) == date(2026, 4, 1)
    assert year_start(date(2026, 3, 31), begins_in=1) == date(2026, 1, 1)


@REPEATABLE
@given(DAYS, st.integers(1, 366))
def test_the_parts_of_a_year_follow_each_other_and_fill_it(day: date, parts: int) -> None:
    first = year_start(day)

    cut = parts_of_year(first, min(parts, 365))

    assert cut[0][0] == first
    assert cut[-1][1] == month_end(add_months(first, 11))
    assert all(start <= end for start, end in cut)
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in pairwise(cut))


def test_an_interval_is_next_due_one_interval_after_it_was_last_done() -> None:
    done = (date(2026, 4, 20), date(2026, 5, 31))

    monthly = next_due(Every(1, MONTH), done, date(2026, 6, 2))
    six_weekly = next_due(Every(6, WEEK), done, date(2026, 6, 2))

    assert monthly is not None
    assert (monthly.earliest, monthly.latest) == (date(2026, 6, 30), date(2026, 6, 30))
    assert six_weekly is not None
    assert six_weekly.latest == date(2026, 7, 12)


def test_a_range_is_next_due_from_its_shorter_to_its_longer_interval() -> None:
    window = next_due(Range(6, 8, WEEK), (date(2026, 4, 1),), date(2026, 4, 2))

    assert window is not None
    assert (window.earliest, window.latest) == (date(2026, 5, 13), date(2026, 5, 27))


def test_the_anchor_day_of_a_series_is_kept_after_a_short_month() -> None:
    window = next_due(Every(1, MONTH), (date(2026, 2, 28),), date(2026, 3, 1), anchor_day=31)

    assert window is not None
    assert window.latest == date(2026, 3, 31)


def test_an_activity_never_done_is_due_one_interval_into_its_schedule() -> None:
    window = next_due(Every(1, MONTH), (), date(2026, 9, 1), starts_on=date(2026, 4, 1))

    assert window is not None
    assert window.latest == date(2026, 4, 30)


def test_a_date_after_the_day_asked_about_is_not_yet_done() -> None:
    window = next_due(Every(1, MONTH), (date(2026, 4, 1), date(2026, 8, 1)), date(2026, 4, 5))

    assert window is not None
    assert window.latest == date(2026, 5, 1)


def test_a_minimum_is_due_this_month_until_its_number_is_done() -> None:
    on = date(2026, 5, 20)

    once = next_due(Minimum(2), (date(2026, 4, 30), date(2026, 5, 3)), on)
    twice = next_due(Minimum(2), (date(2026, 5, 3), date(2026, 5, 9)), on)

    assert once is not None
    assert (once.earliest, once.latest) == (date(2026, 5, 1), date(2026, 5, 31))
    assert twice is not None
    assert (twice.earliest, twice.latest) == (date(2026, 6, 1), date(2026, 6, 30))


def test_a_yearly_programme_is_due_in_the_first_part_not_yet_covered() -> None:
    on = date(2026, 8, 1)

    none_done = next_due(Yearly(4), (date(2026, 3, 1),), on)
    one_done = next_due(Yearly(4), (date(2026, 5, 1),), on)
    all_done = next_due(Yearly(1), (date(2026, 5, 1), date(2026, 6, 1)), on)

    assert none_done is not None
    assert none_done.latest == date(2026, 6, 30)
    assert one_done is not None
    assert one_done.latest == date(2026, 9, 30)
    assert all_done is not None
    assert (all_done.earliest, all_done.latest) == (date(2027, 4, 1), date(2028, 3, 31))


def test_what_happens_on_events_is_never_due_by_the_calendar() -> None:
    assert next_due(Event(), (date(2026, 4, 1),), date(2026, 5, 1)) is None
    assert due_windows(Event(), *YEAR) == ()


@pytest.mark.parametrize(
    ("cadence", "planned"),
    [
        (Every(1, MONTH), 12),
        (Every(3, MONTH), 4),
        (Every(6, MONTH), 2),
        (Every(12, MONTH), 1),
        (Every(6, WEEK), 8),
        (Every(4, WEEK), 13),
        (Range(6, 8, WEEK), 6),
        (Minimum(1), 12),
        (Minimum(2), 24),
        (Yearly(4), 4),
        (Yearly(20), 20),
        (Yearly(None), 1),
        (Event(), 0),
    ],
)
def test_a_year_plans_as_many_occurrences_as_the_cadence_asks_for(cadence: Cadence, planned: int) -> None:
    assert planned_in(cadence, *YEAR) == planned


def test_a_monthly_activity_never_done_is_due_by_each_month_end() -> None:
    assert latest_days(Every(1, MONTH), *YEAR)[:3] == [
        date(2026, 4, 30),
        date(2026, 5, 31),
        date(2026, 6, 30),
    ]


def test_a_monthly_series_goes_on_from_the_day_it_was_last_done() -> None:
    days = latest_days(Every(1, MONTH), date(2026, 4, 1), date(2026, 6, 30), last_done=date(2026, 1, 31))

    assert days == [date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)]


def test_a_range_is_planned_as_the_fewest_that_keep_its_promise() -> None:
    windows = due_windows(Range(6, 8, WEEK), date(2026, 4, 1), date(2026, 8, 1), date(2026, 4, 1))

    assert [(window.earliest, window.latest) for window in windows] == [
        (date(2026, 5, 13), date(2026, 5, 27)),
        (date(2026, 7, 8), date(2026, 7, 22)),
    ]


def test_four_times_a_year_is_planned_as_quarters() -> None:
    first = due_windows(Yearly(4), *YEAR)[0]

    assert (first.earliest, first.latest) == (date(2026, 4, 1), date(2026, 6, 30))
    assert (first.counts_from, first.counts_until) == YEAR


@REPEATABLE
@given(cadences(), DAYS, DAYS, DAYS, st.none() | DAYS)
def test_every_planned_occurrence_belongs_to_exactly_one_of_two_periods_that_follow(
    cadence: Cadence, one: date, two: date, three: date, last_done: date | None
) -> None:
    start, middle, end = sorted((one, two, three))
    # Without a last date each period plans from its own first day, so only a shared one can be compared.
    last_done = last_done or start
    following = middle + timedelta(days=1)

    halves = due_windows(cadence, start, middle, last_done) + due_windows(cadence, following, end, last_done)

    assert halves == due_windows(cadence, start, end, last_done)


@REPEATABLE
@given(cadences(), DAYS, st.integers(0, 1500))
def test_windows_open_before_they_close_and_lie_in_the_period(
    cadence: Cadence, start: date, days: int
) -> None:
    end = start + timedelta(days=days)

    windows = due_windows(cadence, start, end)

    assert list(windows) == sorted(windows)
    for window in windows:
        assert window.counts_from <= window.earliest <= window.latest <= window.counts_until
        assert start <= window.latest <= end


@REPEATABLE
@given(st.integers(1, 60), st.sampled_from(Unit), DAYS)
def test_the_next_due_date_is_the_first_planned_one(interval: int, unit: Unit, last_done: date) -> None:
    cadence = Every(interval, unit)

    window = next_due(cadence, (last_done,), last_done)

    assert window is not None
    assert due_windows(cadence, last_done, window.latest, last_done) == (window,)


def test_the_months_of_a_period_include_its_broken_first_and_last() -> None:
    assert months_in(date(2026, 4, 30), date(2026, 6, 1)) == (
        date(2026, 4, 1),
        date(2026, 5, 1),
        date(2026, 6, 1),
    )


@REPEATABLE
@given(cadences(), DAYS, st.integers(0, 800))
def test_a_window_is_known_again_from_its_earliest_and_latest_day(
    cadence: Cadence, start: date, days: int
) -> None:
    for window in due_windows(cadence, start, start + timedelta(days=days)):
        again = window_around(cadence, window.earliest, window.latest)

        # Series at month ends may differ by the days that short months lack.
        assert abs(again.counts_from - window.counts_from) <= timedelta(days=3)
        assert abs(again.counts_until - window.counts_until) <= timedelta(days=3)


def test_an_occurrence_that_no_cadence_asked_for_can_always_be_made_good() -> None:
    window = window_around(Event(), date(2026, 4, 1), date(2026, 4, 1))

    assert window.counts_until == date.max
    assert window_around(None, date(2026, 4, 1), date(2026, 4, 1)) == window
