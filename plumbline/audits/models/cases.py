"""The case list a round is drawn from: references and what a fair sample needs, never a name."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.rounds import Round
from plumbline.people.models import Person, Unit
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody, in_conflict


class CaseListUpload(models.Model):
    """A case list between its check and its import; only its owner reaches it. The bytes go when it is used."""

    public_id = PublicIdField()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    data = models.BinaryField()
    mapping = models.JSONField(default=dict, blank=True)
    source = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(data=b""), name="used_case_list_upload_is_empty"
            )
        ]

    def __str__(self) -> str:
        return f"upload {self.public_id}"


class ColumnMapping(models.Model):
    """How a file's headings and spellings were read last time, so that nobody is asked twice."""

    kind = models.CharField(max_length=20, help_text="heading, team, worker, plan type and so on")
    given = models.CharField(max_length=200)
    meaning = models.CharField(max_length=200, blank=True, help_text="Blank for a column that is dropped")
    set_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "given"], name="one_meaning_a_spelling")]

    def __str__(self) -> str:
        return f"mapping {self.pk}"


class CaseList(StandsToNobody, models.Model):
    """The frozen population of a round."""

    public_id = PublicIdField()
    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="case_list")
    file_name = models.CharField(max_length=120)
    file_digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    frame_digest = models.CharField(
        max_length=64, help_text="SHA-256 of the sorted references joined with newlines"
    )
    reading = models.JSONField(
        default=dict,
        help_text="How columns and spellings were read, never a worker's, so that the draw can be repeated from the file",
    )
    source: Any = models.JSONField(
        default=dict,
        blank=True,
        help_text="What a list that the product made is made of: indicator, definition, extract",
    )
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    def __str__(self) -> str:
        return f"case list {self.public_id}"


class FrameCase(models.Model):
    """One child's case in a case list, as it stood on the day of the list."""

    case_list = models.ForeignKey(CaseList, on_delete=models.CASCADE, related_name="cases")
    reference = models.CharField(max_length=40)
    plan_type = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(null=True, blank=True)
    age_band = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=20, blank=True)
    disability = models.CharField(max_length=20, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(fields=["case_list", "reference"], name="one_case_a_reference")
        ]
        indexes = [models.Index(fields=["reference"], name="frame_case_reference")]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(unit_id__in=units) if relation in ("team", "service") else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="unit_id", person="worker_id")
