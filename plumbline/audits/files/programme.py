"""A council's own programme of audits read from a file: its rounds with their months and printed statuses."""

import re
from dataclasses import dataclass
from datetime import date

from plumbline.audits.rules.rounds import STAGE_PRINTED, months_between
from plumbline.shared.given import FileError, Given, Problems
from plumbline.shared.plain_text import clean_line, clean_text
from plumbline.shared.yaml_lines import read_yaml

KINDS = ("themed", "cohort", "team", "deep_dive", "dip_sample")
MOST_ROUNDS = 500
LONGEST_KEY, LONGEST_TITLE, LONGEST_TEXT = 40, 200, 4000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_READ = {
    "id",
    "theme",
    "short_title",
    "date",
    "period",
    "action_plan_status",
    "cohorts",
    "kind",
    "focus_questions",
    "aspects",
    "requires_feedback_from",
    "source",
}
_STATUSES = {
    re.sub(r"[^a-z]+", " ", words.casefold()).strip(): stage for words, stage in STAGE_PRINTED.items()
}


@dataclass(frozen=True)
class PastRound:
    """One round of an earlier programme; its audits are not in the file."""

    key: str
    title: str
    theme: str
    kind: str
    state: str
    first_month: date
    last_month: date
    cohort_rule: str = ""
    focus: tuple[str, ...] = ()
    is_feedback_required: bool = False


def is_programme(given: Given) -> bool:
    """Whether a file holds a programme: a list of audits that each have a theme."""
    audits = given.get("audits").items
    return bool(audits) and all(not one.get("theme").is_blank for one in audits[:3])


def read_programme(data: bytes) -> tuple[tuple[PastRound, ...], Problems]:
    """The rounds of the file, and what is wrong with it or not kept of it."""
    problems = Problems()
    try:
        given = read_yaml(data)
    except FileError as fault:
        problems.error(fault.place, str(fault))
        return (), problems
    audits = given.get("audits").items
    if len(audits) > MOST_ROUNDS:
        problems.error(
            given.get("audits").place, f"There are more than {MOST_ROUNDS} audits. Split the file."
        )
        return (), problems
    for key, value in given.mapping.items():
        if key not in ("audits", "meta"):
            problems.note(value.place, f"“{key[:60]}” is not kept.")
    seen: dict[str, Given] = {}
    rounds = []
    for one in audits:
        found = _round(one, problems)
        if found is None:
            continue
        if found.key in seen:
            problems.error(one.place, f"The number {found.key} is given twice. Give each round its own.")
        seen[found.key] = one
        rounds.append(found)
    _check_counts(given.get("meta"), rounds, problems)
    return tuple(rounds), problems


def _check_counts(meta: Given, rounds: list[PastRound], problems: Problems) -> None:
    spans = [(one.first_month, one.last_month) for one in rounds]
    months = len({month for first, last in spans for month in months_between(first, last)})
    for key, number in (("row_count", len(rounds)), ("months_covered", months)):
        said = meta.get(key)
        if not said.is_blank and str(said.value) != str(number):
            problems.note(
                said.place, f"The file says {said.value}, and {number} were read. Check that none is missing."
            )


def _round(given: Given, problems: Problems) -> PastRound | None:
    for key, value in given.mapping.items():
        if key not in _READ:
            problems.note_once(
                key, value.place, f"“{key[:60]}” is not kept.", f"“{key[:60]}” is not kept ({{n}} times)."
            )
    before = problems.has_errors
    theme = _text(given, "theme", LONGEST_TEXT, problems)
    key = _text(given, "id", LONGEST_KEY, problems)
    title = _text(given, "short_title", LONGEST_TITLE, problems, needed=False) or theme[:LONGEST_TITLE]
    months = _months(given, problems)
    stage = _status(given, problems)
    kind = clean_line(str(given.get("kind").value or "themed")).casefold().replace(" ", "_").replace("-", "_")
    if kind not in KINDS:
        problems.error(given.get("kind").place, f"The kind is not known. Write one of: {', '.join(KINDS)}.")
    if not (theme and key and title and months and stage and kind in KINDS):
        problems.has_errors = problems.has_errors or before
        return None
    return PastRound(
        key,
        title,
        theme,
        kind,
        stage,
        *months,
        cohort_rule=", ".join(_lines(given.get("cohorts"))),
        focus=(*_lines(given.get("focus_questions")), *_lines(given.get("aspects"))),
        is_feedback_required=bool(_lines(given.get("requires_feedback_from"))),
    )


def _text(given: Given, key: str, longest: int, problems: Problems, *, needed: bool = True) -> str:
    value = given.get(key)
    if not isinstance(value.value, str):
        if needed or not value.is_blank:
            problems.error(value.place, f"Write the {key.replace('_', ' ')} as words.")
        return ""
    said = clean_text(value.value)
    said = clean_line(said) if longest < LONGEST_TEXT else said
    if len(said) > longest:
        problems.error(value.place, f"The text has {len(said):,} characters. Shorten it to {longest:,}.")
        return ""
    if not said and needed:
        problems.error(value.place, f"Write the {key.replace('_', ' ')}.")
    return said


def _lines(given: Given) -> tuple[str, ...]:
    parts = given.items if isinstance(given.value, tuple) else (given,)
    said = (clean_line(part.value)[:500] for part in parts if isinstance(part.value, str))
    return tuple(words for words in said if words)


def _status(given: Given, problems: Problems) -> str:
    value = given.get("action_plan_status")
    stage = _STATUSES.get(re.sub(r"[^a-z]+", " ", str(value.value or "").casefold()).strip(), "")
    if not stage:
        problems.error(
            value.place,
            f"The status is not known. Write one of: {'; '.join(STAGE_PRINTED)}.".replace("..", "."),
        )
    return stage


def _months(given: Given, problems: Problems) -> tuple[date, date] | None:
    period = given.get("period")
    if period.is_blank:
        found = _printed(str(given.get("date").value or ""))
        place = given.get("date").place
    else:
        first, last = (_month(str(period.get(key).value or "")) for key in ("start", "end"))
        found = (first, last or first) if first else None
        place = period.place
    if found is None:
        problems.error(place, "Write the months, such as period: {start: '2017-07', end: '2017-08'}.")
    elif found[1] < found[0]:
        problems.error(place, "The last month lies before the first. Check the months.")
        return None
    return found


def _month(said: str) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d\d?)", said.strip())
    if not match or not 1 <= int(match[2]) <= 12 or not 1990 <= int(match[1]) <= 2100:
        return None
    return date(int(match[1]), int(match[2]), 1)


def _printed(said: str) -> tuple[date, date] | None:
    """Months as people print them: "October 2017", "January 17", "July/August 17"."""
    match = re.fullmatch(
        r"\s*([A-Za-z]{3,9})(?:\s*(?:/|-|–|and|to)\s*([A-Za-z]{3,9}))?\s+(\d{2}|\d{4})\s*", said
    )
    if not match:
        return None
    names = [match[1], match[2] or match[1]]
    if any(name[:3].casefold() not in _MONTHS for name in names):
        return None
    year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
    first, last = (date(year, _MONTHS.index(name[:3].casefold()) + 1, 1) for name in names)
    return first, last
