"""What a secret calendar address shows, decided anew at each fetch."""

from datetime import date

from plumbline.framework.actions.calendar import hash_of
from plumbline.framework.models import CalendarFeed, Occurrence
from plumbline.framework.queries.occurrences import occurrences_for
from plumbline.framework.rules.months import add_months
from plumbline.people.models import Person
from plumbline.people.scope import Viewer, viewer_of


def feed_of(viewer: Viewer) -> CalendarFeed | None:
    """The viewer's own address, without its secret."""
    return CalendarFeed.objects.filter(person_id=viewer.person_id or 0).first()


def feed_by_token(token: str, today: date) -> tuple[Viewer, CalendarFeed] | None:
    """The owner of the address with today's rights; nothing for an unknown one or a closed account."""
    feed = CalendarFeed.objects.filter(token_hash=hash_of(token)).select_related("person__user").first()
    person: Person | None = feed.person if feed else None
    if feed is None or person is None or person.user is None:
        return None
    viewer = viewer_of(person.user, today)
    return (viewer, feed) if viewer.has("calendar.view") else None


def calendar_rows(viewer: Viewer, feed: CalendarFeed) -> list[Occurrence]:
    """What is due from three months ago to a year ahead: the viewer's own, or all they may see."""
    rows = occurrences_for(viewer).filter(
        due_on__range=(add_months(viewer.on, -3), add_months(viewer.on, 12))
    )
    return list(rows if feed.has_everything else rows.filter(responsible_id=viewer.person_id))
