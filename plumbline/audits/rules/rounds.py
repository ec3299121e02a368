"""What a year of rounds says: months covered, gaps, how many audits against the target, the printed statuses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plumbline.audits.rules.states import ROUND_MOVES
from plumbline.framework.rules.months import YEAR_BEGINS_IN
from stats import working_days

# Source: the council's own programme table (T2), which prints these four words and no others.
AUDITING = "Audit in progress"
CASES_AUDITED = "Cases audited; analysis in progress"
ANALYSIS = "Audits completed, analysis in progress"
COMPLETED = "Completed"
PRINTED: dict[str, str] = {
    "proposed": "Proposed",
    "planned": "Planned",
    "cohort": "Planned",
    "drawn": "Planned",
    "allocated": AUDITING,
    "auditing": AUDITING,
    "cases_audited": CASES_AUDITED,
    "analysis": ANALYSIS,
    "drafted": ANALYSIS,
    "finalised": ANALYSIS,
    "completed": COMPLETED,
    "cancelled": "Cancelled",
}
# The stage that each printed status stands for when a programme is taken in.
STAGE_PRINTED: dict[str, str] = {
    AUDITING: "auditing",
    CASES_AUDITED: "cases_audited",
    ANALYSIS: "analysis",
    COMPLETED: "completed",
}
# The stages in the order in which a round comes to them, as its line of steps shows them.
LINE: tuple[tuple[str, str], ...] = (
    ("planned", "Planned"),
    ("cohort", "Case list"),
    ("drawn", "Drawn"),
    ("allocated", "Allocated"),
    ("auditing", "Auditing"),
    ("cases_audited", "Cases audited"),
    ("analysis", "Analysis"),
    ("drafted", "Report"),
    ("finalised", "Plan"),
    ("completed", "Completed"),
)
# A round of visits has no list and no draw.
LINE_OF_VISITS: tuple[tuple[str, str], ...] = (
    ("planned", "Planned"),
    ("allocated", "Given out"),
    ("auditing", "Visiting"),
    ("cases_audited", "Visits made"),
    *LINE[6:],
)
# A round whose months count in the year: it was agreed and was not called off.
AGREED = frozenset(ROUND_MOVES) - {"proposed", "cancelled"}
# The sample and what it rests on are settled from here on.
BEFORE_THE_DRAW = frozenset({"proposed", "planned", "cohort"})
# Source: Plumbline; three weeks leave time for a talk with the worker and for hearing the family.
AUDITS_TAKE_WORKING_DAYS = 15
REPORT_TAKES_WORKING_DAYS = 10


def months_between(first: date, last: date) -> list[date]:
    """The first day of each month from the one to the other, both in it."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, start + count)]


def months_in_words(first: date, last: date) -> str:
    """The months as "July 2017", "July and August 2017", "November 2017 to January 2018"."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if first.year == last.year:
        word = "and" if last.month == first.month + 1 else "to"
        return f"{first:%B} {word} {last:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


@dataclass(frozen=True)
class Year:
    """Twelve months looked at together: a calendar year, or the financial year that begins in April of it."""

    number: int
    is_financial: bool = False

    @property
    def months(self) -> list[date]:
        """The first day of each of the months."""
        first = date(self.number, YEAR_BEGINS_IN if self.is_financial else 1, 1)
        return months_between(first, date(first.year + (first.month > 1), (first.month + 10) % 12 + 1, 1))

    @property
    def words(self) -> str:
        """As "2017", or "2017 to 2018"."""
        return f"{self.number} to {self.number + 1}" if self.is_financial else str(self.number)


def year_of(day: date, *, is_financial: bool = False) -> Year:
    """The year in which the day lies."""
    return Year(day.year - (is_financial and day.month < YEAR_BEGINS_IN), is_financial)


def covered(spans: Iterable[tuple[date, date]], year: Year) -> list[date]:
    """The months of the year that a round looks at. Months are counted, not rounds: one may span two."""
    months = {month for first, last in spans for month in months_between(first, last)}
    return [month for month in year.months if month in months]


def uncovered(spans: Iterable[tuple[date, date]], on: date) -> list[date]:
    """The two months after the day's own that no round looks at; time enough to plan one."""
    start = on.year * 12 + on.month
    coming = [date(n // 12, n % 12 + 1, 1) for n in (start, start + 1)]
    held = {month for first, last in spans for month in months_between(first, last)}
    return [month for month in coming if month not in held]


def gaps(spans: Iterable[tuple[date, date]], year: Year) -> list[date]:
    """The months of the year that no round looks at."""
    held = set(covered(spans, year))
    return [month for month in year.months if month not in held]


@dataclass(frozen=True)
class Target:
    """How many audits were done against the range expected, and the one word for it."""

    done: int
    least: int
    most: int

    @property
    def word(self) -> str:
        """Under, within or over. Neither under nor over stops anything."""
        return "under" if self.done < self.least else "over" if self.done > self.most else "within"

    @property
    def words(self) -> str:
        """As "14 (4 under 18 to 25)"."""
        span = f"{self.least} to {self.most}" if self.least != self.most else f"{self.least}"
        if self.word == "within":
            return f"{self.done} (within {span})"
        apart = self.least - self.done if self.word == "under" else self.done - self.most
        return f"{self.done} ({apart} {self.word} {span})"


def due_dates(last_month: date) -> tuple[date, date]:
    """When audits and report of a round are due unless somebody says otherwise.

    Audits by working day 15 of the last month, the report 10 working days later. Outside the years of the list
    of bank holidays weekdays are counted alone.
    """
    try:
        audits = working_days.add(last_month, AUDITS_TAKE_WORKING_DAYS, start_counts_as=1)
        return audits, working_days.add(audits, REPORT_TAKES_WORKING_DAYS)
    except ValueError:
        audits = date(last_month.year, last_month.month, 21)
        following = last_month.year * 12 + last_month.month
        return audits, date(following // 12, following % 12 + 1, 4)


def days_left_in_words(days: int) -> str:
    """The days until something is due: "6 days", "today", "3 days late"."""
    if days == 0:
        return "today"
    counted = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return counted if days > 0 else f"{counted} late"
