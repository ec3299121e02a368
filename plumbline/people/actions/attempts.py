"""Keeps a record of somebody who reached for a right of their own."""

from typing import Any

from plumbline.event_log.actions import Actor, record
from plumbline.event_log.models import Event, Kind
from plumbline.people.rules.refusals import GUARDED, Refused


def note_refusal(*, by: Actor, action: str, refused: Refused, obj: Any = None) -> Event | None:
    """The event that says what was refused and why, for the reasons that matter to rights; otherwise nothing."""
    if refused.reason not in GUARDED:
        return None
    return record(
        by=by,
        kind=Kind.REFUSAL,
        action=action,
        obj=obj,
        detail={"answer": 200, "reason": str(refused.reason)},
    )
