"""A backup is made: database, uploads and key file in one archive, with a manifest of what it must contain."""

import shutil
import tempfile
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from plumbline.event_log.queries import head_now
from plumbline.keeping.backup import postgres, sqlite
from plumbline.keeping.backup.archive import ArchiveWriter, new_archive, sha256_of
from plumbline.keeping.sums import TableSum

FORMAT = 1


@dataclass(frozen=True)
class Backup:
    """An archive just made."""

    path: Path
    sha256: str
    tables: int
    rows: int
    uploads: int
    event_log: str


def product_version() -> str:
    """The version of Plumbline that is running."""
    with open(settings.BASE_DIR / "pyproject.toml", "rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def applied_migrations(using: str) -> list[str]:
    """The migrations that the database has been through, as app.name."""
    done = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def make_backup(folder: Path, *, var: Path, using: str = "default") -> Backup:
    """The archive made in the folder. It is there whole or not at all, and only its owner may read it.

    Raises: ToolError when PostgreSQL's tools are missing or give up.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if connections[using].vendor == "postgresql":
        postgres.path_of("pg_dump")
    made_at = timezone.now().astimezone(UTC)
    # Read before the copy, which so holds every event up to it.
    head = head_now(using)
    path = _free_name(folder, made_at)
    with tempfile.TemporaryDirectory(prefix=".plumbline-", dir=folder) as workplace:
        engine, member, sums, copy = _snapshot(using, Path(workplace))
        with new_archive(path) as archive:
            archive.add(member, copy)
            uploads = _add_uploads(archive, var / "uploads")
            key = var / "secret-key"
            if key.is_file():
                archive.add("secret-key", key)
            archive.seal(
                {
                    "format": FORMAT,
                    "product": "plumbline",
                    "product_version": product_version(),
                    "made_at": made_at.isoformat(timespec="seconds"),
                    "engine": engine,
                    "secret_key": "in this archive" if key.is_file() else "not in this archive",
                    "event_log": str(head),
                    "migrations": applied_migrations(using),
                    "tables": {table: asdict(total) for table, total in sums.items()},
                }
            )
    rows = sum(total.rows for total in sums.values())
    return Backup(path, sha256_of(path), len(sums), rows, uploads, str(head))


def _snapshot(using: str, workplace: Path) -> tuple[str, str, dict[str, TableSum], Path]:
    connection = connections[using]
    if connection.vendor == "sqlite":
        copy = workplace / sqlite.MEMBER
        name: Any = connection.settings_dict["NAME"]
        return "sqlite", sqlite.MEMBER, sqlite.snapshot(Path(name), copy), copy
    copy = workplace / postgres.MEMBER
    return "postgresql", postgres.MEMBER, postgres.snapshot(using, copy), copy


def _add_uploads(archive: ArchiveWriter, uploads: Path) -> int:
    count = 0
    for path in sorted(uploads.rglob("*")) if uploads.is_dir() else ():
        if path.is_symlink() or not path.is_file():
            continue
        try:
            archive.add(f"uploads/{path.relative_to(uploads).as_posix()}", path)
        except FileNotFoundError:
            # Disposed of since the folder was listed. The database in this archive may still name it.
            continue
        count += 1
    return count


def _free_name(folder: Path, made_at: datetime) -> Path:
    stem = f"plumbline-{made_at:%Y-%m-%d-%H%M%S}"
    path, number = folder / f"{stem}.tar.gz", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.tar.gz"
    return path


def free_bytes(folder: Path) -> int:
    """How much more the disk under the folder holds."""
    return shutil.disk_usage(folder).free
