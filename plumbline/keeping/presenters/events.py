"""How events read: a sentence's worth in each row, names only where the viewer may see them."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from plumbline.event_log.models import Event, Kind
from plumbline.keeping.queries.events import EventPage
from plumbline.shared import dates
from plumbline.shared.given import Scalar

SYSTEM = "Plumbline itself, or somebody not signed in"
TAGS = {
    Kind.REFUSAL: "govuk-tag--yellow",
    Kind.EXPORT: "govuk-tag--blue",
    Kind.ACTION: "govuk-tag--turquoise",
}
COLUMNS = (
    "time",
    "person id",
    "person",
    "sort",
    "step",
    "record type",
    "record id",
    "rows",
    "right from",
    "page",
    "request",
    "detail",
    "hash",
)


def event_rows(page: EventPage, query: QueryDict) -> list[dict[str, Any]]:
    """The rows of a page."""
    return [_row(event, page.names, query) for event in page.events]


def _row(event: Event, names: dict[str, str], query: QueryDict) -> dict[str, Any]:
    record = " ".join(part for part in (thing(event.object_type), _record_name(event, names)) if part)
    return {
        "at": dates.time_in_words(event.at),
        "who": names.get(event.actor, event.actor) or SYSTEM,
        "tag": {
            "text": Kind(event.kind).label,
            "classes": TAGS.get(Kind(event.kind), "govuk-tag--grey"),
        },
        "step": step(event.action),
        "record": record,
        "record_url": _asking(query, record=event.object_id) if event.object_id else "",
        "rows": "" if event.rows is None else f"{event.rows} {'row' if event.rows == 1 else 'rows'}",
        "detail": detail(event.detail),
    }


def step(action: str) -> str:
    """The step in words: "person.change_name" as "person, change name"."""
    return ", ".join(part.replace("_", " ") for part in action.split("."))


def thing(object_type: str) -> str:
    """The type of record in words."""
    return object_type.replace("_", " ")


def detail(given: dict[str, Any]) -> str:
    """The identifiers, field names and counts of an event on one line."""
    said = []
    for key, value in given.items():
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        said.append(f"{key.replace('_', ' ')} {words}")
    return "; ".join(said)


def next_page(page: EventPage, query: QueryDict) -> str:
    """The address of the page with older events; nothing when there is none."""
    return _asking(query, older_than=page.next_after) if page.next_after else ""


def first_page(query: QueryDict) -> str:
    """The address of the newest events with the same filters; nothing when this is that page."""
    return _asking(query, older_than="") if query.get("older_than") else ""


def export_address(query: QueryDict) -> str:
    """The address of the same events as a file."""
    kept = query.copy()
    kept.pop("older_than", None)
    return f"{reverse('event_log_export')}?{kept.urlencode()}"


def export_rows(events: Iterable[Event], names: dict[str, str]) -> Iterable[tuple[Scalar, ...]]:
    """The heading and a row an event, with times as 2026-03-27T14:05:09+00:00."""
    yield COLUMNS
    for event in events:
        yield (
            event.at.isoformat(timespec="seconds"),
            event.actor,
            names.get(event.actor, ""),
            Kind(event.kind).label,
            event.action,
            event.object_type,
            event.object_id,
            event.rows,
            event.relation,
            event.route,
            event.request_id,
            detail(event.detail),
            event.hash,
        )


def _record_name(event: Event, names: dict[str, str]) -> str:
    if event.object_type == "person":
        return names.get(event.object_id, event.object_id)
    return event.object_id


def _asking(query: QueryDict, **changed: str) -> str:
    kept = query.copy()
    if "record" in changed:
        kept.pop("older_than", None)
    for name, value in changed.items():
        if value:
            kept[name] = value
        else:
            kept.pop(name, None)
    return f"?{kept.urlencode()}" if kept else reverse("event_log")
