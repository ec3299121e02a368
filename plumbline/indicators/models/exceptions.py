"""Exceptions: an indicator off target or worse than chance explains, with its story, causes and corrective action plan."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.improvement.models import Action
from plumbline.indicators.models.extracts import Extract
from plumbline.indicators.models.figures import PeriodKind
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import NOTHING, ScopedManager, in_conflict


class ExceptionReason(models.TextChoices):
    """What raised it."""

    OFF_TARGET = "off_target", "Off target"
    SIGNAL = "signal", "Worse than chance would explain"


class ExceptionState(models.TextChoices):
    """From the figure to the end of its story."""

    RAISED = "raised", "Raised"
    EXPLAINED = "explained", "Explained"
    PLAN_AGREED = "plan_agreed", "Plan agreed"
    MONITORED = "monitored", "Monitored"
    BACK_ON_TARGET = "back_on_target", "Back on target"
    CLOSED = "closed", "Closed"


class IndicatorException(models.Model):
    """One run of figures that are off: raised once, whatever number of extracts show it.

    `said` is the figure in words when it was raised, `latest` as the newest extract has it.
    """

    public_id = PublicIdField()
    indicator = models.SlugField(max_length=80)
    reason = models.CharField(max_length=10, choices=ExceptionReason.choices)
    kind = models.CharField(max_length=8, choices=PeriodKind.choices)
    state = models.CharField(max_length=14, choices=ExceptionState.choices, default=ExceptionState.RAISED)
    first_on = models.DateField()
    last_on = models.DateField()
    said = models.CharField(max_length=200)
    latest = models.CharField(max_length=200)
    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    story = models.TextField(blank=True)
    causes: Any = models.JSONField(default=list, blank=True, help_text="Keys of contributory factors")
    review_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True, help_text="What came of it, said at the closing")
    raised_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    actions = models.ManyToManyField(Action, related_name="+")

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "reason", "first_on"], name="one_exception_a_run"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | Q(~Q(state="closed"), closed_at=None, closed_by=None),
                name="exception_closed_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"exception {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(owner_id=viewer.person_id) if relation == "own" else NOTHING

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, person="owner_id")


class ExceptionStep(models.Model):
    """Each step of an exception, with who and when; added, never edited."""

    exception = models.ForeignKey(IndicatorException, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=14, choices=ExceptionState.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"step {self.pk}"
