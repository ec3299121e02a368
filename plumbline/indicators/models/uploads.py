"""Files that somebody looks at before they are loaded, and what spellings in them were once said to mean."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.indicators.models.extracts import Extract
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.work.models import Job


class ExtractUpload(models.Model):
    """Files of one return between their check and their load; only their owner reaches them.

    The files lie in the state folder and are deleted once they are loaded; the row goes after a day, with its files.
    `job` is the check or the load that was started last. `report` is what the last check found.
    """

    public_id = PublicIdField()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    files: Any = models.JSONField(default=list)
    size = models.PositiveBigIntegerField(default=0)
    as_at = models.DateField(null=True, blank=True)
    child_population = models.PositiveIntegerField(null=True, blank=True)
    name = models.SlugField(max_length=60, blank=True, help_text="What the extract is to be called")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    report: Any = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    extract = models.ForeignKey(Extract, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    loaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extract=None, loaded_at=None) | Q(extract__isnull=False, loaded_at__isnull=False),
                name="loaded_extract_upload_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"upload {self.public_id}"


class SpellingChoice(models.Model):
    """The code that a spelling of a code set stands for, said once by a person and remembered for the council."""

    codelist = models.CharField(max_length=80)
    spelling = models.TextField()
    code = models.CharField(max_length=40, blank=True, help_text="Blank where it is to be left empty")
    set_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["codelist", "spelling"]
        constraints = [
            models.UniqueConstraint(fields=["codelist", "spelling"], name="one_code_a_spelling"),
        ]

    def __str__(self) -> str:
        return f"spelling {self.pk}"
