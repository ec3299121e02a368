"""Single values of an audit tool's file: names of questions, yes and no, numbers within bounds, shares."""

import re

from plumbline.audits.files.shape import JUDGEMENTS, LONGEST_KEY, WORDS_OF_RULES
from plumbline.framework.files.fields import Fields, whole_number
from plumbline.shared.given import Given, Place, Problems
from plumbline.shared.plain_text import clean_line

# Also a name in XML, so that a tool can be written as an XLSForm.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_YES, _NO = {"true", "yes", "y", "on", "1"}, {"false", "no", "n", "off", "0"}
_SHARE = re.compile(r"0?\.[0-9]{1,6}|[01](?:\.0{1,6})?")


def words_of(given: Given) -> str:
    """The value as one line of words, empty for a list or for keys."""
    if given.value is None or isinstance(given.value, tuple | dict):
        return ""
    return clean_line(str(given.value))


def name(fields: Fields, key: str, needed: str) -> str:
    """The field as a name: it begins with a letter and holds letters, digits, hyphens and underscores."""
    return checked_name(fields.given.get(key), fields.problems, needed)


def checked_name(given: Given, problems: Problems, needed: str) -> str:
    """The value as a name; empty where blank or wrong."""
    said = words_of(given)
    if not said:
        problems.error(given.place, needed)
    elif not _NAME.fullmatch(said) or len(said) > LONGEST_KEY:
        problems.error(
            given.place,
            f"“{said[:40]}” cannot be a key. Begin with a letter and write at most {LONGEST_KEY} letters, digits, "
            "hyphens and underscores.",
        )
        return ""
    return said


def flag(fields: Fields, key: str, *, default: bool) -> bool:
    """The field as yes or no."""
    given = fields.given.get(key)
    if given.is_blank:
        return default
    said = str(given.value).strip().casefold()
    if said in _YES or said in _NO:
        return said in _YES
    fields.problems.error(given.place, f"“{words_of(given)[:40]}” is not yes or no. Write true or false.")
    return default


def whole(fields: Fields, key: str, *, default: int, most: int) -> int:
    """The field as a whole number from 1 to `most`."""
    given = fields.given.get(key)
    if given.is_blank:
        return default
    number = whole_number(given)
    if number is None or not 1 <= number <= most:
        fields.problems.error(
            given.place, f"“{words_of(given)[:40]}” does not fit. Write a whole number from 1 to {most}."
        )
        return default
    return number


def count(given: Given, problems: Problems) -> int | None:
    """The value as a whole number, 0 or more; None where wrong."""
    number = whole_number(given)
    if number is None or not 0 <= number <= 1_000:
        problems.error(given.place, f"“{words_of(given)[:40]}” is not a whole number. Write one, such as 2.")
        return None
    return number


def share(given: Given, problems: Problems) -> int | float | None:
    """The value as a share from 0 to 1, whole where it is; None where wrong."""
    said = words_of(given)
    if not _SHARE.fullmatch(said):
        problems.error(
            given.place, f"“{said[:40]}” is not a share. Write one from 0 to 1, such as 0.5 for a half."
        )
        return None
    number = float(said)
    return int(number) if number.is_integer() else number


def take_key(key: str, given: Given, places: dict[str, Place], problems: Problems) -> None:
    """Marks a key of a section or question as used, and says where it may not be."""
    if key in places:
        problems.error(given.place, f"The key {key} is used twice, first at {places[key]}. Write another.")
    elif words_of(given).casefold() in WORDS_OF_RULES or key in JUDGEMENTS:
        problems.error(
            given.place,
            f"The key {key} is a word of the grading rules. Write a longer one, such as {key}-of-child.",
        )
    places.setdefault(key, given.place)
