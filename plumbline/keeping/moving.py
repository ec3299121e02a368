"""Everything in the database copied into another one: all of it, checked, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.models import CharField, Model, TextField

from plumbline.keeping.backup.taking import applied_migrations
from plumbline.keeping.sums import TableSum, differences, stored_models, sums_of_models, values_of

BATCH = 1000
# What `migrate` itself writes into a fresh database; the copy brings its own.
MADE_BY_MIGRATE = frozenset({"django_content_type", "auth_permission"})


class CopyError(Exception):
    """Why nothing was copied."""


def copy_everything(
    source: str, target: str, wrote: Callable[[str], object] = lambda line: None
) -> dict[str, TableSum]:
    """The sums of every table, which are the same in both databases. `wrote` is told each table in words.

    Nobody can write to the source meanwhile. Nothing is left in the target when it fails.

    Raises: CopyError when the target is not freshly migrated and empty, a value does not fit, or the sums differ.
    """
    _refuse_unfit_target(source, target)
    models = in_order_of_dependency(stored_models())
    # On SQLite the transaction takes the write lock, so the source stands still.
    with transaction.atomic(using=source), transaction.atomic(using=target):
        for model in reversed(models):
            if model._meta.db_table in MADE_BY_MIGRATE:
                model._base_manager.using(target).all().delete()
        for model in models:
            count = _copy_table(model, source, target)
            if count:
                wrote(f"{model._meta.db_table}: {count} rows")
        _reset_sequences(models, target)
        before, after = sums_of_models(source), sums_of_models(target)
        if found := differences(before, after):
            raise CopyError(f"{found[0]} {len(found)} tables differ. Nothing was kept in the target.")
    return after


def in_order_of_dependency(models: Sequence[type[Model]]) -> list[type[Model]]:
    """The models, each after those it points to; in a circle the first by name goes first."""
    waiting, done = list(models), list[type[Model]]()
    while waiting:
        ready = [model for model in waiting if not _needs(model) & (set(waiting) - {model})]
        for model in ready or waiting[:1]:
            done.append(model)
            waiting.remove(model)
    return done


def _needs(model: type[Model]) -> set[type[Model]]:
    related = (field.related_model for field in model._meta.concrete_fields if field.is_relation)
    return {one for one in related if isinstance(one, type)}


def _refuse_unfit_target(source: str, target: str) -> None:
    if applied_migrations(source) != applied_migrations(target):
        raise CopyError(
            "The two databases are not at the same version. Run manage.py migrate on this one, and with "
            "DATABASE_URL set to the target on the target, then copy."
        )
    filled = [
        model._meta.db_table
        for model in stored_models()
        if model._meta.db_table not in MADE_BY_MIGRATE and model._base_manager.using(target).exists()
    ]
    if filled:
        raise CopyError(
            f"The target is not empty: {', '.join(filled[:5])} {'has' if len(filled) == 1 else 'have'} rows. "
            "Copy into a new database to which nothing but manage.py migrate was done."
        )


def _copy_table(model: type[Model], source: str, target: str) -> int:
    names = [field.attname for field in model._meta.concrete_fields]
    count = 0
    for batch in _batches(values_of(model, source)):
        rows = [model(**dict(zip(names, values, strict=True))) for values in batch]
        try:
            # Raw, so that no field writes today's time or a new id of its own.
            model._base_manager.using(target)._insert(  # type: ignore[attr-defined]
                rows, fields=model._meta.concrete_fields, using=target, raw=True
            )
        except DatabaseError as fault:
            raise CopyError(
                f"Table {model._meta.db_table}: {_what_does_not_fit(rows) or type(fault).__name__}. "
                "Nothing was kept in the target."
            ) from fault
        count += len(rows)
    return count


def _batches(rows: Any) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _what_does_not_fit(rows: list[Model]) -> str:
    """The first row and column with a text that PostgreSQL does not hold, without the text itself."""
    for row in rows:
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if not isinstance(value, str) or not isinstance(field, CharField | TextField):
                continue
            if "\0" in value:
                return f"row {row.pk}, column {field.column}: the text has a NUL character in it; take it out"
            if field.max_length and len(value) > field.max_length:
                return f"row {row.pk}, column {field.column}: the text has more than {field.max_length} characters"
    return ""


def _reset_sequences(models: Sequence[type[Model]], target: str) -> None:
    connection = connections[target]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
