"""Protecting small numbers: what is hidden, what is hidden besides, and when a table is refused."""

import pytest

from stats.disclosure import (
    Advice,
    Dimension,
    Protection,
    Range,
    Ratio,
    RefusedError,
    Relation,
    Rule,
    Symbol,
    Table,
    audit,
    fill,
    grid,
    numerators,
    primary,
    protect,
    published,
    rounded,
)

EVERYTHING_MAY_GO = Rule(largest_share_hidden=1)


def row(*counts: int, classifies: bool = False) -> Table:
    cells = {f"c{place}": count for place, count in enumerate(counts)}
    return Table({**cells, "all": sum(counts)}, (Relation("all", tuple(cells), classifies),))


def square(*rows: tuple[int, ...], classifies: bool = False) -> Table:
    return grid(
        {(f"r{i}", f"c{j}"): count for i, counts in enumerate(rows) for j, count in enumerate(counts)},
        [
            Dimension({f"r{i}": "All" for i in range(len(rows))}),
            Dimension({f"c{j}": "All" for j in range(len(rows[0]))}, classifies),
        ],
    )


def safe(table: Table, rule: Rule = EVERYTHING_MAY_GO) -> Protection:
    result = protect(table, rule=rule)
    assert result.audit.is_safe
    assert result.audit.exposed == ()
    assert set(result.audit.ranges) == set(result.table.hidden)
    return result


# The table of methods.md section 6, row by row: what is hidden besides.
def test_one_small_cell_in_a_row_takes_the_next_smallest_with_it() -> None:
    result = safe(row(3, 40, 57))

    assert result.table.primary == {"c0"}
    assert result.table.secondary == {"c1"}
    assert result.audit.ranges == {"c0": Range(1, 42), "c1": Range(1, 42)}
    assert result.is_least
    assert result.share_hidden == 0.5


def test_two_ones_are_not_hidden_by_each_other_because_zeros_are_shown() -> None:
    table = row(1, 1, 30)

    assert audit(primary(table)).exposed == ("c0", "c1")
    assert safe(table).table.secondary == {"c2"}


def test_two_small_cells_can_hide_each_other() -> None:
    result = safe(row(2, 3, 40))

    assert result.table.secondary == frozenset()
    assert result.audit.ranges == {"c0": Range(1, 4), "c1": Range(1, 4)}


def test_a_true_zero_cannot_hide_anything() -> None:
    assert safe(row(3, 0, 57)).table.secondary == {"c2"}


def test_one_small_cell_in_a_square_takes_a_rectangle() -> None:
    result = safe(square((3, 40, 20), (30, 25, 50), (12, 70, 45)))

    assert result.table.secondary == {"r0|c2", "r2|c0", "r2|c2"}


def test_two_small_cells_on_a_diagonal_share_their_rectangle() -> None:
    result = safe(square((3, 40, 20), (30, 4, 50), (12, 70, 45)))

    assert result.table.secondary == {"r0|c1", "r1|c0"}


def test_two_by_two_goes_altogether() -> None:
    assert safe(square((3, 40), (30, 50))).table.hidden == {"r0|c0", "r0|c1", "r1|c0", "r1|c1"}


def test_a_team_is_protected_inside_its_own_locality() -> None:
    place = Dimension(
        {"A": "North", "B": "North", "C": "South", "D": "South", "North": "All", "South": "All"}
    )
    grade = Dimension({"good": "Any", "poor": "Any"})
    counts = dict(
        zip(
            [(team, g) for team in "ABCD" for g in ("good", "poor")],
            (20, 3, 30, 14, 25, 16, 28, 19),
            strict=True,
        )
    )
    result = safe(grid(counts, [place, grade]))

    assert result.table.hidden == {"A|good", "A|poor", "B|good", "B|poor"}


def test_two_lists_that_share_a_total_are_protected_together() -> None:
    cells = {"t1": 3, "t2": 30, "t3": 27, "p1": 4, "p2": 26, "p3": 30, "all": 60}
    table = Table(cells, (Relation("all", ("t1", "t2", "t3")), Relation("all", ("p1", "p2", "p3"))))

    assert safe(table).table.secondary == {"t3", "p2"}


