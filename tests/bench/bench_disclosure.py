# ruff: noqa: T201 a benchmark prints its figures
"""Random tables protected, then attacked by trying every possible table; and a table of 400 cells timed.

Run: python -m tests.bench.bench_disclosure [tables] [largest number of minutes]
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from stats.disclosure import (
    Dimension,
    Ratio,
    RefusedError,
    Register,
    Relation,
    Rule,
    Table,
    grid,
    protect,
)
from tests.unit.stats.plain_attacker import as_printed, fewest_more, possible_values

EVERYTHING_MAY_GO = Rule(largest_share_hidden=1)
# Above this many cells that could be hidden, trying every choice of them takes too long.
MOST_TO_BRUTE_FORCE = 9


@dataclass
class Tally:
    """What came of the tables so far."""

    tables: int = 0
    hidden: int = 0
    exposed: int = 0
    refused: int = 0
    compared: int = 0
    extra: int = 0
    fewest: int = 0
    beyond: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


def free_sums(chance: random.Random) -> Table:
    """Smallest cells, and up to four totals over any of them or over other totals."""
    cells = {f"n{i}": count(chance, 12) for i in range(chance.randint(2, 6))}
    relations = []
    for number in range(chance.randint(1, 4)):
        parts = chance.sample(sorted(cells), chance.randint(1, min(4, len(cells))))
        cells[f"t{number}"] = sum(cells[part] for part in parts)
        relations.append(Relation(f"t{number}", tuple(parts)))
    return Table(cells, tuple(relations))


def rows_and_columns(chance: random.Random) -> Table:
    """Two to three teams by two to three grades, with all totals."""
    return crossed(chance, team_names(chance.randint(2, 3)), chance.randint(2, 3), classifies=False)


def grades_of_small_teams(chance: random.Random) -> Table:
    """The same, where the grades are the answers of one group."""
    return crossed(chance, team_names(2), chance.randint(2, 3), classifies=True)


def localities(chance: random.Random) -> Table:
    """Four teams in two localities in one authority, by two grades."""
    above = {"A": "North", "B": "North", "C": "South", "D": "South", "North": "All", "South": "All"}
    return crossed(chance, above, 2, classifies=False)


def percentages(chance: random.Random) -> Table:
    """Seen and of by team with all totals and percentages, to whole numbers or one decimal."""
    teams = range(chance.randint(2, 3))
    cells = {f"of {i}": count(chance, 14) for i in teams}
    cells |= {f"seen {i}": min(cells[f"of {i}"], count(chance, 14)) for i in teams}
    relations = tuple(Relation(f"{w} all", tuple(f"{w} {i}" for i in teams)) for w in ("seen", "of"))
    cells |= {r.total: sum(cells[part] for part in r.parts) for r in relations}
    decimals = chance.randint(0, 1)
    ratios = (Ratio(f"percent {i}", f"seen {i}", f"of {i}", decimals=decimals) for i in (*teams, "all"))
    return Table(cells, relations, tuple(ratios))


def team_names(number: int) -> dict[str, str]:
    return dict.fromkeys("ABC"[:number], "All")


def crossed(chance: random.Random, above: dict[str, str], grades: int, *, classifies: bool) -> Table:
    teams = Dimension(above)
    scale = Dimension(dict.fromkeys(("good", "fair", "poor")[:grades], "Any"), classifies)
    counts = {(team, grade): count(chance, 14) for team in teams.leaves for grade in scale.leaves}
    return grid(counts, [teams, scale])


def count(chance: random.Random, largest: int) -> int:
    """A count that is often zero or small, as in a team's audits of one month."""
    return chance.choice((0, chance.randint(1, 5), chance.randint(0, largest)))


KINDS = (free_sums, free_sums, rows_and_columns, localities, grades_of_small_teams, percentages)


def months(chance: random.Random) -> tuple[Register, Table]:
    """April as published, and May with the year to date, linked cell by cell."""
    groups = ("a", "b", "All")

    def month(name: str, counts: dict[str, int]) -> Table:
        cells = {f"{name}|{group}": n for group, n in counts.items()}
        return Table(cells, (Relation(f"{name}|All", (f"{name}|a", f"{name}|b")),))

    april, may = ({"a": count(chance, 14), "b": count(chance, 14)} for _ in range(2))
    to_date = {group: april[group] + may[group] for group in ("a", "b")}
    for counts in (april, may, to_date):
        counts["All"] = counts["a"] + counts["b"]
    links = tuple(Relation(f"to May|{g}", (f"April|{g}", f"May|{g}")) for g in groups)
    first = protect(month("April", april), rule=EVERYTHING_MAY_GO).table
    both = (month("May", may), month("to May", to_date))
    new = Table({**both[0].cells, **both[1].cells}, both[0].relations + both[1].relations)
    return Register(links=links).with_release("April", first), new


