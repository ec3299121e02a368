"""What an area of the product offers to the pages that all areas share: menu, My work, search, periodic jobs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Q

from plumbline.shared.kinds import RecordKind


class When(StrEnum):
    """The three groups of My work."""

    NOW = "now"
    THIS_WEEK = "this week"
    LATER = "later"


@dataclass(frozen=True)
class WorkItem:
    """One thing that waits for a person: a sentence, a link, a day."""

    sentence: str
    url: str
    due_on: date | None = None
    is_concern: bool = False

    def when(self, today: date) -> When:
        """The group the item stands in: overdue, due today and concerns are now."""
        if self.is_concern or self.due_on is None or self.due_on <= today:
            return When.NOW
        return When.THIS_WEEK if self.due_on <= today + timedelta(days=7) else When.LATER


@dataclass(frozen=True)
class Found:
    """One answer of a search."""

    title: str
    url: str
    kind: str
    summary: str = ""


@dataclass(frozen=True)
class MenuItem:
    """A link of the service navigation, shown to those who may do the action."""

    label: str
    url_name: str
    action: str
    order: int = 50


@dataclass(frozen=True)
class PeriodicJob:
    """Work that `run_schedule` does every so many minutes. It must be safe to do twice."""

    key: str
    every_minutes: int
    run: Callable[[], object]


class WorkStopped(Exception):
    """The person asked for the work to stop. `tell` raises it; whoever tells lets it pass."""


# How long work says how far it is: done, and of how many, 0 where nobody knows.
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class LongWork:
    """Work that takes more than two seconds. `run(viewer, about_id, tell)` tells after each step, and gives a sentence.

    `page` gives the address where what came of it stands, by `about_id`.
    """

    kind: str
    needs: str
    run: Callable[[Any, str, Tell], str]
    page: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Source:
    """Where a finding or an action came from, as far as the viewer may see it.

    `facts` are pairs of a word and a text; `act_url` is where an action about it is set.
    """

    label: str
    url: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    act_url: str = ""


@dataclass(frozen=True)
class Listed:
    """A list of cases that a sample can be drawn from. `rows` are its headings and lines; `source` says what it is made of.

    The headings are those that a case list has: reference, plan type, team, start date.
    """

    title: str
    theme: str
    rule: str
    file_name: str
    rows: tuple[tuple[str, ...], ...]
    source: Mapping[str, str]


@dataclass(frozen=True)
class Sampler:
    """How a round is opened on a list: `open_round(by, listed)` gives the row whose page comes next, `page` its address.

    `needs` are the rights. `open_round` raises shared.given.FileError for a list that no sample can be drawn from.
    """

    needs: tuple[str, ...]
    open_round: Callable[[Any, Listed], Any]
    page: Callable[[str], str]


class Column(StrEnum):
    """Where evidence stands on the page of a standard: by what it tells of, or as what is done about it."""

    VOICE = "voice"
    NUMBERS = "numbers"
    PRACTICE = "practice"
    DOING = "doing"


@dataclass(frozen=True)
class Evidence:
    """What an area can say about one criterion, as far as the viewer may see it: counts, and the day of the newest."""

    column: Column
    sentence: str
    newest_on: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Area:
    """One area's offers. Work and search take a viewer first and answer within its scope.

    `sources` says by primary key where rows of an area below came from; `hides` gives the condition for rows of a
    model of an area below that the viewer must not see for a reason that only this area knows.
    `evidence` says by primary key of a criterion what the area knows of it, in a number of queries that does not grow.
    `load_shipped` takes in the definitions that ship with the area, and says in words which were new.
    """

    key: str
    menu: tuple[MenuItem, ...] = ()
    work_items: Callable[[Any, date], Iterable[WorkItem]] | None = None
    search: Callable[[Any, str], Iterable[Found]] | None = None
    jobs: tuple[PeriodicJob, ...] = ()
    long_work: tuple[LongWork, ...] = ()
    kinds: tuple[RecordKind, ...] = ()
    sources: Callable[[Any, list[Any], bool], dict[int, Source]] | None = None
    hides: Callable[[Any, type[Any]], Any] | None = None
    evidence: Callable[[Any, list[Any]], Iterable[tuple[int, Evidence]]] | None = None
    load_shipped: Callable[[], list[str]] | None = None
    sampler: Sampler | None = None
    # Kinds of file the area takes in, as shared.importing.Importer.
    importers: tuple[Any, ...] = ()


@cache
def areas() -> tuple[Area, ...]:
    """The areas that settings plug in, in their order."""
    found: list[Area] = []
    for path in settings.AREAS:
        area = import_module(path).AREA
        if not isinstance(area, Area):
            raise TypeError(f"{path}.AREA is no Area.")
        found.append(area)
    return tuple(found)


def sources_of(viewer: Any, rows: list[Any], *, in_full: bool = False) -> dict[int, Source]:
    """By primary key where the rows of one model came from; nothing for those no area speaks for.

    `in_full` brings facts and links that only the page of one row shows.
    """
    found: dict[int, Source] = {}
    for area in areas():
        if area.sources is not None and rows:
            found |= area.sources(viewer, rows, in_full)
    return found


def evidence_on(viewer: Any, criteria: list[Any]) -> dict[int, list[Evidence]]:
    """By primary key of each criterion what the areas above can say about it, within what the viewer may see."""
    found: dict[int, list[Evidence]] = {row.pk: [] for row in criteria}
    for area in areas():
        if area.evidence is not None and criteria:
            for key, one in area.evidence(viewer, criteria):
                found[key].append(one)
    return found


def sampler_for(viewer: Any) -> Sampler | None:
    """How the viewer may draw a sample of a list; none where they may not."""
    return next(
        (
            area.sampler
            for area in areas()
            if area.sampler is not None and all(viewer.has(right) for right in area.sampler.needs)
        ),
        None,
    )


def hidden_from(viewer: Any, model: type[Any]) -> Q:
    """The condition for the rows of the model that some area above hides from the viewer."""
    hidden = Q(pk__in=())
    for area in areas():
        if area.hides is not None:
            hidden |= area.hides(viewer, model)
    return hidden


def load_everything_shipped() -> list[str]:
    """What was taken in of the definitions that ship, area by area; empty when all of it was here already."""
    return [taken for area in areas() if area.load_shipped for taken in area.load_shipped()]
