"""Checks of what an action changed, months after it was closed."""

from django.db import models
from django.db.models import Q

from plumbline.improvement.models.actions import Action
from plumbline.people.models import Person


class ImpactResult(models.TextChoices):
    """What somebody saw who looked again."""

    EVIDENCED = "evidenced", "Evidenced: something shows that it is better for children"
    NOT_YET = "not_yet", "Not yet: it is too early, or nothing shows it so far"
    NO_IMPACT = "no_impact", "No impact: it was done, and nothing is better for children"


class ImpactCheck(models.Model):
    """One look, so many months after the closing, at what is better; booked at the closing, recorded once."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="impact_checks")
    months = models.PositiveSmallIntegerField(help_text="Months after the action was closed")
    due_on = models.DateField(db_index=True)
    result = models.CharField(max_length=10, choices=ImpactResult.choices, blank=True)
    evidence = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", evidence="", recorded_at=None, by=None)
                | (~Q(result="") & ~Q(evidence="") & Q(recorded_at__isnull=False, by__isnull=False)),
                name="impact_recorded_with_evidence_and_who",
            ),
            models.UniqueConstraint(
                fields=["action", "months"], condition=Q(result=""), name="one_open_impact_check"
            ),
        ]

    def __str__(self) -> str:
        return f"impact check {self.pk}"
