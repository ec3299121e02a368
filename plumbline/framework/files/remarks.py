"""Notes on what a file says that a careful reader would ask about; none of them stops an import."""

import re
from collections.abc import Sequence
from itertools import combinations

from plumbline.framework.files.content import LONGEST_TEXT
from plumbline.framework.files.names import may_be_one_forum, role_stem
from plumbline.framework.rules.cadence import Cadence, words
from plumbline.framework.rules.cadence_words import cadences_in, disagree
from plumbline.shared.given import Given, Problems

# Terms that were right when printed. Source: ambiguities Z08 and Z29.
_OUT_OF_DATE = [
    (r"\b[BL]SCB\b|\blocal safeguarding children board\b", "LSCB", "safeguarding children partnership"),
    (r"\bLADO\b", "LADO", "designated officer"),
    (r"\bserious case reviews?\b|\bSCRs?\b", "serious case review", "child safeguarding practice review"),
    (r"\breg(?:ulation)?\.? ?33\b", "regulation 33", "regulation 44"),
]
_FREQUENT = re.compile(
    r"\b[\w-]{0,20}(?:weekly|monthly|quarterly|fortnightly)\b|\bevery [\w -]{0,20}(?:weeks?|months?)\b", re.I
)


def is_cut_short(text: str) -> bool:
    """Whether the text does not end as a sentence does."""
    return bool(text) and not text.rstrip("\"'”’)").endswith((".", "!", "?", "…"))


def about_words(given: Given, problems: Problems) -> None:
    """Note terms that have changed since the text was printed, each once for the file."""
    if isinstance(given.value, str):
        for pattern, printed, today in _OUT_OF_DATE:
            if re.search(pattern, given.value, re.I if printed.islower() else 0):
                said = f"“{printed}” is now “{today}”; it is kept as printed"
                problems.note_once(f"word {printed}", given.place, f"{said}.", f"{said} in {{n}} texts.")
    for part in given.items:
        about_words(part, problems)
    for key, part in given.mapping.items():
        # Older names are what aliases and flags are for.
        if key not in ("aliases", "flag"):
            about_words(part, problems)


def about_frequency(given: Given, cadences: Sequence[Cadence], problems: Problems) -> None:
    """Note where the frequency in words, or the description, does not fit the cadences of an activity."""
    kept = " and ".join(words(cadence) for cadence in cadences)
    frequency = given.get("frequency")
    if not frequency.is_blank and isinstance(frequency.value, str):
        named = cadences_in(frequency.value)
        said = " ".join(frequency.value.split())[:100]
        if not named:
            problems.note(
                frequency.place,
                f"“{said}” does not say how often. It is kept as printed; the cadence is “{kept}”.",
            )
        elif all(disagree(one, other) for one in named for other in cadences):
            problems.note(frequency.place, f"“{said}” does not fit the cadence “{kept}”. The cadence counts.")
    description = given.get("description")
    if isinstance(description.value, str):
        for phrase in dict.fromkeys(
            match[0] for match in _FREQUENT.finditer(description.value[:LONGEST_TEXT])
        ):
            named = cadences_in(phrase)
            if named and all(disagree(named[0], cadence) for cadence in cadences):
                problems.note(
                    description.place,
                    f"The description says “{phrase}”, the cadence is “{kept}”. The cadence counts.",
                )


def about_roles(activities: Sequence[tuple[Given, tuple[str, ...]]], problems: Problems) -> None:
    """Note roles that are printed in more than one way. Source: ambiguity Z10."""
    seen: dict[frozenset[str], str] = {}
    told: set[str] = set()
    for given, roles in activities:
        for role in roles:
            first = seen.setdefault(role_stem(role), role)
            if first.casefold() != role.casefold() and role not in told:
                told.add(role)
                problems.note(
                    given.place, f"“{role}” may be the same role as “{first}”. Both are kept as printed."
                )


def about_forums(names: Sequence[str], given: Given, problems: Problems) -> None:
    """Note forums whose names are close but not the same. Source: ambiguity Z11."""
    for one, other in combinations(names, 2):
        if may_be_one_forum(one, other):
            problems.note(
                given.place,
                f"“{one}” and “{other}” may be the same forum. They are kept apart; "
                "if they are one, make one name an alias of the other.",
            )
