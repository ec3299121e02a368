"""Immediate concerns: a child may not be safe, so a named manager hears at once and a clock runs in hours."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.audits import Audit
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class ConcernState(models.TextChoices):
    """From raised to closed."""

    RAISED = "raised", "Raised"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    PLANNED = "planned", "Plan made"
    CLOSED = "closed", "Closed"


class Concern(models.Model):
    """One immediate concern, kept out of improvement plans."""

    public_id = PublicIdField()
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="concerns")
    question = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=14, choices=ConcernState.choices, default=ConcernState.RAISED)
    text = models.TextField()
    handler = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    acknowledge_by = models.DateTimeField()
    plan_by = models.DateTimeField()
    late_answer_told_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was said that nobody acknowledged it in time"
    )
    late_plan_told_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was said that there was no plan in time"
    )
    plan = models.TextField(blank=True)
    outcome = models.TextField(blank=True)

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "closed"]) | ~Q(plan=""), name="concern_planned_has_a_plan"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(outcome=""), name="concern_closed_has_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        if relation == "own":
            return Q(raised_by_id=viewer.person_id)
        if relation == "assigned":
            return Q(handler_id=viewer.person_id)
        if relation in ("team", "service"):
            return Q(audit__unit_id__in=units)
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="audit__unit_id", person="audit__worker_id")


class ConcernStep(models.Model):
    """Each step of a concern, with who and when; added, never edited."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=14, choices=ConcernState.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"step {self.pk}"
