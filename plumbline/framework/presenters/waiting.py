"""What of the schedule waits for a person, and what a search finds in it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from plumbline.framework.queries.occurrences import activities_in_use, forums_for, occurrences_for, status_of
from plumbline.framework.queries.vocabulary import word
from plumbline.framework.rules.delivery import Status
from plumbline.people.queries.units import unit_names
from plumbline.shared import dates
from plumbline.shared.area import Found, WorkItem

AHEAD_DAYS = 42


def schedule_work(viewer: Any, today: date) -> Iterator[WorkItem]:
    """What the viewer sees to within six weeks, and one line for those who watch over the whole year."""
    if not viewer.has("occurrence.view"):
        return
    names = unit_names(viewer)
    own = occurrences_for(viewer).filter(
        state="planned", responsible_id=viewer.person_id, due_on__lte=today + timedelta(days=AHEAD_DAYS)
    )
    for row in own:
        if status_of(row, today) in (Status.OVERDUE, Status.DUE, Status.PLANNED):
            where = (
                f" for {names.on(row.unit_id, today)}"
                if row.unit_id
                else (f" ({row.stream})" if row.stream else "")
            )
            yield WorkItem(
                f"Record {row.activity.name}{where}", reverse("occurrence", args=[row.public_id]), row.due_on
            )
    if viewer.has("occurrence.plan"):
        rows = occurrences_for(viewer).filter(
            state="planned", due_on__lt=today, due_on__gte=today - timedelta(days=400)
        )
        late = [row for row in rows if status_of(row, today) is Status.OVERDUE]
        if late:
            oldest = (today - min(row.due_on for row in late)).days
            noun = "activity is" if len(late) == 1 else "activities are"
            sentence = f"{len(late)} planned {noun} overdue. The oldest is {dates.days_in_words(oldest)}."
            yield WorkItem(sentence, f"{reverse('occurrences')}?state=overdue")


def found_schedule(viewer: Any, text: str) -> Iterator[Found]:
    """Activities and forums by name, alias or description."""
    words = text.lower()
    for activity in activities_in_use(viewer):
        if words in f"{activity.name} {activity.description}".lower():
            yield Found(activity.name, reverse("activity", args=[activity.public_id]), "Activities")
    for forum in forums_for(viewer):
        name = word(forum.name)
        if words in f"{name} {forum.name} {' '.join(forum.aliases)}".lower():
            yield Found(name, reverse("forum", args=[forum.public_id]), "Forums")
