"""Published values of disclosure control: ranges, patterns and the leaks of percentages."""

import json
from pathlib import Path
from typing import Any

import pytest

from stats.disclosure import Relation, Rule, Table, audit, fractions, numerators, primary, protect, rounded

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "reference" / "disclosure_published.json").read_text("utf-8")
)
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in REFERENCE["cases"]}
PAPER, SDC = CASES["spwp22_delinquent_children"], CASES["sdctable_w_b"]
GAUSS: dict[str, dict[str, Any]] = {case["id"]: case for case in REFERENCE["gauss_published"]}

# Ranges and patterns are whole numbers: the tolerance is nil throughout.
DELIBERATE_DIFFERENCES = {
    "vignette_T1": "hides zeros of its own accord; here zeros are shown, so that only the audit is compared",
    "vignette_T2": "as vignette_T1",
    "vignette_T7": "as vignette_T1",
    "vignette_T5": "takes a zero as a secondary cell; here a true zero hides nothing",
    "vignette_T8_no_singleton": (
        "its eight cells are safe only if a hidden cell could be 0; as zeros are shown, all eight are exposed"
    ),
    "vignette_T9": "hides by width of range (rangeMin 5); here a range of two counts is enough",
}


def table_of(case: dict[str, Any], hidden: list[str]) -> Table:
    relations = tuple(Relation(total, tuple(parts)) for total, parts in case["constraints"])
    return Table(case["cells"], relations, secondary=frozenset(hidden))


def ranges_of(table: Table, *, zeros_shown: bool) -> dict[str, list[int | None]]:
    return {n: [r.lower, r.upper] for n, r in audit(table, zeros_shown=zeros_shown).ranges.items()}


@pytest.mark.parametrize(
    ("case", "key", "zeros_shown"), [(PAPER, "lb0", False), (PAPER, "lb1", True), (SDC, "lb0", False)]
)
def test_published_ranges_when_only_small_cells_are_hidden(
    case: dict[str, Any], key: str, zeros_shown: bool
) -> None:
    published = case["naive_primary_only"]
    table = table_of(case, case["primary"])

    assert ranges_of(table, zeros_shown=zeros_shown) == published[f"intervals_{key}"]
    assert sorted(audit(table, zeros_shown=zeros_shown).exposed) == published[f"exactly_recovered_{key}"]


@pytest.mark.parametrize("pattern", ["given_pattern", "paper_adequate_pattern"])
def test_published_ranges_of_the_patterns_of_working_paper_22(pattern: str) -> None:
    published = PAPER[pattern]
    table = table_of(PAPER, published["suppressed"])

    assert ranges_of(table, zeros_shown=False) == published["intervals_lb0"]
    assert list(audit(table, zeros_shown=False).exposed) == published["exactly_recovered_lb0"]
    assert list(audit(table).exposed) == published["exactly_recovered_lb1"]


def test_published_ranges_of_the_smallest_pattern() -> None:
    least = PAPER["minimal_secondary_without_touching_totals"]["example_min_sum"]
    table = table_of(PAPER, [*PAPER["primary"], *least])

    assert ranges_of(table, zeros_shown=True) == PAPER["audit_of_minimal"]["intervals_lb1"]
    assert audit(table).is_safe


def test_the_search_finds_the_published_smallest_pattern_and_proves_it() -> None:
    result = protect(table_of(PAPER, []), rule=Rule(largest_hidden=4, largest_share_hidden=0.9))
    published = PAPER["minimal_secondary_without_touching_totals"]

    assert sorted(result.table.primary) == PAPER["primary"]
    assert sorted(result.table.secondary) == published["example_min_sum"]
    assert len(result.table.secondary) == published["extra_cells"]
    assert sum(result.table.cells[n] for n in result.table.secondary) == published["sum_suppressed"]
    assert result.is_least


@pytest.mark.parametrize(("cell", "published"), SDC["after_adding_one_cell"].items())
def test_published_range_of_w_b_after_hiding_one_more_cell(cell: str, published: list[int]) -> None:
    table = table_of(SDC, [*SDC["primary"], cell])

    assert ranges_of(table, zeros_shown=False)["w|b"] == published


