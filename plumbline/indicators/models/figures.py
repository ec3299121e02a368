"""Figures: what was counted for one indicator, period and group from one extract. Statistics on them are for `stats`."""

from typing import Any

from django.db import models

from plumbline.indicators.models.extracts import Extract


class PeriodKind(models.TextChoices):
    """How long the period is that a figure is for."""

    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Financial year"


class Figure(models.Model):
    """One count. `of` is the breakdown and `group` its value, both empty for all together.

    `denominator` is None for counts, rates and mixes. `excluded` says how many rows could not be judged, by reason.
    """

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="figures")
    indicator = models.SlugField(max_length=80)
    version = models.CharField(max_length=120, help_text="Of the definition, as a hash of its text")
    kind = models.CharField(max_length=8, choices=PeriodKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    of = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=80, blank=True)
    numerator = models.FloatField()
    denominator = models.FloatField(null=True, blank=True)
    too_recent = models.PositiveIntegerField(default=0)
    excluded: Any = models.JSONField(default=dict)
    values: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["extract", "indicator", "kind", "starts_on", "of", "group"],
                name="one_figure_a_period_and_group",
            )
        ]
        indexes = [models.Index(fields=["extract", "of", "kind", "ends_on"], name="figures_of_a_page")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.starts_on}"
