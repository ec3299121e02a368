"""Briefings: what a round taught, in a page, for the people whose work it is about, and who has read it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.reports import Report
from plumbline.people.models import Person, Unit
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody


class BriefingState(models.TextChoices):
    """A briefing is written, then out; it is taken back where it should not be read any more."""

    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued"
    WITHDRAWN = "withdrawn", "Taken back"


class Briefing(StandsToNobody, models.Model):
    """One briefing out of an issued report. Nothing in it tells of a child, a family or a colleague."""

    public_id = PublicIdField()
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="briefings")
    state = models.CharField(max_length=10, choices=BriefingState.choices, default=BriefingState.DRAFT)
    title = models.CharField(max_length=120)
    looked_at = models.TextField()
    good = models.TextField()
    must_change = models.TextField()
    do_now = models.TextField()
    quotations = models.JSONField(
        default=list, blank=True, help_text="Chosen words, each with whose they are"
    )
    roles = models.JSONField(default=list, blank=True, help_text="Only for these roles; all when empty")
    units = models.ManyToManyField(
        Unit, blank=True, related_name="+", help_text="Only for these teams; all when empty"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="briefing_issued_at_and_by_together",
            )
        ]

    def __str__(self) -> str:
        return f"briefing {self.public_id}"


class BriefingRead(models.Model):
    """That somebody said they have read the briefing. Only counts of it are shown, never who."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["briefing", "person"], name="one_read_a_person")]

    def __str__(self) -> str:
        return f"read {self.pk}"
