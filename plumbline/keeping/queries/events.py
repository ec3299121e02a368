"""The event log as a viewer may read it: filtered, a page at a time, with names joined within the viewer's rights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from plumbline.event_log.models import Event
from plumbline.event_log.queries import events_for
from plumbline.people.models import Person
from plumbline.people.rules.permissions import Relation
from plumbline.people.scope import Viewer
from plumbline.shared import dates

PAGE_SIZE = 50
MOST_PEOPLE = 50
MOST_EXPORTED = 50_000


@dataclass(frozen=True)
class EventFilter:
    """What is asked of the log. `older_than` is the hash of the last event of the page before."""

    who: str = ""
    kind: str = ""
    action: str = ""
    record: str = ""
    since: date | None = None
    until: date | None = None
    older_than: str = ""


@dataclass(frozen=True)
class EventPage:
    """One page, newest first, and the hash after which the next begins."""

    events: list[Event]
    names: dict[str, str]
    next_after: str


class TooManyPeople(Exception):
    """So many people have the name that the question has no useful answer."""


def sees_all_events(viewer: Viewer) -> bool:
    """Whether the viewer may read everybody's entries."""
    return Relation.ALL in viewer.relations("event_log.view")


def event_page(viewer: Viewer, wanted: EventFilter) -> EventPage:
    """The page that follows `older_than`; found by an index, so the thousandth costs what the first does.

    Raises: TooManyPeople for a name that more than 50 people share.
    """
    found = list(filtered_events(viewer, wanted)[: PAGE_SIZE + 1])
    events = found[:PAGE_SIZE]
    return EventPage(events, names_for(viewer, events), events[-1].hash if len(found) > PAGE_SIZE else "")


def filtered_events(viewer: Viewer, wanted: EventFilter) -> QuerySet[Event]:
    """The events asked for that the viewer may read, newest first.

    Raises: TooManyPeople for a name that more than 50 people share.
    """
    events = events_for(viewer).order_by("-at", "-pk")
    if wanted.who and sees_all_events(viewer):
        events = events.filter(actor__in=_people_called(viewer, wanted.who))
    if wanted.kind:
        events = events.filter(kind=wanted.kind)
    if wanted.action:
        events = events.filter(action=wanted.action)
    if wanted.record:
        events = events.filter(object_id=wanted.record)
    if wanted.since:
        events = events.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        events = events.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    after = events_for(viewer).filter(hash=wanted.older_than).first() if wanted.older_than else None
    if after is not None:
        # Written so that the index on the time is used; several events may share a time.
        events = events.filter(at__lte=after.at).exclude(Q(at=after.at, pk__gte=after.pk))
    return events


def names_for(viewer: Viewer, events: Iterable[Event]) -> dict[str, str]:
    """The names, by public id, of the people in the events whom the viewer may see. The log itself holds none."""
    rows = list(events)
    ids = {event.actor for event in rows} | {e.object_id for e in rows if e.object_type == "person"}
    people = Person.objects.visible_to(viewer, "person.view").filter(public_id__in=ids)
    return dict(people.values_list("public_id", "name")) | {viewer.actor_id: viewer.name}


def _people_called(viewer: Viewer, who: str) -> list[str]:
    people = Person.objects.visible_to(viewer, "person.view")
    ids = list(
        people.filter(Q(name__icontains=who) | Q(public_id=who)).values_list("public_id", flat=True)[
            : MOST_PEOPLE + 1
        ]
    )
    if len(ids) > MOST_PEOPLE:
        raise TooManyPeople
    return ids


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=dates.LONDON)
