"""Places in free text that may say who somebody is: names, birth dates, postcodes, phone and health numbers, e-mail."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline.audits.rules.identity_words import (
    AFTER_A_WORD,
    BEFORE_MONTH,
    BEGIN_SENTENCES,
    COMMON_WORDS,
    NOT_NAMES,
    POSTCODE_AREAS,
)


class IdentityKind(StrEnum):
    """What was found."""

    EMAIL = "email"
    HEALTH_NUMBER = "health number"
    PHONE = "phone"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth date"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """Words in a text that may identify somebody, and where they stand."""

    kind: IdentityKind
    words: str
    start: int
    end: int

    @property
    def fingerprint(self) -> str:
        """The words without case and punctuation, so that an answer given once holds for the same words."""
        return re.sub(r"[\W_]+", "", _folded(self.words))


EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
TEN_DIGITS = re.compile(r"(?<![\w/.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w/-])")
PHONE = re.compile(r"(?<![\w/.-])(?:(?:\+|00)44[\s().-]*(?:0[\s().-]*)?|\(?0)(?:[\s().-]*\d){8,10}(?![\w/])")
POSTCODE = re.compile(r"\b([A-Z]{1,2})(\d[A-Z\d]?)\s?(\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
MONTHS = "january february march april may june july august september october november december".split()
MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS).replace(
    "sep(?:tember)?", "sept?(?:ember)?"
)
DATE = re.compile(
    r"\b(?:(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4}|\d{2})"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
    rf"|(?P<wd>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<wm>{MONTH})\.?,?\s+(?P<wy>\d{{4}}|\d{{2}})"
    rf"|(?P<am>{MONTH})\.?\s+(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ay>\d{{4}}))\b",
    re.IGNORECASE,
)
BORN = re.compile(
    r"(?:\bborn\b|\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bbirthday\b)[^.\n]{0,25}$", re.IGNORECASE
)
# Letters with hyphens and apostrophes inside: Anne-Marie, O'Neill, D’Arcy.
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ENDS_A_SENTENCE = re.compile(r"(?:^|[.!?:;\n•])[\s\"'“‘(\-–]*$")


def find(text: str, *, names: Iterable[str] = (), born_on: date | None = None) -> list[Found]:
    """The places in the text that may identify somebody, in order; none overlaps another.

    `names` are as a cover sheet holds them, one person a line, relations such as "mother" left aside.
    """
    found: list[Found] = []
    for finder in (_emails, _health_numbers, _phones, _postcodes):
        found += finder(text)
    found += _birth_dates(text, born_on)
    found += _names(text, names)
    kept: list[Found] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def find_in(
    texts: Mapping[str, str], *, names: Iterable[str] = (), born_on: date | None = None
) -> list[tuple[str, Found]]:
    """The places in several texts, each with the key of its text."""
    known = list(names)
    return [(place, one) for place, text in texts.items() for one in find(text, names=known, born_on=born_on)]


def is_health_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number.

    Source: NHS Data Dictionary, NHS number: modulus 11 with weights 10 to 2; a remainder that gives 10 is invalid.
    """
    if len(digits) != 10 or not digits.isdecimal():
        return False
    check = (
        11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    )
    return check != 10 and int(digits[9]) == check % 11


def _of(kind: IdentityKind, match: re.Match[str]) -> Found:
    return Found(kind, match.group(), match.start(), match.end())


def _emails(text: str) -> Iterator[Found]:
    return (_of(IdentityKind.EMAIL, one) for one in EMAIL.finditer(text))


def _health_numbers(text: str) -> Iterator[Found]:
    for one in TEN_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", one.group())
        if is_health_number(digits) and len(set(digits)) > 1:
            yield _of(IdentityKind.HEALTH_NUMBER, one)


def _phones(text: str) -> Iterator[Found]:
    for one in PHONE.finditer(text):
        digits = re.sub(r"\D", "", one.group())
        national = re.sub(r"^(?:0044|44)?0?", "", digits)
        if 9 <= len(national) <= 10 and national[0] in "123578":
            yield _of(IdentityKind.PHONE, one)


def _postcodes(text: str) -> Iterator[Found]:
    return (
        _of(IdentityKind.POSTCODE, one)
        for one in POSTCODE.finditer(text)
        if one.group(1).upper() in POSTCODE_AREAS
    )


def _birth_dates(text: str, born_on: date | None) -> Iterator[Found]:
    for one in DATE.finditer(text):
        if _day(one) == born_on is not None or BORN.search(text[: one.start()]):
            yield _of(IdentityKind.BIRTH_DATE, one)


def _day(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    day = part["d"] or part["id"] or part["wd"] or part["ad"]
    month = part["m"] or part["im"] or part["wm"] or part["am"]
    year = part["y"] or part["iy"] or part["wy"] or part["ay"]
    number = (
        int(month)
        if month.isdecimal()
        else next(at for at, name in enumerate(MONTHS, 1) if name.startswith(month[:3].lower()))
    )
    try:
        # Two digits of a child's year of birth mean this century.
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None


def name_parts(names: Iterable[str]) -> frozenset[str]:
    """The words to look for: each part of each name, and the parts of double names, folded."""
    parts: set[str] = set()
    for line in names:
        for word in WORD.findall(line):
            whole = _folded(word).replace("’", "'")
            parts.add(whole)
            parts |= {piece for piece in whole.split("-") if len(piece) > 2}
    return frozenset(part for part in parts if len(part) > 1 and part not in NOT_NAMES)


def _names(text: str, names: Iterable[str]) -> Iterator[Found]:
    parts = name_parts(names)
    if not parts:
        return
    run: list[re.Match[str]] = []
    for one in WORD.finditer(text):
        if not _is_named(text, one, parts):
            continue
        if (
            run
            and text[run[-1].end() : one.start()].strip(" .") == ""
            and "\n" not in text[run[-1].end() : one.start()]
        ):
            run.append(one)
            continue
        if run:
            yield _joined(text, run)
        run = [one]
    if run:
        yield _joined(text, run)


def _joined(text: str, run: list[re.Match[str]]) -> Found:
    start, end = run[0].start(), run[-1].end()
    # The owner's s is not part of the name, so that "Grace" and "Grace's" are answered together.
    words = re.sub(r"['’]s$", "", text[start:end])
    return Found(IdentityKind.NAME, words, start, start + len(words))


def _is_named(text: str, match: re.Match[str], parts: frozenset[str]) -> bool:
    word = match.group()
    folded = re.sub(r"'s$", "", _folded(word).replace("’", "'"))
    pieces = {folded, *folded.split("-")}
    # "Jamess" was never written; "James'" is, and the apostrophe stands outside the word.
    if not pieces & parts:
        return False
    if not pieces & COMMON_WORDS and len(folded) > 2:
        return True
    # A name that is also a word, or one of two letters, counts only where it is written as a name.
    if not word[0].isupper():
        return False
    if word[-2:] in ("'s", "’s"):
        return True
    after = WORD.match(text, match.end() + 1) if match.end() < len(text) else None
    following = _folded(after.group()) if after else ""
    before = text[: match.start()]
    if folded in MONTHS and (re.match(r",?\s*\d", text[match.end() :]) or BEFORE_MONTH.search(before)):
        return False
    if folded not in BEGIN_SENTENCES or not ENDS_A_SENTENCE.search(before):
        return True
    return following not in AFTER_A_WORD


def _folded(text: str) -> str:
    # One letter for one, so that places in the folded text are places in the text.
    return "".join(unicodedata.normalize("NFKD", letter)[0] for letter in text).lower()
