"""When two printed names mean the same forum or the same role, and what a reporting phrase names."""

import re
from functools import lru_cache

from plumbline.framework.files.content import LONGEST_LINE, ReportHow
from plumbline.shared.plain_text import clean_line

# Committees change their type word from page to page (Group, Panel, Forum) and stay the same committee.
_TYPE_WORDS = {"group", "panel", "forum", "committee", "board", "meeting", "meetings"}
_SMALL_WORDS = {"of", "the", "and", "for", "service", "services"}
_FULL_WORDS = {"qa": "quality assurance", "&": "and", "cic": "children in care"}


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    spaced = re.sub(r"[^\w&/']+", " ", name.casefold().replace("’", "'").replace("&", " & "))
    return tuple(" ".join(_FULL_WORDS.get(word, word) for word in spaced.split()).split())


@lru_cache(maxsize=4096)
def forum_stem(name: str) -> str:
    """The name without its type word at the end: "Corporate Parenting Panel" and "... Group" share theirs."""
    words = list(_words(name))
    while len(words) > 1 and words[-1] in _TYPE_WORDS:
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """The capitals a name is shortened to: those of "Overview and Scrutiny Committee" are OSC."""
    return "".join(word[0] for word in _words(name) if word not in ("of", "the", "and")).upper()


def are_one_forum(one: str, other: str) -> bool:
    """Whether two names plainly mean one forum: the same words but for the type word, or its initials."""
    if forum_stem(one) == forum_stem(other):
        return True
    short, full = sorted((one.strip(), other.strip()), key=len)
    return len(short) > 2 and short.isupper() and short.isalpha() and short == initials(full)


@lru_cache(maxsize=4096)
def _stem_words(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[ /]", forum_stem(name))) - _SMALL_WORDS


def may_be_one_forum(one: str, other: str) -> bool:
    """Whether one name has all the words of the other and more, so that a person should look."""
    first, second = _stem_words(one), _stem_words(other)
    return min(len(first), len(second)) > 2 and (first < second or second < first)


def role_stem(role: str) -> frozenset[str]:
    """The words that tell a role from others, without the small ones and with QA spelled out."""
    return frozenset(_words(role)) - _SMALL_WORDS


def report_phrase(phrase: str) -> tuple[str, ReportHow]:
    """The forum and the form that a printed reporting phrase names.

    "Leader of the Council (minutes of meetings)" gives the leader and minutes; "Annual QA report to the
    Executive" gives the executive and annual report.
    """
    if len(phrase) > LONGEST_LINE:  # No forum has such a name; patterns take their time over long texts.
        return phrase, ReportHow.REPORT
    said = clean_line(phrase)
    how = ReportHow.REPORT
    if match := re.search(r"\(([^)]*)\)\s*$", said):
        said = said[: match.start()].strip() or said
        for form in (ReportHow.MINUTES, ReportHow.FEEDBACK):
            how = form if form.value in match[1].casefold() else how
    if re.search(r"\bannual\b.*\breport\b", said, re.IGNORECASE):
        how = ReportHow.ANNUAL_REPORT
        for pattern in (r".*\breport to (?:the )?(.+)", r"(.+?) annual report"):
            if match := re.fullmatch(pattern, said, re.IGNORECASE):
                said = match[1]
    return said, how
