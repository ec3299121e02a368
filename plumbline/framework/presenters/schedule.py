"""How activities and what is planned of them are shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.framework.models import Activity, Forum, Occurrence, OccurrenceState, OccurrenceStatus
from plumbline.framework.queries.occurrences import status_of
from plumbline.framework.queries.vocabulary import word
from plumbline.framework.rules.cadence import from_dict, words
from plumbline.framework.rules.delivery import Status
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates

TAGS = {
    Status.DONE: "govuk-tag--green",
    Status.DONE_LATE: "govuk-tag--turquoise",
    Status.DUE: "govuk-tag--yellow",
    Status.OVERDUE: "govuk-tag--red",
    Status.MISSED: "govuk-tag--orange",
    Status.PLANNED: "govuk-tag--blue",
    Status.CANCELLED: "govuk-tag--grey",
}
TYPES = {
    "committee": "Committee",
    "briefing": "Briefing",
    "visit": "Visit",
    "childrens_voice": "Children’s voice",
    "meeting": "Meeting",
    "case_audit": "Case audit",
    "homes_monitoring": "Monitoring of homes",
    "supervision_audit": "Supervision audit",
    "service_audit": "Service audit",
    "complaints": "Complaints",
    "escalation": "Escalation",
    "thematic_review": "Thematic review or deep dive",
    "performance_analysis": "Performance analysis",
    "feedback": "Feedback",
    "direct_observation": "Direct observation",
    "health_check": "Health check",
    "external_challenge": "External challenge",
}


def tag(status: Status) -> dict[str, str]:
    """A state as a tag: a word first, a colour besides."""
    return {"text": status.value.capitalize(), "classes": TAGS[status]}


def cadence_text(activity: Activity) -> str:
    """The cadences in words, split by semicolons."""
    return "; ".join(words(from_dict(one)) for one in activity.cadences)


def occurrence_row(row: Occurrence, names: UnitNames, on: date) -> dict[str, Any]:
    """One line of a list of occurrences."""
    status = status_of(row, on)
    late = (on - row.due_on).days if status is Status.OVERDUE else 0
    return {
        "id": row.public_id,
        "url": reverse("occurrence", args=[row.public_id]),
        "activity": row.activity.name,
        "where": names.on(row.unit_id, max(row.due_on, row.unit.opened_on))
        if row.unit_id and row.unit
        else row.stream,
        "part": row.part,
        "due": dates.short(row.due_on),
        "window": f"from {dates.short(row.earliest_on)}" if row.earliest_on != row.due_on else "",
        "held": dates.short(row.held_on),
        "who": row.responsible.name if row.responsible else "",
        "tag": tag(status),
        "late": f"{dates.days_in_words(late)} late" if late else "",
    }


def _posts(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(word(name) for name in names))


def forum_rows(forums: Iterable[Forum]) -> list[dict[str, Any]]:
    """The forums as they are shown, with every other name they are known by."""
    return sorted((forum_row(forum) for forum in forums), key=lambda row: str(row["name"]).casefold())


def forum_row(forum: Forum) -> dict[str, Any]:
    """A forum under the name it is shown by; the one it was imported under stands among its other names."""
    name = word(forum.name)
    others = [one for one in (forum.name, *forum.aliases) if one.casefold() != name.casefold()]
    return {
        "name": name,
        "aliases": list(dict.fromkeys(others)),
        "purpose": forum.purpose,
        "url": reverse("forum", args=[forum.public_id]),
    }


def activity_row(activity: Activity, rows: list[Occurrence], on: date) -> dict[str, Any]:
    """One line of the schedule: next due, state, how much of the year is done."""
    open_rows = sorted(
        (row for row in rows if row.state == OccurrenceState.PLANNED), key=lambda row: row.due_on
    )
    states = [status_of(row, on) for row in rows]
    overdue = [row for row in open_rows if status_of(row, on) is Status.OVERDUE]
    upcoming = next((row for row in open_rows if row.due_on >= on), None)
    is_event = all(one.get("kind") == "event" for one in activity.cadences)
    worst = (
        Status.OVERDUE
        if overdue
        else next((one for one in (Status.DUE, Status.PLANNED) if one in states), None)
    )
    return {
        "url": reverse("activity", args=[activity.public_id]),
        "name": activity.name,
        "type": TYPES.get(activity.type, activity.type),
        "responsible": _posts(activity.responsible),
        "cadence": cadence_text(activity),
        "next": dates.short(upcoming.due_on)
        if upcoming
        else ("When it happens" if is_event else "Not planned"),
        "tag": tag(worst) if worst else None,
        "state": worst.value if worst else "none",
        "overdue": len(overdue),
        "next_on": upcoming.due_on if upcoming else date.max,
    }


def activity_page(viewer: Viewer, activity: Activity, figures: str, gaps: dict[str, Any]) -> dict[str, Any]:
    """An activity's six fields and what the year says of it."""
    lines = [
        {
            "name": word(line.forum.name),
            "url": reverse("forum", args=[line.forum.public_id]),
            "how": line.how.replace("-", " "),
        }
        for line in activity.report_lines.all()
    ]
    return {
        "title": activity.name,
        "activity": activity,
        "type": TYPES.get(activity.type, activity.type),
        "cadence": cadence_text(activity),
        "facts": [
            ("What happens", activity.description),
            ("Why", activity.purpose),
            ("Who is responsible", _posts(activity.responsible)),
            ("Countersigned by", _posts(activity.countersigned_by)),
            ("How often", activity.frequency),
            ("Cadence", cadence_text(activity)),
            (
                "How many",
                f"{activity.volume_least} to {activity.volume_most}" if activity.volume_most else "",
            ),
            ("Reporting arrangements", activity.reporting_arrangements),
        ],
        "outcome_gap": not activity.intended_outcome,
        "reports_to": lines,
        "figures": figures,
        "gaps": gaps,
        "may_change": viewer.has("schedule.change"),
        "may_plan": viewer.has("occurrence.plan"),
        "crumbs": [{"text": "Schedule", "href": reverse("schedule")}],
    }


