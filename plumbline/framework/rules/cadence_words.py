"""Cadences read from words: the exact ones we write ourselves, and those of people's frequency columns."""

import re
from collections.abc import Callable

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
    times_a_year,
)

EXAMPLES = (
    "every month, every 6 weeks, every 6 to 8 weeks, at least once a month, 4 times a year, when it happens"
)
# What stands beyond is no frequency, and patterns take their time over long texts.
LONGEST_FREQUENCY = 500
_COUNTED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBERS = {word: place for place, word in enumerate(_COUNTED, start=1)}
_NUMBERS |= {"once": 1, "twice": 2, "a": 1, "an": 1}
_NUMBER = r"(\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_PERIODS = "week|month|quarter|year"
_SIZE = {
    "week": (1, Unit.WEEK),
    "month": (1, Unit.MONTH),
    "quarter": (3, Unit.MONTH),
    "year": (12, Unit.MONTH),
}
_LY = {"weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _NUMBERS[said]


def _every(count: int, period: str) -> Cadence:
    size, unit = _SIZE[period]
    return Every(count * size, unit)


def _range(match: re.Match[str]) -> Cadence:
    least, most = _number(match[1]), _number(match[2])
    size, unit = _SIZE[_LY.get(match[3], match[3].rstrip("s"))]
    return Range(least * size, most * size, unit)


def _times_a(match: re.Match[str]) -> Cadence:
    count, period = _number(match[1]), match[2]
    if period == "week" and count > 1:
        raise CadenceError("frequency", "More than once a week is not a cadence the schedule keeps.")
    if period == "year":
        return Yearly(count)
    if count == 1:
        return _every(1, period)
    return Minimum(count) if period == "month" else Yearly(count * 4)


_Reader = Callable[[re.Match[str]], Cadence]
# In order: a pattern takes its words out of the text, so the longer ones come first.
_PATTERNS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(pattern), reader)
    for pattern, reader in [
        (
            (
                rf"\b(?:at least|minimum(?: of)?|no less than|not less than) {_NUMBER}(?: times)?"
                r" (?:a|per|each|every) (?:calendar )?month\b"
            ),
            lambda m: Minimum(_number(m[1])),
        ),
        (r"\b(?:minimum|at least) monthly\b|\bmonthly (?:as a )?minimum\b", lambda m: Minimum(1)),
        (
            rf"\b{_NUMBER} ?(?:-|–|to|or) ?{_NUMBER}[ -](weekly|monthly|weeks|months)\b",
            _range,
        ),
        (
            rf"\b(?:(once|twice)|{_NUMBER} times) (?:yearly|annually)\b",
            lambda m: Yearly(_number(m[1] or m[2])),
        ),
        (rf"\b{_NUMBER}[ -](weekly|monthly|yearly)\b", lambda m: _every(_number(m[1]), _LY[m[2]])),
        (
            rf"\b(?:every|each) {_NUMBER} ({_PERIODS})s?\b",
            lambda m: _every(_number(m[1]), m[2]),
        ),
        (r"\b(?:every|each) other (week|month|year)\b", lambda m: _every(2, m[1])),
        (rf"\b{_NUMBER}(?: times)? (?:a|per|each|every|in a|in the) ({_PERIODS})\b", _times_a),
        (rf"\b(?:every|each|per) ({_PERIODS})\b", lambda m: _every(1, m[1])),
        (r"\b(?:bi|by)[ -]?monthly\b", lambda m: Every(2, Unit.MONTH)),
        (r"\bfortnightly\b|\b(?:bi|by)[ -]?weekly\b", lambda m: Every(2, Unit.WEEK)),
        (r"\b(?:half[ -]yearly|bi[ -]?annual(?:ly)?|six[ -]monthly)\b", lambda m: Every(6, Unit.MONTH)),
        (r"\b(weekly|monthly|quarterly|yearly)\b", lambda m: _every(1, _LY[m[1]])),
        (r"\bannual(?:ly)?\b", lambda m: Every(12, Unit.MONTH)),
        (
            r"\bas planned through the year\b|\bprogramme\b.*\byear\b|\bannual programme\b",
            lambda m: Yearly(None),
        ),
        (
            (
                r"\bwhen(?:ever)? (?:it|they|something|one) happens?\b|\bad[ -]hoc\b"
                r"|\bas (?:and when|needed|required|it arises|they arise)\b|\bon request\b|\bevent[ -]driven\b"
            ),
            lambda m: Event(),
        ),
    ]
]


