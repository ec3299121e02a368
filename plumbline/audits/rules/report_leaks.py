"""Names, references and small teams in words that are about to leave the building. A match stops them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from plumbline.audits.rules.identity import IdentityKind, find

# Ordinary words that are names too: as a single word they prove nothing.
ORDINARY = frozenset(
    "April August Autumn Faith Grace Hope Ivy Joy June Long March Mark May Monday Rose Summer Will Winter Young".split()
)
SHORTEST_PART = 3
# Before words leave, a number need not be a valid one to be held back: the shape of a postcode or ten digits do.
_LIKE_NUMBERS = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?<!\w)\+?\d(?:[ -]?\d){9,}\b", re.IGNORECASE
)
FEW = 5
_COUNTED = re.compile(
    r"(?<![\w.])(?:[1-5]|one|two|three|four|five) "
    r"(?:(?:of the|out of|young|other) )?(?:\w+ )?"
    r"(?:child|children|baby|babies|boys?|girls?|people|famil(?:y|ies)|parents?|mothers?|fathers?|cases?|audits?)\b",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"(?<![\w.])(\d{1,5}) (?:out )?of (?:the |all )?(\d{1,5})(?![\w])", re.IGNORECASE)
_WORD = re.compile(r"\w[\w'’/.\-]*\w|\w")


class Secret(StrEnum):
    """What was found."""

    FAMILY = "a name from a cover sheet"
    STAFF = "the name of a worker, manager or auditor"
    REFERENCE = "a case reference"
    TEAM = "the name of a team of which few children were audited"
    COUNT = "a count of five or fewer, or one that tells it by what is left"
    NUMBER = (
        "a birth date, a postcode, an e-mail address, a telephone number or a number like a health number"
    )


@dataclass(frozen=True)
class Secrets:
    """What must not be in a shareable text."""

    family: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True, order=True)
class Leak:
    """In which text something was found, and what kind of thing; never the words themselves."""

    place: str
    what: Secret


def leaks_in(texts: Mapping[str, str], secrets: Secrets) -> list[Leak]:
    """Where the texts (by the name of their place) hold something that must not leave.

    A family is looked for as the check before submission looks for it. A colleague's whole name counts whatever its
    case; a single part of it, which is more often an ordinary word, only with a capital within a sentence.
    """
    references = {one.casefold() for one in secrets.references}
    found = set()
    for place, text in texts.items():
        flat = " ".join(text.split())
        words = {word.casefold() for word in _WORD.findall(flat)}
        # Compared as whole words; a reference with blanks in it is looked for as it stands.
        if references & words or _any_whole(flat, {one for one in references if " " in one}):
            found.add(Leak(place, Secret.REFERENCE))
        for one in find(flat, names=secrets.family):
            is_name = one.kind is IdentityKind.NAME
            found.add(Leak(place, Secret.FAMILY if is_name else Secret.NUMBER))
        if _any_whole(flat, secrets.staff) or _any_part(flat, secrets.staff):
            found.add(Leak(place, Secret.STAFF))
        if _any_whole(flat, secrets.teams):
            found.add(Leak(place, Secret.TEAM))
        if _small_count(flat):
            found.add(Leak(place, Secret.COUNT))
        if _LIKE_NUMBERS.search(flat):
            found.add(Leak(place, Secret.NUMBER))
    return sorted(found)


def _small_count(text: str) -> bool:
    """Whether the text counts people or audits up to five, or says so many of so many that five or fewer are left."""
    if _COUNTED.search(text):
        return True
    pairs = ((int(one.group(1)), int(one.group(2))) for one in _OUT_OF.finditer(text))
    return any(0 < part <= FEW or 0 < whole - part <= FEW for part, whole in pairs)


def _any_whole(text: str, names: Iterable[str]) -> bool:
    wanted = [
        re.escape(" ".join(name.split()))
        for name in names
        if len(name.strip()) >= SHORTEST_PART and name.strip().capitalize() not in ORDINARY
    ]
    return bool(wanted) and bool(re.search(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", text, re.IGNORECASE))


def _any_part(text: str, names: Iterable[str]) -> bool:
    parts = {
        part
        for name in names
        for part in _WORD.findall(name)
        if len(part) >= SHORTEST_PART and part[:1].isupper() and part not in ORDINARY
    }
    if not parts:
        return False
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(part) for part in parts)})(?!\w)")
    return any(not _begins(text, one.start()) for one in pattern.finditer(text))


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" “‘\"'(")
    return not before or before[-1] in ".!?:;…"
