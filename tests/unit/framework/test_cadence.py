"""Cadences as values, as mappings and in words."""

import pytest
from hypothesis import given

from plumbline.framework.rules.cadence import (
    Cadence,
    CadenceError,
    Event,
    Every,
    Minimum,
    Purpose,
    Range,
    Unit,
    Yearly,
    from_dict,
    times_a_year,
    to_dict,
    words,
)
from plumbline.framework.rules.cadence_words import cadence_from_words, cadences_in, disagree
from tests.unit.framework.strategies import REPEATABLE, cadences

MONTH, WEEK = Unit.MONTH, Unit.WEEK


@pytest.mark.parametrize(
    ("cadence", "said"),
    [
        (Every(1, MONTH), "every month"),
        (Every(3, MONTH), "every 3 months"),
        (Every(12, MONTH), "every year"),
        (Every(1, WEEK), "every week"),
        (Every(6, WEEK), "every 6 weeks"),
        (Range(6, 8, WEEK), "every 6 to 8 weeks"),
        (Minimum(1), "at least once a month"),
        (Minimum(2), "at least twice a month"),
        (Minimum(3), "at least 3 times a month"),
        (Yearly(1), "once a year"),
        (Yearly(4), "4 times a year"),
        (Yearly(None), "as planned through the year"),
        (Event(), "when it happens"),
        (Every(3, MONTH, Purpose.REPORT, "to senior managers"), "report every 3 months: to senior managers"),
    ],
)
def test_a_cadence_is_said_in_plain_words(cadence: Cadence, said: str) -> None:
    assert words(cadence) == said


@REPEATABLE
@given(cadences())
def test_the_words_of_a_cadence_read_back_as_the_same_cadence(cadence: Cadence) -> None:
    assert cadence_from_words(words(cadence)) == cadence


@REPEATABLE
@given(cadences())
def test_the_mapping_of_a_cadence_reads_back_as_the_same_cadence(cadence: Cadence) -> None:
    assert from_dict(to_dict(cadence)) == cadence


def test_the_mappings_of_the_file_format_are_read() -> None:
    assert from_dict({"kind": "every", "interval": 1, "unit": "month"}) == Every(1, MONTH)
    assert from_dict({"kind": "range", "least": 6, "most": 8, "unit": "week"}) == Range(6, 8, WEEK)
    assert from_dict({"kind": "minimum", "count": 1, "unit": "month"}) == Minimum(1)
    assert from_dict({"kind": "yearly", "count": 4}) == Yearly(4)
    assert from_dict({"kind": "event", "label": "a concern"}) == Event(label="a concern")
    assert to_dict(Minimum(1)) == {"kind": "minimum", "count": 1, "unit": "month"}


@pytest.mark.parametrize(
    ("given_mapping", "field", "message"),
    [
        ({}, "kind", "Write one of every, range, minimum, yearly, event for kind."),
        ({"kind": "often"}, "kind", "Write one of every, range, minimum, yearly, event for kind."),
        (
            {"kind": "every", "unit": "month"},
            "interval",
            "Write a whole number from 1 to 120 for interval, such as 1.",
        ),
        ({"kind": "every", "interval": 0, "unit": "month"}, "interval", "whole number from 1"),
        ({"kind": "every", "interval": True, "unit": "month"}, "interval", "whole number from 1"),
        ({"kind": "every", "interval": 1.5, "unit": "month"}, "interval", "whole number from 1"),
        ({"kind": "every", "interval": 521, "unit": "week"}, "interval", "from 1 to 520"),
        ({"kind": "every", "interval": 1, "unit": "moon"}, "unit", "Write one of week, month for unit."),
        ({"kind": "range", "least": 8, "most": 6, "unit": "week"}, "most", "Write a number above 8 for most"),
        ({"kind": "range", "least": 6, "most": 6, "unit": "week"}, "most", "Write a number above 6 for most"),
        ({"kind": "minimum", "count": 1, "unit": "week"}, "unit", "Write one of month for unit."),
        ({"kind": "yearly", "count": "many"}, "count", "whole number from 1 to 366"),
        ({"kind": "event", "purpose": "tell"}, "purpose", "Write one of do, report for purpose."),
        ({"kind": "event", "label": ["a"]}, "label", "Write a few words for label"),
        ({"kind": "event", "interval": 2}, "interval", "Take out interval: a cadence of kind event has"),
    ],
)
def test_a_wrong_cadence_is_refused_naming_the_key_and_what_to_write(
    given_mapping: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(CadenceError, match=message.replace(".", r"\.")) as refusal:
        from_dict(given_mapping)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("Monthly", Every(1, MONTH)),
        ("Monthly Performance Meetings", Every(1, MONTH)),
        ("Six weekly", Every(6, WEEK)),
        ("6-8 weekly", Range(6, 8, WEEK)),
        ("every six to eight weeks", Range(6, 8, WEEK)),
        ("Minimum monthly", Minimum(1)),
        ("a minimum of two a month", Minimum(2)),
        ("at least 3 times each month", Minimum(3)),
        ("Quarterly", Every(3, MONTH)),
        ("every other month", Every(2, MONTH)),
        ("By-monthly", Every(2, MONTH)),
        ("Fortnightly", Every(2, WEEK)),
        ("Twice a year", Yearly(2)),
        ("twice yearly", Yearly(2)),
        ("Annual review", Every(12, MONTH)),
        ("Once a quarter", Every(3, MONTH)),
        ("Three times a quarter", Yearly(12)),
        ("Programme of visits planned throughout the year", Yearly(None)),
        ("Programme of audit throughout the year Quarterly", Yearly(4)),
        ("as required", Event()),
    ],
)
def test_words_that_people_write_in_a_frequency_column_are_understood(text: str, cadence: Cadence) -> None:
    assert cadences_in(text) == (cadence,)


def test_words_may_name_several_frequencies() -> None:
    assert cadences_in("Annual review of it all, and quarterly meetings") == (
        Every(12, MONTH),
        Every(3, MONTH),
    )


@pytest.mark.parametrize("text", ["", "Reported to the partnership", "often", "month", "monthlyish"])
def test_words_that_name_no_frequency_give_none(text: str) -> None:
    assert cadences_in(text) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Reported to the board", "does not say how often"),
        ("monthly and quarterly", "names more than one frequency"),
        ("every 0 weeks", "whole number from 1"),
    ],
)
def test_words_that_are_not_one_cadence_are_refused_with_examples(text: str, fault: str) -> None:
    with pytest.raises(CadenceError, match=fault):
        cadence_from_words(text)


def test_cadences_that_ask_for_different_numbers_a_year_disagree() -> None:
    assert disagree(Every(2, MONTH), Range(6, 7, WEEK))
    assert disagree(Every(1, MONTH), Every(3, MONTH))
    assert not disagree(Every(1, MONTH), Every(4, WEEK))
    assert not disagree(Every(6, MONTH), Yearly(2))
    assert not disagree(Event(), Every(1, MONTH))


def test_the_number_a_year_is_given_as_fewest_and_most() -> None:
    assert times_a_year(Every(3, MONTH)) == (4, 4)
    assert times_a_year(Minimum(2)) == (24, 24)
    fewest, most = times_a_year(Range(6, 8, WEEK)) or (0, 0)
    assert (round(fewest, 2), round(most, 2)) == (6.52, 8.7)
    assert times_a_year(Yearly(None)) is None
