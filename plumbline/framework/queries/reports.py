"""What the forums received of what was done, and what they are still owed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plumbline.framework.models import Activity, Forum, Occurrence, OccurrenceState, ReportGiven
from plumbline.framework.rules.cadence import from_dict
from plumbline.framework.rules.months import add_months
from plumbline.framework.rules.reporting import Report, is_reported, report_due_on
from plumbline.people.scope import Viewer

MONTHS_BACK = 12


@dataclass
class Line:
    """One activity and one forum it reports to: the last day received, and each report of the last twelve months."""

    last: date | None = None
    reports: list[Report] = field(default_factory=list)


def report_lines(
    viewer: Viewer, activities: list[Activity], forums: list[Forum]
) -> dict[tuple[int, int], Line]:
    """Each line of reporting by activity and forum, over what was done in the last twelve months.

    Only counts and days come out of it, for everybody who may see the schedule; what concerns a team or a person
    the viewer has declared an interest in is left out.
    """
    lines: dict[tuple[int, int], Line] = defaultdict(Line)
    if not viewer.has("schedule.view"):
        return lines
    cadences = {forum.pk: from_dict(forum.cadence) if forum.cadence else None for forum in forums}
    given: dict[int, dict[int, date]] = defaultdict(dict)
    for occurrence, activity_id, forum, day in ReportGiven.objects.order_by("given_on").values_list(
        "occurrence_id", "occurrence__activity_id", "forum_id", "given_on"
    ):
        given[occurrence][forum] = day
        lines[activity_id, forum].last = day
    rows: Any = Occurrence.objects.as_system("figures")
    since = add_months(viewer.on, -MONTHS_BACK)
    done = rows.filter(~Occurrence.conflicted(viewer), state=OccurrenceState.DONE, held_on__gte=since)
    by_activity = defaultdict(list)
    for row in done.only("activity_id", "cadence", "held_on"):
        by_activity[row.activity_id].append(row)
    for activity in activities:
        reported = [row for row in by_activity[activity.pk] if is_reported(activity.cadences, row.cadence)]
        for to in {line.forum_id for line in activity.report_lines.all()} & cadences.keys():
            lines[activity.pk, to].reports = [
                Report(report_due_on(cadences[to], row.held_on), given[row.pk].get(to)) for row in reported
            ]
    return lines