def printed(ratio: Ratio, counts: Mapping[str, int]) -> str:
    return as_printed(counts[ratio.numerator], counts[ratio.denominator], ratio.decimals)


def attack(table: Table, tally: Tally) -> None:
    """Counts the hidden cells that have one possible value only when every table is tried."""
    seen = {name: None if name in table.hidden else n for name, n in table.cells.items()}
    sums = [(relation.total, relation.parts) for relation in table.relations]
    shown_zero = {r.total for r in table.relations if seen[r.total] == 0}
    closed = {part for r in table.relations if r.total in shown_zero for part in r.parts}
    groups = [
        (r.total, r.parts)
        for r in table.relations
        if r.classifies and all(seen[part] is None or part in closed for part in r.parts)
    ]
    largest = max(table.cells.values()) + 3

    def agrees(found: Mapping[str, int]) -> bool:
        return all(
            (found[r.numerator] <= found[r.denominator])
            and (r.name in table.hidden_ratios or printed(r, found) == printed(r, table.cells))
            for r in table.ratios
        )

    values = possible_values(seen, sums, largest, whole_groups=groups, enough=2, agrees=agrees)
    tally.hidden += len(values)
    tally.exposed += sum(len(found) < 2 for found in values.values())


def compare(table: Table, tally: Tally) -> None:
    """Counts what was hidden beyond the fewest cells, every cell costing the same."""
    alike = protect(table, rule=EVERYTHING_MAY_GO, costs=dict.fromkeys(table.cells, 1)).table
    others = [name for name, n in table.cells.items() if n and name not in alike.primary]
    if len(others) > MOST_TO_BRUTE_FORCE or not alike.primary:
        return
    sums = [(relation.total, relation.parts) for relation in table.relations]
    fewest = fewest_more(table.cells, sums, alike.primary, max(table.cells.values()) + 3)
    tally.compared += 1
    tally.extra += len(alike.secondary)
    tally.fewest += fewest
    tally.beyond[len(alike.secondary) - fewest] += 1


def run(tables: int, minutes: float) -> Tally:
    chance, tally = random.Random(4), Tally()
    until = time.monotonic() + 60 * minutes
    while tally.tables < tables and time.monotonic() < until:
        tally.tables += 1
        if tally.tables % 10 == 0:
            register, new = months(chance)
            tally.kinds["two releases"] += 1
            try:
                result = protect(new, rule=EVERYTHING_MAY_GO, register=register)
            except RefusedError:
                tally.refused += 1
                continue
            attack(register.together_with(result.table), tally)
            continue
        make = chance.choice(KINDS)
        tally.kinds[make.__name__.replace("_", " ")] += 1
        table = make(chance)
        try:
            result = protect(table, rule=EVERYTHING_MAY_GO)
        except RefusedError:
            tally.refused += 1
            continue
        attack(result.table, tally)
        if tally.tables % 4 == 1 and make not in (grades_of_small_teams, percentages):
            compare(table, tally)
    return tally


def large_table(chance: random.Random) -> Table:
    """16 teams in 4 localities by grade and plan: 420 cells."""
    above = {f"T{i:02}": f"L{i % 4}" for i in range(16)} | {f"L{i}": "All" for i in range(4)}
    place = Dimension(above)
    grade = Dimension(dict.fromkeys("OGRI", "Any"), classifies=True)
    plan = Dimension(dict.fromkeys(("CP", "CIN", "CLA"), "Every"))
    middle = {"O": 6, "G": 30, "R": 20, "I": 7}
    counts = {
        (t, g, p): max(0, round(chance.gauss(middle[g], 8)))
        for t in place.leaves
        for g in grade.leaves
        for p in plan.leaves
    }
    return grid(counts, [place, grade, plan])


def main() -> None:
    tables = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else 20
    started = time.monotonic()
    tally = run(tables, minutes)
    kinds = ", ".join(f"{n} {kind}" for kind, n in tally.kinds.most_common())
    print(f"{tally.tables} random tables in {time.monotonic() - started:.0f} s: {kinds}.")
    print(
        f"{tally.hidden} cells hidden; exact disclosures: {tally.exposed}; tables refused: {tally.refused}."
    )
    share = tally.extra / tally.fewest - 1 if tally.fewest else 0
    print(
        f"{tally.compared} tables small enough to try every choice: {tally.extra} cells hidden besides the "
        f"small ones, {tally.fewest} would do ({share:.2%} beyond the minimum)."
    )
    print("Tables by cells beyond the minimum:", dict(sorted(tally.beyond.items())))
    for seed in range(3):
        table = large_table(random.Random(seed))
        began = time.monotonic()
        result = protect(table, rule=EVERYTHING_MAY_GO)
        took = time.monotonic() - began
        print(
            f"{len(table.cells)} cells, {len(table.relations)} sums: {len(result.table.primary)} small, "
            f"{len(result.table.secondary)} besides, proved in {took:.1f} s."
        )


if __name__ == "__main__":
    main()
