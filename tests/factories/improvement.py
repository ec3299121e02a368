"""Findings and actions as tests need them, in any state."""

from datetime import timedelta
from typing import Any

from plumbline.improvement.actions import acting
from plumbline.improvement.actions.findings import raise_finding
from plumbline.improvement.models import Action, Finding
from plumbline.shared import dates
from tests.factories.cast import Cast


def make_finding(cast: Cast, **values: Any) -> Finding:
    """An open area for development about Safeguarding North."""
    given: dict[str, Any] = {
        "by": cast.qa_officer,
        "kind": "gap",
        "text": "Plans do not say what will change for the child",
        "raised_on": dates.today(),
        "unit": cast.units["north"],
        "is_open": True,
    }
    return raise_finding(**(given | values))


def make_action(cast: Cast, state: str = "proposed", **values: Any) -> Action:
    """An action for the service, owned by Sam and taken to the state."""
    given: dict[str, Any] = {
        "by": cast.qa_officer,
        "level": "service",
        "text": "Show examples of plans at the team meeting",
        "owner": cast.sam,
        "due_on": dates.today() + timedelta(days=20),
        "findings": [],
        "unit": cast.units["north"],
        "as_draft": state == "draft",
    } | values
    action = acting.raise_action(**given)
    if state in ("agreed", "in_progress", "done", "closed"):
        action = acting.agree(by=action.owner, action=action)
    if state == "in_progress":
        action = acting.note_progress(by=action.owner, action=action, note="Begun")
    if state in ("done", "closed"):
        action = acting.mark_done(by=action.owner, action=action, evidence="Notes of the meeting")
    if state == "closed":
        action = acting.close_action(by=cast.qa_lead, action=action, impact="Plans now name the change")
    if state == "withdrawn":
        action = acting.withdraw_action(by=cast.qa_officer, action=action, reason="Asked twice")
    return action