def test_a_table_without_small_cells_is_published_as_it_is() -> None:
    result = safe(row(6, 40, 0))

    assert result.table.hidden == frozenset()
    assert (result.is_least, result.share_hidden) == (True, 0)
    assert result.audit.ranges == {}


def test_a_small_total_is_hidden_with_its_parts() -> None:
    table = Table(
        {"a": 2, "b": 1, "ab": 3, "c": 20, "d": 30, "all": 53},
        (Relation("ab", ("a", "b")), Relation("all", ("ab", "c", "d"))),
    )

    assert safe(table).table.hidden == {"a", "b", "ab", "c"}


def test_a_hidden_cell_in_no_sum_has_no_upper_limit() -> None:
    assert audit(primary(Table({"a": 3, "b": 9}))).ranges == {"a": Range(1, None)}


def test_costs_decide_what_is_given_up() -> None:
    table = row(3, 40, 57)
    costs = {"c1": 100, "c2": 1, "all": 100}

    assert protect(table, rule=EVERYTHING_MAY_GO, costs=costs).table.secondary == {"c2"}
    with pytest.raises(
        ValueError, match=r"^costs is 'c9: 1'; it must be whole numbers of at least 1 for cells"
    ):
        protect(table, costs={"c9": 1})
    with pytest.raises(ValueError, match=r"^costs is 'c1: 0'; it must be whole numbers"):
        protect(table, costs={"c1": 0})


def test_a_total_is_kept_rather_than_three_cells() -> None:
    table = square((3, 40, 20), (30, 25, 50), (12, 70, 45))

    assert not {n for n in safe(table).table.hidden if "All" in n}


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (5, True), (6, False)])
def test_one_to_five_are_hidden_and_zero_and_six_are_shown(count: int, hidden: bool) -> None:
    assert ("a" in primary(Table({"a": count})).primary) is hidden
    assert ("a" in primary(Table({"a": count + 1}), Rule(largest_hidden=6)).primary) is (count <= 5)


def test_nearly_everyone_is_hidden_where_parts_are_the_answers_of_one_group() -> None:
    assert primary(row(17, 2, 1, classifies=True)).primary == {"c0", "c1", "c2"}
    assert primary(row(17, 2, 1)).primary == {"c1", "c2"}
    assert primary(row(20, 5, 1, classifies=True)).primary == {"c1", "c2"}
    assert primary(row(20, 5, 0, classifies=True)).primary == {"c0", "c1"}
    assert primary(row(20, 6, classifies=True)).primary == frozenset()


def test_a_small_group_that_shares_one_answer_hides_the_answer_and_its_zeros() -> None:
    table = square((7, 0, 0), (10, 20, 30), (12, 14, 9), classifies=True)
    result = safe(table)

    assert result.table.primary == {"r0|c0", "r0|c1", "r0|c2"}
    assert result.table.secondary == {"r2|c0", "r2|c1", "r2|c2"}
    assert result.audit.ranges["r0|c0"] == Range(0, 7)


@pytest.mark.parametrize(("everybody", "hidden"), [(9, True), (10, False)])
def test_a_group_of_ten_may_be_said_to_share_one_answer(everybody: int, hidden: bool) -> None:
    table = square((everybody, 0), (20, 30), classifies=True)

    assert ("r0|c0" in primary(table).primary) is hidden
    assert ("r0|c1" in primary(table).primary) is hidden
    assert "r0|c0" not in primary(table, Rule(whole_group_below=0)).primary


def test_a_whole_group_follows_from_a_larger_one_that_is_shown() -> None:
    table = square((7, 0), (30, 0), classifies=True)

    assert primary(table).primary == frozenset()


def test_a_zero_that_a_shown_total_gives_away_is_not_hidden() -> None:
    table = square((7, 0, 0), (30, 0, 12), classifies=True)

    assert primary(table).primary == {"r0|c0", "r0|c2"}


