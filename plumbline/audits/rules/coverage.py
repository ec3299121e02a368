"""Which teams, workers, plan types and ages of the open cases no audit has looked at, and when each was last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class By(StrEnum):
    """What coverage is told by."""

    TEAM = "team"
    WORKER = "worker"
    PLAN_TYPE = "plan_type"
    AGE_BAND = "age_band"


@dataclass(frozen=True)
class Place:
    """Where a case stands: its team, its worker, its plan and its child's age."""

    team: int
    worker: int | None
    plan_type: str
    age_band: str


@dataclass(frozen=True)
class Seen:
    """The audits of cases of one place: done in the time asked for, still with an auditor, and the last one done."""

    place: Place
    done: int = 0
    in_hand: int = 0
    last_on: date | None = None


@dataclass(frozen=True)
class Group:
    """One team, worker, plan type or age band with its open cases and what was looked at of it."""

    key: int | str
    cases: int
    done: int
    in_hand: int
    last_on: date | None

    @property
    def is_gap(self) -> bool:
        """Whether no audit in the time asked for looked at it."""
        return self.done == 0


def whole_list(sizes: Sequence[int]) -> int:
    """Which list to compare with, of lists with so many cases, the newest first.

    The list of a round on one group of children says nothing of the others, so the newest that holds at least half
    as many cases as the longest stands for the whole council.
    """
    return next(n for n, size in enumerate(sizes) if size * 2 >= max(sizes))


def groups_by(
    by: By, cases: Mapping[Place, int], seen: Iterable[Seen], heirs: Mapping[int, frozenset[int]]
) -> list[Group]:
    """The groups that hold an open case, those not looked at first, then those looked at longest ago.

    `heirs` says which teams took over the work of a team that is no more: its audits count for them.
    """
    held: dict[int | str, int] = {}
    for place, number in cases.items():
        for key in _keys(place, by, {}):
            held[key] = held.get(key, 0) + number
    found: dict[int | str, list[Seen]] = {}
    for one in seen:
        for key in _keys(one.place, by, heirs):
            found.setdefault(key, []).append(one)
    groups = [_group(key, number, found.get(key, [])) for key, number in held.items()]
    return sorted(groups, key=lambda one: (not one.is_gap, one.last_on or date.min, str(one.key)))


def _keys(place: Place, by: By, heirs: Mapping[int, frozenset[int]]) -> Iterable[int | str]:
    if by is By.TEAM:
        return heirs.get(place.team, (place.team,))
    key = {By.WORKER: place.worker, By.PLAN_TYPE: place.plan_type, By.AGE_BAND: place.age_band}[by]
    # What a case list does not say of a case is no group that could be looked at.
    return (key,) if key else ()


def _group(key: int | str, cases: int, seen: list[Seen]) -> Group:
    last_on = max((one.last_on for one in seen if one.last_on), default=None)
    return Group(key, cases, sum(one.done for one in seen), sum(one.in_hand for one in seen), last_on)