def occurrence_page(
    viewer: Viewer, row: Occurrence, names: UnitNames, history: list[OccurrenceStatus]
) -> dict[str, Any]:
    """One occurrence with what may be done to it."""
    shown = occurrence_row(row, names, viewer.on)
    links: list[tuple[str, str]] = []
    if viewer.may("occurrence.record", row):
        links += [
            ("Record that it was done", "occurrence_done"),
            ("Record that it was missed", "occurrence_missed"),
            ("Call it off", "occurrence_cancel"),
        ]
    if row.state == OccurrenceState.PLANNED and viewer.may("occurrence.plan", row):
        links += [("Move it to another day", "occurrence_move"), ("Say who sees to it", "occurrence_assign")]
    if row.state == OccurrenceState.DONE and viewer.may("occurrence.plan", row):
        links += [("Record that a forum received the report", "occurrence_report")]
    if viewer.may("occurrence.reopen", row):
        links += [("Open it again", "occurrence_reopen")]
    return {
        "title": row.activity.name,
        "row": shown,
        "occurrence": row,
        "activity_url": reverse("activity", args=[row.activity.public_id]),
        "planned_for": dates.in_words(row.planned_for)
        if row.planned_for and row.planned_for != row.due_on
        else "",
        "links": [{"text": text, "href": reverse(name, args=[row.public_id])} for text, name in links],
        "history": [
            {
                "state": step.get_state_display(),
                "held": dates.in_words(step.held_on),
                "notes": [text for text in (step.outcome, step.reason) if text],
                "at": step.at,
                "by": step.by.name if step.by else "",
            }
            for step in history
        ],
        "reports": [
            (word(given.forum.name), dates.in_words(given.given_on))
            for given in row.reports.select_related("forum").order_by("given_on")
        ],
        "crumbs": [
            {"text": "Schedule", "href": reverse("schedule")},
            {"text": row.activity.name, "href": reverse("activity", args=[row.activity.public_id])},
        ],
    }
