"""Self-audits: how the worker or their manager judges the same questions, before anybody reads the other's judgement."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.audits import Audit
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class SelfAudit(models.Model):
    """One person's own judgements on the work that is audited. Only they see it until both ratings are given.

    After that it stands on the page of the audit, under the audit's own right.
    """

    public_id = PublicIdField()
    audit = models.OneToOneField(Audit, on_delete=models.CASCADE, related_name="self_audit")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    judgements = models.JSONField(default=dict, blank=True, help_text="Question key to their judgement")
    asked_at = models.DateTimeField(default=timezone.now)
    given_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"self-audit {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(person_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="audit__unit_id", person="audit__worker_id")
