"""Where an audit's findings and child-level actions came from; the findings themselves know nothing of audits."""

from django.db import models

from plumbline.audits.models.answers import Answer
from plumbline.audits.models.audits import Audit
from plumbline.audits.models.rounds import Round
from plumbline.improvement.models import Action, Finding


class AuditFinding(models.Model):
    """That a finding was raised from an audit, and from which answer; or from a round as a whole."""

    finding = models.OneToOneField(Finding, on_delete=models.CASCADE, related_name="from_audit")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="findings")
    audit = models.ForeignKey(Audit, null=True, blank=True, on_delete=models.CASCADE, related_name="findings")
    # Restrict, not protect: an answer that goes with its whole audit takes this row with it.
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.RESTRICT, related_name="+")
    question = models.CharField(max_length=80, blank=True)
    evidence = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"source {self.pk}"


class AuditAction(models.Model):
    """That an action came out of an audit or a round."""

    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="from_audit")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="actions")
    audit = models.ForeignKey(Audit, null=True, blank=True, on_delete=models.CASCADE, related_name="actions")

    def __str__(self) -> str:
        return f"source {self.pk}"
