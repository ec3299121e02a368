"""What of audits and concerns waits for a person."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from plumbline.audits.queries.concerns import open_concerns_to_handle
from plumbline.audits.rules.concerns import clock_in_words
from plumbline.shared.area import WorkItem


def concern_work(viewer: Any, today: date) -> Iterator[WorkItem]:
    """Each open concern on which the viewer may act; they stand on top until they are closed."""
    if not viewer.has("concern.handle"):
        return
    now = timezone.now()
    for one in open_concerns_to_handle(viewer):
        clock = clock_in_words(one.state, one.acknowledge_by, one.plan_by, now)
        yield WorkItem(
            f"Immediate concern, {one.audit.reference}. {clock}.".replace("..", "."),
            reverse("concern", args=[one.public_id]),
            is_concern=True,
        )
