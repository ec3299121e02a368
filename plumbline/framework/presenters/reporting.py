"""How it is shown who reports to whom, what was received last, and how much of it in time."""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Any

from django.urls import reverse

from plumbline.framework.models import Activity
from plumbline.framework.queries.reports import Line
from plumbline.framework.queries.vocabulary import word
from plumbline.framework.rules.reporting import on_time_figures, on_time_words
from plumbline.shared import dates

TAGS = {"Late": "govuk-tag--red", "Up to date": "govuk-tag--green"}


def matrix(
    activities: list[Activity], lines: Mapping[tuple[int, int], Line], on: date
) -> list[dict[str, Any]]:
    """Each activity with the forums it reports to: last received, next due, how much on time, and the state in a word."""
    rows = []
    for activity in activities:
        for line in activity.report_lines.all():
            found = lines.get((activity.pk, line.forum_id), Line())
            figures = on_time_figures(found.reports, on)
            owed = sorted(one.due_on for one in found.reports if one.due_on and one.given_on is None)
            state = "Late" if figures.overdue else ("Up to date" if found.last else "Nothing received yet")
            rows.append(
                {
                    "activity": activity.name,
                    "activity_url": reverse("activity", args=[activity.public_id]),
                    "forum": word(line.forum.name),
                    "forum_url": reverse("forum", args=[line.forum.public_id]),
                    "how": line.how.replace("-", " "),
                    "last": dates.short(found.last) or "None yet",
                    "next": dates.short(owed[0]) if owed else "Nothing owed",
                    "on_time": f"{figures.on_time} of {figures.due}" if figures.due else "None due",
                    "state": state,
                    "tag": TAGS.get(state, "govuk-tag--grey"),
                }
            )
    return rows


def on_time_sentence(lines: Mapping[tuple[int, int], Line], on: date) -> str:
    """How the reports of the last twelve months stand, in a sentence."""
    reports = chain.from_iterable(line.reports for line in lines.values())
    return f"Of what was done in the last 12 months: {on_time_words(on_time_figures(reports, on))}"
