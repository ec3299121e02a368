"""What in a case list may name a child: headings, columns of names, references that are names or NHS numbers."""

import re
from collections.abc import Iterable

from plumbline.audits.rules.case_values import plain

LONGEST_REFERENCE = 40
# At least this share of a column's values must look like names before the column does.
SHARE_OF_NAMES = 0.5
# A column of few values that come again and again (wards, legal statuses) is no column of names.
SHARE_DISTINCT = 0.3
# As many values as are looked at; names are not hidden at the end of a long list.
LOOKED_AT = 2000

_NAME_HEADINGS = re.compile(
    r"\b(name|names|forename|forenames|surname|firstname|lastname|fullname|initials|nickname|known as|alias"
    r"|child|young person|mother|father|parent|parents|mum|dad|sibling|siblings|family)\b"
)
# Headings with such a word that hold no name of a child.
_NOT_NAMES = re.compile(
    r"\b(team|plan|status|type|id|ref|reference|number|no|code|date|age|sex|gender|count)\b"
)
_NAME = re.compile(
    r"[A-Z][a-z'’-]+(?:[ -][A-Z]\.?)?(?: (?:de|van|von|bin|al|el|O['’])?[ ]?[A-Z][A-Za-z'’-]+){1,3}"
)
_NAME_REVERSED = re.compile(r"[A-Z][A-Za-z'’-]+, ?[A-Z][A-Za-z'’ -]+")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]*")


def heading_names_people(heading: str) -> bool:
    """Whether a heading speaks of a person's name: "Child's surname", "Mother"."""
    said = plain(heading)
    if re.search(r"\b(surname|forename|forenames|first ?name|last ?name|full ?name)\b", said):
        return True
    return bool(_NAME_HEADINGS.search(said)) and not _NOT_NAMES.search(said)


def looks_like_a_name(text: str) -> bool:
    """Whether a value is written like a person's name: "Ana Bell" or "BELL, Ana"."""
    said = text.strip()
    return bool(_NAME.fullmatch(said) or _NAME_REVERSED.fullmatch(said))


def values_look_like_names(values: Iterable[str]) -> bool:
    """Whether most values are written like names and few come again."""
    given = [value for value in values if value.strip()][:LOOKED_AT]
    if not given:
        return False
    named = [value for value in given if looks_like_a_name(value)]
    return len(named) >= SHARE_OF_NAMES * len(given) and len(set(named)) >= SHARE_DISTINCT * len(named)


def is_nhs_number(text: str) -> bool:
    """Whether the text is a whole NHS number: ten digits of which the last checks the others.

    Source: NHS Data Dictionary, NHS number, modulus 11.
    """
    digits = re.sub(r"[ -]", "", text)
    if not re.fullmatch(r"\d{10}", digits):
        return False
    rest = (
        11 - sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    )
    return rest != 10 and rest % 11 == int(digits[9])


def holds_nhs_numbers(references: Iterable[str]) -> bool:
    """Whether references of ten digits are NHS numbers rather than a council's own long numbers.

    One in eleven of a council's own ten-digit numbers would pass the check by chance, so most must.
    """
    long = [one for one in references if re.fullmatch(r"\d{10}", re.sub(r"[ -]", "", one))]
    return sum(map(is_nhs_number, long)) * 2 > len(long)


def fault_of_reference(text: str, *, may_be_nhs: bool) -> str:
    """What is wrong with a case reference and what to write; nothing where it may be kept."""
    if not text:
        return "Write the case reference."
    if len(text) > LONGEST_REFERENCE:
        return f"The reference is longer than {LONGEST_REFERENCE} characters. Write the number alone."
    if looks_like_a_name(text) or not re.search(r"\d", text):
        return (
            "This is no case reference: it holds no digit, so it may be a name. Write the number of the case."
        )
    if not _REFERENCE.fullmatch(text):
        return "Write the reference with letters, digits, blanks, dots, slashes and hyphens only."
    if may_be_nhs and is_nhs_number(text):
        return "This looks like an NHS number. Write the council's own case reference."
    return ""