def test_a_small_locality_that_shares_one_answer_opens_the_zeros_of_its_teams() -> None:
    place = Dimension({"A": "North", "B": "North", "C": "All", "North": "All"})
    grade = Dimension({"good": "Any", "poor": "Any"}, classifies=True)
    counts = {("A", "good"): 2, ("B", "good"): 6, ("C", "good"): 30, ("C", "poor"): 20}
    table = primary(grid(counts, [place, grade]))

    assert {"North|good", "North|poor", "A|good", "A|poor", "B|good", "B|poor"} <= table.primary


def test_a_reader_must_allow_for_a_whole_group_wherever_all_of_a_small_group_is_hidden() -> None:
    table = square((3, 4), (20, 30), classifies=True)
    hidden = table.hiding(primary={"r0|c0", "r0|c1", "r1|c0", "r1|c1"})

    assert audit(hidden).ranges["r0|c0"] == Range(0, 7)
    assert audit(hidden, rule=Rule(whole_group_below=7)).ranges["r0|c0"] == Range(1, 6)
    assert audit(hidden, rule=Rule(whole_group_below=8)).ranges["r0|c0"] == Range(0, 7)


def test_twenty_audits_by_team_and_grade_are_refused_with_advice() -> None:
    table = square((1, 2, 1, 0), (0, 3, 1, 1), (1, 2, 2, 0), (1, 2, 2, 1))
    with pytest.raises(
        RefusedError, match=r"^\d+ of 25 cells would be hidden \(\d\d% of those that are"
    ) as refused:
        protect(table)

    assert refused.value.advice == (Advice.MERGE_GRADES, Advice.POOL_MONTHS, Advice.TOTAL_ONLY)
    assert refused.value.share_hidden > 0.5
    assert str(refused.value).endswith(
        "Instead: merge grades, for example Good or better; or pool months until the counts are larger; or "
        "publish the total only."
    )


def test_half_hidden_is_allowed_and_more_is_refused() -> None:
    assert protect(row(3, 40, 57)).share_hidden == 0.5
    with pytest.raises(
        RefusedError, match=r"^2 of 4 cells would be hidden \(67% of those that are not zero\)"
    ):
        protect(row(3, 0, 57))


def test_zeros_do_not_count_as_cells_that_tell_much() -> None:
    result = protect(row(3, 40, 57, 0, 0, 0))

    assert result.share_hidden == 0.5


def visits(seen: int, of: int, decimals: int = 0) -> Table:
    return Table({"seen": seen, "of": of}, ratios=(Ratio("percent", "seen", "of", decimals=decimals),))


def test_a_percentage_is_hidden_with_its_numerator_or_its_rest() -> None:
    assert published(primary(visits(3, 20))) == {"seen": "c", "of": "20", "percent": "c"}
    assert published(primary(visits(17, 20))) == {"seen": "c", "of": "20", "percent": "c"}
    assert published(primary(visits(14, 20))) == {"seen": "14", "of": "20", "percent": "70"}
    assert published(primary(visits(20, 20))) == {"seen": "20", "of": "20", "percent": "100"}
    assert published(primary(visits(0, 20))) == {"seen": "0", "of": "20", "percent": "0"}


def test_none_of_a_few_is_shown_as_none_beside_a_hidden_denominator() -> None:
    assert published(safe(visits(0, 3)).table) == {"seen": "0", "of": "c", "percent": "c"}


def test_a_percentage_on_fewer_than_ten_is_hidden() -> None:
    assert published(primary(visits(0, 9)))["percent"] == "c"
    assert published(primary(visits(0, 10)))["percent"] == "0"
    assert published(primary(visits(0, 10), Rule(smallest_denominator=20)))["percent"] == "c"


