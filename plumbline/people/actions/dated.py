"""Writes dated facts: changed from a day, or stopped at one. Used by the other actions, never alone."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from plumbline.people.models import Dated, Unit
from plumbline.people.rules.timelines import Change, Span, change_from

D = TypeVar("D", bound=Dated)


def one_change_at_a_time() -> None:
    """Makes changes of structure queue, so that two at once cannot together build a circle."""
    Unit.objects.select_for_update().order_by("pk").first()


def spans_of(rows: "QuerySet[Any]") -> list[Span]:
    """The rows' periods."""
    return [Span(row.pk, row.starts_on, row.ends_on) for row in rows]


def change_rows_from(rows: "QuerySet[D]", day: date, **values: Any) -> D:
    """The row that holds from the day, within a line of rows; `values` are all its other fields."""
    change: Change = change_from(spans_of(rows), day)
    if change.replaces is not None:
        row = rows.get(pk=change.replaces)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row
    if change.ends is not None:
        rows.filter(pk=change.ends).update(ends_on=day)
    made = rows.model(starts_on=day, ends_on=change.until, **values)
    made.save(force_insert=True)
    return made


def still_running(day: date) -> Q:
    """The condition that a dated row reaches the day or lies after it."""
    return Q(ends_on=None) | Q(ends_on__gt=day)


def stop_rows(rows: "QuerySet[Any]", day: date) -> int:
    """How many rows were ended on the day; those that would have begun then or later never happen and are removed."""
    running = rows.filter(still_running(day))
    count = running.count()
    running.filter(starts_on__gte=day).delete()
    running.filter(starts_on__lt=day).update(ends_on=day)
    return count


def stop_rights(rows: "QuerySet[Any]", day: date) -> int:
    """How many rights or interests were ended on the day; those that would have begun later stay on record, empty."""
    running = rows.filter(still_running(day))
    count = running.count()
    for row in running:
        row.ends_on = max(day, row.starts_on)
        row.save(update_fields=["ends_on"])
    return count
