"""Who may audit what, and that the cases are shared as evenly as the refusals allow."""

from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.audits.rules.allocation import (
    REFUSAL_WORDS,
    Allocation,
    Auditor,
    Case,
    Refusal,
    Window,
    allocate,
    refusals_of,
)

pytestmark = pytest.mark.no_database_needed
START, DUE = date(2026, 5, 1), date(2026, 5, 20)
WINDOW = Window(START, DUE)
WORKER, MANAGER, HEAD, NORTH, SOUTH = 1, 2, 3, 10, 11
CASE = Case("case", NORTH, WORKER, (MANAGER, HEAD), frozenset({MANAGER}))
STRANGER = 50


def refused(**about: object) -> tuple[Refusal, ...]:
    facts: dict[str, object] = {"key": "auditor", "person": STRANGER} | about
    return refusals_of(CASE, Auditor(**facts), WINDOW)  # type: ignore[arg-type]


def test_somebody_without_any_tie_may_audit_the_case() -> None:
    assert refused() == ()


def test_nobody_audits_their_own_case() -> None:
    assert refused(person=WORKER) == (Refusal.OWN_CASE,)


def test_nobody_audits_a_team_they_belong_to_or_manage() -> None:
    assert refused(teams=frozenset({NORTH})) == (Refusal.OWN_TEAM,)
    assert refused(teams=frozenset({SOUTH})) == ()


@pytest.mark.parametrize("person", [MANAGER, HEAD])
def test_nobody_audits_anyone_below_them_in_the_line(person: int) -> None:
    assert Refusal.SUPERVISEE in refused(person=person)


def test_nobody_audits_their_own_manager_nor_what_that_manager_manages() -> None:
    assert refused(managers=frozenset({WORKER})) == (Refusal.OWN_MANAGER,)
    assert refused(line=frozenset({WORKER})) == (Refusal.OWN_MANAGER,)
    assert refused(managers=frozenset({MANAGER})) == (Refusal.OWN_MANAGER,)


def test_a_colleague_under_the_same_head_of_service_may_audit_the_case() -> None:
    assert refused(managers=frozenset({HEAD}), line=frozenset({HEAD})) == ()


@pytest.mark.parametrize("other", [WORKER, MANAGER])
def test_two_people_do_not_audit_each_other_from_one_round_to_the_next(other: int) -> None:
    assert refused(audited_by=frozenset({other})) == (Refusal.RECIPROCAL,)


def test_a_declared_interest_in_team_worker_or_manager_refuses() -> None:
    assert refused(interest_teams=frozenset({NORTH})) == (Refusal.INTEREST,)
    assert refused(interest_people=frozenset({WORKER})) == (Refusal.INTEREST,)
    assert refused(interest_people=frozenset({MANAGER})) == (Refusal.INTEREST,)


@pytest.mark.parametrize(
    ("begins", "ends", "is_refused"),
    [
        (DUE, None, True),
        (DUE, DUE + timedelta(days=1), True),
        (START, DUE, True),
        (START, START + timedelta(days=10), False),
        (START, START + timedelta(days=11), True),
        (DUE + timedelta(days=1), None, False),
        (START - timedelta(days=20), START, False),
    ],
)
def test_leave_refuses_on_the_due_day_or_for_more_than_half_of_the_time(
    begins: date, ends: date | None, is_refused: bool
) -> None:
    assert (refused(away=((begins, ends),)) == (Refusal.AWAY,)) is is_refused


def test_leave_that_overlaps_is_counted_once() -> None:
    half = (START, START + timedelta(days=6))
    assert refused(away=(half, half)) == ()


def test_every_reason_has_words() -> None:
    assert set(REFUSAL_WORDS) == set(Refusal)


def test_capacity_is_a_warning_and_refuses_nobody() -> None:
    (only,) = allocate([CASE], [Auditor("a", STRANGER, capacity=0)], WINDOW).given
    assert only.auditor is not None
    assert only.is_over_capacity


def test_those_with_room_come_before_those_without() -> None:
    full, free = Auditor("a", 60, capacity=1, owed=1), Auditor("b", 61, capacity=5, owed=3)
    assert allocate([CASE], [full, free], WINDOW).given[0].auditor == free


def test_among_equals_the_one_with_fewest_in_three_months_is_given_the_case() -> None:
    busy, rested = Auditor("a", 60, recent=4), Auditor("b", 61, recent=1)
    assert allocate([CASE], [busy, rested], WINDOW).given[0].auditor == rested


