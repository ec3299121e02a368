"""The year as figures: what was planned and done, by activity and month, by team, by forum."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from plumbline.framework.models import Activity, Occurrence, OccurrenceState
from plumbline.framework.queries.occurrences import occurrences_for, status_of, with_status
from plumbline.framework.rules.delivery import Status
from plumbline.framework.rules.gaps import TeamVisits, visits_by_team
from plumbline.framework.rules.months import add_months, month_start, year_start
from plumbline.people.queries.units import branches_on, unit_names
from plumbline.people.rules.permissions import Relation
from plumbline.people.scope import Viewer


def year_of(first: int | None, today: date) -> tuple[date, date]:
    """The first and last day of the year that begins in April of the year asked for, or of this one."""
    start = year_start(date(first, 4, 1)) if first else year_start(today)
    return start, add_months(start, 12)


def rows_counted(viewer: Viewer, start: date, end: date) -> tuple[list[Occurrence], bool]:
    """The occurrences whose figures the viewer may see, and whether their pages may be opened too.

    Those with the right to totals only get figures over every occurrence, and no row.
    """
    rows, linked = _countable(viewer)
    return list(rows.filter(due_on__gte=start, due_on__lt=end)), linked


def still_overdue(viewer: Viewer, before: date, on: date) -> list[Occurrence]:
    """The occurrences due before a day that are still overdue: the turn of the year does not make them good."""
    rows, _ = _countable(viewer)
    rows = rows.filter(state=OccurrenceState.PLANNED, due_on__lt=before)
    return with_status(rows, on, {Status.OVERDUE})


def _countable(viewer: Viewer) -> tuple[QuerySet[Occurrence], bool]:
    in_use = {"activity__schedule__in_use": True, "activity__retired_on": None}
    if states := viewer.states("occurrence.view", Relation.AGGREGATE):
        rows = Occurrence.objects.as_system("figures").filter(~Occurrence.conflicted(viewer), **in_use)
        return rows.filter(state__in=states), False
    return occurrences_for(viewer).filter(**in_use), True


@dataclass(frozen=True)
class Cell:
    """One activity in one month: how many occurrences in each state."""

    counts: dict[Status, int]


def grid_of(rows: Iterable[Occurrence], on: date) -> dict[tuple[int, date], Cell]:
    """The figures by activity and first day of the month."""
    cells: dict[tuple[int, date], dict[Status, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        cells[row.activity_id, month_start(row.due_on)][status_of(row, on)] += 1
    return {key: Cell(dict(counts)) for key, counts in cells.items()}


def oldest_overdue(rows: Iterable[Occurrence], on: date) -> tuple[int, int]:
    """How many are overdue, and for how many days the oldest is.

    Unit: occurrences and days.
    """
    days = [(on - row.due_on).days for row in rows if status_of(row, on) is Status.OVERDUE]
    return len(days), max(days, default=0)


def team_visits(viewer: Viewer, on: date) -> tuple[TeamVisits, ...]:
    """Visits to each open team in the last year, never visited first (D10)."""
    names = unit_names(viewer)
    teams = {one.unit.pk: one.name for one in branches_on(viewer, on) if one.unit.kind in ("team", "home")}
    rows, _ = rows_counted(viewer, add_months(month_start(on), -12), add_months(month_start(on), 1))
    visited = visit_activities()
    visits = [
        (teams.get(row.unit_id, names.on(row.unit_id, on)), row.held_on)
        for row in rows
        if row.unit_id and row.held_on and row.state == OccurrenceState.DONE and row.activity_id in visited
    ]
    return visits_by_team(list(teams.values()), visits, on)


def visit_activities() -> set[int]:
    """The activities that are visits."""
    return set(Activity.objects.filter(type__in=["visit", "homes_monitoring"]).values_list("pk", flat=True))
