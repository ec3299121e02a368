"""What somebody typed into a form about an audit or a report and has not saved: kept apart from the record."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.audits import Audit
from plumbline.audits.models.reports import Report
from plumbline.people.models import Person


class FormDraft(models.Model):
    """One form as one person left it; only they see it, and it goes with the audit or report it is about."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=200, help_text="The address of the form")
    audit = models.ForeignKey(Audit, null=True, on_delete=models.CASCADE, related_name="form_drafts")
    report = models.ForeignKey(Report, null=True, on_delete=models.CASCADE, related_name="form_drafts")
    data = models.JSONField(default=dict, help_text="What stood in each box, by its name")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="one_draft_a_form"),
            models.CheckConstraint(
                condition=Q(audit=None, report__isnull=False) | Q(audit__isnull=False, report=None),
                name="draft_goes_with_its_record",
            ),
        ]

    def __str__(self) -> str:
        return f"form draft {self.pk}"
