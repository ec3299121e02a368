"""Whom a briefing is for, and counts of who has read it that point at nobody."""

import pytest

from plumbline.audits.rules.briefings import ReadCount, is_for, read_counts

NORTH, SOUTH, WEST = 1, 2, 3


@pytest.mark.parametrize(
    ("roles", "units", "grants", "asked"),
    [
        ([], [], [("auditor", {SOUTH})], True),
        ([], [], [], False),
        (["auditor"], [], [("social-worker", {NORTH})], False),
        (["auditor"], [NORTH], [("auditor", {SOUTH}), ("social-worker", {NORTH})], False),
        (["social-worker"], [NORTH], [("social-worker", {NORTH})], True),
        # A head of service reaches the team, and a right in the whole council is tied to none.
        ([], [NORTH], [("auditor", {NORTH, SOUTH})], True),
        ([], [NORTH], [("director", set())], False),
    ],
)
def test_a_briefing_is_for_whoever_has_one_right_that_fits_role_and_place(
    roles: list[str], units: list[int], grants: list[tuple[str, set[int]]], asked: bool
) -> None:
    assert is_for(roles, units, grants) is asked


def test_small_teams_are_counted_together_so_that_nobody_is_pointed_at() -> None:
    team_of = (
        dict.fromkeys(range(8), NORTH)
        | dict.fromkeys(range(8, 12), SOUTH)
        | dict.fromkeys(range(12, 15), WEST)
    )
    counts = read_counts(team_of, {0, 1, 8, 99})
    assert counts.everybody == ReadCount(3, 15)
    assert counts.teams == [ReadCount(2, 8, NORTH)]
    assert counts.small_teams == ReadCount(1, 7)


def test_what_the_total_gives_away_is_enough_people_or_nothing_is_shown_by_team() -> None:
    # Two people are left beside the teams, so the smaller team joins them.
    team_of = dict.fromkeys(range(8), NORTH) | dict.fromkeys(range(8, 14), SOUTH) | {14: WEST, 15: None}
    counts = read_counts(team_of, {14})
    assert [one.unit for one in counts.teams] == [NORTH]
    assert counts.small_teams == ReadCount(1, 8)
    few = read_counts({0: NORTH, 1: SOUTH}, {0})
    assert (few.teams, few.small_teams, few.everybody) == ([], None, ReadCount(1, 2))