def test_a_rate_is_hidden_with_its_count_but_not_for_the_size_of_the_rest() -> None:
    def children(count: int, population: int) -> dict[str, str]:
        rate = Ratio("rate", "count", "people", per=10_000, decimals=1, is_share=False)
        return published(primary(Table({"count": count, "people": population}, ratios=(rate,))))

    assert children(4, 52_000)["rate"] == "c"
    assert children(40, 52_000)["rate"] == "7.7"
    assert children(40, 44)["rate"] == "9,090.9"


def test_a_percentage_is_hidden_when_its_numerator_is_hidden_to_protect_another() -> None:
    table = Table(
        {"a": 3, "b": 40, "c": 57, "all": 100},
        (Relation("all", ("a", "b", "c")),),
        (Ratio("share of b", "b", "all"), Ratio("share of c", "c", "all")),
    )
    figures = published(protect(table).table)

    assert figures["share of b"] == "c"
    assert figures["share of c"] == "57"


def test_a_percentage_left_in_gives_a_hidden_count_away() -> None:
    table = Table(
        {"seen": 3, "of": 20, "rest": 17},
        (Relation("of", ("seen", "rest")),),
        (Ratio("percent", "seen", "of"),),
        primary=frozenset({"seen", "rest"}),
    )

    assert audit(table).exposed == ("seen", "rest")
    assert audit(table.hiding()).is_safe
    assert table.hiding().hidden_ratios == {"percent"}


def two_teams(a: tuple[int, int], b: tuple[int, int]) -> Table:
    """Seen and of in two teams, with both totals and the percentages; no cell for the rest."""
    return Table(
        {"A": a[0], "of A": a[1], "B": b[0], "of B": b[1], "all": a[0] + b[0], "of all": a[1] + b[1]},
        (Relation("all", ("A", "B")), Relation("of all", ("of A", "of B"))),
        tuple(Ratio(f"{n} in percent", n, f"of {n}") for n in ("A", "B", "all")),
    )


def test_a_reader_knows_that_a_share_is_within_its_denominator_hidden_or_not() -> None:
    everyone = two_teams((16, 16), (26, 26)).hiding(secondary={"A", "B"})
    nearly = two_teams((16, 16), (25, 26)).hiding(secondary={"A", "B"})
    apart = Table(
        everyone.cells,
        everyone.relations,
        tuple(Ratio(r.name, r.numerator, r.denominator, is_share=False) for r in everyone.ratios),
    ).hiding(secondary={"A", "B"})

    assert audit(everyone).exposed == ("A", "B")
    assert audit(nearly).ranges == {"A": Range(15, 16), "B": Range(25, 26)}
    assert audit(apart).ranges == {"A": Range(1, 41), "B": Range(1, 41)}


def test_a_team_that_only_its_denominator_holds_fast_is_protected_by_more() -> None:
    # Both counts of A and B could swap but for their denominators: 16 of 16 and 5 of 5.
    result = safe(two_teams((16, 16), (5, 5)))

    assert result.table.hidden >= {"B", "of B"}
    assert "A" in result.table.hidden or "all" in result.table.hidden
    assert safe(two_teams((16, 20), (5, 12))).table.hidden == {"A", "B"}


def test_a_denominator_moves_with_its_numerator_when_both_are_hidden() -> None:
    cells = {"a": 3, "of": 3, "x": 20, "b": 30, "all": 23, "every": 33}
    table = Table(
        cells, (Relation("all", ("a", "x")), Relation("every", ("of", "b"))), (Ratio("percent", "a", "of"),)
    )
    result = protect(table, rule=EVERYTHING_MAY_GO, costs={"x": 1, "b": 1, "all": 100, "every": 100})

    assert result.table.hidden == {"a", "of", "x", "b"}
    assert result.audit.ranges["a"] == Range(1, 22)
    assert result.audit.ranges["of"] == Range(1, 32)


