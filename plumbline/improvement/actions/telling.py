"""Tells owners what is asked of them, and workers that a barrier they named was answered."""

from plumbline.improvement.models import Action, Finding, FindingKind, FindingState
from plumbline.work.actions import queue_message


def tell_owner(action: Action) -> None:
    """Asks the owner."""
    _tell(action, "action-proposed")


def tell_back(action: Action) -> None:
    """Tells the owner that more is asked of them."""
    _tell(action, "action-back")


def _tell(action: Action, kind: str) -> None:
    queue_message(
        person=action.owner,
        kind=kind,
        path=f"/actions/{action.public_id}",
        due_on=action.due_on,
        needs="action.view",
        about=action,
    )


def tell_who_named_it(action: Action) -> None:
    """Tells the workers whose audits named a barrier that something was done about it."""
    rows = Finding.objects.as_system("recording").filter(
        actions=action, kind=FindingKind.BARRIER, state=FindingState.OPEN, worker__isnull=False
    )
    workers = {one.worker_id: one.worker for one in rows.select_related("worker").order_by("pk")}
    for person in workers.values():
        if person is not None and person.pk not in (action.owner_id, action.closed_by_id):
            queue_message(
                person=person,
                kind="barrier-answered",
                path=f"/actions/{action.public_id}",
                needs="action.view",
                about=action,
            )
