"""An extract opened for counting: a DuckDB connection that can read its own files and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import duckdb

from indicator_engine.calendar import calendar_rows
from indicator_engine.definition import Records
from indicator_engine.tables import RecordTable

# The record tables as `tables.load_tables` gives them.
Tables = Mapping[str, RecordTable]
Answer = list[tuple[Any, ...]]


class Database(Protocol):
    """What the engine needs of a database: statements in DuckDB's SQL run, and their rows."""

    def run(self, sql: str) -> Answer:
        """The rows that a statement gives; none for a statement that gives none."""
        ...

    def fill(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Adds rows to a table."""
        ...


class ExtractFault(ValueError):
    """An extract that cannot be opened; the message says which file and what to do."""


@dataclass
class Made:
    """Which derived tables there are in the database, with their number of rows, and for which days."""

    rows: dict[str, int] = field(default_factory=dict)
    days: frozenset[dt.date] = frozenset()


@dataclass(frozen=True)
class Extract:
    """An extract's record tables in a database, ready for the engine. Close it when done."""

    name: str
    database: Database
    tables: Tables
    not_supplied: frozenset[str] = frozenset()
    # Kept here, because several engines may count over one extract.
    made: Made = field(default_factory=Made, compare=False)

    def close(self) -> None:
        """Gives the memory back."""
        if isinstance(self.database, Duck):
            self.database.connection.close()

    def __enter__(self) -> Extract:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, eq=False)
class Duck:
    """A DuckDB connection as a Database."""

    connection: duckdb.DuckDBPyConnection

    def run(self, sql: str) -> Answer:
        """The rows that a statement gives."""
        return self.connection.execute(sql).fetchall()

    def fill(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Adds rows to a table."""
        if rows:
            # A list a column: row by row takes a hundred times as long.
            marks = ", ".join(["UNNEST(?)"] * len(rows[0]))
            columns = [list(cells) for cells in zip(*rows, strict=True)]
            self.connection.execute(f"INSERT INTO {table} SELECT {marks}", columns)


def open_extract(
    folder: Path, tables: Tables, *, memory: str = "700MB", threads: int = 2, spill: Path | None = None
) -> Extract:
    """The extract in the folder, opened so that nothing outside its files can be read or written.

    What does not fit into the memory is written into `spill`, a folder as private as the extract; without one the
    count stops with an error.
    Raises: ExtractFault if a table described in `tables` has no file, or its file lacks a column.
    """
    folder = folder.resolve()
    files = {name: folder / f"{name}.parquet" for name in tables}
    missing = sorted(name for name, path in files.items() if not path.is_file())
    if missing:
        raise ExtractFault(f"{folder.name} has no file for {', '.join(missing)}. Load it again.")
    duck = _locked_down([str(path) for path in files.values()], memory, threads, spill)
    for name, table in tables.items():
        _view(duck, name, files[name], stored_as(table))
    _calendar(duck)
    return Extract(folder.name, duck, tables, _not_supplied(folder))


def open_records(records: Records, tables: Tables) -> Extract:
    """An extract made of the given records, in memory: for worked examples and tests.

    Raises: ExtractFault if a record names a table or column that is not described.
    """
    duck = _locked_down([], "200MB", 1)
    make_tables(duck, tables)
    put_records(duck, records, tables)
    return Extract("records", duck, tables, frozenset(set(tables) - set(records)))


def make_tables(database: Database, tables: Tables) -> None:
    """Makes the record tables, empty, and the calendar in a database."""
    for name, table in tables.items():
        listed = ", ".join(f"{column} {kind}" for column, kind in stored_as(table).items())
        database.run(f"CREATE TEMP TABLE {name} ({listed})")
    _calendar(database)


def put_records(database: Database, records: Records, tables: Tables) -> None:
    """Puts records into record tables that were made before.

    Raises: ExtractFault as `open_records`, before anything is put in.
    """
    for name, rows in records.items():
        if name not in tables:
            raise ExtractFault(f"There is no record table {name!r}.")
        for row in rows:
            if unknown := row.keys() - stored_as(tables[name]).keys():
                raise ExtractFault(f"{name} has no column {', '.join(sorted(unknown))}.")
    for name, rows in records.items():
        columns = stored_as(tables[name])
        database.fill(name, [[row.get(column) for column in columns] for row in rows])


def take_records_out(database: Database, names: Iterable[str]) -> None:
    """Empties record tables, so that another example can use them."""
    for name in names:
        database.run(f"DELETE FROM {name}")


def stored_as(table: RecordTable) -> dict[str, str]:
    """The columns of a table's file with their SQL types."""
    return {column.name: column.type.stored_as for column in table.stored}


def _locked_down(paths: list[str], memory: str, threads: int, spill: Path | None = None) -> Duck:
    off = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    connection = duckdb.connect(":memory:", config={**off, "memory_limit": memory, "threads": str(threads)})
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    overflow = str(spill).replace("'", "''") if spill else ""
    # The very files, not their folder: a stray file beside them stays unread.
    for setting in (
        f"SET allowed_paths = [{listed}]",
        f"SET temp_directory = '{overflow}'",
        "SET enable_progress_bar = false",
        # Every list that is shown is ordered by its own statement; tables need less memory in any order.
        "SET preserve_insertion_order = false",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(setting)
    return Duck(connection)


def _view(duck: Duck, name: str, path: Path, columns: Mapping[str, str]) -> None:
    source = "read_parquet('" + str(path).replace("'", "''") + "')"
    have = {str(row[0]) for row in duck.run(f"DESCRIBE SELECT * FROM {source}")}
    if lacking := sorted(columns.keys() - have):
        raise ExtractFault(f"{path.name} has no column {', '.join(lacking)}. Load the extract again.")
    listed = ", ".join(columns)
    duck.run(f"CREATE TEMP VIEW {name} AS SELECT {listed} FROM {source}")


def _calendar(database: Database) -> None:
    database.run("CREATE TEMP TABLE calendar (day DATE, working_days_to BIGINT)")
    database.fill("calendar", calendar_rows())


def _not_supplied(folder: Path) -> frozenset[str]:
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise ExtractFault(f"{folder.name} has no manifest.json. Load it again.")
    return frozenset(json.loads(manifest.read_text(encoding="utf-8")).get("not_supplied", ()))
