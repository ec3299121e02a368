"""Whom a briefing is for, and how many have read it by team without showing who."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

# In a smaller team a count would say who has read it and who has not.
FEWEST_IN_A_TEAM = 5
# A page puts its own marks around a quotation.
MARKS = ' “”"'


def is_for(
    roles: Collection[str], units: Collection[int], grants: Iterable[tuple[str, Collection[int]]]
) -> bool:
    """Whether somebody with the grants, each a role and the units it reaches, is among those a briefing is for.

    Without roles it is for every role, without units for everywhere. One grant has to fit both.
    """
    wanted = set(units)
    return any(
        (not roles or role in roles) and (not wanted or not wanted.isdisjoint(reached))
        for role, reached in grants
    )


@dataclass(frozen=True)
class ReadCount:
    """How many of how many have read it. `unit` is none for the small teams together, and for everybody."""

    read: int
    of: int
    unit: int | None = None


@dataclass(frozen=True)
class ReadCounts:
    """Everybody, the teams large enough, and the smaller ones together; none of these where they are too few too."""

    everybody: ReadCount
    teams: list[ReadCount]
    small_teams: ReadCount | None


def read_counts(team_of: Mapping[int, int | None], readers: Collection[int]) -> ReadCounts:
    """The counts for the people a briefing is for, by the team in which each works.

    What is left after the teams shown must be enough people as well, or it could be worked out from the total; then
    the smallest team shown goes among them.
    """
    by_team: dict[int | None, list[int]] = {}
    for person, team in team_of.items():
        by_team.setdefault(team, []).append(person)
    large = sorted(
        (team for team, people in by_team.items() if team is not None and len(people) >= FEWEST_IN_A_TEAM),
        key=lambda team: (-len(by_team[team]), team),
    )
    rest = len(team_of) - sum(len(by_team[team]) for team in large)
    if large and 0 < rest < FEWEST_IN_A_TEAM:
        rest += len(by_team[large.pop()])
    read = set(readers) & set(team_of)

    def count(people: Collection[int], unit: int | None = None) -> ReadCount:
        return ReadCount(len(read.intersection(people)), len(people), unit)

    shown = {person for team in large for person in by_team[team]}
    others = [person for person in team_of if person not in shown]
    return ReadCounts(
        count(team_of.keys()),
        [count(by_team[team], team) for team in large],
        count(others) if len(others) >= FEWEST_IN_A_TEAM and large else None,
    )
