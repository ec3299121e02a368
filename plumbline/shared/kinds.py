"""Kinds of record that are kept for a time: what an area says about its own, so that retention need not know them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable


@dataclass(frozen=True)
class RecordKind:
    """One kind of record and how it ends. Its rows have a `public_id`, and what belongs to a row goes with it.

    `finished` gives the rows whose time runs, whatever their age; a row still at work is not among them.
    `ends_on` is the day from which a row's time counts: an expression over its fields.
    `of_unit` and `of_person` are the ways from a row to the units and people a legal hold may name.
    `remove` takes the agreed rows away and says how many went; without one they are deleted with what hangs on them.
    """

    key: str
    label: str
    counted_from: str
    finished: Callable[[], QuerySet[Any]]
    ends_on: Combinable
    of_unit: tuple[str, ...] = ()
    of_person: tuple[str, ...] = ()
    remove: Callable[[QuerySet[Any]], int] | None = None
