"""How practice reads around the pages of an audit, and how what was typed is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from plumbline.audits.actions.grades import Choice
from plumbline.audits.files.practice_cases import PracticeCase, practice_cases
from plumbline.audits.forms.grades import ToGrade
from plumbline.audits.models import PracticeAudit
from plumbline.shared import dates


def list_page(rows: Sequence[PracticeAudit], days: int) -> dict[str, Any]:
    """The viewer's own practice audits, and for how long they stay."""
    cases = practice_cases()
    return {
        "title": "Practise an audit",
        "days": days,
        "rows": [
            {
                "url": reverse("practice", args=[row.public_id]),
                "title": cases[row.case].title if row.case in cases else row.case,
                "tool": str(row.tool),
                "begun": dates.in_words(dates.day_of(row.begun_at)),
                "state": "Finished" if row.finished_at else "In hand",
            }
            for row in rows
        ],
    }


def around(row: PracticeAudit, case: PracticeCase) -> dict[str, Any]:
    """What the page of a practice audit has besides what an audit's has."""
    return {
        "title": f"Practice: {case.title}",
        "look_for": case.look_for,
        "delete_url": reverse("practice_delete", args=[row.public_id]),
        "list_url": reverse("practices"),
    }


def talk_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of the work that the form about the talk gives, as JSON."""
    held_on = given["held_on"]
    return {
        "talk": {
            "held_on": held_on.isoformat() if held_on else None,
            "who": given["who"] if held_on else "",
            "notes": given["notes"] if held_on else "",
            "reason_not_held": "" if held_on else given["reason_not_held"],
        },
        "mode": {"mode": given["mode"], "mode_reason": given["mode_reason"]},
    }


def voice_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """One attempt to hear somebody, as JSON."""
    return {**given, "on": given["on"].isoformat()}


def grades_given(parts: Sequence[ToGrade], choices: Mapping[str, Choice]) -> dict[str, dict[str, str]]:
    """The grades as an audit keeps them: with what the rule proposed and why one differs."""
    return {
        one.key: {
            "grade": choices[one.key].grade,
            "proposed": one.proposed.grade,
            "rule": one.proposed.why,
            "reason": choices[one.key].reason,
        }
        for one in parts
    }
