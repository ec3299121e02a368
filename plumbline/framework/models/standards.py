"""Practice standards: a versioned set of standards with numbered criteria and dated interpretation notes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody


class SetState(models.TextChoices):
    """A version is drafted, then in force, then replaced. A published version is never edited."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "In force"
    RETIRED = "retired", "Replaced"


class StandardSet(StandsToNobody, models.Model):
    """One version of a set of practice standards."""

    public_id = PublicIdField()
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=SetState.choices, default=SetState.DRAFT)
    effective_from = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    consultation = models.TextField(blank=True)
    equality = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["title", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_set_a_version"),
            # Two versions in force would leave it open which of them a judgement was made against.
            models.UniqueConstraint(fields=["key"], condition=Q(state="published"), name="one_set_in_force"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(~Q(state="draft"), published_at__isnull=False),
                name="set_published_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_at__isnull=False)
                | Q(~Q(state="retired"), retired_at=None),
                name="set_replaced_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Standard(models.Model):
    """One standard of a set."""

    set = models.ForeignKey(StandardSet, on_delete=models.CASCADE, related_name="standards")
    number = models.CharField(max_length=20)
    title = models.TextField()
    purpose = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["set", "position"], name="one_standard_a_position")]

    def __str__(self) -> str:
        return f"Standard {self.number}"


class Criterion(models.Model):
    """One numbered criterion. `key` is unique in its set; `number` is as printed and may repeat."""

    public_id = PublicIdField()
    set = models.ForeignKey(StandardSet, on_delete=models.CASCADE, related_name="criteria")
    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=30)
    number = models.CharField(max_length=30)
    text = models.TextField()
    kind = models.CharField(max_length=20)
    applies_to = models.JSONField(default=list)
    good = models.TextField(blank=True)
    not_yet = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    # Keys of definitions/frameworks; one that a later release no longer has is passed over.
    speaks_to = models.JSONField(default=list)
    flag = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["set", "key"], name="one_criterion_a_key")]

    def __str__(self) -> str:
        return f"Criterion {self.number}"


class InterpretationNote(models.Model):
    """What a criterion was agreed to mean, from a day on. Notes are added, never edited."""

    public_id = PublicIdField()
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="notes")
    on = models.DateField()
    text = models.TextField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"note {self.public_id}"
