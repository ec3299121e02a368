"""The report of a round: the officer's words beside figures that freeze with each issued version."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plumbline.audits.models.answers import Answer
from plumbline.audits.models.rounds import Round
from plumbline.audits.models.voice import VoiceContact
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody


class ReportState(models.TextChoices):
    """Four eyes: whoever wrote it does not issue it."""

    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Put forward for issue"
    ISSUED = "issued", "Issued"
    SUPERSEDED = "superseded", "Replaced by a later version"


class Report(StandsToNobody, models.Model):
    """One version of a round's report. From the moment it is put forward its figures are frozen."""

    public_id = PublicIdField()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    template = models.CharField(
        max_length=40, default="full", help_text="Key of the template: which chapters, in which order"
    )
    figures = models.JSONField(default=dict, blank=True)
    shareable = models.JSONField(default=dict, blank=True, help_text="The protected figures")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of words and figures put forward")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    checked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="What changed since the version before")

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_report_a_number"),
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="report_issued_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None) | Q(checked_by=None) | ~Q(issued_by=F("checked_by")),
                name="report_issued_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "issued"]) | ~Q(digest=""), name="report_issued_is_bound"
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.public_id}"


class ReportText(models.Model):
    """What the officer wrote in one part of the report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="texts")
    part = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "part"], name="one_text_a_part")]

    def __str__(self) -> str:
        return f"text {self.pk}"


class ReportTheme(models.Model):
    """A theme the officer saw across audits."""

    public_id = PublicIdField()
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"theme {self.public_id}"


class Quotation(models.Model):
    """Words from an audit or a family chosen for a theme; checked before they go into the shareable version."""

    public_id = PublicIdField()
    theme = models.ForeignKey(ReportTheme, on_delete=models.CASCADE, related_name="quotations")
    # A report outlives the audits it was made from: the words stay when their source is disposed of.
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    voice = models.ForeignKey(
        VoiceContact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    whose = models.CharField(max_length=60, blank=True, help_text="Whose words they are, by role")
    text = models.TextField()
    is_shareable = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(answer=None) | Q(voice=None), name="quotation_has_one_source")
        ]

    def __str__(self) -> str:
        return f"quotation {self.public_id}"
