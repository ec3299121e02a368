"""Who may rate an audit a second time, how many are drawn, and who is given which."""

import pytest

from plumbline.audits.rules.moderating import NotIndependent, Rated, Rater, give_out, how_many, refusals

NORTH, SOUTH = 100, 200
AUDIT = Rated(key=1, auditor=10, worker=20, team=NORTH, line=frozenset({30, 31}), readers=frozenset({40}))


@pytest.mark.parametrize(
    ("rater", "reason"),
    [
        (Rater(10), NotIndependent.AUDITOR),
        (Rater(20), NotIndependent.OWN_CASE),
        (Rater(31), NotIndependent.LINE),
        (Rater(50, teams=frozenset({NORTH})), NotIndependent.TEAM),
        (Rater(50, interest_teams=frozenset({NORTH})), NotIndependent.INTEREST),
        (Rater(50, interest_people=frozenset({20})), NotIndependent.INTEREST),
        (Rater(40), NotIndependent.HAS_READ),
    ],
)
def test_somebody_who_is_not_independent_is_refused_with_the_reason(
    rater: Rater, reason: NotIndependent
) -> None:
    assert refusals(AUDIT, rater) == (reason,)


def test_somebody_of_another_team_who_has_read_nothing_may_rate() -> None:
    assert refusals(AUDIT, Rater(50, teams=frozenset({SOUTH}))) == ()


def test_every_reason_is_given_and_not_only_the_first() -> None:
    manager = Rater(30, teams=frozenset({NORTH}))
    assert refusals(AUDIT, manager) == (NotIndependent.LINE, NotIndependent.TEAM)


@pytest.mark.parametrize(
    ("others", "percent", "drawn"),
    [(0, 20, 0), (1, 20, 1), (5, 20, 1), (6, 20, 2), (20, 20, 4), (20, 0, 0), (7, 100, 7)],
)
def test_at_least_the_share_is_drawn(others: int, percent: int, drawn: int) -> None:
    assert how_many(others, percent) == drawn


def test_ratings_are_given_out_evenly() -> None:
    audits = [Rated(key, auditor=10, worker=None, team=NORTH) for key in range(4)]
    given = give_out(audits, [Rater(50), Rater(51)])
    assert sorted(given.values(), key=str) == [50, 50, 51, 51]


def test_two_people_do_not_rate_each_other_while_somebody_else_is_free() -> None:
    audits = [Rated(1, auditor=50, worker=None, team=NORTH)]
    raters = [Rater(51), Rater(52, open_ratings=9)]
    assert give_out(audits, raters, pairs={(50, 51)}) == {1: 52}
    assert give_out(audits, raters[:1], pairs={(50, 51)}) == {1: 51}


def test_moderators_by_role_come_before_others() -> None:
    raters = [Rater(50), Rater(51, is_moderator=True, open_ratings=2)]
    assert give_out([AUDIT], raters) == {1: 51}


def test_the_audit_that_fewest_can_rate_is_placed_first() -> None:
    easy = Rated(1, auditor=10, worker=None, team=SOUTH)
    hard = Rated(2, auditor=10, worker=None, team=NORTH)
    raters = [Rater(50), Rater(51, teams=frozenset({NORTH}))]
    assert give_out([easy, hard], raters) == {1: 51, 2: 50}


def test_where_nobody_is_independent_nobody_is_named() -> None:
    assert give_out([AUDIT], [Rater(10), Rater(40)]) == {1: None}
