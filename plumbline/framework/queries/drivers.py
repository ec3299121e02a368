"""What makes the council assure quality: the drivers that ship, a schedule's own, and the activities that cite them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from plumbline.framework.files.content import Driver
from plumbline.framework.files.drivers import read_drivers
from plumbline.framework.models import Activity, Schedule
from plumbline.framework.queries.occurrences import activities_in_use
from plumbline.framework.queries.stored_content import content_of_driver
from plumbline.people.scope import Viewer


@cache
def shipped_drivers() -> Mapping[str, Driver]:
    """The drivers of definitions/drivers.yaml by key, read once a process.

    Raises: ValueError where the file has errors.
    """
    reading = read_drivers((settings.DEFINITIONS_DIR / "drivers.yaml").read_bytes())
    if reading.errors:
        raise ValueError(f"definitions/drivers.yaml: {'; '.join(map(str, reading.errors))}")
    return {driver.key: driver for driver in reading.content}


def shipped_driver_keys() -> frozenset[str]:
    """The keys under which every schedule may cite what ships."""
    return frozenset(shipped_drivers())


@dataclass(frozen=True)
class Cited:
    """A driver, the edition that is newest now (None: this one is), and the activities that cite it."""

    driver: Driver
    newest: Driver | None
    activities: tuple[Activity, ...] = ()


def drivers_for(viewer: Viewer) -> list[Cited]:
    """Every driver that ships and every own one of the schedules in use, with the activities in use that cite it."""
    if not viewer.has("schedule.view"):
        return []
    citing: dict[Driver, list[Activity]] = defaultdict(list)
    for activity in activities_in_use(viewer):
        for one in drivers_of(activity):
            citing[one.driver].append(activity)
    found: dict[Driver, Driver | None] = {}
    for known in (shipped_drivers(), *map(_known_to, Schedule.objects.filter(in_use=True))):
        found |= {driver: _newest(driver, known) for driver in known.values()}
    return [Cited(driver, newest, tuple(citing[driver])) for driver, newest in found.items()]


def drivers_of(activity: Activity) -> list[Cited]:
    """The drivers that the activity cites, in its order."""
    known = _known_to(activity.schedule)
    drivers: Iterable[Driver] = (known[key] for key in activity.drivers if key in known)
    return [Cited(driver, _newest(driver, known)) for driver in drivers]


def drivers_to_cite(activity: Activity) -> list[Driver]:
    """What the activity may cite: every driver in force, and any replaced one that it cites already."""
    known = _known_to(activity.schedule)
    return [one for one in known.values() if one.key in activity.drivers or _newest(one, known) is None]


def _known_to(schedule: Schedule) -> Mapping[str, Driver]:
    """What the schedule's activities may cite; what ships goes before, should a later release use the same key."""
    own = map(content_of_driver, schedule.drivers)
    return {driver.key: driver for driver in own} | dict(shipped_drivers())


def _newest(driver: Driver, known: Mapping[str, Driver]) -> Driver | None:
    """The last of those that followed it; None where nothing did."""
    newest = driver
    for _ in known:
        newest = known.get(newest.replaced_by, newest)
    return None if newest is driver else newest
