"""Other possible tables against trying them all: which there are, what they cost, and how small groups end."""

import time
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stats.disclosure import (
    Advice,
    Range,
    RefusedError,
    Relation,
    Rule,
    Table,
    audit,
    fractions,
    numerators,
    primary,
    protect,
    rounded,
)
from stats.disclosure import search as search_module
from stats.disclosure.moves import Moves, Problem
from stats.disclosure.search import Search
from tests.unit.stats.plain_attacker import possible_values
from tests.unit.stats.test_disclosure import EVERYTHING_MAY_GO, row, square
from tests.unit.stats.test_disclosure_properties import as_seen, sums_of, tables

REPEATABLE = settings(derandomize=True, deadline=None, max_examples=25)


def within_reach(table: Table, reach: int) -> Iterator[dict[str, int]]:
    """Every other table whose counts are within reach; zeros are shown and stay, other cells that move are hidden."""
    totals = {relation.total for relation in table.relations}
    leaves = [name for name in table.cells if name not in totals]
    for steps in product(range(-reach, reach + 1), repeat=len(leaves)):
        moved = dict(zip(leaves, steps, strict=True))
        counts = {name: table.cells[name] + step for name, step in moved.items()}
        for relation in table.relations:
            moved[relation.total] = sum(moved[part] for part in relation.parts)
            counts[relation.total] = table.cells[relation.total] + moved[relation.total]
        if all(
            abs(step) <= reach and (not step or (table.cells[n] and counts[n] >= 1))
            for n, step in moved.items()
        ):
            yield {name: step for name, step in moved.items() if step}


@REPEATABLE
@given(tables(most_cells=4, largest=5), st.sampled_from([1, 2]), st.data())
def test_the_cheapest_other_table_costs_what_trying_every_table_finds(
    table: Table, reach: int, data: st.DataObject
) -> None:
    some = [name for name, count in table.cells.items() if count]
    assume(some)
    table = table.hiding(secondary={data.draw(st.sampled_from(some))})
    (name,) = table.hidden
    costs = {n: data.draw(st.integers(1, 9)) for n in table.cells}
    problem = Problem(table, Rule(), frozenset(), costs)
    model = Moves(problem, problem.free, problem.candidates, reach)
    model.differs(name)
    values = model.programme.minimise(model.costs)

    others = [o for o in within_reach(table, reach) if name in o]
    if not others:
        assert values is None
        return
    assert values is not None
    found = model.differences(values)
    cheapest = min(sum(costs[n] for n in other if n != name) for other in others)
    assert found in others
    if reach > 1:
        assert sum(model.costs[u] * values[u] for u in model.costs) == cheapest
    assert sum(costs[n] for n in found if n != name) >= cheapest


@settings(REPEATABLE, max_examples=40)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6), st.sets(st.integers(0, 11), max_size=3))
def test_other_tables_of_whole_groups_are_those_that_trying_every_table_finds(
    counts: list[int], more: set[int]
) -> None:
    table = primary(square(tuple(counts[:3]), tuple(counts[3:]), classifies=True))
    names = list(table.cells)
    table = table.hiding(secondary={names[i] for i in more if table.cells[names[i]]})
    problem = Problem(table, Rule(), frozenset(), dict.fromkeys(names, 1))
    assume(problem.groups)
    search = Search(problem, time.monotonic() + 60)
    groups = [(relation.total, relation.parts) for relation in problem.groups]
    values = possible_values(
        as_seen(table), sums_of(table), max(table.cells.values()) + 2, whole_groups=groups, enough=2
    )

    assert search.unprotected(frozenset()) == {name for name, found in values.items() if len(found) < 2}


def small_group(total: int | None) -> Table:
    """A group a, b whose b is held at 0 by its other sum, and whose size is shown or not."""
    return Table(
        {"a": 4, "b": 0, "group": 4, "c": 46, "A": 50, "d": 1, "B": 1},
        (
            Relation("group", ("a", "b"), classifies=True),
            Relation("A", ("a", "c")),
            Relation("B", ("b", "d")),
        ),
        primary=frozenset({"a", "b", "c", "d"} | ({"group"} if total is None else set())),
    )


