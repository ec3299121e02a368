"""Findings: what was learnt about practice, for good or ill, or about what stands in its way."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.framework.models import Criterion
from plumbline.people.models import Person, Unit
from plumbline.shared.area import hidden_from
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class FindingKind(models.TextChoices):
    """Strengths count as much as gaps; a barrier is what stops good practice and may lie outside social care."""

    STRENGTH = "strength", "Strength"
    GAP = "gap", "Area for development"
    BARRIER = "barrier", "Barrier"


class FindingState(models.TextChoices):
    """A finding is a draft until its source is shared with those it is about."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Finding(models.Model):
    """One thing learnt, with the criterion it bears on and the team and worker it is about."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=10, choices=FindingKind.choices)
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.DRAFT)
    text = models.TextField()
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    causes = models.JSONField(default=list, blank=True, help_text="Keys of contributory factors")
    routes = models.JSONField(default=list, blank=True, help_text="Keys of the ways it may be answered")
    needs_analysis = models.BooleanField(default=False)
    raised_on = models.DateField()
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    withdrawn_reason = models.TextField(blank=True)

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["-raised_on", "-pk"]
        indexes = [models.Index(fields=["unit", "raised_on"], name="finding_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_reason=""),
                name="finding_withdrawn_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"finding {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        if relation == "own":
            return Q(worker_id=viewer.person_id)
        if relation == "assigned":
            return Q(raised_by_id=viewer.person_id)
        if relation in ("team", "service"):
            return Q(unit_id__in=units)
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="unit_id", person="worker_id") | hidden_from(viewer, cls)
