"""Values are read however they were written, and what cannot be known is never guessed."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_engine.codelists import Code, CodeList, load_codelists
from plumbline.indicators.files.load import DEFINITIONS
from plumbline.indicators.files.spellings import FlagsRead, LeftOut, Spellings, Unknown, read_flags
from plumbline.indicators.files.values import (
    Remark,
    read_date,
    read_decimal,
    read_id,
    read_integer,
    read_sector,
    read_text,
)
from plumbline.shared.given import Scalar


@pytest.mark.parametrize(
    ("raw", "value", "remark"),
    [
        ("2025-03-31", "2025-03-31", None),
        ("2025-03-31T00:00:00.000", "2025-03-31", None),
        ("2025-03-31 14:05", "2025-03-31", None),
        ("31/03/2025", "2025-03-31", None),
        ("1/3/2025", "2025-03-01", None),
        (" 31.03.2025 ", "2025-03-31", None),
        ("31-Mar-2025", "2025-03-31", None),
        ("31 March 2025", "2025-03-31", None),
        ("31/03/2025 09:30:00", "2025-03-31", None),
        ("20250331", "2025-03-31", None),
        (date(2025, 3, 31), "2025-03-31", None),
        (datetime(2025, 3, 31, 23, 59), "2025-03-31", None),  # noqa: DTZ001
        ("", None, None),
        (None, None, None),
        ("NULL", None, None),
        ("45747", "2025-03-31", Remark.SERIAL_DATE),
        (45747.5, "2025-03-31", Remark.SERIAL_DATE),
        ("31/03/25", "2025-03-31", Remark.TWO_DIGIT_YEAR),
        ("31/03/75", "1975-03-31", Remark.TWO_DIGIT_YEAR),
        ("31/12/9999", None, Remark.OPEN_END),
        ("9999-12-31", None, Remark.OPEN_END),
        ("31/02/2025", None, Remark.BAD_DATE),
        ("03/31/2025", None, Remark.BAD_DATE),
        ("soon", None, Remark.BAD_DATE),
        ("12", None, Remark.BAD_DATE),
        (True, None, Remark.BAD_DATE),
    ],
)
def test_a_day_is_read_from_every_way_it_is_written(
    raw: Scalar, value: str | None, remark: Remark | None
) -> None:
    assert read_date(raw) == (value, remark)


@given(st.dates(date(1954, 10, 4), date(2119, 1, 10)))
def test_a_day_is_the_same_as_text_as_serial_number_and_as_date(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days

    read = {read_date(raw)[0] for raw in (day, day.isoformat(), f"{day:%d/%m/%Y}", serial, str(serial))}

    assert read == {day.isoformat()}


@pytest.mark.parametrize(
    ("raw", "value", "remark"),
    [
        ("00123", "00123", None),
        (" 00123\u00a0", "00123", None),
        ("'00123", "00123", None),
        (9212044.0, "9212044", None),
        ("9212044.0", "9212044", None),
        ("1E5", "1E5", None),
        ("1.2E+12", None, Remark.GARBLED_ID),
        ("1.20346E+12", None, Remark.GARBLED_ID),
        (1.23e15, None, Remark.GARBLED_ID),
        (12.5, None, Remark.GARBLED_ID),
        ("", None, None),
    ],
)
def test_an_identifier_is_text_and_a_rounded_one_is_refused(
    raw: Scalar, value: str | None, remark: Remark | None
) -> None:
    assert read_id(raw) == (value, remark)


def test_numbers_lose_their_separators_and_tell_of_a_fraction() -> None:
    assert read_integer("1,204") == ("1204", None)
    assert read_integer("3.0") == ("3", None)
    assert read_integer("3.6") == ("3", Remark.LOST_FRACTION)
    assert read_decimal("0.8") == ("0.8", None)
    assert read_decimal("many") == (None, Remark.BAD_NUMBER)
    assert read_decimal(True) == (None, Remark.BAD_NUMBER)


@pytest.mark.parametrize(
    ("raw", "value", "remark"),
    [
        ("S70 1AB", "S70 1", None),
        ("s701ab", "S70 1", None),
        ("EC1A 1BB", "EC1A 1", None),
        ("S70 1", "S70 1", None),
        ("nope", None, Remark.BAD_POSTCODE),
        ("", None, None),
    ],
)
def test_a_postcode_is_kept_as_its_sector_only(raw: str, value: str | None, remark: Remark | None) -> None:
    assert read_sector(raw) == (value, remark)


def test_words_lose_odd_blanks_quotes_and_controls() -> None:
    assert read_text("  Team\u00a0‘North’ \x07 ") == ("Team 'North'", None)


@pytest.mark.parametrize(
    ("codelist", "raw", "code"),
    [
        ("yes_no", "a) Yes", "Y"),
        ("yes_no", " no ", "N"),
        ("yes_no", "true", "Y"),
        ("yes_no", 1.0, "Y"),
        ("yes_no", "0.0", "N"),
        ("sex", "b) Female", "F"),
        ("sex", "1", "M"),
        ("ethnicity", "k) APKN", "APKN"),
        ("referral_source", "q) 6: Police", "6"),
        ("primary_need", "N1 - Abuse or Neglect", "N1"),
        ("primary_need", "N1 – abuse or neglect", "N1"),
        ("legal_status", "C2: FCO", "C2"),
        ("placement_type", "f) U6: Foster placement - not FFA", "U6"),
        ("abuse_category", "Physical  abuse", "PHY"),
        ("care_leaver_eligibility", "b) Former relevant child", "FORMER_RELEVANT"),
        ("closure_reason", "", None),
    ],
)
def test_a_code_is_known_by_its_letter_its_words_or_an_older_spelling(
    codelist: str, raw: Scalar, code: str | None
) -> None:
    spellings = Spellings(load_codelists(DEFINITIONS / "codelists")[codelist], {})

    assert spellings.code_of(raw) == code


SMALL = CodeList("need", "Need", "Here", "2025", (Code("N1", "Abuse"), Code("N2", "Illness")))


def test_an_unknown_spelling_is_never_guessed_and_is_mapped_once_by_a_person() -> None:
    with pytest.raises(Unknown, match="abuse or so"):
        Spellings(SMALL, {}).code_of("Abuse or so")

    chosen = Spellings(SMALL, {("need", "Abuse or so"): "N1", ("need", "tbc"): "", ("other", "ill"): "N2"})

    assert chosen.code_of("ABUSE  or so") == "N1"
    with pytest.raises(LeftOut):
        chosen.code_of("TBC")
    with pytest.raises(Unknown):
        chosen.code_of("ill")


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (
            '{"NFA_FLAG": "Y", "CP_FLAG": "y", "COMMENTS": "said much", "TOTAL_NO_OF_OUTCOMES": "1"}',
            "|CP_FLAG|NFA_FLAG|",
        ),
        ('{"NFA_FLAG": "N", "CP_FLAG": null}', ""),
        ("{}", ""),
        ("", None),
        ("NFA_FLAG, CP_FLAG", "|CP_FLAG|NFA_FLAG|"),
    ],
)
def test_several_flags_are_kept_as_the_keys_that_are_set(raw: str, read: str | None) -> None:
    assert read_flags(raw, ("NFA_FLAG", "CP_FLAG"), None) == FlagsRead(read)


def test_a_key_nobody_knows_is_told_and_text_that_is_no_list_is_refused() -> None:
    assert read_flags('{"NEW_FLAG": "Y"}', ("NFA_FLAG",), None) == FlagsRead("", ("NEW_FLAG",))
    with pytest.raises(ValueError, match="Expecting value"):
        read_flags('{"NFA_FLAG": ', ("NFA_FLAG",), None)


def test_factor_codes_of_any_kind_of_list_are_the_same() -> None:
    factors = Spellings(load_codelists(Path(DEFINITIONS / "codelists"))["assessment_factor"], {})

    read = {read_flags(raw, (), factors).stored for raw in ('["3B", "16A"]', "16A,3B", '["16a","3b","3B"]')}

    assert read == {"|16A|3B|"}
