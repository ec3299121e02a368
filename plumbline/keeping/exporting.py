"""Everything written to files that any spreadsheet or program can read: what a council takes along when it leaves."""

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Field, Model
from django.utils import timezone

from plumbline.keeping.sums import stored_models, values_of
from plumbline.shared.tables import write_csv

BATCH = 2000
UTF8_MARK = b"\xef\xbb\xbf"
# Keys to the service are no records: nobody can use them elsewhere, and a thief could use them here.
TABLES_LEFT_OUT = {
    "audits.PracticeAudit": "Practice on invented cases, which nobody counts or keeps",
    "sessions.Session": "Who is signed in now",
    "mfa.Authenticator": "Secrets of second steps",
    "account.EmailConfirmation": "Secrets of address checks",
    "socialaccount.SocialApp": "Secrets of single sign-on",
    "socialaccount.SocialToken": "Secrets of single sign-on",
    "django_tasks_database.DBTaskResult": "Inner workings of the worker",
}
COLUMNS_LEFT_OUT = {
    "people.User.password": "A sealed password",
    "framework.CalendarFeed.token_hash": "A sealed calendar address",
}


class ExportError(Exception):
    """Why nothing was exported."""


def export_everything(folder: Path, wrote: Callable[[str], object] = lambda line: None) -> dict[str, int]:
    """The number of rows by table, written as CSV with a manifest that explains each column. All of it, or no folder.

    Raises: ExportError when the folder exists already or cannot be written.
    """
    if folder.exists():
        raise ExportError(f"{folder} exists already. Name a folder that does not exist yet.")
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True, mode=0o700)
        (part / "tables").mkdir()
        tables = _write_tables(part, wrote)
        uploads = _copy_uploads(part)
        (part / "manifest.json").write_text(
            json.dumps(_manifest(tables, uploads), indent=1, ensure_ascii=False), encoding="utf-8"
        )
        os.replace(part, folder)
    except OSError as fault:
        shutil.rmtree(part, ignore_errors=True)
        raise ExportError(f"{folder} cannot be written: {fault.strerror}.") from fault
    return {name: table["rows"] for name, table in tables.items()}


def _write_tables(part: Path, wrote: Callable[[str], object]) -> dict[str, dict[str, Any]]:
    classes, tables = _classes(), {}
    connection = connections["default"]
    sees_one_moment = connection.vendor == "sqlite" or connection.in_atomic_block
    with transaction.atomic():
        if not sees_one_moment:
            # On SQLite the transaction holds the only pen; PostgreSQL has to be asked.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in stored_models():
            if model._meta.label in TABLES_LEFT_OUT:
                continue
            name = model._meta.db_table
            tables[name] = _write_table(model, part / "tables" / f"{name}.csv", classes)
            wrote(f"{name}: {tables[name]['rows']} rows")
    return tables


def _write_table(model: type[Model], path: Path, classes: dict[str, str]) -> dict[str, Any]:
    fields = list(model._meta.concrete_fields)
    kept = [n for n, field in enumerate(fields) if _label(field) not in COLUMNS_LEFT_OUT]
    count, seal = 0, hashlib.sha256()
    with open(path, "wb") as file:
        for data, rows in _pieces([str(fields[n].column) for n in kept], kept, values_of(model, "default")):
            file.write(data)
            seal.update(data)
            count += rows
    return {
        "file": f"tables/{path.name}",
        "rows": count,
        "sha256": seal.hexdigest(),
        "meaning": (model.__doc__ or "").strip().split("\n")[0],
        "columns": [_column(fields[n], classes) for n in kept],
    }


def _pieces(
    header: list[str], kept: list[int], rows: Iterable[tuple[Any, ...]]
) -> Iterable[tuple[bytes, int]]:
    yield write_csv([header]), 0
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        cells = [[_plain(row[n]) for n in kept] for row in batch]
        yield write_csv(cells).removeprefix(UTF8_MARK), len(batch)


def _plain(value: Any) -> str | int | float | None:
    if value is None or isinstance(value, int | float | str):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _label(field: "Field[Any, Any]") -> str:
    return f"{field.model._meta.label}.{field.name}"


def _column(field: "Field[Any, Any]", classes: dict[str, str]) -> dict[str, str]:
    related = field.related_model
    return {
        "name": str(field.column),
        "type": field.get_internal_type(),
        "class": classes.get(_label(field), ""),
        "meaning": str(field.help_text),
        "points to": related._meta.db_table if isinstance(related, type) else "",
    }


def _classes() -> dict[str, str]:
    with open(settings.DEFINITIONS_DIR / "privacy_register.csv", newline="", encoding="utf-8") as file:
        return {f"{row['model']}.{row['field']}": row["class"] for row in csv.DictReader(file)}


def _copy_uploads(part: Path) -> int:
    uploads = settings.VAR / "uploads"
    if uploads.is_dir():
        shutil.copytree(uploads, part / "uploads")
    return sum(one.is_file() for one in (part / "uploads").rglob("*"))


def _manifest(tables: dict[str, dict[str, Any]], uploads: int) -> dict[str, Any]:
    return {
        "made at": timezone.now().isoformat(timespec="seconds"),
        "reading": (
            "UTF-8 CSV with a header row. Days and times are ISO 8601, lists JSON, files hexadecimal. "
            "An apostrophe stands before a text that a spreadsheet could take for a formula."
        ),
        "tables": tables,
        "uploads": uploads,
        "left out": TABLES_LEFT_OUT | COLUMNS_LEFT_OUT,
    }
