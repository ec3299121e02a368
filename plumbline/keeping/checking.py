"""The check of the event log as long work, with a verdict in words, and its head noted outside the database."""

import logging

from plumbline.event_log.actions import record
from plumbline.event_log.models import ChainHead, Kind
from plumbline.event_log.queries import Verdict, check_chain, head_now
from plumbline.people.scope import Viewer
from plumbline.shared.area import Tell

logger = logging.getLogger(__name__)


def check_event_log(viewer: Viewer, about_id: str, tell: Tell) -> str:
    """The verdict in words; tells how many of the events are checked."""
    total = getattr(ChainHead.objects.first(), "count", 0)
    verdict = Verdict(0, "")
    for verdict in check_chain():
        tell(verdict.events, max(total, verdict.events))
    record(
        by=viewer,
        kind=Kind.ACTION,
        action="event_log.verify",
        detail={"events": verdict.events, "holds": verdict.holds},
    )
    return verdict_in_words(verdict)


def verdict_in_words(verdict: Verdict) -> str:
    """The verdict as a sentence or two."""
    if verdict.holds:
        return (
            f"The event log holds: none of its {verdict.events:,} events was changed, removed or put in. "
            f"It ends with {verdict.head[:12]}."
        )
    where = f" after {verdict.events:,} events" if verdict.broken_at else ""
    return (
        f"The event log does not hold{where}: {verdict.reason}. "
        "Keep the database as it is, compare it with your last backup, and tell information governance."
    )


def note_head() -> None:
    """Writes the head into the service's log, which whoever can change the database should not be able to change."""
    logger.info("Event log head %s", head_now())
