"""How the list of activities is asked for, put in order and shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from plumbline.framework.models import Activity, Forum, Occurrence
from plumbline.framework.presenters.schedule import TYPES, activity_row
from plumbline.framework.queries.vocabulary import word
from plumbline.shared.plain_text import clean_line

LONGEST_SEARCH = 100
STATES = {"overdue": "Overdue", "due": "Due", "planned": "Planned", "none": "None open"}
ORDERS: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "": ("Overdue first", lambda row: (-row["overdue"], row["next_on"], row["position"])),
    "next": ("Next due first", lambda row: (row["next_on"], row["position"])),
    "name": ("By name", lambda row: (row["name"].lower(), row["position"])),
    "schedule": ("As in the schedule", lambda row: row["position"]),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything it cannot mean is blank."""

    text: str = ""
    type: str = ""
    state: str = ""
    responsible: str = ""
    forum: str = ""
    order: str = ""

    def fits(self, activity: Activity) -> bool:
        """Whether the activity is asked for, its state aside."""
        posts = (*activity.responsible, *map(word, activity.responsible))
        words = f"{activity.name} {' '.join(posts)}".lower()
        forums = {line.forum.public_id for line in activity.report_lines.all()}
        return (
            self.text.lower() in words
            and self.type in ("", activity.type)
            and (not self.responsible or self.responsible in activity.responsible)
            and (not self.forum or self.forum in forums)
        )


def asked_of(query: QueryDict) -> Asked:
    """What the address asks for."""

    def known(name: str, words: Iterable[str]) -> str:
        return query.get(name, "") if query.get(name, "") in set(words) else ""

    return Asked(
        text=clean_line(query.get("q", ""))[:LONGEST_SEARCH],
        type=known("type", TYPES),
        state=known("state", STATES),
        responsible=clean_line(query.get("responsible", "")),
        forum=clean_line(query.get("forum", "")),
        order=known("order", ORDERS),
    )


def list_rows(
    activities: Iterable[Activity], rows: Iterable[Occurrence], asked: Asked, on: date
) -> list[dict[str, Any]]:
    """The activities that fit, each with its next due day and its state, in the order asked for."""
    by_activity: dict[int, list[Occurrence]] = {}
    for row in rows:
        by_activity.setdefault(row.activity_id, []).append(row)
    found = [
        activity_row(activity, by_activity.get(activity.pk, []), on) | {"position": position}
        for position, activity in enumerate(activities)
        if asked.fits(activity)
    ]
    if asked.state:
        found = [row for row in found if row["state"] == asked.state]
    _, key = ORDERS[asked.order]
    return sorted(found, key=key)


def filter_fields(asked: Asked, activities: Iterable[Activity], forums: Iterable[Forum]) -> dict[str, Any]:
    """The fields of the filter, as they stand now."""
    roles = sorted({role for activity in activities for role in activity.responsible})
    return {
        "q": {"id": "q", "name": "q", "label": {"text": "Name"}, "value": asked.text, "type": "search"},
        "type": _select("type", "Type", [("", "All"), *TYPES.items()], asked.type),
        "responsible": _select(
            "responsible",
            "Who is responsible",
            [("", "Anyone"), *((role, word(role)) for role in roles)],
            asked.responsible,
        ),
        "forum": _select(
            "forum",
            "Reports to",
            [("", "Any forum"), *((one.public_id, word(one.name)) for one in forums)],
            asked.forum,
        ),
        "state": _select("state", "State", [("", "All"), *STATES.items()], asked.state),
        "order": _select("order", "Order", [(key, words) for key, (words, _) in ORDERS.items()], asked.order),
    }


def _select(name: str, label: str, items: list[tuple[str, str]], chosen: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "label": {"text": label},
        "items": [{"value": key, "text": words, "selected": key == chosen} for key, words in items],
    }
