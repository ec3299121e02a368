"""Extracts that were loaded: what each holds and how good it is. The records lie in files that only the engine opens."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody


class ExtractState(models.TextChoices):
    """An extract is never changed. Once its day has come, its records are deleted; its figures stay."""

    LOADED = "loaded", "Loaded"
    PURGED = "purged", "Records deleted"


class Extract(StandsToNobody, models.Model):
    """One loaded extract. `manifest` and `quality` are as the load told them: references of records, never names."""

    public_id = PublicIdField()
    name = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=ExtractState.choices, default=ExtractState.LOADED)
    shape = models.CharField(max_length=20)
    digest = models.CharField(
        max_length=64, help_text="SHA-256 of the content: the same records, the same digest"
    )
    as_at = models.DateField(help_text="The day the records speak of; nothing later is known")
    rows = models.PositiveIntegerField()
    child_population = models.PositiveIntegerField(null=True, blank=True)
    manifest: Any = models.JSONField()
    quality: Any = models.JSONField()
    loaded_at = models.DateTimeField(default=timezone.now)
    loaded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    purge_on = models.DateField()
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["-as_at", "-loaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="loaded", purged_at=None) | Q(state="purged", purged_at__isnull=False),
                name="extract_purged_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name
