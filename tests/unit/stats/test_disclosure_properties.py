"""Protected tables against an attacker who was written without a look at how they are protected."""

from collections.abc import Mapping

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stats.disclosure import (
    Dimension,
    Ratio,
    RefusedError,
    Register,
    Relation,
    Rule,
    Table,
    audit,
    grid,
    primary,
    protect,
)
from tests.unit.stats.plain_attacker import as_printed, fewest_more, possible_values

# The solver needs some milliseconds an example: few examples, always the same.
REPEATABLE = settings(derandomize=True, deadline=None, max_examples=25)
EVERYTHING_MAY_GO = Rule(largest_share_hidden=1)


def sums_of(table: Table) -> list[tuple[str, tuple[str, ...]]]:
    return [(relation.total, relation.parts) for relation in table.relations]


def as_seen(table: Table) -> dict[str, int | None]:
    return {name: None if name in table.hidden else count for name, count in table.cells.items()}


@st.composite
def tables(draw: st.DrawFn, most_cells: int = 5, largest: int = 12) -> Table:
    """Smallest cells with any counts, and totals over any of them or over other totals."""
    counts = draw(st.lists(st.integers(0, largest), min_size=2, max_size=most_cells))
    cells = {f"n{i}": count for i, count in enumerate(counts)}
    relations = []
    for number in range(draw(st.integers(1, 4))):
        parts = draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=4, unique=True))
        total = f"t{number}"
        cells[total] = sum(cells[part] for part in parts)
        relations.append(Relation(total, tuple(parts)))
    return Table(cells, tuple(relations))


@REPEATABLE
@given(tables())
def test_a_protected_table_is_never_broken_by_trying_every_table(table: Table) -> None:
    result = protect(table, rule=EVERYTHING_MAY_GO)
    largest = max(table.cells.values()) + 3

    values = possible_values(as_seen(result.table), sums_of(table), largest, enough=2)

    assert set(values) == set(result.table.hidden)
    assert all(len(found) > 1 for found in values.values()), values
    assert result.audit.is_safe


@REPEATABLE
@given(tables(most_cells=4, largest=6), st.data())
def test_the_audit_finds_exactly_what_trying_every_table_finds(table: Table, data: st.DataObject) -> None:
    shown_or_not = [name for name, count in table.cells.items() if count]
    assume(shown_or_not)
    hidden = data.draw(st.sets(st.sampled_from(shown_or_not), min_size=1))
    table = table.hiding(secondary=hidden)
    result = audit(table)
    # A cell that nothing bounds would have counts without end: this is more than any bound can reach.
    largest = max(table.cells.values()) + 1
    values = possible_values(as_seen(table), sums_of(table), largest)

    for name, found in values.items():
        assert result.ranges[name].lower == min(found)
        upper = result.ranges[name].upper
        assert upper == max(found) if max(found) < largest else upper is None or upper >= largest
    assert set(result.exposed) == {name for name, found in values.items() if len(found) == 1}


@REPEATABLE
@given(tables(most_cells=4, largest=9))
def test_nothing_is_hidden_beyond_the_fewest_that_trying_every_choice_finds(table: Table) -> None:
    alike = dict.fromkeys(table.cells, 1)
    result = protect(table, rule=EVERYTHING_MAY_GO, costs=alike)
    largest = max(table.cells.values()) + 3

    assert len(result.table.secondary) == fewest_more(
        table.cells, sums_of(table), result.table.primary, largest
    )


@settings(REPEATABLE, max_examples=15)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_whole_group_answers_hold_against_trying_every_table(counts: list[int]) -> None:
    teams = Dimension({"A": "All", "B": "All"})
    grades = Dimension({"good": "Total", "fair": "Total", "poor": "Total"}, classifies=True)
    keys = [(team, grade) for team in teams.leaves for grade in grades.leaves]
    table = grid(dict(zip(keys, counts, strict=True)), [teams, grades])
    try:
        result = protect(table, rule=EVERYTHING_MAY_GO)
    except RefusedError:
        return
    seen = as_seen(result.table)
    zero_totals = {r.total for r in table.relations if seen[r.total] == 0}
    closed = {part for r in table.relations if r.total in zero_totals for part in r.parts}
    groups = [
        (r.total, r.parts)
        for r in table.relations
        if r.classifies and all(seen[part] is None or part in closed for part in r.parts)
    ]
    values = possible_values(
        seen, sums_of(table), max(table.cells.values()) + 3, whole_groups=groups, enough=2
    )

    assert all(len(found) > 1 for found in values.values()), values


