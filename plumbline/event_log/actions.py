"""The only door to the event log: appends one event to the chain."""

from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from plumbline.event_log import rules
from plumbline.event_log.context import current_request
from plumbline.event_log.models import ChainHead, Event, Kind


class Actor(Protocol):
    """Anyone who can be named in the log by public id."""

    @property
    def actor_id(self) -> str: ...


def record(
    *,
    by: Actor | None,
    kind: Kind,
    action: str,
    obj: Any = None,
    relation: str = "",
    rows: int | None = None,
    detail: dict[str, Any] | None = None,
) -> Event:
    """The event just appended, in the caller's transaction or in one of its own.

    `obj` is a row with a `public_id`; `detail` holds identifiers, field names and counts, never narrative.
    """
    facts = current_request.get()
    values = {
        "at": timezone.now(),
        "actor": by.actor_id if by else "",
        "kind": str(kind),
        "action": action,
        "object_type": "" if obj is None else obj._meta.model_name,
        "object_id": "" if obj is None else str(getattr(obj, "public_id", obj.pk)),
        "relation": relation[:60],
        "route": facts.route[:120],
        "request_id": facts.request_id,
        "rows": rows,
        "detail": detail or {},
    }
    with transaction.atomic():
        head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": rules.GENESIS})
        event = Event(**values, previous_hash=head.hash, hash=rules.link(head.hash, values))
        event.save(force_insert=True)
        head.count += 1
        head.hash = event.hash
        head.save(update_fields=["count", "hash"])
    return event
