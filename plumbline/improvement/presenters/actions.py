"""How actions are shown: the list with its filters, and the page of one with its history."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from plumbline.improvement.models import Action, ActionLevel, ActionState, Finding, ImpactCheck
from plumbline.improvement.presenters.findings import options
from plumbline.improvement.presenters.words import (
    IMPACT_WORDS,
    action_tag,
    impact_words,
    in_a_line,
    kind_tag,
    late_words,
    team_name,
)
from plumbline.improvement.queries.actions import EVIDENCED, IMPACT_DUE, OPEN, OVERDUE, ActionFilter
from plumbline.improvement.queries.impact import check_due, checks_of
from plumbline.people.models import Person, Unit
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates
from plumbline.shared.area import Source

HEADINGS = (
    "Level", "State", "Overdue", "Action", "Case reference", "Owner", "Team", "Due on", "Urgent",
    "Evidence", "Difference it made", "Closed on", "Closed by", "Impact months later",
)  # fmt: skip


def action_filters(
    wanted: ActionFilter, teams: list[Unit], names: UnitNames, owners: list[Person], viewer: Viewer
) -> dict[str, Any]:
    """What the filters of the list offer and what they are set to."""
    states = [
        (OPEN, "Not yet closed"),
        (OVERDUE, "Overdue"),
        *ActionState.choices,
        (EVIDENCED, "Closed with evidenced impact"),
    ]
    if viewer.has("action.check"):
        states.append((IMPACT_DUE, "Closed, impact to be checked"))
    return {
        "levels": options(ActionLevel.choices, wanted.level),
        "states": options(states, wanted.state),
        "teams": options(((one.public_id, names.on(one.pk, viewer.on)) for one in teams), wanted.unit),
        "owners": options(((one.public_id, one.name) for one in owners), wanted.owner),
        "text": wanted.text,
        "mine": wanted.is_mine,
        "check": wanted.is_to_check,
    }


def _links(viewer: Viewer, action: Action) -> list[tuple[str, str]]:
    state, links = action.state, list[tuple[str, str]]()
    is_owner = action.owner_id == viewer.person_id
    if viewer.may("action.progress", action):
        if state == ActionState.PROPOSED:
            links.append(("Agree to it" if is_owner else "Record that the owner agrees", "action_agree"))
        if state in (ActionState.AGREED, ActionState.IN_PROGRESS):
            links += [("Say how it is going", "action_progress"), ("Say that it is done", "action_done")]
    if state == ActionState.DONE and not is_owner and viewer.may("action.close", action):
        links += [("Check and close it", "action_close"), ("Ask for more", "action_back")]
    is_due = state == ActionState.CLOSED and not is_owner and check_due(action, viewer.on)
    if is_due and viewer.may("action.check", action):
        links.append(("Say what it changed", "action_impact"))
    if viewer.may("action.manage", action):
        if state == ActionState.CLOSED:
            links.append(("Open it again", "action_reopen"))
        else:
            links += [
                ("Change its owner or day", "action_change"),
                ("Withdraw it", "action_withdraw"),
            ]
    return links


def waiting_words(action: Action, viewer: Viewer) -> str:
    """Who has the next word, in a sentence."""
    mine = action.owner_id == viewer.person_id
    match action.state:
        case ActionState.DRAFT:
            return "It goes to its owner when the audit it came from is shared."
        case ActionState.PROPOSED:
            return "It waits for you to agree." if mine else f"It waits for {action.owner.name} to agree."
        case ActionState.DONE:
            return "Somebody other than its owner checks what it changed, and closes it."
        case _:
            return ""


def _look(check: ImpactCheck) -> str:
    if not check.recorded_at or not check.by:
        return f"To be checked on {dates.in_words(check.due_on)}."
    when = dates.in_words(dates.day_of(check.recorded_at))
    return f"{IMPACT_WORDS[check.result]}, {when}, {check.by.name}\n{check.evidence}"


def action_page(
    viewer: Viewer,
    action: Action,
    findings: list[Finding],
    history: list[Any],
    names: UnitNames,
    source: Source | None,
) -> dict[str, Any]:
    """One action, what it answers, its history, and what may be done with it."""
    due = dates.in_words(action.due_on)
    late = late_words(action, viewer.on)
    facts = [
        ("Owner", action.owner.name),
        ("Due", f"{due} ({late})" if late else due),
        ("Level", ActionLevel(action.level).label),
        ("Case reference", action.case_reference),
        ("Team", team_name(action.unit_id, names, viewer.on)),
        ("Set", f"{dates.in_words(dates.day_of(action.raised_at))}, by {action.raised_by.name}"),
        ("What shows that it is done", action.evidence),
        ("What difference it made", action.impact),
        (
            "Closed",
            f"{dates.in_words(dates.day_of(action.closed_at))}, by {action.closed_by.name}"
            if action.closed_at and action.closed_by
            else "",
        ),
        *(
            (f"Impact after {one.months} months", _look(one))
            for one in checks_of(action)
            if one.result or action.state == ActionState.CLOSED
        ),
    ]
    return {
        "title": "Action for a child" if action.level == ActionLevel.CHILD else "Action for the service",
        "action": action,
        "tag": action_tag(action, viewer.on),
        "urgent": action.is_urgent and action.state != ActionState.CLOSED,
        "waits": waiting_words(action, viewer),
        "facts": [(word, text) for word, text in facts if text],
        "findings": [
            {
                "url": reverse("finding", args=[one.public_id]),
                "text": in_a_line(one.text),
                "kind": kind_tag(one),
            }
            for one in findings
        ],
        "source": source,
        "history": [
            {
                "state": ActionState(step.state).label,
                "text": step.text,
                "at": dates.time_in_words(step.at),
                "by": step.by.name,
            }
            for step in history
        ],
        "links": [
            {"text": text, "href": reverse(name, args=[action.public_id])}
            for text, name in _links(viewer, action)
        ],
        "crumbs": [{"text": "Actions", "href": reverse("actions")}],
    }


def actions_table(rows: Iterable[Action], names: UnitNames, viewer: Viewer) -> list[tuple[str, ...]]:
    """The actions as rows of a file, headings first."""
    lines: list[tuple[str, ...]] = [HEADINGS]
    for one in rows:
        lines.append(
            (
                ActionLevel(one.level).label,
                ActionState(one.state).label,
                late_words(one, viewer.on) or "no",
                one.text,
                one.case_reference,
                one.owner.name,
                team_name(one.unit_id, names, viewer.on),
                one.due_on.isoformat(),
                "yes" if one.is_urgent else "no",
                one.evidence,
                one.impact,
                dates.day_of(one.closed_at).isoformat() if one.closed_at else "",
                one.closed_by.name if one.closed_by else "",
                impact_words(one),
            )
        )
    return lines
