"""Audits for practice on invented cases. They stand in a table of their own, so that no figure, list or file meets them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.tools import ToolVersion
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager


class PracticeAudit(models.Model):
    """One practice audit; only its owner ever reaches it.

    No record points to it and nothing can be joined to it: both keys have no way back.
    """

    public_id = PublicIdField()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tool = models.ForeignKey(ToolVersion, on_delete=models.PROTECT, related_name="+")
    case = models.CharField(max_length=40, help_text="Key of the invented case")
    work = models.JSONField(default=dict, help_text="Answers, grades, talk and views, as they were written")
    begun_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    # The pages that show it: the addresses of those of an audit begin otherwise.
    PAGES = "practice"

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"practice {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(owner_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return Q(pk__in=())
