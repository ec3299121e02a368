"""The parts of the search: other possible tables, patterns made and trimmed, and the cheapest of all."""

import time
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stats.disclosure import Advice, RefusedError, Relation, Rule, Table, audit, primary, protect
from stats.disclosure import search as search_module
from stats.disclosure.moves import Moves, Problem
from stats.disclosure.programme import OutOfTimeError, Programme
from stats.disclosure.protection import _costs
from stats.disclosure.search import Search
from tests.unit.stats.test_disclosure import EVERYTHING_MAY_GO, row, square
from tests.unit.stats.test_disclosure_properties import tables

REPEATABLE = settings(derandomize=True, deadline=None, max_examples=30)


def search_of(table: Table, fixed: frozenset[str] = frozenset()) -> Search:
    costs = dict.fromkeys(table.cells, 1)
    return Search(Problem(table, Rule(), fixed, costs), time.monotonic() + 60)


def holds(table: Table, other: Mapping[str, int]) -> bool:
    """True when the differences keep every sum and every hidden cell at 1 or more."""
    counts = {name: count + other.get(name, 0) for name, count in table.cells.items()}
    sums = all(counts[r.total] == sum(counts[part] for part in r.parts) for r in table.relations)
    return sums and all(counts[name] >= 1 for name in table.hidden if table.cells[name])


# A count that only moves when others move by two: a up, b and c down, so their sum d down by two.
BY_TWO = Table(
    {"a": 3, "b": 20, "c": 30, "d": 50, "e": 40, "ab": 23, "ac": 33, "de": 90},
    (
        Relation("ab", ("a", "b")),
        Relation("ac", ("a", "c")),
        Relation("d", ("b", "c")),
        Relation("de", ("d", "e")),
    ),
)


def test_cells_that_must_move_by_two_are_found() -> None:
    costs = {**dict.fromkeys("abcde", 1), "ab": 100, "ac": 100, "de": 100}
    result = protect(BY_TWO, rule=EVERYTHING_MAY_GO, costs=costs)

    assert result.table.hidden == {"a", "b", "c", "d", "e"}
    assert result.audit.is_safe


def test_a_cell_that_can_only_go_down_is_protected_by_going_down() -> None:
    assert protect(row(3, 1, 30), rule=EVERYTHING_MAY_GO).table.secondary == frozenset()


@REPEATABLE
@given(tables(), st.data())
def test_another_table_keeps_every_sum_and_is_found_exactly_when_there_is_one(
    table: Table, data: st.DataObject
) -> None:
    names = [name for name, count in table.cells.items() if count]
    assume(names)
    table = table.hiding(secondary=data.draw(st.sets(st.sampled_from(names), min_size=1)))
    search = search_of(table)
    exposed = set(audit(table).exposed)

    assert search.unprotected(frozenset()) == exposed
    for name in sorted(table.hidden):
        other = search._other(name, frozenset())
        assert (other is None) == (name in exposed)
        if other is not None:
            assert other[name] != 0
            assert set(other) <= table.hidden
            assert holds(table, other)


@REPEATABLE
@given(tables())
def test_a_cheap_other_table_moves_only_what_it_pays_for(table: Table) -> None:
    small = primary(table)
    assume(small.hidden)
    search = search_of(small)
    name = min(small.hidden)
    other = search._cheapest(name, frozenset())

    assert other is not None
    assert other[name] != 0
    assert holds(small.hiding(secondary=set(other) - small.hidden), other)


def test_another_table_of_a_whole_group_shares_one_answer_or_has_no_zero() -> None:
    table = primary(square((7, 0, 0), (10, 20, 30), (12, 14, 9), classifies=True))
    table = table.hiding(secondary={"r2|c0", "r2|c1", "r2|c2"})
    search = search_of(table)

    assert [r.total for r in search.problem.groups] == ["r0|All"]
    for name in sorted(table.hidden):
        other = search._other(name, frozenset())
        assert other is not None
        group = [table.cells[part] + other.get(part, 0) for part in ("r0|c0", "r0|c1", "r0|c2")]
        assert sorted(group) == [0, 0, 7] or min(group) >= 1
        assert sum(group) == 7


def test_a_whole_group_with_a_hidden_total_stays_small_when_it_shares_one_answer() -> None:
    table = primary(square((4, 0), (40, 30), (22, 14), classifies=True))
    assert {"r0|c0", "r0|c1", "r0|All"} <= table.hidden
    table = table.hiding(secondary={"r1|c0", "r1|c1", "r1|All"})
    other = search_of(table)._other("r0|c0", frozenset())

    assert other is not None
    group = [table.cells[part] + other.get(part, 0) for part in ("r0|c0", "r0|c1")]
    assert min(group) >= 1 or sum(group) < 10