@settings(REPEATABLE, max_examples=15)
@given(st.lists(st.integers(0, 7), min_size=6, max_size=6), st.sets(st.integers(0, 1)))
def test_the_audit_of_whole_groups_finds_exactly_what_trying_every_table_finds(
    counts: list[int], more: set[int]
) -> None:
    teams = Dimension({"A": "All", "B": "All"})
    grades = Dimension({"good": "Total", "fair": "Total", "poor": "Total"}, classifies=True)
    keys = [(team, grade) for team in teams.leaves for grade in grades.leaves]
    table = primary(grid(dict(zip(keys, counts, strict=True)), [teams, grades]))
    assume(table.hidden)
    totals = ("A|Total", "B|Total")
    table = table.hiding(secondary={totals[place] for place in more if table.cells[totals[place]]})
    seen = as_seen(table)
    zero_totals = {r.total for r in table.relations if seen[r.total] == 0}
    closed = {part for r in table.relations if r.total in zero_totals for part in r.parts}
    groups = [
        (r.total, r.parts)
        for r in table.relations
        if r.classifies and all(seen[part] is None or part in closed for part in r.parts)
    ]
    largest = max(table.cells.values()) + 1
    values = possible_values(seen, sums_of(table), largest, whole_groups=groups)
    result = audit(table)

    for name, found in values.items():
        upper = result.ranges[name].upper
        assert result.ranges[name].lower == min(found)
        assert upper == max(found) if max(found) < largest else upper is None or upper >= largest


@REPEATABLE
@given(st.lists(st.integers(0, 12), min_size=3, max_size=4), st.integers(0, 1))
def test_percentages_are_never_the_way_in(counts: list[int], decimals: int) -> None:
    assume(sum(counts))
    parts = {f"n{i}": count for i, count in enumerate(counts)}
    table = Table(
        {**parts, "all": sum(counts)},
        (Relation("all", tuple(parts), classifies=True),),
        tuple(Ratio(f"{name} in percent", name, "all", decimals=decimals) for name in parts),
    )
    result = protect(table, rule=EVERYTHING_MAY_GO).table
    told = {
        ratio.numerator: as_printed(table.cells[ratio.numerator], sum(counts), decimals)
        for ratio in table.ratios
        if ratio.name not in result.hidden_ratios
    }

    def agrees(found: Mapping[str, int]) -> bool:
        return all(as_printed(found[n], found["all"], decimals) == text for n, text in told.items())

    groups = sums_of(table) if set(parts) <= result.hidden else []
    values = possible_values(
        as_seen(result), sums_of(table), sum(counts) + 3, whole_groups=groups, enough=2, agrees=agrees
    )

    assert all(len(found) > 1 for found in values.values()), values


def shares_of_teams(counts: list[tuple[int, int]], decimals: int) -> Table:
    """Seen and of by team with all totals and percentages; a reader knows that nobody is seen who is not there."""
    cells = {}
    for place, pair in enumerate(counts):
        cells |= {f"seen {place}": min(pair), f"of {place}": max(pair)}
    teams = range(len(counts))
    relations = tuple(Relation(f"{w} all", tuple(f"{w} {i}" for i in teams)) for w in ("seen", "of"))
    cells |= {r.total: sum(cells[part] for part in r.parts) for r in relations}
    ratios = (Ratio(f"percent {i}", f"seen {i}", f"of {i}", decimals=decimals) for i in (*teams, "all"))
    return Table(cells, relations, tuple(ratios))


@settings(REPEATABLE, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), min_size=2, max_size=3), st.integers(0, 1))
def test_shares_of_teams_are_never_broken_by_a_reader_who_knows_they_are_shares(
    counts: list[tuple[int, int]], decimals: int
) -> None:
    table = shares_of_teams(counts, decimals)
    result = protect(table, rule=EVERYTHING_MAY_GO).table
    shares = [(r.numerator, r.denominator, r.name not in result.hidden_ratios) for r in table.ratios]
    cells = table.cells

    def agrees(found: Mapping[str, int]) -> bool:
        within = all(found[above] <= found[below] for above, below, _ in shares)
        return within and all(
            as_printed(found[above], found[below], decimals)
            == as_printed(cells[above], cells[below], decimals)
            for above, below, is_shown in shares
            if is_shown
        )

    values = possible_values(
        as_seen(result), sums_of(table), max(cells.values()) + 3, enough=2, agrees=agrees
    )

    assert all(len(found) > 1 for found in values.values()), values


@settings(REPEATABLE, max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=2),
    st.sets(st.integers(0, 3)),
)
def test_the_audit_of_shares_finds_exactly_what_trying_every_table_finds(
    counts: list[tuple[int, int]], more: set[int]
) -> None:
    table = primary(shares_of_teams(counts, 0))
    names = [n for n in ("seen 0", "of 0", "seen 1", "of 1") if table.cells[n]]
    table = table.hiding(secondary={names[i] for i in more if i < len(names)})
    assume(table.hidden)

    def agrees(found: Mapping[str, int]) -> bool:
        within = all(found[r.numerator] <= found[r.denominator] for r in table.ratios)
        return within and all(
            as_printed(found[r.numerator], found[r.denominator], 0)
            == as_printed(table.cells[r.numerator], table.cells[r.denominator], 0)
            for r in table.ratios
            if r.name not in table.hidden_ratios
        )

    largest = max(table.cells.values()) + 1
    values = possible_values(as_seen(table), sums_of(table), largest, agrees=agrees)

    for name, found in values.items():
        assert audit(table).ranges[name].lower == min(found)
        upper = audit(table).ranges[name].upper
        assert upper == max(found) if max(found) < largest else upper is None or upper >= largest


