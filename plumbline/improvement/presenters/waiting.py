"""What of findings and actions waits for a person, and what a search finds in them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.improvement.models import Action, ActionState, FindingKind
from plumbline.improvement.presenters.words import in_a_line
from plumbline.improvement.queries.actions import (
    IMPACT_DUE,
    actions_to_check,
    own_open_actions,
    search_actions,
)
from plumbline.improvement.queries.findings import findings_without_action, search_findings
from plumbline.improvement.queries.impact import impact_to_check
from plumbline.shared.area import Found, WorkItem

# More than these are one line with a link to the list.
MOST_LINES = 12


def action_work(viewer: Any, today: date) -> Iterator[WorkItem]:
    """What the viewer is to agree to or do, and what others did and the viewer may check."""
    if viewer.has("action.view"):
        own = own_open_actions(viewer)
        for action in own[:MOST_LINES]:
            yield _own_line(action)
        if len(own) > MOST_LINES:
            yield WorkItem(
                f"{len(own) - MOST_LINES} more actions are yours.",
                f"{reverse('actions')}?mine=1&state=open",
                own[MOST_LINES].due_on,
            )
    if viewer.has("action.close"):
        waiting = actions_to_check(viewer).count()
        if waiting:
            words = "1 action is done and waits" if waiting == 1 else f"{waiting} actions are done and wait"
            yield WorkItem(f"{words} for your check.", f"{reverse('actions')}?check=1")
    if viewer.has("action.check"):
        looks = impact_to_check(viewer).count()
        if looks:
            words = "1 closed action waits" if looks == 1 else f"{looks} closed actions wait"
            url = f"{reverse('actions')}?state={IMPACT_DUE}"
            yield WorkItem(f"{words} for you to say what changed for children.", url)
    if viewer.has("action.manage"):
        bare = findings_without_action(viewer).count()
        if bare:
            words = "1 finding has" if bare == 1 else f"{bare} findings have"
            yield WorkItem(f"{words} no action yet.", f"{reverse('findings')}?without_action=1")


def _own_line(action: Action) -> WorkItem:
    do = {
        ActionState.PROPOSED: "Say whether you agree to an action",
        ActionState.AGREED: "Start an action",
    }.get(ActionState(action.state), "Finish an action")
    urgent = "Urgent. " if action.is_urgent else ""
    url = reverse("action", args=[action.public_id])
    return WorkItem(f"{urgent}{do}: {in_a_line(action.text, 80)}", url, action.due_on)


def found_in_improvement(viewer: Any, asked: str) -> Iterator[Found]:
    """Findings and actions whose words hold the text."""
    for finding in search_findings(viewer, asked):
        url = reverse("finding", args=[finding.public_id])
        yield Found(in_a_line(finding.text, 80), url, "Findings", FindingKind(finding.kind).label)
    for action in search_actions(viewer, asked):
        url = reverse("action", args=[action.public_id])
        yield Found(in_a_line(action.text, 80), url, "Actions", ActionState(action.state).label)
