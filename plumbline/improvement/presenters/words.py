"""The words, colours and lines in which findings and actions are shown everywhere."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.improvement.models import (
    Action,
    ActionLevel,
    ActionState,
    Finding,
    FindingKind,
    FindingState,
    ImpactResult,
)
from plumbline.improvement.rules.states import is_overdue
from plumbline.people.queries.units import UnitNames
from plumbline.shared import dates
from plumbline.shared.area import Source

KIND_TAGS = {
    FindingKind.STRENGTH: "govuk-tag--green",
    FindingKind.GAP: "govuk-tag--yellow",
    FindingKind.BARRIER: "govuk-tag--purple",
}
STATE_TAGS = {
    FindingState.DRAFT: "govuk-tag--grey",
    FindingState.OPEN: "govuk-tag--blue",
    FindingState.WITHDRAWN: "govuk-tag--grey",
}
ACTION_TAGS = {
    ActionState.DRAFT: "govuk-tag--grey",
    ActionState.PROPOSED: "govuk-tag--yellow",
    ActionState.AGREED: "govuk-tag--blue",
    ActionState.IN_PROGRESS: "govuk-tag--blue",
    ActionState.DONE: "govuk-tag--turquoise",
    ActionState.CLOSED: "govuk-tag--green",
    ActionState.WITHDRAWN: "govuk-tag--grey",
}
IMPACT_WORDS: dict[str, str] = {
    ImpactResult.EVIDENCED: "Impact evidenced",
    ImpactResult.NOT_YET: "Impact not seen yet",
    ImpactResult.NO_IMPACT: "No impact",
}
MOST_IN_A_LINE = 110


def in_a_line(text: str, most: int = MOST_IN_A_LINE) -> str:
    """The beginning of the text on one line, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most].rsplit(' ', 1)[0]}…"


def kind_tag(finding: Finding) -> dict[str, str]:
    """A finding's kind as a tag."""
    kind = FindingKind(finding.kind)
    return {"text": kind.label, "classes": KIND_TAGS[kind]}


def state_tag(finding: Finding) -> dict[str, str]:
    """A finding's state as a tag."""
    state = FindingState(finding.state)
    return {"text": state.label, "classes": STATE_TAGS[state]}


def action_tag(action: Action, on: date) -> dict[str, str]:
    """An action's state as a tag; overdue says so first."""
    if is_overdue(action.state, action.due_on, on):
        return {"text": "Overdue", "classes": "govuk-tag--red"}
    state = ActionState(action.state)
    return {"text": state.label, "classes": ACTION_TAGS[state]}


def late_words(action: Action, on: date) -> str:
    """How late the action is: "6 days late"; nothing when it is not."""
    if not is_overdue(action.state, action.due_on, on):
        return ""
    return f"{dates.days_in_words((on - action.due_on).days)} late"


def impact_words(action: Action) -> str:
    """What the last look since its closing found, of an action that knows it; nothing before one."""
    if action.state != ActionState.CLOSED:
        return ""
    return IMPACT_WORDS.get(getattr(action, "impact_result", None) or "", "")


def team_name(unit_id: int | None, names: UnitNames, day: date) -> str:
    """The name of the team, or the whole service."""
    return names.on(unit_id, day) if unit_id else "Whole service"


def finding_row(
    finding: Finding, names: UnitNames, on: date, sources: Mapping[int, Source] | None = None
) -> dict[str, Any]:
    """One line of a list of findings."""
    source = (sources or {}).get(finding.pk)
    has_action = getattr(finding, "has_action", False)
    wants = finding.kind != FindingKind.STRENGTH and finding.state == FindingState.OPEN and not has_action
    return {
        "url": reverse("finding", args=[finding.public_id]),
        "text": in_a_line(finding.text),
        "full": finding.text,
        "kind": kind_tag(finding),
        "state": state_tag(finding),
        "is_draft": finding.state != FindingState.OPEN,
        "criterion": finding.criterion.number if finding.criterion else "",
        "team": team_name(finding.unit_id, names, on),
        "raised": dates.short(finding.raised_on),
        "source": source.label if source else "",
        "action": "An action answers it" if has_action else ("No action yet" if wants else ""),
        "analysis": finding.needs_analysis and not has_action and finding.state != FindingState.WITHDRAWN,
        "wants_action": wants,
        "answered": has_action,
    }


def action_row(action: Action, names: UnitNames, on: date) -> dict[str, Any]:
    """One line of a list of actions."""
    return {
        "url": reverse("action", args=[action.public_id]),
        "text": in_a_line(action.text),
        "level": action.level,
        "is_child": action.level == ActionLevel.CHILD,
        "case": action.case_reference,
        "owner": action.owner.name,
        "team": team_name(action.unit_id, names, on),
        "due": dates.short(action.due_on),
        "tag": action_tag(action, on),
        "late": late_words(action, on),
        "impact": impact_words(action),
        "urgent": action.is_urgent and action.state not in (ActionState.CLOSED, ActionState.WITHDRAWN),
    }


def by_level(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows under two headings: what is mended for a child stands apart from what changes in the service."""
    headings = ((True, "For a child", "child"), (False, "For the service", "service"))
    groups = [
        {"heading": heading, "key": key, "rows": [row for row in rows if row["is_child"] is is_child]}
        for is_child, heading, key in headings
    ]
    return [group for group in groups if group["rows"]]
