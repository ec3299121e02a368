"""A round's own questions: on the page where they are written, and apart from the tool's in the report."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Round
from plumbline.audits.presenters.report_blocks import Block, Heading, Paragraph, Table
from plumbline.audits.rules.local_questions import ANSWERS, MOST_LOCAL, TITLE, remarks_on
from plumbline.audits.rules.report_counts import said
from plumbline.audits.rules.report_lines import ROUTES

NOTE = "Asked in this round only. They change no grade and are compared with nothing."


def local_page(round: Round, teams: Mapping[str, str]) -> dict[str, Any]:
    """The questions with what to look at in each, and whether there is room for more."""
    remarks = remarks_on(round.local_questions)
    return {
        "title": TITLE,
        "round": round.title,
        "rows": [
            {
                "key": one["key"],
                "text": one["text"],
                "facts": [
                    ANSWERS[one["answer"]],
                    *(
                        [", ".join(choice["label"] for choice in one["choices"])]
                        if one.get("choices")
                        else []
                    ),
                    "Must be answered" if one["required"] else "May be left open",
                    *([f"Only {teams.get(one['team'], 'one team')}"] if one.get("team") else []),
                ],
                "remarks": remarks[one["key"]],
            }
            for one in round.local_questions
        ],
        "most": MOST_LOCAL,
        "has_room": len(round.local_questions) < MOST_LOCAL,
        "back": reverse("round", args=[round.public_id]),
    }


def local_blocks(figures: Mapping[str, Any]) -> list[Block]:
    """The answers of each way into the round; nothing where it had no questions of its own."""
    blocks: list[Block] = []
    for route, group in figures["groups"].items():
        of = "" if len(figures["groups"]) == 1 else f"{ROUTES[route]} cases: "
        blocks += _tables(group.get("local", ()), of)
    return [Heading(TITLE, 3), Paragraph(NOTE, "note"), *blocks] if blocks else []


def _tables(questions: Sequence[Mapping[str, Any]], of: str) -> list[Block]:
    judged = tuple(
        (
            one["text"],
            said(one["met"]),
            *(str(one[name]) for name in ("partly_met", "not_met", "not_applicable", "not_assessed")),
        )
        for one in questions
        if "met" in one
    )
    blocks: list[Block] = []
    if judged:
        columns = ("Question", "Met", "Partly met", "Not met", "Did not apply", "Not assessed")
        blocks.append(Table(f"{of}The round’s own questions, judged", columns, judged))
    for one in questions:
        if "choices" in one:
            rows = tuple(
                (choice["label"], f"{choice['count']} of {one['answered']}") for choice in one["choices"]
            )
            blocks.append(Table(f"{of}{one['text']}", ("Answer", "Audits"), rows))
        elif "met" not in one:
            blocks.append(
                Paragraph(f"{of}{one['text']} Answered in words in {one['answered']} of {one['asked']}.")
            )
    return blocks
