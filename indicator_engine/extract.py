"""An extract opened for counting: a DuckDB connection that can read its own files and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import duckdb

from indicator_engine.calendar import calendar_rows
from indicator_engine.definition import Records

# Column types by table, as DuckDB names them: VARCHAR, DATE, BIGINT, DOUBLE.
Tables = Mapping[str, Mapping[str, str]]
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


@dataclass(frozen=True)
class Extract:
    """An extract's record tables in a database, ready for the engine. Close it when done."""

    name: str
    database: Database
    columns: Tables
    not_supplied: frozenset[str] = frozenset()

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


def open_extract(folder: Path, tables: Tables, *, memory: str = "900MB", threads: int = 2) -> Extract:
    """The extract in the folder, opened so that nothing outside its files can be read or written.

    Raises: ExtractFault if a table described in `tables` has no file, or its file lacks a column.
    """
    folder = folder.resolve()
    files = {name: folder / f"{name}.parquet" for name in tables}
    missing = sorted(name for name, path in files.items() if not path.is_file())
    if missing:
        raise ExtractFault(f"{folder.name} has no file for {', '.join(missing)}. Load it again.")
    duck = _locked_down([str(path) for path in files.values()], memory, threads)
    for name, columns in tables.items():
        _view(duck, name, files[name], columns)
    _calendar(duck)
    return Extract(folder.name, duck, tables, _not_supplied(folder))


def open_records(records: Records, tables: Tables, *, only: Sequence[str] = ()) -> Extract:
    """An extract made of the given records, in memory: for worked examples and tests.

    With `only`, tables not among them and not in the records are left out, which is quicker.
    Raises: ExtractFault if a record names a table or column that is not described.
    """
    duck = _locked_down([], "200MB", 1)
    fill_records(duck, records, tables, only=only)
    return Extract("records", duck, tables, frozenset(set(tables) - set(records)))


def fill_records(database: Database, records: Records, tables: Tables, *, only: Sequence[str] = ()) -> None:
    """Makes the record tables and the calendar in a database and puts the records in.

    Raises: ExtractFault as `open_records`.
    """
    for name in records:
        if name not in tables:
            raise ExtractFault(f"There is no record table {name!r}.")
    for name, columns in tables.items():
        if only and name not in only and name not in records:
            continue
        listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        database.run(f"CREATE TEMP TABLE {name} ({listed})")
        rows = records.get(name, ())
        for row in rows:
            if unknown := row.keys() - columns.keys():
                raise ExtractFault(f"{name} has no column {', '.join(sorted(unknown))}.")
        database.fill(name, [[row.get(column) for column in columns] for row in rows])
    _calendar(database)


def _locked_down(paths: list[str], memory: str, threads: int) -> Duck:
    off = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    connection = duckdb.connect(":memory:", config={**off, "memory_limit": memory, "threads": str(threads)})
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    # The very files, not their folder: a stray file beside them stays unread. Spilling to disk is off.
    for setting in (
        f"SET allowed_paths = [{listed}]",
        "SET temp_directory = ''",
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
