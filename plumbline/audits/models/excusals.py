"""That a late audit was left out so that its round could finish: why, who decided, and at which forum."""

from django.db import models
from django.utils import timezone

from plumbline.audits.models.audits import Audit
from plumbline.framework.models import Forum
from plumbline.people.models import Person


class Excusal(models.Model):
    """One late audit that was left out. It stays in every count of how complete the evidence is."""

    audit = models.OneToOneField(Audit, on_delete=models.CASCADE, related_name="excusal")
    reason = models.TextField()
    forum = models.ForeignKey(
        Forum,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Where it was decided; none where the head of quality assurance decided alone",
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"excusal {self.pk}"
