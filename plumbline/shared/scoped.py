"""A manager that refuses to read until it is told for whom, and the reviewed exceptions to that."""

import csv
from functools import cache
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.db import models

M = TypeVar("M", bound=models.Model)


class Unscoped(RuntimeError):
    """A confidential model was read without saying for whom."""


class Sees(Protocol):
    """Anyone whose rights decide which rows of a model they reach."""

    def reach(self, model: type[models.Model], action: str) -> models.Q: ...


NOTHING = models.Q(pk__in=())


class StandsToNobody:
    """Rows that stand in no relation to anybody, so that only a right to all of them, or none, reaches them."""

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> models.Q:
        return NOTHING

    @classmethod
    def conflicted(cls, viewer: Any) -> models.Q:
        return NOTHING


def in_conflict(viewer: Any, *, unit: str = "", person: str = "") -> models.Q:
    """The rows about a unit or a person in which the viewer declared an interest; the fields are named by their path."""
    found = NOTHING
    for path, interests in ((unit, viewer.conflict_units), (person, viewer.conflict_people)):
        if path:
            # A plain NOT over a nullable column would also drop the rows without a unit or a person.
            found |= models.Q(**{f"{path}__isnull": False, f"{path}__in": interests})
    return found


@cache
def system_reads() -> dict[str, str]:
    """The reasons for which the product itself may read unscoped, each with its explanation."""
    with open(settings.DEFINITIONS_DIR / "system_reads.csv", newline="", encoding="utf-8") as file:
        return {row["reason"]: row["why"] for row in csv.DictReader(file)}


class ScopedManager(models.Manager[M]):
    """Reads rows only through `visible_to` or, for a reviewed reason, `as_system`; related managers too."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Never returns.

        Raises: Unscoped, always: a forgotten filter must fail, not leak.
        """
        raise Unscoped(
            f"{self.model.__name__} was read without a viewer. "
            "Use .visible_to(viewer, action), or .as_system(reason) with a reason from definitions/system_reads.csv."
        )

    def _every_row(self) -> models.QuerySet[M]:
        return super().get_queryset()

    def visible_to(self, viewer: Sees, action: str) -> models.QuerySet[M]:
        """The rows on which the viewer may do the action."""
        return self._every_row().filter(viewer.reach(self.model, action))

    def as_system(self, reason: str) -> models.QuerySet[M]:
        """Every row, for a reason that stands in definitions/system_reads.csv.

        Raises: Unscoped for any other reason.
        """
        if reason not in system_reads():
            raise Unscoped(f"{reason!r} is no reason in definitions/system_reads.csv.")
        return self._every_row()

    def create(self, **values: Any) -> M:
        """The row made; writing reveals nothing that was not given."""
        return self._every_row().create(**values)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[M]:
        """The rows made."""
        return self._every_row().bulk_create(objs, *args, **kwargs)