def cadences_in(text: str) -> tuple[Cadence, ...]:
    """The cadences that free words speak of, each once, in the order of the words.

    "Minimum monthly" gives at least once a month; "Programme of audit throughout the year Quarterly" gives
    4 times a year; words that name no frequency give nothing.
    """
    rest = " ".join(text[:LONGEST_FREQUENCY].casefold().split())
    programme = "programme" in rest
    found: list[tuple[int, Cadence]] = []
    for pattern, reader in _PATTERNS:
        for match in list(pattern.finditer(rest)):
            try:
                found.append((match.start(), reader(match)))
            except CadenceError:
                continue
            rest = rest[: match.start()] + "#" * len(match[0]) + rest[match.end() :]
    cadences = dict.fromkeys(
        _planned(cadence) if programme else cadence for _, cadence in sorted(found, key=lambda f: f[0])
    )
    if len(cadences) > 1:
        cadences.pop(Yearly(None), None)
    return tuple(cadences)


def _planned(cadence: Cadence) -> Cadence:
    # "Quarterly" in "programme through the year, quarterly" is four planned dates, not an interval.
    if isinstance(cadence, Every) and cadence.unit is Unit.MONTH and 12 % cadence.interval == 0:
        return Yearly(12 // cadence.interval)
    return cadence


def cadence_from_words(text: str) -> Cadence:
    """The one cadence that the words name, with its label after a colon and "report" before it where due.

    Raises: CadenceError saying what to write, where the words name none or more than one.
    """
    said, _, label = " ".join(text.split()).partition(": ")
    said = said.casefold().rstrip(".:")
    purpose = Purpose.DO
    if said.startswith("report "):
        purpose, said = Purpose.REPORT, said.removeprefix("report ")
    cadence = _exact(said)
    if cadence is None:
        named = cadences_in(said)
        if len(named) != 1:
            fault = "does not say how often" if not named else "names more than one frequency"
            raise CadenceError("cadence", f"“{text.strip()}” {fault}. Write for example: {EXAMPLES}.")
        cadence = named[0]
    return type(cadence)(**(vars(cadence) | {"purpose": purpose, "label": label}))


def _exact(said: str) -> Cadence | None:
    if match := re.fullmatch(r"every(?: (\d+))? (week|month|year)s?", said):
        return _every(int(match[1] or 1), match[2])
    if match := re.fullmatch(r"every (\d+) to (\d+) (week|month)s", said):
        return Range(int(match[1]), int(match[2]), Unit(match[3]))
    if match := re.fullmatch(r"at least (?:(once|twice)|(\d+) times) a month", said):
        return Minimum(_number(match[1] or match[2]))
    if match := re.fullmatch(r"(?:(once|twice)|(\d+) times) a year", said):
        return Yearly(_number(match[1] or match[2]))
    if said == "as planned through the year":
        return Yearly(None)
    return Event() if said == "when it happens" else None


def disagree(one: Cadence, other: Cadence) -> bool:
    """Whether two cadences ask for clearly different numbers a year; those that name no number never do."""
    first, second = times_a_year(one), times_a_year(other)
    if first is None or second is None:
        return False
    # 13 times (every 4 weeks) and 12 times (monthly) are what people mean by the same thing.
    slack = 1.1
    return first[0] > second[1] * slack or second[0] > first[1] * slack