def test_trimming_takes_away_what_is_not_needed_and_the_dearest_first() -> None:
    table = primary(row(3, 40, 57, 60))
    problem = Problem(table, Rule(), frozenset(), {"c0": 1, "c1": 1, "c2": 3, "c3": 2, "all": 9})
    search = Search(problem, time.monotonic() + 60)
    others: list[Mapping[str, int]] = [{"c0": 1, "c1": -1}, {"c0": 1, "c2": -1}, {"c0": 1, "c3": -1}]

    assert search._trim(frozenset({"c1", "c2", "c3"}), others) == {"c1"}
    assert search.cost({"c1", "c2"}) == 4


def test_trimming_stops_when_the_time_is_up_with_a_pattern_that_is_safe() -> None:
    search = search_of(primary(row(3, 40, 57)))
    search.deadline = time.monotonic() - 1

    assert search._trim(frozenset({"c1", "c2"}), []) == {"c1", "c2"}


def test_a_sum_with_one_hidden_cell_holds_it_fast_and_its_neighbours_in_turn() -> None:
    table = square((30, 40, 20), (30, 25, 50), (12, 70, 45)).hiding(
        secondary={"r0|c0", "r0|c1", "r1|c1", "r1|c2", "r2|c2"}
    )
    search = search_of(table)

    assert search._near("r0|c1", search.free) == frozenset()
    full = search.free | {"r2|c0"}
    assert search._near("r0|c1", full) == full
    assert search._near("r0|c1", full | {"x"}) == full


def test_the_search_without_the_exact_step_is_safe_and_claims_no_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_module, "LARGEST_EXACT", 0)
    table = square((3, 40, 20, 4), (30, 2, 50, 9), (12, 70, 45, 31), (22, 17, 3, 28))
    result = protect(table, rule=EVERYTHING_MAY_GO)

    assert not result.is_least
    assert result.audit.is_safe
    monkeypatch.undo()
    best = protect(table, rule=EVERYTHING_MAY_GO)
    assert best.is_least
    assert len(result.table.secondary) == len(best.table.secondary)


def test_the_exact_step_improves_a_poor_pattern_and_proves_the_least() -> None:
    search = search_of(primary(square((3, 40, 20), (30, 25, 50), (12, 70, 45))))
    poor = frozenset({"r0|c1", "r0|c2", "r1|c0", "r1|c1", "r2|c0", "r2|c2"})
    found = search._exact(poor)

    assert found is not None
    assert (found.cost, found.is_least) == (3, True)
    assert len(found.secondary) == 3
    assert search.unprotected(found.secondary) == frozenset()
    again = search._exact(found.secondary)
    assert again == found


def test_what_cannot_be_hidden_any_more_is_never_proposed() -> None:
    table = primary(row(3, 40, 57))
    pattern = search_of(table, frozenset({"c1"})).best()

    assert pattern is not None
    assert "c1" not in pattern.secondary
    assert search_of(table, frozenset({"c1", "c2", "all"})).best() is None


def test_costs_are_cells_first_then_counts_and_a_total_is_four_cells() -> None:
    table = row(3, 40, 57)

    assert _costs(table, None) == {"c0": 201 + 3, "c1": 201 + 40, "c2": 201 + 57, "all": 4 * 201 + 100}
    assert _costs(table, {"c1": 7})["c1"] == 7
    assert _costs(Table({"a": 0}), None) == {"a": 1}


def test_large_counts_are_scaled_in_the_costs() -> None:
    table = Table({"a": 30_000, "b": 10_000})

    assert _costs(table, None) == {"a": 10_001 + 7_500, "b": 10_001 + 2_500}


def test_the_reason_of_a_refusal_counts_the_cells_that_are_not_zero() -> None:
    with pytest.raises(RefusedError) as refused:
        protect(square((1, 2, 1, 0), (0, 3, 1, 1), (1, 2, 2, 0), (1, 2, 2, 1)))

    assert str(refused.value).startswith("18 of 25 cells would be hidden (82% of those that are not zero).")
    assert refused.value.share_hidden == pytest.approx(18 / 22)


def test_a_search_that_runs_out_of_time_refuses_rather_than_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_time(*_: object) -> None:
        raise OutOfTimeError

    monkeypatch.setattr(Search, "best", out_of_time)
    with pytest.raises(
        RefusedError, match=r"^Whether a hidden cell could be worked out was not decided"
    ) as refused:
        protect(row(3, 40, 57))
    assert refused.value.advice == (Advice.TOTAL_ONLY, Advice.MERGE_GRADES)
    assert refused.value.share_hidden == 0.25


def test_a_pattern_that_the_audit_breaks_is_never_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = search_module.Pattern(frozenset(), 0, True)
    monkeypatch.setattr(Search, "best", lambda _: nothing)
    with pytest.raises(
        RefusedError, match=r"^c0 could still be worked out\. Instead: publish the total only\."
    ):
        protect(row(3, 40, 57))


