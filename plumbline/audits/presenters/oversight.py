"""How independent oversight of a round reads, on its page and in its report."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Oversight, Round
from plumbline.audits.presenters.report_blocks import Block, Heading, Paragraph, Table
from plumbline.audits.queries.oversight import to_answer
from plumbline.audits.queries.reports import REPORTABLE
from plumbline.people.scope import Viewer
from plumbline.shared import dates
from plumbline.shared.area import WorkItem

NOBODY = "Nobody independent of the round has looked at it yet."
WAITS = "Not answered yet"


def lines_of(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A look as pairs of what was asked and what was said, the same on the page and in the report."""
    count = one["sample_size"]
    found = [
        ("What was checked", f"{count} {'audit' if count == 1 else 'audits'}. {one['sample']}"),
        ("Quality of recording", one["quality"]),
        ("Timeliness of recording", one["timeliness"]),
        ("Challenge", one["challenge"] or "None"),
    ]
    if one["challenge"] or one["answer"]:
        found.append(("What was changed", one["answer"] or WAITS))
    return found


def oversight_blocks(figures: Mapping[str, Any]) -> list[Block]:
    """Each look in the report: as what somebody looked, when, and what they found."""
    looks = figures.get("oversight", ())
    if not looks:
        return [Paragraph(NOBODY)]
    blocks: list[Block] = []
    for one in looks:
        title = f"{one['capacity']}, {dates.in_words(date.fromisoformat(one['looked_on']))}"
        blocks += [
            Heading(title, 3),
            Table(f"What was found: {title}", ("About", "Said"), tuple(lines_of(one)), (False, False)),
        ]
    return blocks


def oversight_part(viewer: Viewer, round: Round, rows: list[Oversight]) -> dict[str, Any]:
    """The part of the page of the round; nothing for whoever may not read it, or before there is anything to look at."""
    if not viewer.has("oversight.view") or round.is_historic or round.state not in REPORTABLE:
        return {}
    may_answer = viewer.has("oversight.answer")
    return {
        "rows": [
            {
                "title": f"{one.by.name}, {one.capacity.lower()}, {dates.in_words(one.looked_on)}",
                "lines": lines_of(vars(one)),
                "answer_url": reverse("oversight_answer", args=[one.public_id])
                if may_answer and not one.answered_at and one.by_id != viewer.person_id
                else "",
            }
            for one in rows
        ],
        "empty": NOBODY,
        "record_url": reverse("oversight_record", args=[round.public_id])
        if viewer.has("oversight.record")
        else "",
    }


def challenges(viewer: Viewer, day: date) -> Iterator[WorkItem]:
    """The challenges whose answer waits for the viewer."""
    if viewer.has("oversight.answer"):
        for one in to_answer(viewer):
            words = f"Say what was changed after a challenge to {one.round.title}"
            yield WorkItem(words, reverse("oversight_answer", args=[one.public_id]), day)
