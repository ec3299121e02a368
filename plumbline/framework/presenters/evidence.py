"""What is known of a criterion in three columns, voice, numbers and practice, and what is being done about it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from plumbline.shared import dates
from plumbline.shared.area import Column, Evidence

TITLES = {Column.VOICE: "Voice", Column.NUMBERS: "Numbers", Column.PRACTICE: "Practice"}
EMPTY = {
    Column.VOICE: "No audit of the last year that you may see asked for the voice of a child or family here.",
    Column.NUMBERS: "No figure is tied to this criterion yet.",
    Column.PRACTICE: "No audit or finding that you may see bears on this yet.",
}


def columns(found: Iterable[Evidence], on: date) -> dict[str, Any]:
    """The three columns, each with its evidence or why it has none, and the lines on what is being done."""
    lines = list(found)
    return {
        "columns": [
            {
                "title": title,
                "lines": [_line(one, on) for one in lines if one.column is column],
                "empty": EMPTY[column],
            }
            for column, title in TITLES.items()
        ],
        "doing": [_line(one, on) for one in lines if one.column is Column.DOING],
    }


def _line(one: Evidence, on: date) -> dict[str, str]:
    age = f"Newest {_age((on - one.newest_on).days)}." if one.newest_on else ""
    return {"sentence": one.sentence, "age": age, "url": one.url}


def _age(days: int) -> str:
    return "from today" if days <= 0 else f"{dates.days_in_words(days)} old"
