"""What the report of a round still lacks, in sentences; the same for every page that says it."""

from dataclasses import dataclass
from datetime import date

# Before these stages it is too early to speak of a report.
NEAR_A_REPORT = ("auditing", "cases_audited", "analysis", "drafted", "finalised")


@dataclass(frozen=True)
class Stand:
    """Where a round stands: audits that count of how many, late ones, cases without an auditor, its report.

    `report` is the public id of the newest version, empty when none is begun; `parts_written` counts the parts of it
    that have words.
    """

    done: int = 0
    of: int = 0
    late: int = 0
    oldest: date | None = None
    waiting: int = 0
    ratings_open: int = 0
    report: str = ""
    report_state: str = ""
    parts_written: int = 0

    @property
    def missing(self) -> int:
        """How many audits are given out and not yet submitted."""
        return self.of - self.done


def report_lacks(stage: str, stand: Stand) -> list[str]:
    """What the report of a round at this stage still lacks; nothing before there are audits or once it is issued."""
    if stage not in NEAR_A_REPORT or stand.report_state == "issued":
        return []
    lacks = []
    if stand.waiting:
        lacks.append(f"{_count(stand.waiting, 'case has', 'cases have')} no auditor")
    if stand.missing:
        lacks.append(f"{_count(stand.missing, 'audit is', 'audits are')} not submitted")
    if stand.ratings_open:
        lacks.append(f"{_count(stand.ratings_open, 'second rating is', 'second ratings are')} open")
    if not stand.parts_written:
        lacks.append("the analysis is not written")
    elif stand.report_state == "draft":
        lacks.append("it is not put forward")
    elif stand.report_state == "checked":
        lacks.append("it is not issued")
    return lacks


def lacks_sentence(lacks: list[str]) -> str:
    """The lacks as one sentence; nothing when there are none."""
    if not lacks:
        return ""
    said = lacks[0] if len(lacks) == 1 else f"{', '.join(lacks[:-1])} and {lacks[-1]}"
    return f"{said[0].upper()}{said[1:]}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
