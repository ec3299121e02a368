"""Reads of the event log: by viewer, and the check of the chain."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from plumbline.event_log import rules
from plumbline.event_log.models import ChainHead, Event, Kind
from plumbline.shared.scoped import Sees

STEP = 2000
REMADE = "up to here it is another log than the one whose head was noted"


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


def head_now(using: str = "default") -> rules.Head:
    """How far the chain has come: what to write down outside the database."""
    head = ChainHead.objects.using(using).first()
    return rules.Head(head.count, head.hash) if head else rules.Head(0, rules.GENESIS)


def check_chain(noted: rules.Head | None = None) -> Iterator[Verdict]:
    """The verdict so far after every few thousand events, and at last the verdict on the whole chain.

    Each event's hash is worked out from its values; each link and the head are compared, and with them the head
    that was noted elsewhere on an earlier day, where one is given.
    """
    # The head as it stood before: events that others add meanwhile come after it and are no fault.
    head = ChainHead.objects.first()
    previous, count, at_head = rules.GENESIS, 0, rules.GENESIS
    if noted is not None and noted.count == 0 and noted.hash != rules.GENESIS:
        yield Verdict(0, previous, reason=REMADE)
        return
    for event in Event.objects.as_system("verify-event-log").order_by("pk").iterator(chunk_size=STEP):
        values = {name: getattr(event, name) for name in rules.CHAINED}
        if event.previous_hash != previous:
            yield Verdict(count, previous, event.pk, "an event before it was removed or put in")
            return
        if rules.link(previous, values) != event.hash:
            yield Verdict(count, previous, event.pk, "its content was changed")
            return
        previous, count = event.hash, count + 1
        if noted is not None and count == noted.count and previous != noted.hash:
            yield Verdict(count, previous, event.pk, REMADE)
            return
        if head is not None and count == head.count:
            at_head = previous
        if count % STEP == 0:
            yield Verdict(count, previous)
    reason = _against_head(head, count, at_head)
    if noted is not None and count < noted.count:
        reason = "events that there were when the head was noted are missing"
    yield Verdict(count, previous, reason=reason)


def verify_chain(noted: rules.Head | None = None) -> Verdict:
    """The verdict on the whole chain, compared with the noted head where one is given."""
    return deque(check_chain(noted), maxlen=1).pop()


def _against_head(head: ChainHead | None, count: int, at_head: str) -> str:
    now = ChainHead.objects.first()
    if now is None:
        return "the head of the chain is missing" if count else ""
    if head is not None and (count < head.count or at_head != head.hash):
        return "events at the end were removed"
    return "an event was put in at the end" if count > now.count else ""


def readers_of(things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
    """The public ids of those who opened or took away each thing, given as (kind of record, public id)."""
    wanted = set(things)
    found: dict[tuple[str, str], set[str]] = {}
    rows = Event.objects.as_system("moderation-readers").filter(
        object_type__in={kind for kind, _ in wanted},
        object_id__in={public_id for _, public_id in wanted},
        kind__in=(Kind.READ, Kind.EXPORT),
    )
    for kind, public_id, actor in rows.order_by().values_list("object_type", "object_id", "actor").distinct():
        if (kind, public_id) in wanted and actor:
            found.setdefault((kind, public_id), set()).add(actor)
    return found
