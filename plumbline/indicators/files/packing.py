"""Staged rows as tables of a database, and those as Parquet files with the digest of their content."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from indicator_engine.tables import RecordTable
from plumbline.indicators.files.manifest import file_checksum
from plumbline.indicators.files.staging import NULL

_FILE = ".parquet"
# Enough for a council many times the usual size; what is larger spills.
_MEMORY = "600MB"


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database that may spill into the folder, and reaches no file outside it, no network and no extension."""
    # In memory, because a file waits for the disk with every table.
    return _locked([folder], [f"SET temp_directory = '{_quoted(folder / 'spill')}'"])


def opened_to_read(*extracts: Path) -> duckdb.DuckDBPyConnection:
    """A database that reaches the files of these extracts and nothing else."""
    return _locked(list(extracts), ["SET temp_directory = ''"])


def _locked(folders: list[Path], settings: list[str]) -> duckdb.DuckDBPyConnection:
    allowed = ", ".join(f"'{_quoted(folder)}'" for folder in folders)
    connection = duckdb.connect(":memory:")
    for setting in (
        *settings,
        "SET threads = 2",
        f"SET memory_limit = '{_MEMORY}'",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        f"SET allowed_directories = [{allowed}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(setting)
    return connection


def take_in(connection: duckdb.DuckDBPyConnection, table: RecordTable, staged: Path) -> int:
    """Makes the table from its staged file, empty where there is none, and gives the number of its rows."""
    columns = ", ".join(f'"{column.name}" {column.type.stored_as}' for column in table.stored)
    connection.execute(f"CREATE TABLE {table.name} ({columns})")
    if not staged.exists():
        return 0
    typed = ", ".join(f"'{column.name}': '{column.type.stored_as}'" for column in table.stored)
    # A column of texts alone would be guessed to have a heading: nothing here is guessed.
    connection.execute(
        f"INSERT INTO {table.name} SELECT * FROM read_csv('{_quoted(staged)}', columns = {{{typed}}}, "  # noqa: S608
        f"header = false, delim = ',', quote = '\"', escape = '\"', nullstr = '{NULL}', auto_detect = false, "
        "dateformat = '%Y-%m-%d', parallel = false, null_padding = false)"
    )
    return _count(connection, f"SELECT count(*) FROM {table.name}")  # noqa: S608


def empty_columns(connection: duckdb.DuckDBPyConnection, table: RecordTable) -> list[str]:
    """The columns that are empty in every row of the table."""
    counts = ", ".join(f'count("{column.name}")' for column in table.stored)
    found = connection.execute(f"SELECT {counts} FROM {table.name}").fetchone() or ()  # noqa: S608
    return [column.name for column, count in zip(table.stored, found, strict=True) if not count]


def pack(connection: duckdb.DuckDBPyConnection, table: RecordTable, rows: int, folder: Path) -> str:
    """Writes the table as Parquet, its rows in one order whatever order they came in, and gives the file's SHA-256."""
    path = folder / f"{table.name}{_FILE}"
    if not rows:
        path.write_bytes(_empty_file(connection, table, path))
    else:
        _copy(connection, table, path)
    path.chmod(0o600)
    return file_checksum(path)


# Most returns leave most tables empty, and an empty file is the same every time.
_EMPTY_FILES: dict[RecordTable, bytes] = {}


def _empty_file(connection: duckdb.DuckDBPyConnection, table: RecordTable, path: Path) -> bytes:
    if table not in _EMPTY_FILES:
        _copy(connection, table, path)
        _EMPTY_FILES[table] = path.read_bytes()
    return _EMPTY_FILES[table]


def _copy(connection: duckdb.DuckDBPyConnection, table: RecordTable, path: Path) -> None:
    connection.execute(
        f"COPY (SELECT * FROM {table.name} ORDER BY ALL) TO '{_quoted(path)}' "  # noqa: S608
        "(FORMAT parquet, COMPRESSION zstd)"
    )


def content_digest(
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[RecordTable],
    rows: Mapping[str, int],
    supplied: set[str],
) -> str:
    """One digest of all rows of all tables: the same for the same rows, in whatever order and shape they came.

    Each row is hashed, and the hashes of a table are added up, so that nothing has to be sorted or held.
    """
    total = hashlib.sha256()
    for table in sorted(tables, key=lambda table: table.name):
        held = "supplied" if table.name in supplied else "not supplied"
        if not rows[table.name]:
            total.update(f"{table.name} {held} none\n".encode())
            continue
        row = "json_array(" + ", ".join(f'"{column.name}"' for column in table.stored) + ")::VARCHAR"
        counted = connection.execute(
            f"SELECT count(*), coalesce(sum(md5_number_lower({row})), 0)::VARCHAR, "  # noqa: S608
            f"coalesce(sum(md5_number_upper({row})), 0)::VARCHAR FROM {table.name}"
        ).fetchone()
        total.update(f"{table.name} {held} {counted}\n".encode())
    return total.hexdigest()


def reference(connection: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """The facts about the extract that the return gave."""
    rows = connection.execute("SELECT lref_key, lref_value FROM local_reference ORDER BY ALL").fetchall()
    return dict(rows)


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")
