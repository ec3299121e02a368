"""What the framework offers to menu, My work, search and periodic jobs. Standards and schedule each add a line."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from plumbline.framework.actions.shipped import load_shipped
from plumbline.framework.actions.uploads import remove_old_uploads
from plumbline.framework.kinds import KINDS
from plumbline.framework.presenters.found import found_standards
from plumbline.framework.presenters.waiting import found_schedule, schedule_work
from plumbline.shared.area import Area, Found, MenuItem, PeriodicJob, WorkItem

MENU: tuple[MenuItem, ...] = (
    MenuItem("Standards", "standards", "standard_set.view", order=20),
    MenuItem("Schedule", "schedule", "schedule.view", order=30),
)
SEARCHES: tuple[Callable[[Any, str], Iterable[Found]], ...] = (found_standards, found_schedule)
WORK: tuple[Callable[[Any, date], Iterable[WorkItem]], ...] = (schedule_work,)
JOBS: tuple[PeriodicJob, ...] = (PeriodicJob("framework.uploads", 60, remove_old_uploads),)


def search(viewer: Any, asked: str) -> Iterator[Found]:
    """What the words are found in, standards first."""
    for one in SEARCHES:
        yield from one(viewer, asked)


def work_items(viewer: Any, day: date) -> Iterator[WorkItem]:
    """What waits for the viewer in the framework."""
    for one in WORK:
        yield from one(viewer, day)


def shipped() -> list[str]:
    """The shipped standards and schedule that were taken in, in words."""
    return [f"{imported.row.title}, version {imported.row.version}" for imported in load_shipped()]


AREA = Area(
    key="framework",
    menu=MENU,
    work_items=work_items,
    search=search,
    jobs=JOBS,
    kinds=KINDS,
    load_shipped=shipped,
)