def gauss_table(case: dict[str, Any]) -> tuple[Table, frozenset[str]]:
    """The printed cells, each the sum of smallest cells that are not printed; and the primary ones."""
    keys = [key for key in case["result"][0] if key in case["input"][0] and key != "freq"]
    above = {row["geo"]: row.get("eu") for row in case["input"] if "geo" in row}
    cells = {f"smallest {place}": row["freq"] for place, row in enumerate(case["input"])}
    smallest = tuple(cells)
    relations, hidden, small = [], set(), set()
    for row in case["result"]:
        name = "|".join(str(row[key]) for key in keys)
        parts = tuple(
            part
            for part, inner in zip(smallest, case["input"], strict=True)
            if all(row[k] in ("Total", inner[k], above.get(inner[k])) for k in keys)
        )
        cells[name] = row["freq"]
        relations.append(Relation(name, parts))
        hidden |= {name} if row["suppressed"] else set()
        small |= {name} if row["primary"] else set()
    table = Table(cells, tuple(relations), unprinted=frozenset(smallest), secondary=frozenset(hidden))
    return table, frozenset(small)


@pytest.mark.parametrize("name", GAUSS)
def test_published_patterns_of_gauss_suppression_pass_the_audit(name: str) -> None:
    table, _ = gauss_table(GAUSS[name])

    assert audit(table, zeros_shown=False).is_safe
    if not any(table.cells[n] == 0 for n in table.hidden):
        assert audit(table).is_safe == (name != "vignette_T8_no_singleton")


@pytest.mark.parametrize(("name", "largest_hidden"), [("vignette_T4", 4), ("vignette_T8", 1), ("spwp22", 4)])
def test_published_patterns_where_the_same_rule_applies(name: str, largest_hidden: int) -> None:
    assert name not in DELIBERATE_DIFFERENCES
    published, small = gauss_table(GAUSS[name])
    bare = Table(published.cells, published.relations, unprinted=published.unprinted)
    result = protect(bare, rule=Rule(largest_hidden=largest_hidden, largest_share_hidden=1))

    assert result.table.primary - bare.unprinted == small
    assert len(result.table.hidden - bare.unprinted) <= len(published.hidden)
    if name == "spwp22":
        assert result.table.hidden - bare.unprinted == published.hidden


def test_published_range_of_the_vignette_by_width() -> None:
    table, _ = gauss_table(GAUSS["vignette_T9"])
    found = ranges_of(table, zeros_shown=False)
    published = {
        f"{row['age']}|{row['geo']}": [row["lo"], row["up"]]
        for row in GAUSS["vignette_T9"]["result"]
        if row["lo"] is not None
    }

    assert published
    assert {name: found[name] for name in published} == published


def test_small_counts_of_the_department_are_hidden_and_zeros_shown() -> None:
    findings = REFERENCE["dfe_empirical"]["findings"]
    cells = {str(count): count for count in range(12)}
    hidden = primary(Table(cells)).hidden

    assert hidden == {"1", "2", "3", "4", "5"}
    assert min(c for n, c in cells.items() if n not in hidden and c) == findings["smallest_published_nonzero"]


def test_the_departments_pattern_of_two_in_a_row_is_broken_when_they_total_three() -> None:
    row = Table({"a": 1, "b": 2, "c": 40, "all": 43}, (Relation("all", ("a", "b", "c")),))
    ranges = audit(primary(row)).ranges

    assert {n: (r.lower, r.upper) for n, r in ranges.items()} == {"a": (1, 2), "b": (1, 2)}


@pytest.mark.parametrize("leak", REFERENCE["percentage_leaks"]["known_denominator"])
def test_published_numerators_of_a_percentage(leak: dict[str, Any]) -> None:
    assert list(numerators(leak["percent"], leak["dp"], leak["denominator"])) == leak["numerators"]


@pytest.mark.parametrize("leak", REFERENCE["percentage_leaks"]["unknown_denominator"])
def test_published_fractions_of_a_percentage(leak: dict[str, Any]) -> None:
    found = [list(f) for f in fractions(leak["percent"], leak["dp"], leak["max_denominator"])]

    assert found == leak["consistent"]
    assert found[0][1] == leak["smallest_denominator"]
    assert (len(found) == 1) == leak["unique"]


def test_a_whole_percentage_on_fewer_than_100_gives_the_numerator_away() -> None:
    for denominator in range(1, 100):
        for numerator in range(denominator + 1):
            shown = (200 * numerator + denominator) // (2 * denominator)
            assert numerators(shown, 0, denominator) == (numerator,)


@pytest.mark.parametrize("case", REFERENCE["rounding_to_5"])
def test_published_rounding_to_five(case: dict[str, Any]) -> None:
    assert [rounded(n) for n in (*case["cells"], case["total"])] == case["published"]
    assert sum(rounded(n) for n in case["cells"]) == case["sum_of_rounded"]
