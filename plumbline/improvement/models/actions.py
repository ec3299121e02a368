"""Actions: who does what by when about one or more findings, and what difference it made."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plumbline.improvement.models.findings import Finding, FindingKind, FindingState
from plumbline.people.models import Person, Unit
from plumbline.shared.area import hidden_from
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class ActionLevel(models.TextChoices):
    """What is mended for one child is kept apart from what is changed in the service."""

    CHILD = "child", "For the child"
    SERVICE = "service", "For the service"


class ActionState(models.TextChoices):
    """Overdue is worked out, not stored."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Waiting for the owner"
    AGREED = "agreed", "Agreed"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done, to be checked"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Action(models.Model):
    """One thing to be done by one person by a day."""

    public_id = PublicIdField()
    level = models.CharField(max_length=10, choices=ActionLevel.choices)
    state = models.CharField(max_length=12, choices=ActionState.choices, default=ActionState.DRAFT)
    text = models.TextField()
    findings = models.ManyToManyField(Finding, related_name="actions")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    case_reference = models.CharField(max_length=40, blank=True)
    is_urgent = models.BooleanField(default=False)
    due_on = models.DateField(db_index=True)
    evidence = models.TextField(blank=True)
    impact = models.TextField(blank=True, help_text="What difference it made for children")
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | Q(~Q(state="closed"), closed_at=None, closed_by=None),
                name="action_closed_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("owner")), name="action_closed_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(evidence="") & ~Q(impact="")),
                name="action_closed_with_evidence_and_impact",
            ),
        ]

    def __str__(self) -> str:
        return f"action {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        if relation == "own":
            return Q(owner_id=viewer.person_id)
        if relation == "assigned":
            return Q(raised_by_id=viewer.person_id)
        if relation in ("team", "service"):
            return Q(unit_id__in=units)
        if relation == "answered":
            # A worker sees what is done about a barrier that an audit of their own work named.
            named = cls.findings.through.objects.filter(
                finding__kind=FindingKind.BARRIER,
                finding__state=FindingState.OPEN,
                finding__worker_id=viewer.person_id or 0,
            )
            return Q(pk__in=named.values("action_id"))
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="unit_id", person="owner_id") | hidden_from(viewer, cls)


class ActionStep(models.Model):
    """Each step of an action, with who and when; added, never edited."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=ActionState.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"step {self.pk}"