@settings(REPEATABLE, max_examples=40)
@given(
    st.lists(st.integers(0, 9), min_size=2, max_size=2), st.lists(st.integers(0, 9), min_size=2, max_size=2)
)
def test_years_to_date_never_give_a_small_month_away_that_nobody_printed(
    april: list[int], may: list[int]
) -> None:
    def release(name: str, counts: list[int]) -> Table:
        cells = {f"{name}|{place}": count for place, count in enumerate(counts)}
        return Table({**cells, f"{name}|All": sum(counts)}, (Relation(f"{name}|All", tuple(cells)),))

    groups = (0, 1, "All")
    links = tuple(Relation(f"to May|{g}", (f"April|{g}", f"May|{g}")) for g in groups)
    first = protect(release("April", april), rule=EVERYTHING_MAY_GO).table
    second = protect(
        release("to May", [a + b for a, b in zip(april, may, strict=True)]),
        rule=EVERYTHING_MAY_GO,
        register=Register(links=links).with_release("April", first),
    ).table
    month = {f"May|{place}": count for place, count in enumerate([*may, sum(may)])}
    month["May|All"] = month.pop("May|2")
    seen = {**as_seen(first), **as_seen(second), **dict.fromkeys(month)}
    sums = [*sums_of(first), *sums_of(second), *((link.total, link.parts) for link in links)]
    values = possible_values(seen, sums, max(second.cells.values()) + 3, unmarked=set(month))

    must = first.hidden | second.hidden | {name for name, count in month.items() if 1 <= count <= 5}
    assert all(len(values[name]) > 1 for name in must), values


@settings(REPEATABLE, max_examples=15)
@given(
    st.lists(st.integers(0, 30), min_size=4, max_size=4), st.lists(st.integers(0, 30), min_size=4, max_size=4)
)
def test_two_releases_together_are_never_broken(first: list[int], second: list[int]) -> None:
    def month(name: str, counts: list[int]) -> Table:
        cells = {f"{name}|{i}": count for i, count in enumerate(counts)}
        parts = tuple(cells)
        return Table({**cells, f"{name}|All": sum(counts)}, (Relation(f"{name}|All", parts),))

    to_date = [a + b for a, b in zip(first, second, strict=True)]
    links = tuple(
        Relation(f"to May|{place}", (f"April|{place}", f"May|{place}")) for place in (0, 1, 2, 3, "All")
    )
    april = protect(month("April", first), rule=EVERYTHING_MAY_GO).table
    register = Register(links=links).with_release("April", april)
    may = month("May", second)
    both = Table(
        {**may.cells, **month("to May", to_date).cells},
        (*may.relations, *month("to May", to_date).relations),
    )
    try:
        result = protect(both, rule=EVERYTHING_MAY_GO, register=register)
    except RefusedError:
        return
    everything = register.together_with(result.table)
    values = possible_values(as_seen(everything), sums_of(everything), 70, enough=2)

    assert april.hidden <= everything.hidden
    assert all(len(found) > 1 for found in values.values()), values


@REPEATABLE
@given(tables())
def test_names_and_order_do_not_change_what_is_exposed(table: Table) -> None:
    small = table.hiding(secondary={n for n, count in table.cells.items() if 1 <= count <= 5})
    renamed = {name: f"x{place}" for place, name in enumerate(sorted(table.cells, reverse=True))}
    other = Table(
        {renamed[n]: table.cells[n] for n in reversed(list(table.cells))},
        tuple(
            Relation(renamed[r.total], tuple(renamed[p] for p in reversed(r.parts)))
            for r in reversed(table.relations)
        ),
        secondary=frozenset(renamed[n] for n in small.hidden),
    )

    before, after = audit(small), audit(other)
    assert {renamed[n]: r for n, r in before.ranges.items()} == dict(after.ranges)


@REPEATABLE
@given(tables())
def test_hiding_one_more_cell_never_tells_more(table: Table) -> None:
    small = {n for n, count in table.cells.items() if 1 <= count <= 5}
    others = sorted(n for n, count in table.cells.items() if count > 5)
    assume(small and others)
    less, more = audit(table.hiding(primary=small)), audit(table.hiding(primary={*small, others[0]}))

    for name, found in less.ranges.items():
        assert more.ranges[name].lower <= found.lower
        if more.ranges[name].upper is not None:
            assert found.upper is not None
            assert more.ranges[name].upper >= found.upper  # type: ignore[operator]
