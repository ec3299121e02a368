"""When a record's time has come, and when a disposal may be agreed. Days and months in, answers out."""

import hashlib
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

MOST_MONTHS = 1500


class Against(StrEnum):
    """What stands against a change to what is kept."""

    NOTHING_DUE = "nothing due"
    WAITS_ALREADY = "waits already"
    OWN_PROPOSAL = "own proposal"
    DECIDED_ALREADY = "decided already"
    NO_LONGER_THE_SAME = "no longer the same"
    LIFTED_ALREADY = "lifted already"
    NOTHING_CHANGES = "nothing changes"


class NotKept(Exception):
    """A change to what is kept that the rules do not allow."""

    def __init__(self, against: Against) -> None:
        super().__init__(str(against))
        self.against = against


def last_day_due(today: date, months: int) -> date | None:
    """The latest day on which a record may have ended to be due today; none before the calendar began.

    Never a day too early: what ended on 29 February is due on 1 March of a year without one.
    """
    index = today.year * 12 + today.month - 1 - months
    year, month = index // 12, index % 12 + 1
    if year < 1:
        return None
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def due_on(ended: date, months: int) -> date:
    """The first day on which a record that ended on a day is due."""
    index = ended.year * 12 + ended.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if ended.day <= monthrange(year, month)[1]:
        return date(year, month, ended.day)
    return date(year + month // 12, month % 12 + 1, 1)


def digest_of(references: Iterable[str]) -> str:
    """The SHA-256 of the sorted references, one a line."""
    return hashlib.sha256("\n".join(sorted(references)).encode()).hexdigest()


def period_in_words(months: int | None) -> str:
    """The period as "6 years", "18 months", "for good"."""
    if months is None:
        return "for good"
    if months % 12 == 0 and months:
        return f"{months // 12} year{'' if months == 12 else 's'}"
    return f"{months} month{'' if months == 1 else 's'}"
