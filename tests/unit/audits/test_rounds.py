"""A year of rounds: months counted, gaps said, audits against the target, the four printed statuses."""

from datetime import date

import pytest

from plumbline.audits.rules import rounds, states

pytestmark = pytest.mark.no_database_needed
YEAR = [(date(2017, month, 1), date(2017, month, 1)) for month in (1, 2, 3, 4, 5, 6, 9, 10, 11, 12)]
SUMMER = (date(2017, 7, 1), date(2017, 8, 1))


def test_eleven_rounds_cover_twelve_months_when_one_spans_two() -> None:
    assert len(rounds.covered([*YEAR, SUMMER], rounds.Year(2017))) == 12
    assert rounds.gaps([*YEAR, SUMMER], rounds.Year(2017)) == []


def test_a_financial_year_runs_from_april_and_a_round_over_march_and_april_counts_in_both() -> None:
    span = [(date(2018, 3, 1), date(2018, 4, 1))]
    before, after = rounds.Year(2017, True), rounds.Year(2018, True)
    assert (before.months[0], before.months[-1]) == (date(2017, 4, 1), date(2018, 3, 1))
    assert len(before.months) == len(rounds.Year(2017).months) == 12
    assert (before.words, rounds.Year(2017).words) == ("2017 to 2018", "2017")
    assert (rounds.covered(span, before), rounds.covered(span, after)) == (
        [date(2018, 3, 1)],
        [date(2018, 4, 1)],
    )
    assert rounds.year_of(date(2018, 3, 31), is_financial=True) == before
    assert rounds.year_of(date(2018, 4, 1), is_financial=True) == after


def test_months_without_a_round_are_gaps() -> None:
    assert rounds.gaps(YEAR, rounds.Year(2017)) == [date(2017, 7, 1), date(2017, 8, 1)]


def test_two_rounds_in_a_month_cover_it_once() -> None:
    assert len(rounds.covered([YEAR[0], YEAR[0]], rounds.Year(2017))) == 1


def test_a_round_over_new_year_counts_in_both_years() -> None:
    span = [(date(2017, 12, 1), date(2018, 1, 1))]
    assert rounds.covered(span, rounds.Year(2017)) == [date(2017, 12, 1)]
    assert rounds.covered(span, rounds.Year(2018)) == [date(2018, 1, 1)]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 7, 1), date(2017, 7, 1), "July 2017"),
        (date(2017, 7, 1), date(2017, 8, 1), "July and August 2017"),
        (date(2017, 7, 1), date(2017, 9, 1), "July to September 2017"),
        (date(2017, 12, 1), date(2018, 1, 1), "December 2017 to January 2018"),
    ],
)
def test_months_are_told_in_words(first: date, last: date, words: str) -> None:
    assert rounds.months_in_words(first, last) == words


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (17, "17 (1 under 18 to 25)"),
        (18, "18 (within 18 to 25)"),
        (25, "25 (within 18 to 25)"),
        (27, "27 (2 over 18 to 25)"),
    ],
)
def test_audits_done_are_set_against_the_range(done: int, words: str) -> None:
    assert rounds.Target(done, 18, 25).words == words


def test_each_stage_has_a_printed_status_and_each_printed_status_a_stage() -> None:
    assert set(rounds.PRINTED) == set(states.ROUND_MOVES)
    assert {rounds.PRINTED[stage] for stage in rounds.STAGE_PRINTED.values()} == set(rounds.STAGE_PRINTED)


def test_a_round_may_be_due_by_working_days_or_beyond_the_list_of_holidays_by_weekdays() -> None:
    # May 2026 has holidays on the 4th and the 25th.
    assert rounds.due_dates(date(2026, 5, 1)) == (date(2026, 5, 22), date(2026, 6, 8))
    assert rounds.due_dates(date(2090, 12, 1)) == (date(2090, 12, 21), date(2091, 1, 4))
