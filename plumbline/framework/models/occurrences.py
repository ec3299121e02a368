"""What was planned for a day, what was done, what came of it, and who was told."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plumbline.framework.models.schedule import Activity, Forum
from plumbline.people.models import Person, Unit
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class OccurrenceState(models.TextChoices):
    """What became of something planned. Late and overdue are worked out, not stored."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    MISSED = "missed", "Missed"
    CANCELLED = "cancelled", "Cancelled"


class Occurrence(models.Model):
    """One time an activity is to happen, perhaps for one team, with a person who sees to it."""

    public_id = PublicIdField()
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrences")
    stream = models.CharField(max_length=120, blank=True)
    part = models.CharField(
        max_length=120, blank=True, help_text="Which cadence it comes from, where the activity has several"
    )
    # Kept as it was when the plan was made: a later change of the schedule must not rewrite what was late.
    cadence = models.JSONField(null=True, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    earliest_on = models.DateField()
    due_on = models.DateField(db_index=True)
    planned_for = models.DateField(
        null=True, blank=True, help_text="The due day as first planned; it stays when the occurrence is moved"
    )
    turn = models.PositiveSmallIntegerField(
        default=1, help_text="First, second and so on, where several of a series are planned for one day"
    )
    state = models.CharField(max_length=10, choices=OccurrenceState.choices, default=OccurrenceState.PLANNED)
    responsible = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    is_extra = models.BooleanField(default=False, help_text="Added by hand, outside the generated plan")

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["activity", "due_on"], name="occurrence_activity_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("earliest_on")), name="occurrence_due_after_earliest"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(held_on__isnull=False), name="done_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["missed", "cancelled"]) | ~Q(reason=""), name="not_done_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_extra=True) | Q(planned_for__isnull=False), name="planned_has_its_first_day"
            ),
            # The plan may be made again and again without doubling anything. Two constraints, because
            # SQLite holds two rows without a unit to be different.
            models.UniqueConstraint(
                fields=["activity", "stream", "part", "unit", "planned_for", "turn"],
                condition=Q(is_extra=False, unit__isnull=False),
                name="one_planned_occurrence_a_unit",
            ),
            models.UniqueConstraint(
                fields=["activity", "stream", "part", "planned_for", "turn"],
                condition=Q(is_extra=False, unit=None),
                name="one_planned_occurrence",
            ),
        ]

    def __str__(self) -> str:
        return f"occurrence {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        if relation == "assigned":
            return Q(responsible_id=viewer.person_id)
        if relation in ("team", "service"):
            return Q(unit_id__in=units)
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="unit_id", person="responsible_id")


class OccurrenceStatus(models.Model):
    """Each step of an occurrence, with who and when; added, never edited."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="statuses")
    state = models.CharField(max_length=10, choices=OccurrenceState.choices)
    reason = models.TextField(blank=True)
    held_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"status {self.pk}"


class ReportGiven(models.Model):
    """That a forum received the report of what was done."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="reports")
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="reports")
    given_on = models.DateField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occurrence", "forum"], name="one_report_to_a_forum")]

    def __str__(self) -> str:
        return f"report {self.pk}"


class CalendarFeed(models.Model):
    """A person's secret calendar address. Only its hash is kept, so a copy of the database opens no calendar."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    has_everything = models.BooleanField(
        default=False, help_text="All that the person may see, not only what is assigned to them"
    )
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"feed {self.pk}"
