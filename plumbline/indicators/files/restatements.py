"""What changed between two extracts: rows added, gone and changed, by table and by the month they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from indicator_engine.tables import ColumnType, RecordTable
from plumbline.indicators.files.load import shipped_definitions
from plumbline.indicators.files.manifest import read_manifest
from plumbline.indicators.files.packing import opened_to_read


@dataclass(frozen=True)
class Restated:
    """The changes to one table in one month (its first day; None for rows without a date).

    A row is the same when its identifier is; where a table has none, a changed row is one gone and one added.
    """

    table: str
    month: str | None
    added: int
    gone: int
    changed: int


def restatements(
    earlier: Path, later: Path, *, tables: Mapping[str, RecordTable] | None = None
) -> tuple[Restated, ...]:
    """What the later extract says differently of each month, in the order of tables and months.

    The month is that of the table's first date: for a referral the day it was received. A table that one of the two
    was not supplied with is left out, since nothing was said about it.
    Raises: FileNotFoundError where one of them is no extract.
    """
    known = tables or shipped_definitions().tables
    missing = {*read_manifest(earlier).not_supplied, *read_manifest(later).not_supplied}
    changes: list[Restated] = []
    with opened_to_read(earlier, later) as connection:
        for table in known.values():
            if table.name not in missing:
                changes += _changes(connection, table, earlier, later)
    return tuple(changes)


def _changes(
    connection: duckdb.DuckDBPyConnection, table: RecordTable, earlier: Path, later: Path
) -> list[Restated]:
    dates = [column.name for column in table.stored if column.type is ColumnType.DATE]
    row = "json_array(" + ", ".join(f'"{column.name}"' for column in table.stored) + ")::VARCHAR"
    month = f"date_trunc('month', {dates[0]})" if dates else "NULL::DATE"
    key = table.key or row
    # Rows that share an identifier are told apart by their number among them.
    # All names come from the descriptions of tables, the files' as parameters.
    side = (
        f"SELECT {key} AS id, {row} AS said, {month} AS month, "  # noqa: S608
        f"row_number() OVER (PARTITION BY {key} ORDER BY {row}) AS n FROM read_parquet(?)"
    )
    found = connection.execute(
        f"WITH a AS ({side}), b AS ({side}) "  # noqa: S608
        "SELECT coalesce(b.month, a.month)::DATE::VARCHAR AS month, "
        "count(*) FILTER (a.n IS NULL), count(*) FILTER (b.n IS NULL), "
        "count(*) FILTER (a.said <> b.said) "
        "FROM a FULL JOIN b ON a.id IS NOT DISTINCT FROM b.id AND a.n = b.n "
        "WHERE a.said IS DISTINCT FROM b.said GROUP BY 1 ORDER BY 1 NULLS LAST",
        [str(earlier / f"{table.name}.parquet"), str(later / f"{table.name}.parquet")],
    ).fetchall()
    return [Restated(table.name, *counts) for counts in found]
