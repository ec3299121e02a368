"""A SQLite database copied while others write, by SQLite's own backup."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from plumbline.keeping.extra_databases import opened_database, sqlite_url
from plumbline.keeping.sums import TableSum, sums_of_tables

MEMBER = "database.sqlite3"


def snapshot(database: Path, target: Path) -> dict[str, TableSum]:
    """The sums of every table in the copy just written to `target`, which one moment of the database is."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(database, timeout=20)) as source, closing(sqlite3.connect(target)) as copy:
        # All pages in one step: the copy is one moment, and in WAL mode no writer waits for it.
        source.backup(copy, pages=-1)
    return sums_of_file(target)


def sums_of_file(path: Path) -> dict[str, TableSum]:
    """The sums of every table in a SQLite file, which is whole and closed again afterwards."""
    with opened_database("keeping_copy", sqlite_url(path)) as alias:
        return sums_of_tables(alias)


def is_whole(path: Path) -> bool:
    """Whether SQLite itself finds nothing broken in the file."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
