"""One cell's value as it is stored, and what had to be done or could not be done to it."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum

from plumbline.shared.given import Scalar


class Remark(StrEnum):
    """What is to be told about a value: it was read in a way worth knowing, or could not be read."""

    SERIAL_DATE = "serial_date"
    TWO_DIGIT_YEAR = "two_digit_year"
    OPEN_END = "open_end"
    NOT_KNOWN = "not_known"
    LOST_FRACTION = "lost_fraction"
    UNKNOWN_KEY = "unknown_key"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_FLAGS = "bad_flags"
    BAD_POSTCODE = "bad_postcode"
    GARBLED_ID = "garbled_id"
    NO_CHILD = "no_child"
    TWO_ANSWERS = "two_answers"
    CELL_ERROR = "cell_error"
    BEGAN_BEFORE = "began_before"
    IN_THE_YEAR = "in_the_year"


Read = tuple[str | None, Remark | None]
NOTHING: Read = (None, None)

# Excel counts days from here, its false 29 February 1900 included, for every day after that one.
_EXCEL_DAY_0 = date(1899, 12, 30)
# 1954 to 2119. Smaller and larger numbers are more likely to be something else than a day.
_SERIAL_FROM, _SERIAL_TO = 20_000, 80_000
# A year written with two digits is 1951 to 2050: parents and old orders before, plans and due dates after.
_PIVOT = 50
_OPEN_YEAR = 9999
_MONTHS = {
    month: number
    for number, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_BRITISH = re.compile(r"(\d{1,2})[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\- ,]+(\d{4}|\d{2})(?:[T ].*)?")
_COMPACT = re.compile(r"((?:19|20|99)\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d+)?|[+-]?\.\d+")
# What Excel shows of a long number, its last digits gone.
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?[Ee]\+?\d+")
_WHOLE = re.compile(r"(\d+)\.0+")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d)[A-Z]{2}")
_SECTOR = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s\d")
# What databases write where there is nothing.
_EMPTY = {"NULL", "\\N"}
# Excel keeps fifteen digits.
_MOST_EXACT = 1e15

_SAME = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u200b": None,
        "\ufeff": None,
    }
)


def tidy(raw: Scalar) -> str:
    """The words without what spreadsheets add: odd quotes, dashes and blanks, spaces at the ends or doubled."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < _MOST_EXACT:
        return str(int(raw))
    text = raw if isinstance(raw, str) else str(raw)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_SAME))
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join("".join(mark for mark in text if mark.isprintable()).split())
    return "" if text in _EMPTY else text


def read_date(raw: Scalar) -> Read:
    """The day as 2025-03-31, whatever way it was written; a time of day is dropped."""
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return (None, Remark.OPEN_END) if day.year == _OPEN_YEAR else (day.isoformat(), None)
    if isinstance(raw, bool):
        return None, Remark.BAD_DATE
    text = tidy(raw)
    if not text:
        return NOTHING
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _BRITISH.fullmatch(text):
        month = int(match[2]) if match[2].isdigit() else _MONTHS.get(match[2][:3].casefold(), 0)
        if len(match[3]) == 4:
            return _day(int(match[3]), month, int(match[1]))
        year = int(match[3])
        value, remark = _day(year + (2000 if year <= _PIVOT else 1900), month, int(match[1]))
        return value, remark or Remark.TWO_DIGIT_YEAR
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if _SERIAL.fullmatch(text) and _SERIAL_FROM <= float(text) <= _SERIAL_TO:
        return (_EXCEL_DAY_0 + timedelta(days=int(float(text)))).isoformat(), Remark.SERIAL_DATE
    return None, Remark.BAD_DATE


def _day(year: int, month: int, day: int) -> Read:
    if year == _OPEN_YEAR:
        return None, Remark.OPEN_END
    try:
        return date(year, month, day).isoformat(), None
    except ValueError:
        return None, Remark.BAD_DATE


def read_id(raw: Scalar) -> Read:
    """The identifier as text, leading zeros kept; one that a spreadsheet has rounded cannot be used."""
    if isinstance(raw, float) and (not raw.is_integer() or abs(raw) >= _MOST_EXACT):
        return None, Remark.GARBLED_ID
    text = tidy(raw).lstrip("'")
    if not text:
        return NOTHING
    if "+" in text and _EXPONENT.fullmatch(text):
        return None, Remark.GARBLED_ID
    if match := _WHOLE.fullmatch(text):
        text = match[1]
    return text, None


def read_integer(raw: Scalar) -> Read:
    """The whole number; a fraction is dropped and told."""
    value, remark = read_decimal(raw)
    if value is None:
        return value, remark
    number = float(value)
    return str(int(number)), None if number.is_integer() else Remark.LOST_FRACTION


def read_decimal(raw: Scalar) -> Read:
    """The number, thousands separators taken out."""
    text = tidy(raw).replace(",", "")
    if not text:
        return NOTHING
    if isinstance(raw, bool) or not _NUMBER.fullmatch(text):
        return None, Remark.BAD_NUMBER
    return text, None


def read_sector(raw: Scalar) -> Read:
    """The sector of the postcode, S70 1 of S70 1AB: enough to draw a map by, too little to find a house."""
    text = tidy(raw).upper()
    if not text:
        return NOTHING
    if match := _POSTCODE.fullmatch(text):
        return f"{match[1]} {match[2]}", None
    return (text, None) if _SECTOR.fullmatch(text) else (None, Remark.BAD_POSTCODE)


def read_text(raw: Scalar) -> Read:
    """The words, tidied."""
    return tidy(raw) or None, None