def test_a_hidden_group_that_shares_one_answer_is_at_least_one_and_under_ten() -> None:
    found = audit(small_group(None)).ranges

    assert found["a"] == found["group"] == Range(1, 9)
    assert found["b"] == Range(0, 0)
    assert found["c"] == Range(41, 49)
    assert audit(small_group(None), rule=Rule(whole_group_below=6)).ranges["a"] == Range(1, 5)
    assert audit(small_group(4)).ranges["a"] == Range(4, 4)


def test_the_size_of_a_group_decides_in_the_proof_by_the_rule_that_was_given() -> None:
    table = square((8, 0), (30, 40), classifies=True)
    rule = Rule(whole_group_below=9, largest_share_hidden=1)

    assert protect(table, rule=rule).table.hidden == {"r0|c0", "r0|c1", "r1|c0", "r1|c1"}
    assert protect(table, rule=rule).audit.ranges["r0|c0"] == Range(0, 8)
    assert protect(table, rule=Rule(whole_group_below=8)).table.hidden == frozenset()
    assert protect(
        square((11, 0), (30, 40), classifies=True), rule=Rule(whole_group_below=12, largest_share_hidden=1)
    ).audit.ranges["r0|c0"] == Range(0, 11)


def test_an_exact_search_is_given_up_above_a_size_and_within_it_is_a_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = primary(row(3, 40, 57))
    search = Search(Problem(table, Rule(), frozenset(), dict.fromkeys(table.cells, 1)), time.monotonic() + 60)
    worst = frozenset({"c1", "c2", "all"})
    # One hidden cell by three candidates and itself.
    monkeypatch.setattr(search_module, "LARGEST_EXACT", 4)
    exact = search._exact(worst)
    assert exact is not None
    assert (len(exact.secondary), exact.cost, exact.is_least) == (1, 1, True)
    assert search._exact(frozenset({"c2"})) == search_module.Pattern(frozenset({"c2"}), 1, True)
    monkeypatch.setattr(search_module, "LARGEST_EXACT", 3)
    assert search._exact(worst) is None


def test_a_search_without_small_cells_to_add_for_costs_nothing_and_is_the_least() -> None:
    table = primary(row(2, 3, 40))
    search = Search(Problem(table, Rule(), frozenset(), dict.fromkeys(table.cells, 1)), time.monotonic() + 60)

    assert search.best() == search_module.Pattern(frozenset(), 0, True)


def test_a_search_out_of_time_returns_the_first_safe_pattern_with_its_cost() -> None:
    table = primary(square((3, 40, 20), (30, 25, 50), (12, 70, 45)))
    search = Search(Problem(table, Rule(), frozenset(), dict.fromkeys(table.cells, 1)), time.monotonic() - 1)
    found = search.best()

    assert found is not None
    assert found.is_least is False
    assert found.cost == len(found.secondary) > 0
    assert search.unprotected(found.secondary) == frozenset()


def test_the_search_tries_small_cells_first_then_last_then_at_random_from_a_fixed_seed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = primary(square((3, 40, 20), (30, 4, 50), (12, 70, 1)))
    tried: list[tuple[list[str], bool]] = []
    greedy = Search._greedy

    def noted(
        self: Search, order: list[str], kept: frozenset[str]
    ) -> tuple[frozenset[str], list[Mapping[str, int]]] | None:
        tried.append((order, bool(kept)))
        return greedy(self, order, kept)

    monkeypatch.setattr(Search, "_greedy", noted)
    monkeypatch.setattr(Search, "_exact", lambda *_: None)
    problem = Problem(table, Rule(), frozenset(), dict.fromkeys(table.cells, 1))
    first = Search(problem, time.monotonic() + 60).best()
    once = list(tried)
    tried.clear()

    assert Search(problem, time.monotonic() + 60).best() == first
    assert tried == once
    assert [order for order, _ in once[:2]] == [["r2|c2", "r0|c0", "r1|c1"], ["r1|c1", "r0|c0", "r2|c2"]]
    assert len({tuple(order) for order, _ in once}) > 2
    assert all(sorted(order) == ["r0|c0", "r1|c1", "r2|c2"] for order, _ in once)
    assert len(once) == search_module.ATTEMPTS
    assert not any(kept for _, kept in once[: search_module.FRESH_ATTEMPTS])
    assert once[search_module.FRESH_ATTEMPTS][1]


