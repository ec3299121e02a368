"""Targets: what an indicator is to come to by when, who answers for it; one in force at a time, old ones are kept."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.indicators.models.figures import PeriodKind
from plumbline.people.models import Person


class Target(models.Model):
    """One target. `steps` are pairs of months after the start and what is aimed at from then on."""

    indicator = models.SlugField(max_length=80)
    kind = models.CharField(max_length=8, choices=PeriodKind.choices, default=PeriodKind.MONTH)
    starts_on = models.DateField()
    steps: Any = models.JSONField()
    tolerance = models.FloatField(default=0, help_text="How far on the wrong side is still near")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_where = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["indicator", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(ended_at=None), name="one_target_in_force"
            ),
            models.CheckConstraint(condition=Q(tolerance__gte=0), name="target_tolerance_is_a_width"),
        ]

    def __str__(self) -> str:
        return f"target {self.pk}"