@pytest.mark.parametrize(
    ("unseen", "found"), [(0, Range(30, 30)), (1, Range(27, 29)), (3, Range(27, 29)), (4, Range(19, 26))]
)
def test_a_printed_zero_is_none_and_a_k_is_some(unseen: int, found: Range) -> None:
    table = Table(
        {"unseen": unseen, "late": 30 - unseen, "all": 30, "everybody": 800},
        (Relation("all", ("unseen", "late")),),
        (Ratio("percent unseen", "unseen", "everybody", is_share=False),),
        unprinted=frozenset({"unseen"}),
        secondary=frozenset({"late"}),
    )

    assert published(table)["percent unseen"] == {0: "0", 4: "1"}.get(unseen, "k")
    assert audit(table).ranges == {"late": found}


def test_a_z_tells_that_the_denominator_is_none() -> None:
    table = Table(
        {"a": 0, "none": 0, "late": 30, "all": 30},
        (Relation("all", ("none", "late")),),
        (Ratio("percent", "a", "none"),),
        unprinted=frozenset({"none"}),
        secondary=frozenset({"late"}),
    )

    assert published(table)["percent"] == "z"
    assert audit(table).ranges == {"late": Range(30, 30)}
    assert audit(
        Table(table.cells, table.relations, (), table.unprinted, frozenset(), table.secondary)
    ).ranges == {"late": Range(1, 30)}


def test_a_percentage_on_a_large_number_gives_a_range_away() -> None:
    table = Table(
        {"seen": 5, "of": 150}, ratios=(Ratio("percent", "seen", "of"),), primary=frozenset({"seen"})
    )

    assert audit(table).ranges == {"seen": Range(4, 5)}
    assert numerators(3, 0, 150) == (4, 5)


@pytest.mark.parametrize(("seen", "found"), [(5, Range(5, 6)), (6, Range(5, 6)), (7, Range(7, 8))])
def test_a_reader_knows_that_halves_are_rounded_up(seen: int, found: Range) -> None:
    table = Table(
        {"seen": seen, "of": 200}, ratios=(Ratio("percent", "seen", "of"),), primary=frozenset({"seen"})
    )

    assert audit(table).ranges == {"seen": found}


def test_a_percentage_without_its_denominator_still_tells() -> None:
    table = Table(
        {"seen": 2, "of": 23},
        ratios=(Ratio("percent", "seen", "of", decimals=1),),
        primary=frozenset({"seen"}),
        unprinted=frozenset({"of"}),
    )
    bounded = Table(
        {**table.cells, "other": 10, "both": 33},
        (Relation("both", ("of", "other")),),
        table.ratios,
        table.unprinted | {"other"},
        table.primary,
    )

    assert audit(table).ranges["seen"] == Range(2, None)
    assert audit(bounded).exposed == ("seen",)


def test_cells_that_are_not_printed_are_protected_too() -> None:
    table = Table(
        {"seen": 17, "rest": 3, "of": 20}, (Relation("of", ("seen", "rest")),), unprinted=frozenset({"rest"})
    )
    result = protect(table, rule=EVERYTHING_MAY_GO)

    assert result.table.primary == {"rest"}
    assert "seen" in result.table.secondary or "of" in result.table.secondary


def test_a_percentage_is_hidden_when_it_gives_an_unprinted_cell_away_that_protects_another() -> None:
    table = Table(
        {"late": 3, "on time": 40, "all": 43},
        (Relation("all", ("late", "on time")),),
        (Ratio("share on time", "on time", "all", is_share=False),),
        unprinted=frozenset({"on time"}),
    )
    dear = {"all": 1000, "on time": 1}
    result = protect(table, rule=EVERYTHING_MAY_GO, costs=dear)

    assert audit(primary(table)).exposed == ("late",)
    assert result.table.secondary == {"on time"}
    assert result.table.hidden_ratios == {"share on time"}
    assert published(result.table) == {"late": "c", "all": "43", "share on time": "c"}


def test_an_unprinted_cell_may_be_zero_for_all_a_reader_knows() -> None:
    table = Table(
        {"seen": 2, "rest": 1, "of": 3, "more": 30, "all": 33},
        (Relation("of", ("seen", "rest")), Relation("all", ("of", "more"))),
        unprinted=frozenset({"rest"}),
        primary=frozenset({"seen", "rest", "of"}),
        secondary=frozenset({"more"}),
    )

    assert audit(table).ranges["rest"].lower == 0
    assert audit(table).ranges["seen"].lower == 1


