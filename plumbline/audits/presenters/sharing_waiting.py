"""What of sharing waits for a person: to read, to reply, to talk through, to answer, to share."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.audits.queries import sharing as queries
from plumbline.shared.area import WorkItem


def sharing_work(viewer: Any, today: date) -> Iterator[WorkItem]:
    """What the viewer is to read, reply to and talk through, and what the quality team is to answer."""
    if viewer.has("audit.reply"):
        for audit, is_read in queries.waits_for_reply(viewer):
            do = "Reply to" if is_read else "Read"
            yield WorkItem(
                f"{do} the audit of {audit.reference}", reverse("audit_shared", args=[audit.public_id])
            )
        for audit in queries.waits_for_talk(viewer):
            yield WorkItem(
                f"Talk through the audit of {audit.reference} in supervision",
                reverse("audit_shared", args=[audit.public_id]),
            )
    if viewer.has("audit.close"):
        for audit in queries.challenged(viewer):
            yield WorkItem(
                f"Answer the reply to the audit of {audit.reference}: they disagree",
                reverse("audit_shared", args=[audit.public_id]),
            )
