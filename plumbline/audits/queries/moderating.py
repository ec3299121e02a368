"""What the pages of moderation read besides the second ratings: the round, the audit, its answers."""

from plumbline.audits.models import Answer, Audit, Round
from plumbline.people.scope import Viewer


def round_to_moderate(viewer: Viewer, public_id: str) -> Round:
    """The round, for somebody who draws the share to moderate.

    Raises: Round.DoesNotExist otherwise.
    """
    rows = Round.objects.visible_to(viewer, "moderation.assign")
    return rows.select_related("draw", "tool").get(public_id=public_id)


def audit_to_moderate(viewer: Viewer, public_id: str) -> Audit:
    """The audit, for somebody who names who rates it a second time.

    Raises: Audit.DoesNotExist otherwise.
    """
    rows = Audit.objects.visible_to(viewer, "moderation.assign")
    return rows.select_related("round", "round__draw", "tool").get(public_id=public_id)


def answers_of(audit: Audit) -> dict[str, Answer]:
    """The current answers by question key."""
    return {row.question: row for row in Answer.objects.filter(audit=audit, is_current=True)}
