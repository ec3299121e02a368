"""The cadences of an activity or forum, read from mappings, from words, or from the frequency column."""

from plumbline.framework.files.content import LONGEST_LABEL
from plumbline.framework.files.fields import whole_number
from plumbline.framework.rules.cadence import SHARED_KEYS, Cadence, CadenceError, Event, from_dict, words
from plumbline.framework.rules.cadence_words import EXAMPLES, cadence_from_words, cadences_in
from plumbline.shared.given import Given, Problems
from plumbline.shared.plain_text import clean_line

_KNOWN = {*SHARED_KEYS, "interval", "unit", "least", "most", "count"}
_NUMBERS = {"interval", "least", "most", "count"}


def read_cadences(given: Given, problems: Problems) -> tuple[Cadence, ...]:
    """The cadences of the activity: those given, else those its frequency names, else "when it happens"."""
    listed = given.get("cadences")
    if not listed.is_blank:
        parts = listed.items if isinstance(listed.value, tuple) else (listed,)
        found = [cadence for part in parts if (cadence := read_cadence(part, problems)) is not None]
        return tuple(dict.fromkeys(found)) or (Event(),)
    frequency = given.get("frequency")
    named = cadences_in(frequency.value) if isinstance(frequency.value, str) else ()
    if len(named) > 1:
        kept = " and ".join(map(words, named))
        problems.note(frequency.place, f"The frequency names several cadences; kept as “{kept}”.")
    elif named:
        problems.note(frequency.place, f"The cadence is read from the frequency as “{words(named[0])}”.")
    elif frequency.is_blank:
        problems.note(
            frequency.place, f"It is not said how often, so it is never due. Write for example: {EXAMPLES}."
        )
    return named or (Event(),)


def read_cadence(given: Given, problems: Problems) -> Cadence | None:
    """One cadence from a mapping or from words; None where blank or wrong."""
    if given.is_blank:
        return None
    if isinstance(given.value, dict):
        return _from_mapping(given, problems)
    if not isinstance(given.value, str):
        problems.error(given.place, f"Write how often, for example: {EXAMPLES}.")
        return None
    try:
        return _checked(cadence_from_words(clean_line(given.value)), given, problems)
    except CadenceError as fault:
        problems.error(given.place, str(fault))
        return None


def _from_mapping(given: Given, problems: Problems) -> Cadence | None:
    values: dict[str, object] = {}
    for key, value in given.mapping.items():
        if key not in _KNOWN:
            problems.note(value.place, f"“{key}” is not kept for cadences.")
        elif key in _NUMBERS:
            number = whole_number(value)
            values[key] = value.value if number is None else number
        elif not value.is_blank:
            values[key] = clean_line(value.value) if isinstance(value.value, str) else value.value
    try:
        return _checked(from_dict(values), given, problems)
    except CadenceError as fault:
        problems.error(given.get(fault.field).place, str(fault))
        return None


def _checked(cadence: Cadence, given: Given, problems: Problems) -> Cadence:
    if len(cadence.label) > LONGEST_LABEL:
        problems.error(given.place, f"The label is too long. Shorten it to {LONGEST_LABEL} characters.")
    return cadence
