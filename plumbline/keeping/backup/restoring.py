"""A backup is brought back: everything is checked first, and a refusal leaves all as it was."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.migrations.loader import MigrationLoader

from plumbline.keeping.backup import postgres, sqlite
from plumbline.keeping.backup.archive import ArchiveError, checked_manifest, fsync_folder, unpack
from plumbline.keeping.backup.taking import FORMAT, free_bytes
from plumbline.keeping.sums import TableSum, differences, sums_of_tables

MEMBERS = {"sqlite": sqlite.MEMBER, "postgresql": postgres.MEMBER}


class RestoreError(Exception):
    """Why nothing was restored, or what does not agree after it was."""


@dataclass(frozen=True)
class Restored:
    """What a restore brought back."""

    tables: int
    rows: int
    uploads: int
    made_at: str
    needs_migrating: bool


def state_in(var: Path, using: str = "default") -> list[str]:
    """What is already there and would be lost, in words; nothing for an empty state."""
    found = []
    connection = connections[using]
    if connection.vendor == "sqlite":
        if Path(connection.settings_dict["NAME"]).exists():
            found.append(f"the database {connection.settings_dict['NAME']}")
    else:
        with connection.cursor() as cursor:
            if connection.introspection.table_names(cursor):
                found.append(f"tables in the database {connection.settings_dict['NAME']}")
        connection.close()
    uploads = var / "uploads"
    if uploads.is_dir() and any(path.is_file() for path in uploads.rglob("*")):
        found.append(f"uploads in {uploads}")
    return found


def restore_backup(
    archive: Path,
    *,
    var: Path,
    using: str = "default",
    replace: bool = False,
    wrote: Callable[[str], object] = lambda line: None,
) -> Restored:
    """What was brought back into the state folder and the database. `wrote` is told each step in words.

    Raises: ArchiveError or RestoreError before anything is touched; RestoreError too when, at the end, a table
    is not as it was.
    """
    manifest = checked_manifest(archive)
    wrote("Every part of the archive is as its manifest says.")
    engine = _fitting_engine(manifest, using)
    if not replace and (there := state_in(var, using)):
        raise RestoreError(
            f"There is already {' and '.join(there)}. Restore into an empty state folder and database, "
            "or add --replace if all of it may be lost."
        )
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    needed = sum(int(member["bytes"]) for member in manifest["members"].values())
    if free_bytes(var) < needed * 2:
        raise RestoreError(f"The disk under {var} has too little room: {needed * 2:,} bytes are needed.")
    expected = {table: TableSum(**total) for table, total in manifest["tables"].items()}
    workplace = Path(tempfile.mkdtemp(prefix=".restore-", dir=var))
    try:
        unpack(archive, workplace)
        if engine == "sqlite":
            _check_sqlite(workplace / sqlite.MEMBER, expected)
            wrote("The unpacked database has the rows and checksums of the manifest.")
            connections[using].close()
            _put_sqlite(workplace / sqlite.MEMBER, Path(connections[using].settings_dict["NAME"]))
        else:
            _put_postgres(workplace / postgres.MEMBER, using, expected)
            wrote("The restored database has the rows and checksums of the manifest.")
        uploads = _put_files(workplace, var)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
    return Restored(
        len(expected),
        sum(total.rows for total in expected.values()),
        uploads,
        str(manifest["made_at"]),
        bool(_known_migrations() - set(manifest["migrations"])),
    )


def _fitting_engine(manifest: dict[str, Any], using: str) -> str:
    """The engine of the archive, when this installation can take it."""
    if manifest.get("product") != "plumbline" or manifest.get("format") != FORMAT:
        raise ArchiveError("The archive is not a backup that this version of Plumbline can read.")
    engine, here = str(manifest["engine"]), connections[using].vendor
    if MEMBERS.get(engine) not in manifest["members"]:
        raise ArchiveError("The archive has no database in it. Use another backup.")
    if engine != here:
        raise RestoreError(
            f"The backup is of {engine} and this installation uses {here}. Restore it into {engine}, then move "
            "as docs/how-to/move-to-postgresql.md says."
        )
    unknown = sorted(set(manifest["migrations"]) - _known_migrations())
    if unknown:
        raise RestoreError(
            f"The backup was made by Plumbline {manifest['product_version']}, which is newer than this one "
            f"({unknown[-1]} is not known here). Install that version or a later one, then restore."
        )
    return engine


def _known_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def _check_sqlite(copy: Path, expected: dict[str, TableSum]) -> None:
    if not sqlite.is_whole(copy):
        raise RestoreError("The database in the archive is damaged. Nothing was changed. Use another backup.")
    _refuse_differences(differences(expected, sqlite.sums_of_file(copy)), "Nothing was changed.")


def _put_sqlite(copy: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # An old write-ahead log beside a new database would be replayed into it.
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            target.with_name(target.name + suffix).unlink()
    shutil.move(copy, target)
    fsync_folder(target.parent)


def _put_postgres(dump: Path, using: str, expected: dict[str, TableSum]) -> None:
    with postgres.set_aside(using):
        postgres.restore(using, dump)
        _refuse_differences(differences(expected, sums_of_tables(using)), "Nothing was changed.")


def _put_files(workplace: Path, var: Path) -> int:
    """How many uploads were put in place; what was there before is gone."""
    uploads = var / "uploads"
    shutil.rmtree(uploads, ignore_errors=True)
    count = 0
    if (workplace / "uploads").is_dir():
        count = sum(1 for path in (workplace / "uploads").rglob("*") if path.is_file())
        (workplace / "uploads").rename(uploads)
    if (workplace / "secret-key").is_file():
        (workplace / "secret-key").replace(var / "secret-key")
    fsync_folder(var)
    return count


def _refuse_differences(found: list[str], then: str) -> None:
    if found:
        raise RestoreError(f"{found[0]} {len(found)} of the tables differ from the manifest. {then}")
