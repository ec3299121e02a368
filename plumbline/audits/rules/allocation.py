"""Who may audit which case, and the most even way to share the cases of a round among those who may."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plumbline.audits.rules.audit_kinds import AuditKind


class Refusal(StrEnum):
    """Why somebody may not audit a case. All but `AWAY` are about independence on the day of the draw."""

    OWN_CASE = "own_case"
    OWN_TEAM = "own_team"
    SUPERVISEE = "supervisee"
    OWN_MANAGER = "own_manager"
    RECIPROCAL = "reciprocal"
    INTEREST = "interest"
    AWAY = "away"
    NOT_THEIRS = "not_theirs"


# How each reads after the auditor's name.
REFUSAL_WORDS: dict[Refusal, str] = {
    Refusal.OWN_CASE: "it is their own case",
    Refusal.OWN_TEAM: "it belongs to a team they work in or manage",
    Refusal.SUPERVISEE: "the worker is below them in the line of management",
    Refusal.OWN_MANAGER: "their own manager holds the case or manages it",
    Refusal.RECIPROCAL: "somebody who answers for this case audited their work in the last round",
    Refusal.INTEREST: "an interest has been declared",
    Refusal.AWAY: "they are on leave when it is due",
    Refusal.NOT_THEIRS: "they manage neither the worker nor the team",
}
OVER_CAPACITY = "This is more than they said they can take on."
# What each kind of round asks of its auditors: managers' own audits turn the rules of independence round.
ASKED_OF_MANAGERS = frozenset({Refusal.OWN_CASE, Refusal.NOT_THEIRS, Refusal.INTEREST, Refusal.AWAY})
ASKED_OF_OTHERS = frozenset(Refusal) - {Refusal.NOT_THEIRS}
# Audits a month for whom nothing else is set: one on top of a full caseload of reviews, two for managers.
USUAL_A_MONTH: dict[str, int] = {"auditor": 2, "moderator": 2, "team-manager": 2, "reviewing-officer": 1}


@dataclass(frozen=True)
class Case:
    """One drawn case as it stood on the day of the draw. People and teams are their database numbers.

    `line` holds everybody above the worker, nearest first; `managers` those who manage the worker or the team.
    """

    key: str
    team: int
    worker: int | None = None
    line: tuple[int, ...] = ()
    managers: frozenset[int] = frozenset()

    @property
    def answers_for_it(self) -> frozenset[int]:
        """The worker and those who manage the worker or the team."""
        return self.managers | ({self.worker} if self.worker is not None else set())


@dataclass(frozen=True)
class Auditor:
    """Somebody who may be given audits, as they stood on the day of the draw.

    `audited_by` are the people who audited their work, or their teams', in the last round. `away` holds spans of
    leave, the end not counted. `owed` counts audits of this round they have already, `recent` those of three months.
    """

    key: str
    person: int
    teams: frozenset[int] = frozenset()
    managers: frozenset[int] = frozenset()
    line: frozenset[int] = frozenset()
    audited_by: frozenset[int] = frozenset()
    interest_people: frozenset[int] = frozenset()
    interest_teams: frozenset[int] = frozenset()
    away: tuple[tuple[date, date | None], ...] = ()
    capacity: int = 2
    owed: int = 0
    recent: int = 0

    def is_over_capacity(self, more: int = 1) -> bool:
        """Whether so many more would be more than they can take on."""
        return self.owed + more > self.capacity


@dataclass(frozen=True)
class Window:
    """The days from allocation to the due day, both counted."""

    starts_on: date
    due_on: date

    def is_away(self, spans: Iterable[tuple[date, date | None]]) -> bool:
        """Whether somebody with such leave is away on the due day, or on more than half of the days up to it."""
        total = max((self.due_on - self.starts_on).days + 1, 1)
        first, last = self.starts_on.toordinal(), self.due_on.toordinal()
        gone: set[int] = set()
        for begins, ends in spans:
            if begins <= self.due_on and (ends is None or ends > self.due_on):
                return True
            until = last + 1 if ends is None else min(ends.toordinal(), last + 1)
            gone.update(range(max(begins.toordinal(), first), until))
        return 2 * len(gone) > total


@dataclass(frozen=True)
class Given:
    """A case with its proposed auditor, none when nobody is left, and those refused with all their reasons."""

    case: Case
    auditor: Auditor | None
    refused: Mapping[str, tuple[Refusal, ...]]
    is_over_capacity: bool = False


@dataclass(frozen=True)
class Allocation:
    """The proposal for a round: cases in the order of their keys, and how many each auditor would have in it."""

    given: tuple[Given, ...]
    loads: Mapping[str, int] = field(default_factory=dict)

    @property
    def left_over(self) -> tuple[Case, ...]:
        """The cases for which nobody is left."""
        return tuple(one.case for one in self.given if one.auditor is None)


def refusals_of(
    case: Case, auditor: Auditor, window: Window, kind: AuditKind = AuditKind.CASE_FILE
) -> tuple[Refusal, ...]:
    """Every reason for which the auditor may not audit the case in a round of the kind; none when they may."""
    person = auditor.person
    asked = ASKED_OF_OTHERS if kind.is_independent else ASKED_OF_MANAGERS
    above_auditor = auditor.line | auditor.managers
    reasons = {
        Refusal.OWN_CASE: case.worker == person,
        Refusal.OWN_TEAM: case.team in auditor.teams,
        Refusal.SUPERVISEE: person in case.line or person in case.managers,
        Refusal.OWN_MANAGER: case.worker in above_auditor or bool(case.managers & auditor.managers),
        Refusal.RECIPROCAL: bool(case.answers_for_it & auditor.audited_by - {person}),
        Refusal.INTEREST: case.team in auditor.interest_teams
        or bool(case.answers_for_it & auditor.interest_people),
        Refusal.AWAY: window.is_away(auditor.away),
        Refusal.NOT_THEIRS: person not in case.line and person not in case.managers,
    }
    return tuple(reason for reason, holds in reasons.items() if holds and reason in asked)


def allocate(
    cases: Iterable[Case],
    auditors: Iterable[Auditor],
    window: Window,
    kind: AuditKind = AuditKind.CASE_FILE,
) -> Allocation:
    """The most even allocation that refuses nobody wrongly and gives no refused pair.

    Evenness comes first from what each can take on, then from the number in this round, then from the last three
    months. The order in which cases and auditors are given does not matter. A case that nobody may audit stays
    without an auditor.
    """
    in_order = sorted(cases, key=lambda case: case.key)
    people = sorted(auditors, key=lambda auditor: auditor.key)
    refused = {
        case.key: {one.key: why for one in people if (why := refusals_of(case, one, window, kind))}
        for case in in_order
    }
    free = {case.key: [one for one in people if one.key not in refused[case.key]] for case in in_order}
    holders = _spread(in_order, people, free)
    by_key = {one.key: one for one in people}
    added: dict[str, int] = {one.key: 0 for one in people}
    given = []
    for case in in_order:
        auditor = by_key.get(holders.get(case.key, ""))
        if auditor is not None:
            added[auditor.key] += 1
        is_over = auditor is not None and auditor.is_over_capacity(added[auditor.key])
        given.append(Given(case, auditor, refused[case.key], is_over))
    loads = {one.key: one.owed + added[one.key] for one in people}
    return Allocation(tuple(given), loads)


def _cost(auditor: Auditor, holds: int) -> tuple[int, int, int, str]:
    """What one more case costs the auditor who holds so many of this proposal; it never falls as they get more."""
    level = auditor.owed + holds + 1
    return max(0, level - auditor.capacity), level, auditor.recent, auditor.key


def _spread(
    cases: Sequence[Case], people: Sequence[Auditor], free: Mapping[str, Sequence[Auditor]]
) -> dict[str, str]:
    """Case to auditor with the least total cost.

    Cases are added one at a time. Each goes to the cheapest auditor that can be reached by passing cases on from one
    auditor to the next: a shortest augmenting path, so the result is the best there is after every step.
    """
    holders: dict[str, str] = {}
    held: dict[str, list[str]] = {one.key: [] for one in people}
    for case in cases:
        came_from: dict[str, tuple[str, str]] = {}
        waiting = [case.key]
        best: Auditor | None = None
        while waiting:
            passed = waiting.pop(0)
            for one in free[passed]:
                if one.key in came_from:
                    continue
                came_from[one.key] = (passed, holders.get(passed, ""))
                if best is None or _cost(one, len(held[one.key])) < _cost(best, len(held[best.key])):
                    best = one
                waiting.extend(held[one.key])
        if best is not None:
            _pass_on(best.key, case.key, came_from, holders, held)
    return holders


def _pass_on(
    end: str,
    new: str,
    came_from: Mapping[str, tuple[str, str]],
    holders: dict[str, str],
    held: dict[str, list[str]],
) -> None:
    taker = end
    while True:
        passed, giver = came_from[taker]
        holders[passed] = taker
        held[taker].append(passed)
        if passed == new:
            break
        held[giver].remove(passed)
        taker = giver
    for cases in held.values():
        cases.sort()
