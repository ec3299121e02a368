"""Activities and occurrences for the tests of the schedule."""

from datetime import timedelta
from typing import Any

from plumbline.framework.actions import planning
from plumbline.framework.models import Activity, Occurrence, Schedule
from plumbline.shared import dates
from tests.factories.cast import Cast

MONTHLY = {"kind": "every", "interval": 1, "unit": "month"}


def activity(key: str = "visits", **more: Any) -> Activity:
    schedule, _ = Schedule.objects.get_or_create(
        key="year", defaults={"title": "Year", "version": "1", "digest": "0" * 64}
    )
    values: dict[str, Any] = {
        "name": key.title(),
        "type": "visit",
        "position": 1,
        "cadences": [MONTHLY],
    } | more
    return Activity.objects.create(schedule=schedule, key=key, **values)


def rows() -> Any:
    return Occurrence.objects.as_system("planning")


def planned(cast: Cast, of: Activity | None = None, **more: Any) -> Occurrence:
    values: dict[str, Any] = {
        "due_on": dates.today() - timedelta(days=2),
        "unit": None,
        "responsible": None,
    } | more
    return planning.add_occurrence(by=cast.qa_officer, activity=of or activity(), **values)
