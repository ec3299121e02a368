"""What waits for a viewer, what a search finds, which messages and jobs a viewer may see, and whether all is well."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from plumbline.people.scope import Viewer
from plumbline.shared.area import Found, When, WorkItem, areas
from plumbline.work.models import Job, Message, MessageState, PeriodicRun

SEARCH_LIMIT = 50


def work_for(viewer: Viewer, today: date) -> dict[When, list[WorkItem]]:
    """The viewer's work in its three groups, concerns first, then by day."""
    groups: dict[When, list[WorkItem]] = {when: [] for when in When}
    for area in areas():
        for item in area.work_items(viewer, today) if area.work_items else ():
            groups[item.when(today)].append(item)
    for items in groups.values():
        items.sort(key=lambda item: (not item.is_concern, item.due_on or date.min, item.sentence))
    return groups


def search(viewer: Viewer, asked: str) -> list[Found]:
    """What the areas find for the words, within what the viewer may see."""
    words = " ".join(asked.split())
    if len(words) < 2:
        return []
    return [found for area in areas() if area.search for found in area.search(viewer, words)][:SEARCH_LIMIT]


def messages_for(viewer: Viewer) -> QuerySet[Message]:
    """The messages the viewer may know of, newest first."""
    return Message.objects.visible_to(viewer, "message.view").select_related("person").order_by("-pk")


def jobs_for(viewer: Viewer) -> QuerySet[Job]:
    """The jobs the viewer may see, newest first."""
    return Job.objects.visible_to(viewer, "job.view").order_by("-pk")


def page_of(job: Job) -> str:
    """The address where what came of the job stands, if its kind of work has one."""
    pages = {work.kind: work.page for area in areas() for work in area.long_work}
    page = pages.get(job.kind)
    return page(job.about_id) if page else ""


@dataclass(frozen=True)
class Health:
    """Whether the parts of the service answer."""

    database: bool
    background: bool
    messages: bool

    @property
    def all_well(self) -> bool:
        return self.database and self.background and self.messages

    @property
    def can_serve(self) -> bool:
        """Background work that has stopped delays messages; it is no reason to take the pages away."""
        return self.database


def health() -> Health:
    """The state of the database, the background process and the outbox."""
    now = timezone.now()
    try:
        last: Any = PeriodicRun.objects.order_by("-ended_at").exclude(ended_at=None).first()
        late = (
            Message.objects.as_system("background-work")
            .filter(state=MessageState.WAITING, made_at__lt=now - timedelta(hours=1))
            .exists()
        )
    except DatabaseError:
        return Health(database=False, background=False, messages=False)
    return Health(
        database=True,
        background=bool(last and last.ended_at > now - timedelta(minutes=10)),
        messages=not late,
    )
