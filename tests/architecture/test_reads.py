"""Every page of confidential records says that it reads them, so that the event log knows who looked."""

from django.urls import get_resolver

from plumbline.people.checks import every_pattern
from plumbline.people.rules.permissions import LOGGED_CLASSES
from plumbline.people.scope import permission_table

COLLEAGUES = "an empty form; of others it offers names and posts to choose from, nothing else"
# Pages under a right to confidential records that show none of them.
SHOWS_NOTHING = {
    "person_add": COLLEAGUES,
    "role_propose": COLLEAGUES,
    "legal_hold_place": COLLEAGUES,
    "occurrence_add": COLLEAGUES,
    "interest_declare": "an empty form about oneself",
    "plan": "a form that asks for a year",
    "finding_add": "an empty form with criteria and teams to choose from",
    "report_begin": "a form that offers titles of rounds, which everybody may see",
    "event_log_verify": "a page that says what the check does",
}


def unlogged() -> set[str]:
    """The names of routes whose GET is answered under a logged class and leaves no event."""
    return {
        str(pattern.name)
        for _, pattern in every_pattern(get_resolver().url_patterns)
        if (needs := getattr(pattern.callback, "access", None)) is not None
        and "GET" in needs.methods
        and needs.reads is None
        and permission_table().data_class(needs.action) in LOGGED_CLASSES
    }


def test_every_page_of_confidential_records_logs_its_reading_or_stands_here_with_a_reason() -> None:
    assert unlogged() == set(SHOWS_NOTHING)
