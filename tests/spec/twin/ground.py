"""What the twins stand on: records, days, ages, working days, and a tally of what became of every event."""

import csv
import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from indicator_engine.periods import Period

Row = dict[str, Any]
Records = dict[str, list[Row]]
HOLIDAYS = Path(__file__).resolve().parents[3] / "definitions" / "working_days" / "england_bank_holidays.csv"


@dataclass(frozen=True)
class Entry:
    """One event or spell and what became of it: met, not met, too recent, or a reason for leaving it out."""

    person: str | None
    day: dt.date
    outcome: str
    team: str | None
    record: str | None
    value: int | str | tuple[str, ...] | None = None
    weights: tuple[float, float] = (1, 1)

    @property
    def values(self) -> list[int | str]:
        """Its value, or each of them."""
        if self.value is None:
            return []
        return list(self.value) if isinstance(self.value, tuple) else [self.value]


@dataclass
class Tally:
    """Entries of one indicator and period, and the figures they come to."""

    entries: list[Entry] = field(default_factory=list)

    def add(
        self,
        person: str | None,
        day: dt.date,
        outcome: str | bool | None = True,
        *,
        team: str | None = None,
        record: str | None = None,
        value: int | str | tuple[str, ...] | None = None,
        weights: tuple[float, float] = (1, 1),
    ) -> None:
        said = outcome if isinstance(outcome, str) else "met" if outcome else "not met"
        self.entries.append(Entry(person, day, said, team, record, value, weights))

    def once(self, which: str) -> "Tally":
        """One entry a child: the first or last that counts, or one not met before one met (every)."""
        kept = []
        for person in {entry.person for entry in self.entries}:
            mine = [entry for entry in self.entries if entry.person == person]
            counted = [entry for entry in mine if entry.outcome in ("met", "not met")]
            if which == "every":
                chosen = [e for e in counted if e.outcome == "not met"] or counted or mine
                kept.append(min(chosen, key=lambda e: (e.day, e.record or "")))
            else:
                pick = min if which == "first" else max
                kept.append(pick(counted or mine, key=lambda e: (e.day, e.record or "")))
        return Tally(kept)

    def figures(self) -> dict[str, Any]:
        """What a Count says, as plain values."""
        counted = [entry for entry in self.entries if entry.outcome in ("met", "not met")]
        reasons = Counter(
            e.outcome for e in self.entries if e.outcome not in ("met", "not met", "too recent")
        )
        return {
            "met": sum(entry.outcome == "met" for entry in counted),
            "counted": len(counted),
            "sums": tuple(round(sum(entry.weights[part] for entry in counted), 6) for part in (0, 1)),
            "too_recent": sum(entry.outcome == "too recent" for entry in self.entries),
            "excluded": dict(reasons),
            "values": dict(Counter(value for entry in counted for value in entry.values)),
        }


Twin = Callable[[Records, Period], Tally]
TWINS: dict[str, Twin] = {}


def twin(*keys: str) -> Callable[[Twin], Twin]:
    """Registers a function as the twin of those definitions."""

    def register(function: Twin) -> Twin:
        for key in keys:
            assert key not in TWINS, f"{key} has two twins"
            TWINS[key] = function
        return function

    return register


def within(rows: list[Row], column: str, period: Period) -> Iterator[Row]:
    """The rows whose day in that column is in the period."""
    for row in rows:
        if row[column] is not None and period.start <= row[column] <= period.end:
            yield row


def open_on(rows: list[Row], start: str, end: str, day: dt.date) -> Iterator[Row]:
    """The rows that had started by the day and not ended by it."""
    for row in rows:
        if row[start] is not None and row[start] <= day and (row[end] is None or row[end] > day):
            yield row


def known(when: dt.date | None, day: dt.date) -> dt.date | None:
    """The date, unless it lies after the day."""
    return when if when is not None and when <= day else None


def months_on(when: dt.date, count: int) -> dt.date:
    """The same day of the month so many months on, or the last of that month."""
    index = when.year * 12 + when.month - 1 + count
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(when.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[dt.date]:
    with HOLIDAYS.open(encoding="utf-8", newline="") as rows:
        return frozenset(dt.date.fromisoformat(row["date"]) for row in csv.DictReader(rows))


@lru_cache(maxsize=100_000)
def working_days(start: dt.date | None, end: dt.date | None) -> int | None:
    """Working days after the start up to the end; negative backwards; None where the list does not reach."""
    if start is None or end is None:
        return None
    if not all(2012 <= day.year <= 2028 for day in (start, end)):
        return None
    first, last, sign = (start, end, 1) if start <= end else (end, start, -1)
    days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sign * sum(day.weekday() < 5 and day not in bank_holidays() for day in days)


def person(records: Records, key: str | None) -> Row | None:
    found = [row for row in records["ssd_person"] if row["pers_person_id"] == key and key is not None]
    return found[0] if found else None


def birth(records: Records, key: str | None) -> dt.date | None:
    found = person(records, key)
    return found["pers_dob"] if found else None


def age(records: Records, key: str | None, day: dt.date) -> int | None:
    """Completed years; born on 29 February, the birthday is 1 March in other years."""
    born = birth(records, key)
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def looked_after(records: Records, key: str | None, day: dt.date) -> Row | None:
    """The episode in which the child is looked after on the day; None on short breaks, at 18, or in no episode."""
    mine = [row for row in records["ssd_cla_episodes"] if row["clae_person_id"] == key and key is not None]
    episodes = list(open_on(mine, "clae_cla_episode_start_date", "clae_cla_episode_ceased_date", day))
    years = age(records, key, day)
    if not episodes or (years is not None and years >= 18):
        return None
    statuses = [row for row in records["ssd_legal_status"] if row["lega_person_id"] == key]
    in_force = list(open_on(statuses, "lega_legal_status_start_date", "lega_legal_status_end_date", day))
    if in_force:
        latest = max(in_force, key=lambda r: (r["lega_legal_status_start_date"], r["lega_legal_status_id"]))
        if latest["lega_legal_status"] in ("V3", "V4"):
            return None
    return max(episodes, key=lambda r: (r["clae_cla_episode_start_date"], r["clae_cla_episode_id"]))


def allocation(records: Records, key: str | None, day: dt.date) -> Row | None:
    """The involvement that comes first on the day: social workers before others, then the latest."""
    mine = [row for row in records["ssd_involvements"] if row["invo_person_id"] == key and key is not None]
    there = list(open_on(mine, "invo_involvement_start_date", "invo_involvement_end_date", day))
    return max(
        there,
        default=None,
        key=lambda r: (
            r["invo_professional_role_id"] == "SOCIAL_WORKER",
            r["invo_involvement_start_date"],
            r["invo_involvements_id"],
        ),
    )


def team(records: Records, entry: Entry, *, stock: bool) -> str:
    """The team an entry is shown under."""
    found = allocation(records, entry.person, entry.day)
    allocated = found["invo_professional_team"] if found else None
    return (allocated or entry.team if stock else entry.team or allocated) or "unknown"