def test_the_exact_step_comes_once_after_two_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    table = primary(row(3, 40, 57))
    best = search_module.Pattern(frozenset({"c1"}), 1, True)
    tried: list[frozenset[str]] = []
    greedy = Search._greedy

    def noted(self: Search, order: list[str], kept: frozenset[str]) -> object:
        tried.append(kept)
        return greedy(self, order, kept)

    monkeypatch.setattr(Search, "_greedy", noted)
    monkeypatch.setattr(Search, "_exact", lambda *_: best)
    problem = Problem(table, Rule(), frozenset(), dict.fromkeys(table.cells, 1))

    assert Search(problem, time.monotonic() + 60).best() == best
    assert len(tried) == search_module.BEFORE_EXACT


def test_what_cannot_be_protected_is_named_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "best", lambda _: None)
    monkeypatch.setattr(Search, "unprotected", lambda *_: frozenset({"c1", "c0"}))
    with pytest.raises(RefusedError) as refused:
        protect(row(3, 4, 57))

    assert str(refused.value) == (
        "c0, c1 could be worked out, whatever else is hidden. Instead: publish the total only; or merge grades, "
        "for example Good or better."
    )
    assert refused.value.advice == (Advice.TOTAL_ONLY, Advice.MERGE_GRADES)
    assert refused.value.share_hidden == 0.5


def test_a_proof_that_fails_names_every_cell_and_the_share(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = search_module.Pattern(frozenset(), 0, True)
    monkeypatch.setattr(Search, "best", lambda _: nothing)
    with pytest.raises(RefusedError, match=r"^c0, c1 could still be worked out\. Instead") as refused:
        protect(row(1, 1, 30))
    assert refused.value.share_hidden == 0.5


def test_a_table_of_zeros_hides_nothing() -> None:
    assert protect(Table({"a": 0, "b": 0}), seconds=0.5).share_hidden == 0
    assert protect(Table({"a": 20}, unprinted=frozenset({"a"}))).share_hidden == 0


def test_numerators_and_fractions_from_end_to_end() -> None:
    assert numerators(100, 0, 1000) == (995, 996, 997, 998, 999, 1000)
    assert numerators(0, 0, 1) == (0,)
    assert fractions(100, 0, 1) == ((1, 1),)
    assert fractions(50, 0, 4) == ((1, 2), (2, 4))
    with pytest.raises(ValueError, match=r"^denominator is 0; it must be a whole number of at least 1"):
        numerators(50, 0, 0)
    with pytest.raises(
        ValueError, match=r"^largest_denominator is 0; it must be a whole number of at least 1"
    ):
        fractions(50, 0, 0)
    with pytest.raises(ValueError, match=r"^count is -1; it must be a whole number of at least 0"):
        rounded(-1)


def test_a_cell_held_fast_holds_the_next_one_fast() -> None:
    chain = Table(
        {"a": 3, "ab": 13, "b": 10, "bc": 22, "c": 12, "cd": 40, "d": 28},
        tuple(Relation(t, (t[0], t[1])) for t in ("ab", "bc", "cd")),
    ).hiding(secondary={"a", "b", "c"})
    search = Search(Problem(chain, Rule(), frozenset(), dict.fromkeys(chain.cells, 1)), time.monotonic() + 60)

    assert search._near("a", chain.hidden) == frozenset()
    assert search._near("b", chain.hidden | {"cd"}) == {"a", "b", "c", "cd"}
    assert protect(chain, rule=EVERYTHING_MAY_GO).audit.is_safe
