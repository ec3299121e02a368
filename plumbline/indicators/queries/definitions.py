"""The shipped definitions of indicators and tables, read once a process."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings

from indicator_engine import Indicator, load_definitions, load_tables
from indicator_engine.codelists import CodeList, load_codelists
from indicator_engine.tables import RecordTable

# The order in which a child meets the service.
THEMES = {
    "contacts_and_referrals": "Contacts and referrals",
    "early_help": "Early help",
    "assessments": "Assessments",
    "children_in_need": "Children in need",
    "section_47": "Child protection enquiries and conferences",
    "child_protection": "Child protection plans",
    "pre_proceedings": "Before court",
    "looked_after": "Children in care",
    "adoption": "Adoption",
    "care_leavers": "Care leavers",
    "workforce": "Workforce",
}


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator by key, in the order of the child's journey and then of their codes."""
    found = load_definitions(settings.DEFINITIONS_DIR / "indicators")
    order = list(THEMES)
    return {
        one.key: one
        for one in sorted(
            found.values(),
            key=lambda one: (order.index(one.theme), one.code[:1], _number(one.code), one.code),
        )
    }


@cache
def record_tables() -> Mapping[str, RecordTable]:
    """Every record table by name."""
    return load_tables(settings.DEFINITIONS_DIR / "record_tables")


@cache
def codelists() -> Mapping[str, CodeList]:
    """Every code set by name."""
    return load_codelists(settings.DEFINITIONS_DIR / "codelists")


def _number(code: str) -> int:
    digits = "".join(letter for letter in code[1:] if letter.isdecimal())
    return int(digits) if digits else 0
