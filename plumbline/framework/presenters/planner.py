"""How the year is shown: the grid of activities and months, and what was delivered."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from plumbline.framework.models import Activity, Occurrence
from plumbline.framework.queries.occurrences import status_of
from plumbline.framework.queries.planner import Cell
from plumbline.framework.rules.delivery import Status
from plumbline.framework.rules.gaps import TeamVisits, mean_days_between, months_without
from plumbline.framework.rules.months import months_in
from plumbline.shared import dates

# A sign before the word, so that a cell can be told at a glance and without colour.
SIGNS = {
    Status.DONE: "✓",
    Status.DONE_LATE: "~",
    Status.DUE: "●",
    Status.OVERDUE: "!",
    Status.MISSED: "✗",
    Status.PLANNED: "○",
    Status.CANCELLED: "–",
}
ORDER = (
    Status.OVERDUE,
    Status.MISSED,
    Status.DUE,
    Status.DONE,
    Status.DONE_LATE,
    Status.PLANNED,
    Status.CANCELLED,
)


def cell_words(cell: Cell | None) -> str:
    """A cell in words: "2 done, 1 overdue"."""
    if cell is None:
        return ""
    return ", ".join(f"{cell.counts[status]} {status.value}" for status in ORDER if cell.counts.get(status))


def cell_signs(cell: Cell | None) -> list[str]:
    """A cell in signs and numbers, short enough for twelve months side by side: "✓2", "!1"."""
    if cell is None:
        return []
    return [f"{SIGNS[status]}{cell.counts[status]}" for status in ORDER if cell.counts.get(status)]


def grid(
    activities: Iterable[Activity],
    cells: dict[tuple[int, date], Cell],
    start: date,
    end: date,
    *,
    linked: bool,
) -> dict[str, Any]:
    """The grid as a table: a row an activity, a column a month."""
    months = [month for month in months_in(start, end) if month < end]
    rows = []
    for activity in activities:
        row = []
        for month in months:
            cell = cells.get((activity.pk, month))
            worst = next((status for status in ORDER if cell and cell.counts.get(status)), None)
            query = urlencode({"activity": activity.public_id, "month": f"{month:%Y-%m}"})
            row.append(
                {
                    "month": dates.month_in_words(month),
                    "words": cell_words(cell),
                    "signs": cell_signs(cell),
                    "kind": worst.name.lower().replace("_", "-") if worst else "empty",
                    "url": f"{reverse('occurrences')}?{query}" if linked and cell else "",
                }
            )
        rows.append(
            {"name": activity.name, "url": reverse("activity", args=[activity.public_id]), "cells": row}
        )
    return {
        "months": [{"short": f"{month:%b}", "long": dates.month_in_words(month)} for month in months],
        "rows": rows,
        "key": [{"sign": SIGNS[status], "words": status.value} for status in ORDER],
    }


def year_sentence(rows: list[Occurrence], overdue: int, oldest: int, on: date) -> str:
    """What the grid shows, in a sentence."""
    past = [row for row in rows if row.due_on <= on and status_of(row, on) is not Status.CANCELLED]
    done = sum(status_of(row, on) in (Status.DONE, Status.DONE_LATE) for row in past)
    if not rows:
        return "Nothing is planned for this year yet. A quality assurance officer can plan it."
    said = f"{done} of the {len(past)} occurrences due so far this year were done."
    if not overdue:
        return f"{said} None is overdue."
    return f"{said} {overdue} {'is' if overdue == 1 else 'are'} overdue; the oldest by {dates.days_in_words(oldest)}."


def plan_words(added: int, taken_out: int) -> str:
    """What planning the year changed, in words."""
    if not added and not taken_out:
        return "Everything was planned already. Nothing was added."
    said = f"{added} {'occurrence was' if added == 1 else 'occurrences were'} added."
    if taken_out:
        said += f" {taken_out} not due yet {'was' if taken_out == 1 else 'were'} taken out, because the schedule asks for them no more."
    return f"{said} What was planned already and what was recorded stays as it was."


def delivered_rows(
    activities: Iterable[Activity], rows: list[Occurrence], start: date, on: date
) -> list[dict[str, Any]]:
    """Delivered against planned for each activity, up to today, with its gaps (the yearly review asks for these)."""
    by_activity: dict[int, list[Occurrence]] = {}
    for row in rows:
        by_activity.setdefault(row.activity_id, []).append(row)
    table = []
    for activity in activities:
        own = by_activity.get(activity.pk, [])
        past = [row for row in own if row.due_on <= on]
        states = [status_of(row, on) for row in past]
        held = sorted(row.held_on for row in own if row.held_on)
        mean = mean_days_between(held)
        table.append(
            {
                "name": activity.name,
                "url": reverse("activity", args=[activity.public_id]),
                "planned": len(past),
                "done": sum(one in (Status.DONE, Status.DONE_LATE) for one in states),
                "late": states.count(Status.DONE_LATE),
                "overdue": states.count(Status.OVERDUE),
                "missed": states.count(Status.MISSED),
                "empty_months": len(months_without(held, start, on)) if own else None,
                "mean_days": f"{mean:.1f}" if mean is not None and not activity.per and len(held) > 1 else "",
            }
        )
    return table


def visit_rows(visits: Iterable[TeamVisits]) -> list[dict[str, Any]]:
    """Visits per team, never visited first."""
    return [
        {
            "team": one.team,
            "visits": one.visits,
            "last": "Never in the last 12 months"
            if one.days_since_last is None
            else f"{dates.days_in_words(one.days_since_last)} ago",
        }
        for one in visits
    ]
