"""Reads of the event log: by viewer, and the check of the chain."""

from dataclasses import dataclass

from django.db.models import QuerySet

from plumbline.event_log import rules
from plumbline.event_log.models import ChainHead, Event
from plumbline.shared.scoped import Sees


def events_for(viewer: Sees) -> QuerySet[Event]:
    """The events the viewer may read, newest first."""
    return Event.objects.visible_to(viewer, "event_log.view").order_by("-pk")


@dataclass(frozen=True)
class Verdict:
    """What a check of the chain found."""

    events: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return self.broken_at is None and not self.reason


def verify_chain() -> Verdict:
    """The verdict on the whole chain: each event's hash from its values, each link, and the head."""
    previous, count = rules.GENESIS, 0
    for event in Event.objects.as_system("verify-event-log").order_by("pk").iterator(chunk_size=2000):
        values = {name: getattr(event, name) for name in rules.CHAINED}
        if event.previous_hash != previous:
            return Verdict(count, previous, event.pk, "an event before it was removed or put in")
        if rules.link(previous, values) != event.hash:
            return Verdict(count, previous, event.pk, "its content was changed")
        previous, count = event.hash, count + 1
    head = ChainHead.objects.first()
    if head is None:
        return Verdict(count, previous, reason="" if count == 0 else "the head of the chain is missing")
    if (head.count, head.hash) != (count, previous):
        return Verdict(count, previous, reason="events at the end were removed")
    return Verdict(count, previous)
