"""An extract's tables in an embedded database, days as dates: for measures and lists over a written folder."""

from pathlib import Path

import duckdb

from plumbline.demo.children.tables import TABLES, TableShape


def opened(folder: Path, *tables: str) -> duckdb.DuckDBPyConnection:
    """A database in memory with the tables named (all, when none is)."""
    connection = duckdb.connect()
    for name in tables or TABLES:
        _load(connection, folder, TABLES[name])
    return connection


def _load(connection: duckdb.DuckDBPyConnection, folder: Path, shape: TableShape) -> None:
    columns = ", ".join(
        f"try_cast({column} as date) as {column}" if place in shape.dates else column
        for place, column in enumerate(shape.columns)
    )
    path = folder / f"{shape.name}.csv"
    # Two steps: a cast in the step that reads is done by the reader, which stops at the first text that is no day.
    connection.execute(
        f"create temp table raw as select * from read_csv('{path}', header = true, all_varchar = true)"  # noqa: S608
    )
    connection.execute(f"create table {shape.name} as select {columns} from raw")  # noqa: S608  our own names
    connection.execute("drop table raw")