def test_zeros_hidden_elsewhere_contradict_that_zeros_are_shown() -> None:
    table = row(3, 0, 57).hiding(secondary={"c0", "c1"})
    with pytest.raises(
        ValueError, match=r"^table\.hidden is 'c1'; it must be without zeros, which are shown"
    ):
        audit(table)
    assert audit(table, zeros_shown=False).ranges == {"c0": Range(0, 3), "c1": Range(0, 3)}
    with pytest.raises(
        ValueError, match=r"^table\.hidden is 'c1'; it must be without zeros: a true zero hides"
    ):
        protect(table)


def test_a_table_that_cannot_be_audited_in_time_counts_as_exposed() -> None:
    table = primary(square((3, 40, 20, 4), (30, 2, 50, 1), (12, 70, 45, 3)))
    result = audit(table, seconds=1e-9)

    assert result.undecided or result.is_safe or result.ranges
    assert set(result.ranges) | set(result.undecided) == table.hidden
    assert set(result.undecided) <= set(result.exposed)


def test_the_same_table_is_always_protected_in_the_same_way() -> None:
    table = square((3, 40, 20, 4), (30, 25, 50, 1), (12, 70, 45, 30))

    assert protect(table).table == protect(table).table


# Symbols and text.
def test_symbols_are_those_of_the_department() -> None:
    assert [symbol.value for symbol in Symbol] == ["c", "z", "x", "k", "low", "u"]
    assert Symbol.CONFIDENTIAL.meaning == "hidden, so that no child can be identified"
    assert all(symbol.meaning for symbol in Symbol)


def test_published_figures_are_text_with_symbols() -> None:
    table = Table(
        {"a": 3, "b": 12_345, "none": 0, "rest": 8},
        ratios=(
            Ratio("of none", "none", "none"),
            Ratio("tiny", "rest", "b"),
            Ratio("nil", "none", "b"),
            Ratio("mean", "b", "rest", per=1, decimals=1, is_share=False),
        ),
        unprinted=frozenset({"rest"}),
    )
    figures = published(table.hiding(primary={"a"}))

    assert figures == {
        "a": "c",
        "b": "12,345",
        "none": "0",
        "of none": "z",
        "tiny": "k",
        "nil": "0",
        "mean": "1,543.1",
    }


def test_percentages_round_half_up() -> None:
    assert published(visits(1, 8))["percent"] == "13"
    assert published(visits(1, 40, decimals=1))["percent"] == "2.5"
    assert published(visits(1, 16, decimals=1))["percent"] == "6.3"


def test_text_and_chart_labels_are_filled_from_published_figures_only() -> None:
    figures = published(primary(row(3, 40, 57)))

    assert fill("{c0} of {all} were late; {c2} were not.", figures) == "c of 100 were late; 57 were not."
    with pytest.raises(ValueError, match=r"^text is 'c9'; it must be made of names of published figures"):
        fill("{c9}", figures)


@pytest.mark.parametrize(
    ("count", "base", "expected"), [(2, 5, 0), (3, 5, 5), (7, 5, 5), (8, 5, 10), (5, 10, 10)]
)
def test_rounding_is_to_the_nearest_half_up(count: int, base: int, expected: int) -> None:
    assert rounded(count, base) == expected


