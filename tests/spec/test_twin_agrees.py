"""The engine and the plain twin give the same figures on records made at random.

`PLUMBLINE_SPEC_SEEDS=200` tries as many extracts as that; the suite itself tries a few.
"""

import os
from functools import lru_cache

import pytest

from indicator_engine import Count, Engine, Extract, Indicator, open_records, periods
from indicator_engine.extract import put_records, take_records_out
from indicator_engine.periods import Period
from tests.spec.random_records import random_records
from tests.spec.tables import record_tables
from tests.spec.test_worked_examples import shipped
from tests.spec.twin import care, front_door, later, need, protection  # noqa: F401  (they register their twins)
from tests.spec.twin.ground import TWINS, Records, Tally, team

SEEDS = range(int(os.environ.get("PLUMBLINE_SPEC_SEEDS", "4")))
PERIODS = [
    periods.parse(key)
    for key in (
        "2024-02",
        "2025-03",
        "2025-06",
        "2024-25",
        "2024-25-Q4",
        "2025-06-ytd",
        "2025-06-r12",
        "2025-03-01",
    )
]

pytestmark = pytest.mark.no_database_needed


@lru_cache(maxsize=1)
def empty_extract() -> Extract:
    return open_records({}, record_tables())


def expected(indicator: Indicator, tally: Tally) -> dict[str, object]:
    """What the tally means for an indicator of that unit."""
    figures = tally.figures()
    numerator = figures["met"] if indicator.unit == "percent" else figures["counted"]
    denominator = figures["counted"] if indicator.unit == "percent" else None
    if indicator.unit == "ratio":
        numerator, denominator = figures["sums"]
    return {
        "numerator": numerator,
        "denominator": denominator,
        "too_recent": figures["too_recent"],
        "excluded": figures["excluded"],
        "values": figures["values"],
    }


def counted(count: Count) -> dict[str, object]:
    return {
        "numerator": count.numerator,
        "denominator": count.denominator,
        "too_recent": count.too_recent,
        "excluded": {reason: n for reason, n in count.excluded.items() if n},
        "values": dict(count.values),
    }


def disagreements(engine: Engine, records: Records, wanted: list[Period]) -> list[tuple[object, ...]]:
    """Indicator, period, what the engine counted and what the twin did, wherever they differ."""
    found: list[tuple[object, ...]] = []
    for count in engine.counts(shipped(), wanted):
        plain = expected(shipped()[count.indicator], TWINS[count.indicator](records, count.period))
        if plain != counted(count):
            found.append((count.indicator, count.period.key, counted(count), plain))
    return found


def test_every_definition_has_a_twin() -> None:
    assert set(TWINS) == set(shipped())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_engine_and_the_twin_count_the_same(seed: int) -> None:
    records, extract = random_records(seed), empty_extract()
    engine = Engine(extract, shipped())
    try:
        put_records(extract.database, {name: tuple(rows) for name, rows in records.items()}, extract.tables)
        found = disagreements(engine, records, PERIODS)
    finally:
        engine.let_go()
        take_records_out(extract.database, records)

    assert found == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_engine_and_the_twin_show_the_same_teams(seed: int) -> None:
    records, extract = random_records(seed), empty_extract()
    engine = Engine(extract, shipped())
    try:
        put_records(extract.database, {name: tuple(rows) for name, rows in records.items()}, extract.tables)
        counts = engine.counts(shipped(), PERIODS[:5], by=("team",))
    finally:
        engine.let_go()
        take_records_out(extract.database, records)
    found = {(c.indicator, c.period.key, c.group[0][1]): counted(c) for c in counts}

    plain = {}
    for key, indicator in shipped().items():
        for period in PERIODS[:5]:
            groups: dict[str, Tally] = {}
            for entry in TWINS[key](records, period).entries:
                name = team(records, entry, stock=indicator.is_stock)
                groups.setdefault(name, Tally()).entries.append(entry)
            plain |= {(key, period.key, name): expected(indicator, tally) for name, tally in groups.items()}
    assert found == plain