def test_a_table_with_no_other_reading_whatever_is_hidden_is_refused() -> None:
    table = Table({"a": 3, "b": 0, "all": 3}, (Relation("all", ("a", "b")),))

    assert protect(table, rule=EVERYTHING_MAY_GO).table.hidden == {"a", "all"}


# The programme itself.
def test_a_programme_finds_the_cheapest_whole_numbers() -> None:
    programme = Programme()
    x, y = programme.unknown(0, 10), programme.unknown(0, 10)
    programme.row({x: 2, y: 3}, 12, 13)

    assert programme.minimise({x: 1, y: 1}) == [0, 4]
    assert programme.minimise({x: -1, y: 1}) == [6, 0]
    cost, values = programme.minimise_in_fractions({x: 1}, None, {y: 3.5}) or (0, [])
    assert (cost, values) == (0.75, [0.75, 3.5])


def test_a_programme_without_an_answer_says_so() -> None:
    programme = Programme()
    x = programme.unknown(0, 10)
    programme.row({x: 2}, 3, 3)

    assert programme.minimise({x: 1}) is None
    assert programme.minimise_in_fractions({x: 1}, None, {x: 11}) is None
    assert programme.minimise_in_fractions({x: 1}, None, {x: 1}) is None


def test_a_row_added_later_counts() -> None:
    programme = Programme()
    x = programme.unknown(0, 10)
    assert programme.minimise({x: -1}) == [10]
    programme.row({x: 1}, 0, 4)
    assert programme.minimise({x: -1}) == [4]
    programme.row({x: 1}, 0, 3)
    assert programme.minimise({x: -1}) == [3]


@pytest.mark.parametrize(
    ("values", "true"), [([1, 2], True), ([2, 2], False), ([0, 3], True), ([-1, 4], False), ([4, -1], False)]
)
def test_answers_are_checked_in_whole_numbers(values: list[int], true: bool) -> None:
    programme = Programme()
    x, y = programme.unknown(0, 3), programme.unknown(0, 3)
    programme.row({x: 1, y: 1}, 3, 3)

    assert programme.holds(values) is true


def test_an_answer_that_does_not_hold_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = Programme()
    x = programme.unknown(0, 3)
    monkeypatch.setattr(Programme, "holds", lambda *_: False)
    with pytest.raises(OutOfTimeError, match="does not hold in whole numbers"):
        programme.minimise({x: 1})


def test_a_cell_that_is_paid_for_moves_free_and_in_either_direction() -> None:
    table = primary(row(3, 40, 57))
    problem = Problem(table, Rule(), frozenset(), {"c0": 1, "c1": 5, "c2": 7, "all": 9})
    moves = Moves(problem, problem.free, problem.candidates, 1)

    assert moves.cheapest_cells("c1", frozenset({"c1"}), time.monotonic() + 60) == frozenset({"c0", "c1"})
    moves.differs("c0")
    other = moves.programme.minimise({**moves.costs, next(iter(moves.moves["c0"])): 1})
    assert other is not None
    assert moves.differences(other) == {"c0": -1, "c1": 1}


@pytest.mark.parametrize("way", [1, -1])
def test_differing_is_up_or_down(way: int) -> None:
    table = primary(row(3, 40, 57)).hiding(secondary={"c1"})
    problem = Problem(table, Rule(), frozenset(), dict.fromkeys(table.cells, 1))
    moves = Moves(problem, problem.free, (), 110)
    moves.differs("c0")
    (unknown,) = moves.moves["c0"]
    furthest = moves.programme.minimise({unknown: -way})
    nearest = moves.programme.minimise({unknown: way})

    assert furthest is not None
    assert nearest is not None
    # c0 is 3 and c1 is 40: c0 can be anything from 1 to 42.
    assert (nearest[unknown], furthest[unknown]) == ((-2, 39) if way == 1 else (39, -2))


def test_moves_know_their_room_and_their_price() -> None:
    table = primary(row(3, 40, 57))
    problem = Problem(table, Rule(), frozenset(), {"c0": 1, "c1": 5, "c2": 7, "all": 9})

    assert problem.room == {"c0": 2, "c1": 39, "c2": 56, "all": 99}
    assert problem.candidates == ("c1", "c2", "all")
    assert problem.free == {"c0"}
    assert problem.reaches == (1, 110)
    moves = Moves(problem, problem.free, problem.candidates, 1)
    assert moves.cheapest_cells("c0", frozenset(), time.monotonic() + 60) == frozenset({"c0", "c1"})
    assert moves.cheapest_cells("c0", frozenset({"c2"}), time.monotonic() + 60) == frozenset({"c0", "c2"})