def test_when_nobody_is_left_the_case_says_so_with_each_reason() -> None:
    found = allocate([CASE], [Auditor("a", WORKER), Auditor("b", 61, teams=frozenset({NORTH}))], WINDOW)
    assert found.left_over == (CASE,)
    assert found.given[0].refused == {"a": (Refusal.OWN_CASE,), "b": (Refusal.OWN_TEAM,)}


def test_a_case_is_passed_on_so_that_another_can_be_given_at_all_evenly() -> None:
    """Only `a` may take the second case, so the first goes to `b` though `a` stands before."""
    first, second = Case("1", SOUTH, 7), Case("2", NORTH, 8)
    a, b = Auditor("a", 60), Auditor("b", 61, teams=frozenset({NORTH}))
    assert [one.auditor for one in allocate([first, second], [a, b], WINDOW).given] == [b, a]


# A small council: everybody may be worker, manager and auditor at once.
people = st.integers(1, 6)
few = st.frozensets(people, max_size=2)
cases = st.lists(
    st.builds(
        Case,
        key=st.uuids().map(str),
        team=st.integers(10, 13),
        worker=st.none() | people,
        line=st.lists(people, max_size=3, unique=True).map(tuple),
        managers=few,
    ),
    max_size=6,
    unique_by=lambda case: case.key,
)
auditors = st.lists(
    st.builds(
        Auditor,
        key=st.uuids().map(str),
        person=people,
        teams=st.frozensets(st.integers(10, 13), max_size=2),
        managers=few,
        audited_by=few,
        interest_people=st.frozensets(people, max_size=1),
        away=st.just(()) | st.just(((DUE, None),)),
        capacity=st.integers(0, 3),
        owed=st.integers(0, 2),
        recent=st.integers(0, 3),
    ),
    max_size=4,
    unique_by=lambda auditor: auditor.key,
)


def key_of(auditor: Auditor | None) -> str:
    return auditor.key if auditor else ""


@given(cases, auditors)
def test_no_refused_pair_is_ever_given(cases: list[Case], auditors: list[Auditor]) -> None:
    for one in allocate(cases, auditors, WINDOW).given:
        if one.auditor is not None:
            assert refusals_of(one.case, one.auditor, WINDOW) == ()
            assert one.auditor.key not in one.refused


@given(cases, auditors)
def test_a_case_stays_without_an_auditor_only_when_everybody_is_refused(
    cases: list[Case], auditors: list[Auditor]
) -> None:
    for one in allocate(cases, auditors, WINDOW).given:
        assert (one.auditor is None) == all(refusals_of(one.case, each, WINDOW) for each in auditors)


@given(cases, auditors, st.randoms(use_true_random=False))
def test_the_order_in_which_cases_and_auditors_are_given_does_not_matter(
    cases: list[Case], auditors: list[Auditor], chance: Random
) -> None:
    def pairs(found: Allocation) -> list[tuple[str, str]]:
        return [(one.case.key, key_of(one.auditor)) for one in found.given]

    before = pairs(allocate(cases, auditors, WINDOW))
    chance.shuffle(cases)
    chance.shuffle(auditors)
    assert pairs(allocate(cases, auditors, WINDOW)) == before


@given(cases, auditors)
def test_loads_differ_no_more_than_the_refusals_force(cases: list[Case], auditors: list[Auditor]) -> None:
    """Trying every allocation finds none that spares people more, or that is more even."""

    def unevenness(held: dict[str, int]) -> tuple[int, int]:
        over = even = 0
        for one in auditors:
            for number in range(1, held[one.key] + 1):
                over += max(0, one.owed + number - one.capacity)
                even += one.owed + number
        return over, even

    def counted(chosen: list[str]) -> dict[str, int]:
        return {one.key: chosen.count(one.key) for one in auditors}

    choices = [
        [one.key for one in auditors if not refusals_of(case, one, WINDOW)] or [""]
        for case in sorted(cases, key=lambda case: case.key)
    ]
    best = min(unevenness(counted(list(chosen))) for chosen in product(*choices))
    found = [key_of(one.auditor) for one in allocate(cases, auditors, WINDOW).given]
    assert unevenness(counted(found)) == best


@given(st.integers(0, 40), st.integers(1, 8))
def test_without_any_refusal_nobody_has_two_more_than_another(number: int, size: int) -> None:
    cases = [Case(f"{one:03}", SOUTH, 900 + one) for one in range(number)]
    loads = allocate(cases, [Auditor(str(one), one, capacity=99) for one in range(size)], WINDOW).loads
    assert max(loads.values()) - min(loads.values()) <= 1
    assert sum(loads.values()) == number
