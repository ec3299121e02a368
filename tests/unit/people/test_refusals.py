"""Every refusal says in words what to do."""

from datetime import date

import pytest

from plumbline.people.presenters.refusals import SENTENCES, sentence_of
from plumbline.people.presenters.words import period
from plumbline.people.rules.refusals import Reason, Refused


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    facts = {"day": date(2026, 5, 1), "people": 1, "teams": 2}
    said = sentence_of(Refused(reason, **facts))
    assert len(said) > 20
    assert "{" not in said


def test_what_stands_against_closing_is_counted() -> None:
    said = sentence_of(Refused(Reason.STILL_IN_USE, people=1, teams=2))
    assert said.startswith("1 person and 2 teams are in it")


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) == set(Reason)


def test_periods_name_the_last_day_that_counts() -> None:
    today = date(2026, 6, 1)
    assert period(date(2024, 4, 1), None, today) == "since 1 April 2024"
    assert period(date(2027, 4, 1), None, today) == "from 1 April 2027"
    assert period(date(2024, 4, 1), date(2025, 7, 1), today) == "1 April 2024 to 30 June 2025"
    assert period(today, date(2026, 6, 2), today) == "on 1 June 2026"
    assert period(today, today, today) == "taken back on 1 June 2026"
