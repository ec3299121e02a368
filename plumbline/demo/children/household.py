"""A household as it is lived through: its children, the cases opened on them, and the rows that come of it."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

from plumbline.demo.children.days import birthday
from plumbline.demo.children.rates import LATENESS
from plumbline.demo.children.staff import Staff, Worker
from plumbline.demo.children.world import World

Values = dict[str, Any]
NEVER = 10**7


class Row(NamedTuple):
    """A row before it is cut to a day: days are ordinals still."""

    table: str
    person: str
    happened: int
    recorded: int
    values: Values
    corrected: int
    first_said: Values | None
    end_recorded: int
    stands_until: int


@dataclass(slots=True)
class Child:
    """Somebody of the household, with what stays true of them."""

    person_id: str
    sex: str
    ethnicity: str
    born: int
    disabilities: tuple[str, ...]
    unaccompanied: bool = False
    first_contact: int = 0
    # Days on which something of theirs was open; decides whether they are in the years shown.
    spans: list[tuple[int, int]] = field(default_factory=list)
    plans_before: int = 0
    care_before: int = 0
    care_days_after_16: int = 0
    settled_elsewhere: bool = False  # adopted, died or moved away: no further journey here

    @property
    def turns_18(self) -> int:
        """The day of their eighteenth birthday."""
        return birthday(self.born, 18)


@dataclass(slots=True)
class Stage:
    """A part of a case: which team has it, from when to when, and what it is."""

    kind: str
    team: str
    starts: int
    ends: int
    worker: Worker


@dataclass(slots=True)
class Case:
    """One referral of one child and everything under it."""

    child: Child
    referral_id: str
    starts: int
    recorded: int
    stages: list[Stage] = field(default_factory=list)
    ends: int = 0
    reason: str = "RC7"
    # When the end of the latest assessment was written down: a case is not closed before that.
    assessment_recorded: int = 0
    # The plan that the latest conference made: its id, the conference's, and when both were recorded.
    plan_id: str = ""
    conference_id: str = ""
    conference_recorded: int = 0


@dataclass(slots=True)
class Household:
    """Brothers and sisters who come to the front door together."""

    world: World
    staff: Staff
    chance: random.Random
    number: str
    risk: int = 0
    children: list[Child] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    rows_made: int = 0

    def new_id(self, letter: str) -> str:
        """An id that no other record has."""
        self.rows_made += 1
        return f"{letter}{self.number}.{self.rows_made}"

    def add(
        self,
        table: str,
        child: Child,
        happened: int,
        values: Values,
        after: int = 0,
        at: int | None = None,
        correction: tuple[int, Values] | None = None,
        end_recorded: int = 0,
        stands_until: int = NEVER,
    ) -> int:
        """The day a row is recorded: late at times, never before the record it belongs to (`after`).

        `at` and `end_recorded` say outright when the row and its end were written down; `correction` is the day
        on which first values were put right, and those values. From `stands_until` on the row is no more:
        some tables say how things stand, not what happened.
        """
        recorded = self.recorded_after(happened, after) if at is None else at
        on, earlier = correction or (0, None)
        self.rows.append(
            Row(table, child.person_id, happened, recorded, values, on, earlier, end_recorded, stands_until)
        )
        return recorded

    def recorded_after(self, happened: int, after: int = 0) -> int:
        """The day on which something is written down."""
        late = LATENESS[(happened * 31 + len(self.rows) * 17 + self.rows_made * 7) & 127]
        return max(happened + late, after)

    def one_in(self, share: float) -> bool:
        """True as often as the share says."""
        return self.chance.random() < share


@cache
def _cumulative(table: tuple[tuple[Any, ...], ...]) -> tuple[list[Any], list[float]]:
    total, sums = 0.0, []
    for row in table:
        total += row[1]
        sums.append(total)
    return [row[0] for row in table], sums


def choose(chance: random.Random, table: tuple[tuple[Any, ...], ...]) -> Any:
    """The first item of a row, rows being as likely as their second item says."""
    items, sums = _cumulative(table)
    return chance.choices(items, cum_weights=sums)[0]


def days_between(chance: random.Random, bands: tuple[tuple[Any, ...], ...]) -> int:
    """A number of days from published bands: ((lowest, highest), how many)."""
    low, high = choose(chance, bands)
    return int(chance.randint(low, high))


def yes(is_so: bool) -> str:
    """Y or N, as the standard writes it."""
    return "Y" if is_so else "N"


@cache
def flags(keys: tuple[str, ...], *set_ones: str) -> str:
    """The standard's JSON of flags: every key is there, Y or N."""
    return json.dumps({key: yes(key in set_ones) for key in keys})


@lru_cache(maxsize=5_000)  # there are far more combinations than that at a large scale
def codes_json(codes: Sequence[str]) -> str:
    """The standard's JSON list of codes."""
    return json.dumps(list(codes))


FLAG_KEYS: Mapping[str, list[str]] = {
    "contact": (
        "NEW_REFERRAL_FLAG EXISTING_REFERRAL_FLAG CP_ENQUIRY_FLAG NFA_FLAG NON_AGENCY_ADOPTION_FLAG "
        "PRIVATE_FOSTERING_FLAG ADVICE_FLAG MISSING_FLAG OLA_CP_FLAG OTHER_OUTCOMES_EXIST_FLAG"
    ).split(),
    "referral": (
        "SINGLE_ASSESSMENT_FLAG NFA_FLAG STRATEGY_DISCUSSION_FLAG CLA_REQUEST_FLAG NON_AGENCY_ADOPTION_FLAG "
        "PRIVATE_FOSTERING_FLAG CP_TRANSFER_IN_FLAG CP_CONFERENCE_FLAG CARE_LEAVER_FLAG OTHER_OUTCOMES_EXIST_FLAG"
    ).split(),
    "assessment": (
        "NFA_FLAG NFA_S47_END_FLAG STRATEGY_DISCUSSION_FLAG CLA_REQUEST_FLAG PRIVATE_FOSTERING_FLAG "
        "LEGAL_ACTION_FLAG PROV_OF_SERVICES_FLAG PROV_OF_SB_CARE_FLAG SPECIALIST_ASSESSMENT_FLAG "
        "REFERRAL_TO_OTHER_AGENCY_FLAG OTHER_ACTIONS_FLAG OTHER_OUTCOMES_EXIST_FLAG"
    ).split(),
    "s47": (
        "NFA_FLAG LEGAL_ACTION_FLAG PROV_OF_SERVICES_FLAG PROV_OF_SB_CARE_FLAG CP_CONFERENCE_FLAG "
        "NFA_CONTINUE_SINGLE_FLAG MONITOR_FLAG OTHER_OUTCOMES_EXIST_FLAG"
    ).split(),
    "conference": (
        "NFA_FLAG REFERRAL_TO_OTHER_AGENCY_FLAG SINGLE_ASSESSMENT_FLAG PROV_OF_SERVICES_FLAG CP_FLAG "
        "OTHER_OUTCOMES_EXIST_FLAG"
    ).split(),
    "care_plan": (
        "REMAINSUP RETURN1M RETURN6M RETURNEV LTRELFR LTFOST18 RESPLMT SUPPLIV ADOPTION OTHERPLN"
    ).split(),
}


def outcome(kind: str, *set_ones: str) -> str:
    """The outcome column of a contact, referral, assessment, enquiry or conference."""
    return flags(tuple(FLAG_KEYS[kind]), *set_ones)
