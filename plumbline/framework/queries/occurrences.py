"""What is planned and done, as far as the viewer may see it, and the one place that says in which state it is."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from plumbline.framework.models import (
    Activity,
    Forum,
    Occurrence,
    OccurrenceState,
    OccurrenceStatus,
    Schedule,
)
from plumbline.framework.rules.cadence import from_dict
from plumbline.framework.rules.delivery import Occurrence as Planned
from plumbline.framework.rules.delivery import Status, occurrence_status
from plumbline.framework.rules.due import window_around
from plumbline.people.models import Person, Unit
from plumbline.people.scope import Viewer


def status_of(row: Occurrence, on: date) -> Status:
    """The state of a stored occurrence on the day, in the one word every screen and export uses."""
    if row.state == OccurrenceState.MISSED:
        return Status.MISSED
    window = window_around(from_dict(row.cadence) if row.cadence else None, row.earliest_on, row.due_on)
    held_on = row.held_on if row.state == OccurrenceState.DONE else None
    return occurrence_status(Planned(window, held_on, row.state == OccurrenceState.CANCELLED), on)


def occurrences_for(viewer: Viewer) -> QuerySet[Occurrence]:
    """The occurrences the viewer may see, by day."""
    rows = Occurrence.objects.visible_to(viewer, "occurrence.view").filter(activity__schedule__in_use=True)
    return rows.select_related("activity", "unit", "responsible").order_by("due_on", "pk")


def occurrence_for(viewer: Viewer, public_id: str) -> Occurrence:
    """The occurrence the viewer may see.

    Raises: Occurrence.DoesNotExist otherwise.
    """
    rows = Occurrence.objects.visible_to(viewer, "occurrence.view")
    return rows.select_related("activity", "activity__schedule", "unit", "responsible").get(
        public_id=public_id
    )


def with_status(rows: Iterable[Occurrence], on: date, wanted: set[Status]) -> list[Occurrence]:
    """The rows in one of the states; all of them when none is asked for."""
    return [row for row in rows if not wanted or status_of(row, on) in wanted]


def history_of(row: Occurrence) -> list[OccurrenceStatus]:
    """Each step with who took it, first to last."""
    return list(row.statuses.select_related("by").order_by("pk"))


def activities_in_use(viewer: Viewer) -> QuerySet[Activity]:
    """The activities of the schedules in use, with what they report to."""
    rows = (
        Activity.objects.filter(retired_on=None, schedule__in_use=True)
        if viewer.has("schedule.view")
        else Activity.objects.none()
    )
    return (
        rows.select_related("schedule")
        .prefetch_related("report_lines__forum")
        .order_by("schedule__title", "position")
    )


def activity_for(viewer: Viewer, public_id: str) -> Activity | None:
    """The activity, retired or not."""
    if not viewer.has("schedule.view"):
        return None
    rows = Activity.objects.select_related("schedule").prefetch_related("report_lines__forum")
    return rows.filter(public_id=public_id).first()


def schedules(viewer: Viewer) -> list[Schedule]:
    """All schedules, in use or set aside."""
    return list(Schedule.objects.all()) if viewer.has("schedule.view") else []


def schedule_for(viewer: Viewer, public_id: str) -> Schedule | None:
    """The schedule."""
    return Schedule.objects.filter(public_id=public_id).first() if viewer.has("schedule.view") else None


def forums_for(viewer: Viewer) -> list[Forum]:
    """All forums by name, with what reports to them."""
    if not viewer.has("schedule.view"):
        return []
    return list(Forum.objects.prefetch_related("report_lines__activity__schedule").order_by("name"))


def forum_for(viewer: Viewer, public_id: str) -> Forum | None:
    """The forum."""
    return next((forum for forum in forums_for(viewer) if forum.public_id == public_id), None)


def people_to_assign(viewer: Viewer) -> list[Person]:
    """The people who may be asked to see to something: those the viewer may see and who work here."""
    return list(Person.objects.visible_to(viewer, "person.view").filter(left_on=None, user__isnull=False))


def units_to_choose(viewer: Viewer) -> list[tuple[Unit, str]]:
    """The open teams and homes with their names."""
    from plumbline.people.queries.units import branches_on

    return [
        (one.unit, one.name) for one in branches_on(viewer, viewer.on) if one.unit.kind in ("team", "home")
    ]
