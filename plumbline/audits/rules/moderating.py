"""Who may give a second rating, how many audits get one, and who is given which. People are database numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# A second rating is due so soon after it was asked for.
# Source: Plumbline issue "One monthly audit round"; working days, so that a weekend takes nothing from it.
DUE_WORKING_DAYS = 5


class NotIndependent(StrEnum):
    """Why somebody cannot rate an audit a second time."""

    AUDITOR = "auditor"
    OWN_CASE = "own_case"
    LINE = "line"
    TEAM = "team"
    INTEREST = "interest"
    HAS_READ = "has_read"


WORDS: dict[NotIndependent, str] = {
    NotIndependent.AUDITOR: "they gave the first rating",
    NotIndependent.OWN_CASE: "it is their own case",
    NotIndependent.LINE: "they stood above the worker in the line of management on the day of the draw",
    NotIndependent.TEAM: "they worked in the team or managed it on the day of the draw",
    NotIndependent.INTEREST: "an interest has been declared",
    NotIndependent.HAS_READ: "they have read the first rating",
}


@dataclass(frozen=True)
class Rated:
    """An audit that gets a second rating: who stands how to it on the day of the draw, and who has read it."""

    key: int
    auditor: int
    worker: int | None
    team: int
    line: frozenset[int] = frozenset()
    readers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Rater:
    """Somebody who may give second ratings, with their teams on the day of the draw and their declared interests."""

    person: int
    teams: frozenset[int] = frozenset()
    interest_people: frozenset[int] = frozenset()
    interest_teams: frozenset[int] = frozenset()
    is_moderator: bool = False
    open_ratings: int = 0


def refusals(audit: Rated, rater: Rater) -> tuple[NotIndependent, ...]:
    """Every reason for which the rater cannot rate the audit; none when they can."""
    people = {one for one in (audit.worker, audit.auditor) if one is not None}
    holds = {
        NotIndependent.AUDITOR: rater.person == audit.auditor,
        NotIndependent.OWN_CASE: rater.person == audit.worker,
        NotIndependent.LINE: rater.person in audit.line,
        NotIndependent.TEAM: audit.team in rater.teams,
        NotIndependent.INTEREST: audit.team in rater.interest_teams or bool(people & rater.interest_people),
        NotIndependent.HAS_READ: rater.person in audit.readers,
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)


def how_many(others: int, percent: int) -> int:
    """How many of the other audits are drawn: at least the share, so a part of an audit counts as one."""
    return -(-others * percent // 100)


def give_out(
    audits: Sequence[Rated], raters: Iterable[Rater], pairs: Iterable[tuple[int, int]] = ()
) -> dict[int, int | None]:
    """Audit key to the person who rates it; none where nobody independent is left.

    The hardest audit to place goes first. Among the independent, those are taken whom the audit's auditor does not
    rate in turn, then those who moderate by role, then those with least to rate. `pairs` are (rater, auditor) that
    there are already.
    """
    known = list(raters)
    load = Counter({one.person: one.open_ratings for one in known})
    rates = set(pairs)
    free = {audit.key: [one for one in known if not refusals(audit, one)] for audit in audits}
    given: dict[int, int | None] = {}
    for audit in sorted(audits, key=lambda one: (len(free[one.key]), one.key)):
        best = min(
            free[audit.key],
            key=lambda one: (
                (audit.auditor, one.person) in rates,
                not one.is_moderator,
                load[one.person],
                one.person,
            ),
            default=None,
        )
        given[audit.key] = best.person if best else None
        if best:
            load[best.person] += 1
            rates.add((best.person, audit.auditor))
    return given
