"""Facts that hold from a day to a day."""

from django.db import models
from django.db.models import F, Q


class Dated(models.Model):
    """A fact that holds from a day up to, and not including, another; without an end it still holds."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="%(class)s_ends_after_start"
            )
        ]


def may_end_the_day_it_starts(table: str) -> models.CheckConstraint:
    """The looser rule for rows that are never deleted: one taken back on its first day never counted at all."""
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name=f"{table}_ends_on_or_after_start"
    )
