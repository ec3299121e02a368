"""When a record's time has come: never a day too early, whatever the calendar does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.keeping.rules.retention import MOST_MONTHS, digest_of, due_on, last_day_due, period_in_words

# The day a record ended, the months it is kept, the first day it may go. Worked out by hand.
CASES = [
    (date(2020, 1, 15), 12, date(2021, 1, 15)),
    (date(2020, 1, 15), 1, date(2020, 2, 15)),
    (date(2020, 2, 29), 12, date(2021, 3, 1)),
    (date(2020, 2, 29), 48, date(2024, 2, 29)),
    (date(2020, 2, 29), 72, date(2026, 3, 1)),
    (date(2021, 2, 28), 36, date(2024, 2, 28)),
    (date(2020, 1, 31), 1, date(2020, 3, 1)),
    (date(2021, 1, 31), 1, date(2021, 3, 1)),
    (date(2020, 1, 30), 1, date(2020, 3, 1)),
    (date(2020, 1, 29), 1, date(2020, 2, 29)),
    (date(2020, 3, 31), 6, date(2020, 10, 1)),
    (date(2020, 8, 31), 6, date(2021, 3, 1)),
    (date(2020, 12, 31), 2, date(2021, 3, 1)),
    (date(2020, 12, 31), 1, date(2021, 1, 31)),
    (date(2020, 12, 1), 1, date(2021, 1, 1)),
    (date(2019, 12, 31), 72, date(2025, 12, 31)),
    (date(2000, 2, 29), 1200, date(2100, 3, 1)),
    (date(2020, 6, 30), 3, date(2020, 9, 30)),
    (date(2020, 5, 31), 13, date(2021, 7, 1)),
    (date(2020, 11, 30), 3, date(2021, 3, 1)),
]


@pytest.mark.parametrize(("ended", "months", "first"), CASES)
def test_the_first_day_it_may_go(ended: date, months: int, first: date) -> None:
    assert due_on(ended, months) == first
    last = last_day_due(first, months)
    assert last is not None
    assert ended <= last
    the_day_before = last_day_due(date.fromordinal(first.toordinal() - 1), months)
    assert the_day_before is not None
    assert ended > the_day_before


@given(
    st.dates(date(1950, 1, 1), date(2040, 12, 31)),
    st.integers(1, 600),
    st.dates(date(2000, 1, 1), date(2090, 12, 31)),
)
def test_looking_back_from_today_and_forward_from_the_record_agree(
    ended: date, months: int, today: date
) -> None:
    last = last_day_due(today, months)
    assert last is not None
    assert (ended <= last) == (due_on(ended, months) <= today)


def test_a_period_longer_than_the_calendar_makes_nothing_due() -> None:
    assert last_day_due(date(100, 1, 1), MOST_MONTHS) is None


def test_the_seal_does_not_depend_on_the_order() -> None:
    # printf 'a\nb' | sha256sum
    assert digest_of(["b", "a"]) == "7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78"


@pytest.mark.parametrize(
    ("months", "words"),
    [(None, "for good"), (1, "1 month"), (18, "18 months"), (12, "1 year"), (72, "6 years")],
)
def test_periods_in_words(months: int | None, words: str) -> None:
    assert period_in_words(months) == words
