"""The schedule of quality assurance: activities, the forums they report to, and every earlier wording."""

from django.db import models
from django.utils import timezone

from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField


class Forum(models.Model):
    """A body that receives reports: a board, a committee, a meeting."""

    public_id = PublicIdField()
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list)
    purpose = models.TextField(blank=True)
    cadence = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Schedule(models.Model):
    """A set of activities that belong together, shipped or a council's own."""

    public_id = PublicIdField()
    key = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=60)
    effective_from = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    drivers = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    in_use = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Activity(models.Model):
    """One process of quality assurance, with the six fields of a schedule entry and its cadences."""

    public_id = PublicIdField()
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="activities")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    type = models.CharField(max_length=30)
    corner = models.CharField(max_length=20, blank=True)
    responsible = models.JSONField(default=list)
    countersigned_by = models.JSONField(default=list)
    frequency = models.TextField(blank=True)
    cadences = models.JSONField(default=list)
    per = models.CharField(max_length=10, blank=True)
    streams = models.JSONField(default=list)
    volume_least = models.PositiveIntegerField(null=True, blank=True)
    volume_most = models.PositiveIntegerField(null=True, blank=True)
    intended_outcome = models.TextField(blank=True)
    reporting_arrangements = models.TextField(blank=True)
    drivers = models.JSONField(default=list)
    flag = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["schedule__title", "position"]
        constraints = [models.UniqueConstraint(fields=["schedule", "key"], name="one_activity_a_key")]

    def __str__(self) -> str:
        return self.name


class ActivityVersion(models.Model):
    """How an activity read before and after each change; added, never edited."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="versions")
    content = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"version {self.pk} of an activity"


class ReportLine(models.Model):
    """That an activity reports to a forum, and how."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="report_lines")
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="report_lines")
    how = models.CharField(max_length=20, default="report")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "forum", "how"], name="one_report_line")]

    def __str__(self) -> str:
        return f"report line {self.pk}"
