"""What somebody independent of a round looked at, found and challenged, and what was changed because of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.rounds import Round
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody


class Oversight(StandsToNobody, models.Model):
    """One look at a round from outside it. It is never edited; what came of it is answered once, beside it."""

    public_id = PublicIdField()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="oversights")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    capacity = models.CharField(max_length=100, help_text="As what they looked, such as a reviewing officer")
    looked_on = models.DateField()
    sample_size = models.PositiveSmallIntegerField(help_text="How many audits were looked at")
    sample = models.TextField(help_text="How these were chosen and what was checked")
    quality = models.TextField()
    timeliness = models.TextField()
    challenge = models.TextField(blank=True)
    answer = models.TextField(blank=True, help_text="What was changed because of it")
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["looked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="oversight_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"oversight {self.public_id}"
