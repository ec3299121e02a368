"""Notes on a chart: what happened in a month, and whether the limits are worked out anew from there."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField


class NoteKind(models.TextChoices):
    """What may have moved a figure."""

    AUDIT = "audit", "Audit theme"
    RESTRUCTURE = "restructure", "Restructure"
    POLICY = "policy", "Policy or law"
    RECORDING = "recording", "Change of recording"
    OTHER = "other", "Something else"


class Note(models.Model):
    """One note, on one indicator or, with none named, on all. Taken back, never deleted: a rebase must be traceable."""

    public_id = PublicIdField()
    indicator = models.SlugField(max_length=80, blank=True, db_index=True)
    month = models.DateField(help_text="First day of the month in which it happened")
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    text = models.CharField(max_length=200)
    is_rebase = models.BooleanField(default=False, help_text="The limits are worked out anew from this month")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_rebase=False) | ~Q(indicator=""), name="rebase_is_of_one_indicator"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="note_taken_back_at_and_by_together",
            ),
            models.UniqueConstraint(
                fields=["indicator", "month"],
                condition=Q(is_rebase=True, taken_back_at=None),
                name="one_rebase_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.public_id}"
