"""How immediate concerns read: what, who acts, how the clock stands in hours."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from plumbline.audits.models import Concern, ConcernState
from plumbline.audits.rules.concerns import clock_in_words, is_overdue
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.shared import dates

STATES = frozenset(ConcernState.values)
TAGS = {
    "raised": "govuk-tag--red",
    "acknowledged": "govuk-tag--orange",
    "planned": "govuk-tag--blue",
    "closed": "govuk-tag--green",
}
NEXT = {
    "raised": ("Acknowledge it", "concern_acknowledge"),
    "acknowledged": ("Say what keeps the child safe", "concern_plan"),
    "planned": ("Close it", "concern_close"),
}


def hours() -> dict[str, int]:
    """The limits of the clock."""
    return {"acknowledge": settings.CONCERN_ACKNOWLEDGE_HOURS, "plan": settings.CONCERN_PLAN_HOURS}


def raised_in_words(concern: Concern) -> str:
    """What happens next, said to the person who raised it."""
    by = dates.time_in_words(concern.acknowledge_by)
    return (
        f"The concern is raised. {concern.handler.name} is told now and has to answer by {by}. "
        "If the child is in danger this minute, ring too."
    )


def state_choices(chosen: str) -> list[dict[str, Any]]:
    """The filter of the list."""
    choices = [("", "All"), ("open", "Open"), *ConcernState.choices]
    return [{"value": key, "text": str(text), "selected": key == chosen} for key, text in choices]


def _clock(one: Concern, now: datetime) -> dict[str, Any]:
    return {
        "words": clock_in_words(one.state, one.acknowledge_by, one.plan_by, now),
        "overdue": is_overdue(one.state, one.acknowledge_by, one.plan_by, now),
    }


def concern_row(one: Concern, now: datetime) -> dict[str, Any]:
    """One concern as a line, without what it is about."""
    return {
        "url": reverse("concern", args=[one.public_id]),
        "reference": one.audit.reference,
        "raised": dates.time_in_words(one.raised_at),
        "handler": one.handler.name,
        "tag": {"text": str(ConcernState(one.state).label), "classes": TAGS[one.state]},
        "clock": _clock(one, now),
    }


def concern_page(viewer: Any, one: Concern, now: datetime) -> dict[str, Any]:
    """The page of one concern with its steps and the next one."""
    question = whole_tool(one.audit.tool.content, {}, one.audit.local_questions).questions.get(one.question)
    next_step = None
    if one.state in NEXT and viewer.may("concern.handle", one):
        text, url = NEXT[one.state]
        next_step = {"text": text, "href": reverse(url, args=[one.public_id])}
    return concern_row(one, now) | {
        "title": f"Immediate concern, {one.audit.reference}",
        "text": one.text,
        "question": question.text if question else "",
        "raised_by": one.raised_by.name,
        "acknowledge_by": dates.time_in_words(one.acknowledge_by),
        "plan_by": dates.time_in_words(one.plan_by),
        "plan": one.plan,
        "outcome": one.outcome,
        "next": next_step,
        "audit_url": reverse("audit", args=[one.audit.public_id])
        if viewer.may("audit.view", one.audit)
        else "",
        "steps": [
            {
                "state": str(ConcernState(step.state).label),
                "at": dates.time_in_words(step.at),
                "by": step.by.name,
                "text": step.text,
            }
            for step in one.steps.select_related("by")
        ],
        "crumbs": [
            {"text": "Immediate concerns", "href": reverse("concerns")},
            {"text": one.audit.reference},
        ],
    }
