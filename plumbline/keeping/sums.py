"""Counts and checksums of tables, so that two databases can be compared without looking at what is in them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model
from django.utils.timezone import is_naive, make_naive

CHUNK = 2000
MODULUS = 1 << 256


@dataclass(frozen=True)
class TableSum:
    """How many rows a table has, and one checksum over all of them, whatever their order."""

    rows: int
    sha256: str


def sum_of_rows(rows: Iterable[Sequence[Any]]) -> TableSum:
    """The count and the checksum: the sum of the rows' own hashes, which no order or sorting rule can change."""
    count = total = 0
    for row in rows:
        text = json.dumps([_plain(value) for value in row], sort_keys=True, separators=(",", ":"))
        total = (total + int.from_bytes(hashlib.sha256(text.encode()).digest())) % MODULUS
        count += 1
    return TableSum(count, f"{total:064x}")


def sums_of_tables(using: str) -> dict[str, TableSum]:
    """The sum of every table as it stands in the database, known to this version of Plumbline or not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        columns = {
            table: [column.name for column in connection.introspection.get_table_description(cursor, table)]
            for table in tables
        }
    return {table: sum_of_rows(_rows(connection, table, columns[table])) for table in tables}


def sums_of_models(using: str) -> dict[str, TableSum]:
    """The sum of every model's table by its values as Python sees them: the same on SQLite and PostgreSQL."""
    return {model._meta.db_table: sum_of_rows(values_of(model, using)) for model in stored_models()}


def stored_models() -> list[type[Model]]:
    """Every model with a table of its own, tables between models included, by name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def values_of(model: type[Model], using: str) -> Iterable[tuple[Any, ...]]:
    """The rows of a model as tuples in the order of its columns and of its key, read piece by piece."""
    # The base manager, because a copy of everything has no viewer; what leaves the product is decided by callers.
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    return rows.iterator(chunk_size=CHUNK)


def differences(before: dict[str, TableSum], after: dict[str, TableSum]) -> list[str]:
    """A sentence for each table that differs; none when everything is equal."""
    found = []
    for table in sorted({*before, *after}):
        one, other = before.get(table), after.get(table)
        if one is None or other is None:
            found.append(f"Table {table} is {'new' if one is None else 'missing'}.")
        elif one.rows != other.rows:
            found.append(f"Table {table} has {other.rows} rows instead of {one.rows}.")
        elif one != other:
            found.append(f"Table {table} has other content in its {one.rows} rows.")
    return found


def _rows(connection: Any, table: str, columns: list[str]) -> Iterable[Sequence[Any]]:
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)}")  # noqa: S608  names of our own tables
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if is_naive(value) else make_naive(value, UTC)).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return str(value)
