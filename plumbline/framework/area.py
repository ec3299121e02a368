"""What the framework offers to menu, My work, search and periodic jobs. Standards and schedule each add a line."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from plumbline.shared.area import Area, Found, MenuItem, PeriodicJob, WorkItem

MENU: tuple[MenuItem, ...] = ()
SEARCHES: tuple[Callable[[Any, str], Iterable[Found]], ...] = ()
WORK: tuple[Callable[[Any, date], Iterable[WorkItem]], ...] = ()
JOBS: tuple[PeriodicJob, ...] = ()


def search(viewer: Any, asked: str) -> Iterator[Found]:
    """What the words are found in, standards first."""
    for one in SEARCHES:
        yield from one(viewer, asked)


def work_items(viewer: Any, day: date) -> Iterator[WorkItem]:
    """What waits for the viewer in the framework."""
    for one in WORK:
        yield from one(viewer, day)


AREA = Area(key="framework", menu=MENU, work_items=work_items, search=search, jobs=JOBS)
