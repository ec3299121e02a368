"""What of moderation waits for a person."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Moderation
from plumbline.audits.queries.moderation import moderations_list
from plumbline.shared.area import WorkItem


def moderation_work(viewer: Any, today: date) -> Iterator[WorkItem]:
    """The audits that the viewer is to rate a second time, and those whose final grade they may settle."""
    if not viewer.has("moderation.view"):
        return
    for row in moderations_list(viewer, "rate", is_mine=True):
        url = reverse("moderation", args=[row.public_id])
        yield WorkItem(f"Give a second rating of {row.audit.reference}", url, row.due_on)
    if viewer.has("moderation.settle"):
        rows = moderations_list(viewer, "settle").filter(viewer.reach(Moderation, "moderation.settle"))
        waiting = rows.exclude(audit__auditor_id=viewer.person_id).count()
        if waiting:
            words = "1 audit waits" if waiting == 1 else f"{waiting} audits wait"
            yield WorkItem(f"{words} for the final grade.", f"{reverse('moderations')}?state=settle")
