"""What of allocation waits for people: audits in hand, requests, exceptions, cases without an auditor, notices."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from plumbline.audits.models import AuditState
from plumbline.audits.presenters.allocation import counted
from plumbline.audits.presenters.requests import kind_words
from plumbline.audits.presenters.visits import name_of
from plumbline.audits.queries import allocation, requests, waiting
from plumbline.shared import dates
from plumbline.shared.area import Found, WorkItem

# A notice stands in the worker's list for so long; it is there to be read, not to be done.
NOTICE_DAYS = 14
VERBS = {
    "allocated": "Start the audit of",
    "started": "Go on with the audit of",
    "discussed": "Finish the audit of",
    "returned": "Look again at the audit of",
}


def allocation_work(viewer: Any, today: date) -> Iterator[WorkItem]:
    """The viewer's own audits, and what of allocation waits for their decision."""
    for audit in waiting.audits_in_hand(viewer):
        words = f"{VERBS[audit.state]} {audit.reference}"
        if audit.is_visit:
            words = f"{VERBS[audit.state].removesuffix('the audit of')}{name_of(audit)}"
        yield WorkItem(words, f"/audits/{audit.public_id}", audit.due_on)
    for audit in waiting.notices_for(viewer, today - timedelta(days=NOTICE_DAYS)):
        yield WorkItem(
            "Read what the visit to your work is about"
            if audit.is_visit
            else f"Read why your work with {audit.reference} was chosen for an audit",
            reverse("audit_notice", args=[audit.public_id]),
        )
    if viewer.has("audit_request.decide"):
        for row in requests.requests_to_decide(viewer):
            yield WorkItem(
                f"Decide on a request about {row.audit.reference}: {kind_words(row.kind).lower()}",
                reverse("audit_request", args=[row.public_id]),
                dates.day_of(row.asked_at) + timedelta(days=waiting.DAYS_TO_DECIDE),
            )
    if viewer.has("allocation.approve"):
        for one in allocation.exceptions_to_decide(viewer):
            yield WorkItem(
                f"Decide on an exception from independence in “{one.slot.draw.round.title}”",
                reverse("allocation_exception", args=[one.public_id]),
                dates.day_of(one.proposed_at) + timedelta(days=waiting.DAYS_TO_DECIDE),
            )
    if viewer.has("allocation.change"):
        for of, number in allocation.rounds_to_give(viewer):
            yield WorkItem(
                f"Give {counted(number, 'case', 'cases')} of “{of.title}” to auditors",
                reverse("allocation_round", args=[of.public_id]),
            )


def found_audits(viewer: Any, asked: str) -> Iterator[Found]:
    """The audits the viewer may see whose case reference holds the words."""
    for audit in waiting.audits_by_reference(viewer, asked):
        yield Found(
            audit.reference,
            f"/audits/{audit.public_id}",
            "Audits",
            f"{audit.round.title}: {AuditState(audit.state).label.lower()}",
        )
