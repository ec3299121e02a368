"""What findings and actions say about a criterion: how many of each kind, and how far the actions are."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from plumbline.improvement.queries.evidence import actions_on, findings_on
from plumbline.people.scope import Viewer
from plumbline.shared.area import Column, Evidence

NOUNS = {
    "strength": ("strength", "strengths"),
    "gap": ("area for development", "areas for development"),
    "barrier": ("barrier", "barriers"),
}


def evidence(viewer: Viewer, criteria: list[Any]) -> Iterator[tuple[int, Evidence]]:
    """The open findings on each criterion, and the actions that answer them."""
    addresses = {one.pk: f"{reverse('findings')}?criterion={one.public_id}" for one in criteria}
    for key, found in findings_on(viewer, criteria).items():
        counted = [_counted(found.kinds[kind], *nouns) for kind, nouns in NOUNS.items() if found.kinds[kind]]
        words = counted[0] if len(counted) == 1 else f"{', '.join(counted[:-1])} and {counted[-1]}"
        yield key, Evidence(Column.PRACTICE, f"Found: {words}.", found.newest_on, addresses[key])
    for key, actions in actions_on(viewer, criteria).items():
        late = f", {actions.overdue} of them overdue" if actions.overdue else ""
        sentence = (
            f"{_counted(actions.going, 'action', 'actions')} under way{late}. "
            f"{actions.closed} closed with what {'it' if actions.closed == 1 else 'they'} changed."
        )
        yield key, Evidence(Column.DOING, sentence)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
