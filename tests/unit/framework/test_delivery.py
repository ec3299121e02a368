"""Delivered against planned, and gaps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.framework.rules.cadence import Cadence, Every, Minimum, Unit, Yearly
from plumbline.framework.rules.delivery import (
    Delivery,
    Occurrence,
    Status,
    delivery,
    delivery_words,
    match_done,
    occurrence_status,
)
from plumbline.framework.rules.due import due_windows
from plumbline.framework.rules.gaps import (
    days_between,
    intervals_against,
    mean_days_between,
    months_without,
    visits_by_team,
)
from tests.unit.framework.strategies import REPEATABLE, cadences

MONTH, WEEK = Unit.MONTH, Unit.WEEK
# Source: requirements, table T3, the eight visits of 2017 that have a day; the ninth has only its month.
VISITS_2017 = [
    date(2017, 2, 1),
    date(2017, 3, 9),
    date(2017, 4, 10),
    date(2017, 5, 18),
    date(2017, 6, 29),
    date(2017, 8, 7),
    date(2017, 8, 25),
    date(2017, 10, 27),
]
NOVEMBER = date(2017, 11, 1)
DAYS = st.dates(date(2026, 4, 1), date(2027, 3, 31))


def occurrences(cadence: Cadence, start: date, end: date) -> list[Occurrence]:
    return [Occurrence(window) for window in due_windows(cadence, start, end)]


def monthly() -> Occurrence:
    """Due on 30 April 2026, with the next one due on 31 May."""
    return occurrences(Every(1, MONTH), date(2026, 4, 1), date(2026, 4, 30))[0]


def first_quarter() -> Occurrence:
    return occurrences(Yearly(4), date(2026, 4, 1), date(2027, 3, 31))[0]


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2026, 4, 22), Status.PLANNED),
        (date(2026, 4, 23), Status.DUE),
        (date(2026, 4, 30), Status.DUE),
        (date(2026, 5, 1), Status.OVERDUE),
        (date(2026, 5, 30), Status.OVERDUE),
        (date(2026, 5, 31), Status.MISSED),
    ],
)
def test_a_monthly_occurrence_is_planned_then_due_then_overdue_then_missed(on: date, status: Status) -> None:
    assert occurrence_status(monthly(), on) is status


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2026, 3, 31), Status.PLANNED),
        (date(2026, 4, 1), Status.DUE),
        (date(2026, 6, 30), Status.DUE),
        (date(2026, 7, 1), Status.OVERDUE),
        (date(2027, 3, 31), Status.OVERDUE),
        (date(2027, 4, 1), Status.MISSED),
    ],
)
def test_a_part_of_a_yearly_programme_can_be_made_good_until_its_year_ends(on: date, status: Status) -> None:
    assert occurrence_status(first_quarter(), on) is status


def test_a_minimum_a_month_is_missed_as_soon_as_the_month_is_over() -> None:
    april = occurrences(Minimum(1), date(2026, 4, 1), date(2026, 4, 30))[0]

    assert occurrence_status(april, date(2026, 4, 1)) is Status.DUE
    assert occurrence_status(april, date(2026, 5, 1)) is Status.MISSED


def test_done_on_its_last_day_is_done_and_a_day_after_is_done_late() -> None:
    window = monthly().window

    assert occurrence_status(Occurrence(window, window.latest), date(2026, 6, 30)) is Status.DONE
    assert occurrence_status(Occurrence(window, date(2026, 5, 1)), date(2026, 6, 30)) is Status.DONE_LATE


def test_what_was_called_off_is_cancelled_unless_it_was_done_after_all() -> None:
    window = monthly().window

    assert occurrence_status(Occurrence(window, is_cancelled=True), date(2027, 1, 1)) is Status.CANCELLED
    assert (
        occurrence_status(Occurrence(window, window.latest, is_cancelled=True), date(2027, 1, 1))
        is Status.DONE
    )


def test_two_visits_in_one_month_do_not_make_up_for_the_empty_month_after() -> None:
    planned = occurrences(Every(1, MONTH), date(2026, 4, 1), date(2026, 6, 30))

    matched, extras = match_done(planned, [date(2026, 4, 7), date(2026, 4, 25), date(2026, 6, 2)])

    assert [occurrence.done_on for occurrence in matched] == [date(2026, 4, 7), None, date(2026, 6, 2)]
    assert extras == (date(2026, 4, 25),)


def test_a_late_day_and_a_timely_one_go_to_the_occurrences_in_their_order() -> None:
    planned = occurrences(Every(1, MONTH), date(2026, 4, 1), date(2026, 5, 31))

    matched, extras = match_done(planned, [date(2026, 5, 28), date(2026, 5, 5)])

    assert [occurrence.done_on for occurrence in matched] == [date(2026, 5, 5), date(2026, 5, 28)]
    assert extras == ()


def test_a_day_that_is_on_time_for_one_occurrence_is_not_spent_on_an_older_one() -> None:
    planned = occurrences(Every(1, MONTH), date(2026, 4, 1), date(2026, 5, 31))

    matched, _ = match_done(planned, [date(2026, 5, 28)])

    assert [occurrence.done_on for occurrence in matched] == [None, date(2026, 5, 28)]


def test_an_occurrence_that_already_has_its_day_keeps_it() -> None:
    april, may = occurrences(Every(1, MONTH), date(2026, 4, 1), date(2026, 5, 31))
    april = Occurrence(april.window, date(2026, 5, 20))

    matched, _ = match_done([april, may], [date(2026, 5, 5)])

    assert [occurrence.done_on for occurrence in matched] == [date(2026, 5, 20), date(2026, 5, 5)]


def test_a_yearly_programme_done_early_is_delivered() -> None:
    planned = occurrences(Yearly(4), date(2026, 4, 1), date(2027, 3, 31))
    done = [date(2026, 4, day) for day in (2, 9, 16, 23)]

    assert delivery(planned, done, date(2026, 5, 1)).delivered == 4


def test_the_figures_of_a_period_say_what_became_of_each_occurrence() -> None:
    planned = occurrences(Every(1, MONTH), date(2026, 4, 1), date(2027, 3, 31))
    planned[2] = Occurrence(planned[2].window, is_cancelled=True)
    done = [date(2026, 4, 28), date(2026, 4, 29), date(2026, 6, 3), date(2026, 9, 9)]

    figures = delivery(planned, done, date(2026, 9, 1))

    assert figures == Delivery(
        planned=12, done=1, done_late=1, due=0, overdue=1, missed=1, still_planned=7, cancelled=1, extra=1
    )
    assert delivery_words(figures) == (
        "2 of 12 done, 1 of them late. 1 overdue, 1 missed, 1 called off, 1 more than planned."
    )


def test_the_sentence_of_a_period_names_what_was_late() -> None:
    planned = occurrences(Every(1, MONTH), date(2026, 4, 1), date(2026, 5, 31))

    figures = delivery(planned, [date(2026, 5, 2), date(2026, 5, 20)], date(2026, 6, 1))

    assert delivery_words(figures) == "2 of 2 done, 1 of them late."
    assert delivery_words(delivery([], [], date(2026, 6, 1))) == "None planned."


@REPEATABLE
@given(cadences(), st.lists(DAYS, max_size=20), DAYS)
def test_every_day_done_is_used_once_and_every_occurrence_has_one_state(
    cadence: Cadence, done: list[date], on: date
) -> None:
    planned = occurrences(cadence, date(2026, 4, 1), date(2027, 3, 31))
    so_far = [day for day in done if day <= on]

    matched, extras = match_done(planned, so_far)
    figures = delivery(planned, done, on)

    assert sorted([o.done_on for o in matched if o.done_on] + list(extras)) == sorted(so_far)
    assert [o.window for o in matched] == [o.window for o in planned]
    for o in matched:
        assert o.done_on is None or o.window.counts_from <= o.done_on <= o.window.counts_until
    states = (
        figures.done
        + figures.done_late
        + figures.due
        + figures.overdue
        + figures.missed
        + figures.still_planned
        + figures.cancelled
    )
    assert states == figures.planned == len(planned)


def test_the_visits_of_2017_give_the_published_intervals() -> None:
    assert days_between(VISITS_2017) == (36, 32, 38, 42, 39, 18, 63)
    assert round(mean_days_between(VISITS_2017) or 0, 1) == 38.3
    assert max(days_between(VISITS_2017)) == 63


def test_the_visits_of_2017_leave_the_published_months_empty() -> None:
    empty = months_without([*VISITS_2017, NOVEMBER], date(2017, 1, 1), date(2017, 12, 31))

    assert [month.month for month in empty] == [1, 7, 9, 12]


def test_only_the_longest_interval_of_2017_broke_the_six_weeks() -> None:
    intervals = intervals_against(Every(6, WEEK), VISITS_2017)

    assert {interval.allowed_days for interval in intervals} == {42}
    assert [interval.days for interval in intervals if interval.is_too_long] == [63]


def test_a_number_a_year_sets_no_limit_between_two_dates() -> None:
    assert not any(interval.is_too_long for interval in intervals_against(Yearly(4), VISITS_2017))


def test_fewer_than_two_dates_have_no_mean_interval() -> None:
    assert mean_days_between([]) is None
    assert mean_days_between([date(2026, 4, 1)]) is None


def test_teams_never_visited_come_first_then_the_longest_ago() -> None:
    on = date(2026, 9, 1)
    visits = [
        ("Fostering", on - timedelta(days=10)),
        ("Front door", on - timedelta(days=90)),
        ("Front door", on - timedelta(days=40)),
        ("Fostering", on + timedelta(days=3)),
        ("A team not asked about", on),
    ]

    rows = visits_by_team(["Fostering", "Front door", "Care leavers"], visits, on)

    assert [(row.team, row.visits, row.days_since_last) for row in rows] == [
        ("Care leavers", 0, None),
        ("Front door", 2, 40),
        ("Fostering", 1, 10),
    ]