def test_a_grid_has_every_total_and_every_sum() -> None:
    table = grid(
        {("A", "good"): 1, ("B", "poor"): 2},
        [Dimension({"A": "All", "B": "All"}), Dimension({"good": "Any", "poor": "Any"}, classifies=True)],
        prefix="May: ",
    )

    assert table.cells == {
        "May: A|good": 1,
        "May: A|poor": 0,
        "May: A|Any": 1,
        "May: B|good": 0,
        "May: B|poor": 2,
        "May: B|Any": 2,
        "May: All|good": 1,
        "May: All|poor": 2,
        "May: All|Any": 3,
    }
    assert len(table.relations) == 6
    assert Relation("May: All|good", ("May: A|good", "May: B|good")) in table.relations
    assert Relation("May: A|Any", ("May: A|good", "May: A|poor"), classifies=True) in table.relations
    with pytest.raises(
        ValueError, match=r"^counts is \('A', 'Any'\); it must be one smallest group from each"
    ):
        grid({("A", "Any"): 1}, [Dimension({"A": "All"}), Dimension({"good": "Any"})])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"cells": {}}, r"^cells is \{\}; it must be at least one cell"),
        ({"cells": {"a": -1}}, r"^cells\['a'\] is -1; it must be a whole number of at least 0"),
        ({"cells": {"a": 1.5}}, r"^cells\['a'\] is 1\.5; it must be a whole number"),
        (
            {"cells": {"a": 1}, "relations": (Relation("b", ("a",)),)},
            r"^relations is 'b'; it must be the name of a cell",
        ),
        (
            {"cells": {"a": 1, "b": 2}, "relations": (Relation("b", ("a",)),)},
            r"^relations is 'b = 2'; .* which is 1",
        ),
        (
            {"cells": {"a": 1}, "relations": (Relation("a", ("a",)),)},
            r"^relations is Relation.* each named once",
        ),
        (
            {"cells": {"a": 0}, "relations": (Relation("a", ()),)},
            r"^relations is Relation.* at least one part",
        ),
        (
            {"cells": {"a": 1}, "ratios": (Ratio("r", "a", "b"),)},
            r"^ratios is 'b'; it must be the name of a cell",
        ),
        (
            {"cells": {"a": 3, "b": 2}, "ratios": (Ratio("r", "a", "b"),)},
            r"^ratios is 'r'; it must be a share whose",
        ),
        (
            {"cells": {"a": 3}, "ratios": (Ratio("a", "a", "a"),)},
            r"^ratios is \['a'\]; it must be names that are each",
        ),
        ({"cells": {"a": 3}, "ratios": (Ratio("r", "a", "a", per=0),)}, r"^ratios\.per is 0; "),
        ({"cells": {"a": 3}, "ratios": (Ratio("r", "a", "a", decimals=7),)}, r"^ratios\.decimals is 7; "),
        ({"cells": {"a": 1}, "primary": frozenset("b")}, r"^primary is 'b'; it must be the name of a cell"),
        (
            {"cells": {"a": 1}, "secondary": frozenset("b")},
            r"^secondary is 'b'; it must be the name of a cell",
        ),
        (
            {"cells": {"a": 1}, "unprinted": frozenset("b")},
            r"^unprinted is 'b'; it must be the name of a cell",
        ),
        (
            {"cells": {"a": 1}, "hidden_ratios": frozenset("b")},
            r"^hidden_ratios is 'b'; it must be the name of a ratio",
        ),
    ],
)
def test_tables_that_make_no_sense_are_refused(table: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Table(**table)  # type: ignore[arg-type]


def test_settings_are_checked() -> None:
    with pytest.raises(ValueError, match=r"^largest_hidden is 0; it must be a whole number of at least 1"):
        Rule(largest_hidden=0)
    with pytest.raises(
        ValueError, match=r"^smallest_denominator is 0; it must be a whole number of at least 1"
    ):
        Rule(smallest_denominator=0)
    with pytest.raises(
        ValueError, match=r"^whole_group_below is -1; it must be a whole number of at least 0"
    ):
        Rule(whole_group_below=-1)
    with pytest.raises(ValueError, match=r"^largest_share_hidden is 50; it must be a share"):
        Rule(largest_share_hidden=50)
    with pytest.raises(ValueError, match=r"^seconds is 0; it must be a number of seconds above 0"):
        protect(row(3, 40), seconds=0)
    with pytest.raises(ValueError, match=r"^shown is 101; it must be a percentage from 0 to 100"):
        numerators(101, 0, 20)
    with pytest.raises(ValueError, match=r"^base is 1; it must be a whole number of at least 2"):
        rounded(3, 1)
