"""A PostgreSQL database dumped and restored by its own tools, in the same moment as its sums are taken."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from plumbline.keeping.sums import TableSum, sums_of_tables

MEMBER = "database.dump"
# What a tool says on its error channel when things go well is not of interest; when not, the last lines are.
LAST_LINES = 5


class ToolError(Exception):
    """A tool of PostgreSQL is missing or gave up; the message says which and what to do."""


def snapshot(using: str, target: Path) -> dict[str, TableSum]:
    """The sums of every table in the moment that the dump written to `target` shows.

    Raises: ToolError when pg_dump is missing, too old or gives up.
    """
    connection = connections[using]
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            moment = cursor.fetchone()[0]
        _run(
            connection.settings_dict,
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={moment}",
            f"--file={target}",
        )
        return sums_of_tables(using)


def restore(using: str, dump: Path) -> None:
    """Fills the empty database from the dump, all of it or nothing.

    Raises: ToolError when pg_restore is missing, too old or gives up.
    """
    settings = connections[using].settings_dict
    connections[using].close()
    _run(
        settings,
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={settings['NAME']}",
        str(dump),
    )


@contextmanager
def set_aside(using: str) -> Iterator[None]:
    """Gives the block an empty schema. What was there comes back when the block fails, and goes when it ends well."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    here, aside = (connection.ops.quote_name(name) for name in (schema, f"{schema}_before_restore"))
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA {here} RENAME TO {aside}")
        cursor.execute(f"CREATE SCHEMA {here}")
    try:
        yield
    except BaseException:
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {here} CASCADE")
            cursor.execute(f"ALTER SCHEMA {aside} RENAME TO {here}")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {aside} CASCADE")


def _run(settings: dict[str, Any], tool: str, *arguments: str) -> None:
    given = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        # Never on the command line, where other users of the machine could read it.
        "PGPASSWORD": settings["PASSWORD"],
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGSSLMODE": settings["OPTIONS"].get("sslmode", ""),
        "PGSSLROOTCERT": settings["OPTIONS"].get("sslrootcert", ""),
    }
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    done = subprocess.run(  # noqa: S603  no shell, and the arguments are ours
        [path_of(tool), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-LAST_LINES:])
        raise ToolError(
            f"{tool} could not do its work:\n{said}\n"
            "If it speaks of versions, set PLUMBLINE_PG_BIN to the folder with the tools of your server's version."
        )


def path_of(tool: str) -> str:
    """Where a tool of PostgreSQL lies.

    Raises: ToolError, which says what to do, when it is not there.
    """
    folder = os.environ.get("PLUMBLINE_PG_BIN", "").strip()
    found = shutil.which(tool, path=folder or None)
    if found is None:
        where = f"in {folder} (PLUMBLINE_PG_BIN)" if folder else "on the PATH"
        raise ToolError(
            f"{tool} was not found {where}. Install PostgreSQL's client tools of your server's version, "
            "or set PLUMBLINE_PG_BIN to the folder that holds them."
        )
    return found
