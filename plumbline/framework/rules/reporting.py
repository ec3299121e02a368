"""Whether what was done was reported to its forums in time, and the figures of that."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from plumbline.framework.rules.cadence import Cadence, Every, Minimum, Purpose, Range, Unit, Yearly, from_dict
from plumbline.framework.rules.months import add_months

MONTHS_A_YEAR = 12


class ReportState(StrEnum):
    """What became of one report to one forum, in the word people see."""

    ON_TIME = "received on time"
    LATE = "received late"
    OWED = "not due yet"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Report:
    """That something done on a day is to be reported to a forum: by when, and when the forum received it.

    `due_on` is None for a forum that sets no days: then a report is never late.
    """

    due_on: date | None
    given_on: date | None = None


def report_due_on(forum: Cadence | None, held_on: date) -> date | None:
    """The last day on which a report of what was done on `held_on` is on time; None where the forum sets no days.

    A forum hears of it by the time it meets once more: a monthly one within a month, one of six a year within two
    months, an annual report within a year.

    Source: catalogue D08, "within specified timescales".
    """
    match forum:
        case Every(interval=size, unit=Unit.WEEK) | Range(most=size, unit=Unit.WEEK):
            return held_on + timedelta(weeks=size)
        case Every(interval=size) | Range(most=size):
            return add_months(held_on, size)
        case Minimum():
            return add_months(held_on, 1)
        case Yearly(count=count):
            return add_months(held_on, max(1, MONTHS_A_YEAR // (count or 1)))
        case _:
            return None


def report_state(report: Report, on: date) -> ReportState:
    """The one word for the report on the day. Every screen and export asks here."""
    due, given = report.due_on, report.given_on
    if given is not None:
        return ReportState.LATE if due is not None and given > due else ReportState.ON_TIME
    return ReportState.OVERDUE if due is not None and due < on else ReportState.OWED


def is_reported(cadences: Iterable[dict[str, object]], cadence: dict[str, object] | None) -> bool:
    """Whether an occurrence of this cadence is what its activity reports on.

    An activity that monitors monthly and reports quarterly reports its quarters, not each month.

    Source: ambiguity Z12.
    """
    if not any(from_dict(one).purpose is Purpose.REPORT for one in cadences):
        return True
    return cadence is not None and from_dict(cadence).purpose is Purpose.REPORT


@dataclass(frozen=True)
class OnTime:
    """How reports stood on a day: received on time, received late, and not received though due.

    Unit: reports.
    """

    on_time: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def due(self) -> int:
        """The reports that were due or have been received."""
        return self.on_time + self.late + self.overdue


def on_time_figures(reports: Iterable[Report], on: date) -> OnTime:
    """The figures of the reports on the day; what is not due yet counts nowhere."""
    counts = Counter(report_state(report, on) for report in reports)
    return OnTime(counts[ReportState.ON_TIME], counts[ReportState.LATE], counts[ReportState.OVERDUE])


def on_time_words(figures: OnTime) -> str:
    """The figures as a sentence: "40 of the 52 reports due were received on time, 8 late. 4 are overdue."."""
    if not figures.due:
        return "No report was due."
    of = "the 1 report due was" if figures.due == 1 else f"the {figures.due} reports due were"
    said = f"{figures.on_time} of {of} received on time"
    if figures.late:
        said += f", {figures.late} late"
    overdue = figures.overdue
    return f"{said}." + (f" {overdue} {'is' if overdue == 1 else 'are'} overdue." if overdue else "")
