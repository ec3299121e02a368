"""What audits offer to menu, My work, search, periodic jobs and retention. Each part adds a line."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from plumbline.audits import report_area
from plumbline.audits.actions.case_lists import remove_old_uploads
from plumbline.audits.actions.concern_clock import tell_of_missed_clocks
from plumbline.audits.actions.import_programme import PROGRAMME
from plumbline.audits.actions.listed import SAMPLER
from plumbline.audits.actions.practice import remove_old_practice
from plumbline.audits.actions.shipped import load_shipped_tools
from plumbline.audits.kinds import KINDS
from plumbline.audits.presenters.briefings import briefing_work
from plumbline.audits.presenters.concern_waiting import concern_work
from plumbline.audits.presenters.evidence import evidence
from plumbline.audits.presenters.moderation_waiting import moderation_work
from plumbline.audits.presenters.oversight import challenges
from plumbline.audits.presenters.rounds_waiting import found_rounds, rounds_work
from plumbline.audits.presenters.self_audits import self_audit_work
from plumbline.audits.presenters.sharing_waiting import sharing_work
from plumbline.audits.presenters.sources import hides, sources
from plumbline.audits.presenters.tool_versions import found_tools
from plumbline.audits.presenters.waiting import allocation_work, found_audits
from plumbline.shared.area import Area, Found, MenuItem, PeriodicJob, WorkItem

MENU: tuple[MenuItem, ...] = (
    MenuItem("This month", "this_month", "allocation.view", order=10),
    MenuItem("Tools", "audit_tools", "audit_tool.view", order=45),
    MenuItem("Moderation", "moderations", "moderation.view", order=17),
    MenuItem("My practice", "own_audits", "own_audits.view", order=13),
    MenuItem("Concerns", "concerns", "concern.handle", order=11),
    MenuItem("Rounds", "rounds", "round.view", order=12),
    *report_area.MENU,
    MenuItem("Briefings", "briefings", "briefing.view", order=19),
)
WORK: tuple[Callable[[Any, date], Iterable[WorkItem]], ...] = (
    concern_work,
    allocation_work,
    moderation_work,
    self_audit_work,
    sharing_work,
    rounds_work,
    challenges,
    briefing_work,
    report_area.work_items,
)
SEARCHES: tuple[Callable[[Any, str], Iterable[Found]], ...] = (
    found_tools,
    found_rounds,
    found_audits,
    report_area.search,
)
JOBS: tuple[PeriodicJob, ...] = (
    PeriodicJob("audits.case_lists", 60, remove_old_uploads),
    PeriodicJob("audits.practice", 24 * 60, remove_old_practice),
    PeriodicJob("audits.concern_clock", 5, tell_of_missed_clocks),
)


def work_items(viewer: Any, day: date) -> Iterator[WorkItem]:
    """What waits for the viewer in audits."""
    for one in WORK:
        yield from one(viewer, day)


def search(viewer: Any, asked: str) -> Iterator[Found]:
    """What the words are found in."""
    for one in SEARCHES:
        yield from one(viewer, asked)


AREA = Area(
    key="audits",
    load_shipped=load_shipped_tools,
    menu=MENU,
    work_items=work_items,
    search=search,
    jobs=JOBS,
    kinds=KINDS,
    sources=sources,
    hides=hides,
    evidence=evidence,
    importers=(PROGRAMME,),
    sampler=SAMPLER,
)
