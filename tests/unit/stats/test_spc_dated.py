"""Charts of dated values: the calendar is laid out, and dates that cannot be are refused."""

import datetime
import re
from datetime import date
from typing import Any

import pytest

from stats.spc import Chart, Period, Rule, on_dates, p_chart, run_chart, xmr
from stats.spc.dated import period_number, period_start


def refused(message: str) -> Any:
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")


def months(count: int) -> list[date]:
    return [date(2024 + i // 12, i % 12 + 1, 1) for i in range(count)]


def test_a_missing_month_is_laid_out_as_a_gap() -> None:
    dates = months(9)
    del dates[4]
    drawn = on_dates(xmr, dates, [1, 2, 3, 4, 5, 6, 7, 8])
    assert [p.value for p in drawn.chart.points] == [1, 2, 3, 4, None, 5, 6, 7, 8]
    assert drawn.dates == tuple(months(9))
    assert drawn.missing == (date(2024, 5, 1),)
    assert Rule.RISING not in [p.rule for p in drawn.chart.points]


def test_without_the_gap_the_same_values_would_be_a_trend() -> None:
    drawn = on_dates(xmr, months(8), [1, 2, 3, 4, 5, 6, 7, 8])
    assert drawn.missing == ()
    assert Rule.RISING in [p.rule for p in drawn.chart.points]


def test_dates_keep_their_day_and_missing_ones_take_the_first() -> None:
    drawn = on_dates(run_chart, [date(2024, 1, 31), date(2024, 3, 29)], [1, 2])
    assert drawn.dates == (date(2024, 1, 31), date(2024, 2, 1), date(2024, 3, 29))


def test_several_series_are_laid_out_alike() -> None:
    drawn = on_dates(p_chart, [date(2024, 1, 1), date(2024, 3, 1)], [12, 13], [20, 20])
    assert drawn.chart.chart is Chart.P
    assert [p.value for p in drawn.chart.points] == [0.6, None, 0.65]


def test_marks_are_given_by_date_and_options_passed_on() -> None:
    values = [1.0, 3.0] * 10
    marks = [(date(2025, 2, 1), "New team")]
    drawn = on_dates(xmr, months(20), values, rebase_at=marks, target=9)
    assert [(s.start, s.reason) for s in drawn.chart.stretches] == [(0, None), (13, "New team")]
    assert drawn.chart.target == 9
    counted = on_dates(p_chart, months(20), [10] * 20, [20] * 20, exclude=[(date(2024, 3, 1), "Backlog")])
    assert [p.position for p in counted.chart.points if p.excluded] == [2]


@pytest.mark.parametrize(
    ("every", "before", "after", "start"),
    [
        (Period.DAY, date(2024, 2, 28), date(2024, 2, 29), date(2024, 2, 29)),
        (Period.WEEK, date(2024, 12, 29), date(2024, 12, 30), date(2024, 12, 30)),
        (Period.MONTH, date(2024, 12, 31), date(2025, 1, 31), date(2025, 1, 1)),
        (Period.QUARTER, date(2024, 12, 31), date(2025, 3, 31), date(2025, 1, 1)),
        (Period.YEAR, date(2024, 1, 1), date(2025, 12, 31), date(2025, 1, 1)),
    ],
)
def test_the_next_period_has_the_next_number(every: Period, before: date, after: date, start: date) -> None:
    assert period_number(after, every) == period_number(before, every) + 1
    assert period_start(period_number(after, every), every) == start


@pytest.mark.parametrize("every", list(Period))
def test_every_period_starts_on_its_own_first_day(every: Period) -> None:
    day = date(2023, 12, 1)
    for _ in range(800):
        start = period_start(period_number(day, every), every)
        assert start <= day
        assert period_number(start, every) == period_number(day, every)
        assert period_number(start - datetime.timedelta(days=1), every) == period_number(day, every) - 1
        day += datetime.timedelta(days=1)


def test_quarters_are_also_those_of_the_year_from_april() -> None:
    assert period_start(period_number(date(2024, 6, 30), Period.QUARTER), Period.QUARTER) == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ([], "dates is []; it must be at least one date."),
        (["2024-01-01"], "dates[0] is '2024-01-01'; it must be a date without a time."),
        (
            [date(2024, 2, 1), date(2024, 1, 1)],
            "dates[1] is '2024-01-01'; it must be later than the one before it, 2024-02-01.",
        ),
        (
            [date(2024, 2, 1), date(2024, 2, 1)],
            "dates[1] is '2024-02-01'; it must be in a later month than 2024-02-01: one value each.",
        ),
        (
            [date(2024, 2, 1), date(2024, 2, 29)],
            "dates[1] is '2024-02-29'; it must be in a later month than 2024-02-01: one value each.",
        ),
    ],
)
def test_dates_that_are_missing_unsorted_or_duplicate_are_refused(dates: list[date], message: str) -> None:
    with refused(message):
        on_dates(xmr, dates, [1.0] * len(dates))


def test_a_time_is_not_a_date() -> None:
    with pytest.raises(ValueError, match=r"^dates\[0\] is datetime.*; it must be a date without a time\.$"):
        on_dates(xmr, [datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)], [1])


def test_series_of_another_length_are_refused() -> None:
    with refused("series[1] is [1]; it must be as long as dates, which has 2."):
        on_dates(p_chart, months(2), [1, 2], [1])


def test_a_mark_whose_date_is_not_in_the_series_is_refused() -> None:
    with refused("a date in rebase_at is '2024-01-02'; it must be one of dates."):
        on_dates(xmr, months(9), [1.0, 2.0] * 4 + [1.0], rebase_at=[(date(2024, 1, 2), "why")])
    with refused("a date in exclude is '2030-01-01'; it must be one of dates."):
        on_dates(run_chart, months(2), [1, 2], exclude=[(date(2030, 1, 1), "why")])
    gap = [date(2024, 1, 1), date(2024, 3, 1)]
    with refused("a date in rebase_at is '2024-02-01'; it must be one of dates."):
        on_dates(xmr, gap, [1, 2], rebase_at=[(date(2024, 2, 1), "why")])


def test_a_rebase_by_date_needs_a_reason() -> None:
    with refused("the reason for position 1 in rebase_at is ''; it must be words that say why."):
        on_dates(xmr, months(2), [1, 2], rebase_at=[(date(2024, 2, 1), "")])


def test_a_period_that_is_only_a_word_is_refused() -> None:
    with refused("every is 'month'; it must be a Period: DAY, WEEK, MONTH, QUARTER or YEAR."):
        on_dates(xmr, months(2), [1, 2], every="month")  # type: ignore[arg-type]
