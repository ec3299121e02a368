"""What audits have looked at, told by team, worker, plan type and age."""

from datetime import date

from plumbline.audits.rules.coverage import By, Place, Seen, groups_by, whole_list

NORTH, SOUTH, OLD_NORTH = 1, 2, 3
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 8)
CASES = {
    Place(NORTH, 7, "child-in-need", "5-9"): 4,
    Place(NORTH, 8, "child-in-need", "1-4"): 2,
    Place(SOUTH, None, "child-protection", ""): 3,
}


def test_what_was_not_looked_at_comes_first_and_then_what_was_looked_at_longest_ago() -> None:
    seen = [
        Seen(Place(NORTH, 7, "child-in-need", "5-9"), done=1, last_on=JUNE),
        Seen(Place(NORTH, 8, "child-in-need", "5-9"), done=2, in_hand=1, last_on=MAY),
        Seen(Place(SOUTH, 9, "child-protection", ""), done=0, in_hand=1, last_on=date(2024, 1, 5)),
    ]
    south, north = groups_by(By.TEAM, CASES, seen, {})
    assert (south.key, south.cases, south.is_gap, south.in_hand) == (SOUTH, 3, True, 1)
    assert (north.key, north.cases, north.done, north.last_on) == (NORTH, 6, 3, JUNE)
    assert [one.key for one in groups_by(By.WORKER, CASES, seen, {})] == [8, 7]
    # A child's age at the audit counts; a band that no open case is in is no group.
    assert [(one.key, one.done) for one in groups_by(By.AGE_BAND, CASES, seen, {})] == [
        ("1-4", 0),
        ("5-9", 3),
    ]


def test_audits_of_a_team_that_is_no_more_count_for_the_team_that_took_over() -> None:
    seen = [Seen(Place(OLD_NORTH, 7, "child-in-need", "5-9"), done=1, last_on=MAY)]
    heirs = {OLD_NORTH: frozenset({NORTH}), NORTH: frozenset({NORTH}), SOUTH: frozenset({SOUTH})}
    assert {one.key: one.done for one in groups_by(By.TEAM, CASES, seen, heirs)} == {SOUTH: 0, NORTH: 1}


def test_the_newest_list_of_the_whole_council_is_compared_with_not_a_list_of_one_group() -> None:
    assert whole_list([120, 1090, 1100]) == 1
    assert whole_list([1060, 90, 1100]) == 0
