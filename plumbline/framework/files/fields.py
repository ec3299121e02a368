"""Single fields of a definition file read as what they must be, or refused with what to write instead."""

import re
from collections.abc import Callable, Collection
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from plumbline.framework.files.content import LONGEST_KEY, LONGEST_LINE, LONGEST_TEXT
from plumbline.shared.given import Given, Problems
from plumbline.shared.plain_text import clean_line, clean_text

Choice = TypeVar("Choice", bound=StrEnum)

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EARLIEST_YEAR, _LATEST_YEAR = 1980, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Fields:
    """Reads the fields of one mapping; what is wrong with them goes to the list of problems."""

    def __init__(self, given: Given, problems: Problems) -> None:
        self.given = given
        self.problems = problems

    def text(self, key: str, *, needed: str = "") -> str:
        """The words of the field, paragraphs kept; `needed` says what to write where it must not be blank."""
        return self._words(self.given.get(key), clean_text, LONGEST_TEXT, needed)

    def line(self, key: str, *, needed: str = "", longest: int = LONGEST_LINE) -> str:
        """The words of the field on one line."""
        return self._words(self.given.get(key), clean_line, longest, needed)

    def key(self, key: str, longest: int = LONGEST_KEY) -> str:
        """The field as a key of letters, digits, dots and hyphens; empty where blank or wrong."""
        given = self.given.get(key)
        said = self.line(key)
        if said and (not _KEY.fullmatch(said) or len(said) > longest):
            self.problems.error(
                given.place,
                f"“{said[:40]}” cannot be a key. Write at most {longest} letters, digits, dots and hyphens.",
            )
            return ""
        return said

    def lines(self, key: str, longest: int = LONGEST_LINE) -> tuple[str, ...]:
        """The field as a list of lines; a single text counts as a list of one. Blank ones are left out."""
        given = self.given.get(key)
        parts = given.items if isinstance(given.value, tuple) else (given,)
        said = (self._words(part, clean_line, longest, "") for part in parts)
        return tuple(words for words in said if words)

    def mappings(self, key: str, example: str, *, most: int = 1_000) -> tuple[Given, ...]:
        """The field as a list of mappings; a word in their place is refused, and more than `most` of them."""
        given = self.given.get(key)
        if given.is_blank:
            return ()
        if not isinstance(given.value, tuple):
            self.problems.error(given.place, f"Write a list for {key}, each beginning with “- {example}”.")
            return ()
        if len(given.items) > most:
            self.problems.error(
                given.place, f"There are {len(given.items):,} {key}. Keep to {most:,} or fewer."
            )
            return ()
        for item in given.items:
            if not isinstance(item.value, dict):
                self.problems.error(item.place, f"Write keys and values here, such as “{example}”.")
        return tuple(item for item in given.items if isinstance(item.value, dict))

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """The field as one of the choices; None where blank or wrong."""
        return self.choice_of(self.given.get(key), choices)

    def choice_of(self, given: Given, choices: type[Choice]) -> Choice | None:
        """The value as one of the choices; blanks, hyphens and capitals do not matter."""
        if given.is_blank:
            return None
        said = re.sub(r"[\s_-]+", "-", str(given.value).strip().casefold())
        for choice in choices:
            if choice.value.replace("_", "-") == said and isinstance(given.value, str):
                return choice
        allowed = ", ".join(choice.value for choice in choices)
        self.problems.error(given.place, f"“{_shown(given)}” is not known here. Write one of: {allowed}.")
        return None

    def choices(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """The field as a list of choices, each once; commas or line ends may stand between them."""
        given = self.given.get(key)
        parts = given.items if isinstance(given.value, tuple) else (given,)
        if isinstance(given.value, str):
            parts = tuple(Given(part, given.place) for part in re.split(r"[,;\n]", given.value))
        found = (self.choice_of(part, choices) for part in parts)
        return tuple(dict.fromkeys(choice for choice in found if choice is not None))

    def whole(self, key: str) -> int | None:
        """The field as a whole number of at least 1; None where blank or wrong."""
        given = self.given.get(key)
        if given.is_blank:
            return None
        number = whole_number(given)
        if number is None or not 1 <= number <= 1_000_000:
            self.problems.error(
                given.place, f"“{_shown(given)}” is not a whole number. Write one, such as 18."
            )
            return None
        return number

    def day(self, key: str, *, may_be_partial: bool = False) -> date | None:
        """The field as a date; with `may_be_partial` a month or year alone is its first day, with a note."""
        given = self.given.get(key)
        if given.is_blank:
            return None
        day = given.value if isinstance(given.value, date) else _day(_shown(given))
        if day is None and may_be_partial:
            day = _partial_day(_shown(given))
            if day is not None:
                self.problems.note(
                    given.place,
                    f"“{_shown(given)}” has no day; read as {day.day} {day:%B %Y}. Correct it if needed.",
                )
        if day is None or not _EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
            self.problems.error(given.place, f"“{_shown(given)}” is not a date. Write it as 2026-04-01.")
            return None
        return day

    def keys_among(self, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """The field as keys of something known already, each once; an error for one that is not."""
        given = self.given.get(key)
        parts = given.items if isinstance(given.value, tuple) else (given,)
        read = ((part, Fields(Given({key: part}, part.place), self.problems).line(key)) for part in parts)
        said = [(part, one) for part, one in read if one]
        for part, one in said:
            if one not in known:
                self.problems.error(
                    part.place,
                    f"No {what} has the key “{one[:60]}”. Take it out{near_ones(one, known)}.",
                )
        return tuple(dict.fromkeys(one for _, one in said if one in known))

    def tell_unknown(self, known: set[str], of_what: str) -> None:
        """Note the keys that are not kept, each once for the whole file."""
        for key, value in self.given.mapping.items():
            if key not in known:
                said = f"“{key[:60]}” is not kept for {of_what}"
                self.problems.note_once(
                    f"{of_what} {key}", value.place, f"{said}.", f"{said} (found {{n}} times)."
                )

    def _words(self, given: Given, clean: Callable[[str], str], longest: int, needed: str) -> str:
        value = given.value
        if isinstance(value, date):
            self.problems.error(
                given.place, "The cell holds a date. Format the column as text, then write the words again."
            )
            return ""
        if isinstance(value, tuple | dict | bool):
            self.problems.error(given.place, "Write words here, not a list, keys or yes and no.")
            return ""
        raw = "" if value is None else str(value)
        # Twice as long is too long however it is cleaned, and cleaning takes its time over long texts.
        said = raw if len(raw) > 2 * longest else clean(raw)
        if not said and needed:
            self.problems.error(given.place, needed)
        if len(said) > longest:
            self.problems.error(
                given.place, f"The text has {len(said):,} characters. Shorten it to {longest:,} or fewer."
            )
            return ""
        return said


def near_ones(key: str, known: Collection[str]) -> str:
    """The known keys that may be meant, to be added to a sentence: ", or write a or b"; empty where none is near."""
    near = get_close_matches(key, known, n=3, cutoff=0.5)
    return f", or write {' or '.join(sorted(near))}" if near else ""


def whole_number(given: Given) -> int | None:
    """The value as a whole number, also where it was written in digits; None for anything else."""
    if isinstance(given.value, int) and not isinstance(given.value, bool):
        return given.value
    if isinstance(given.value, str) and re.fullmatch(r"[0-9]{1,7}", given.value.strip()):
        return int(given.value)
    return None


def _shown(given: Given) -> str:
    if isinstance(given.value, tuple | dict):
        return "a list" if isinstance(given.value, tuple) else "keys and values"
    return clean_line(str(given.value))[:60]


def _month(word: str) -> int:
    """The number of the month, by its first three letters; 0 for no month."""
    short = word[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(said: str) -> date | None:
    if match := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", said):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", said):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d\d?)(?:st|nd|rd|th)? ([A-Za-z]+),? (\d{4})", said):
        return _date(int(match[3]), _month(match[2]), int(match[1]))
    return None


def _partial_day(said: str) -> date | None:
    if match := re.fullmatch(r"([A-Za-z]+) (\d{4})", said):
        return _date(int(match[2]), _month(match[1]), 1)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", said):
        return _date(int(match[1]), int(match[2]), 1)
    return _date(int(said), 1, 1) if re.fullmatch(r"\d{4}", said) else None
