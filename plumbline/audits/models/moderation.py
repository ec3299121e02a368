"""Moderation: a second rating by somebody who has not seen the first, and the final grade with its reason."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.audits import Audit
from plumbline.audits.models.rounds import Round
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class ModerationDraw(models.Model):
    """The recorded draw of the random share that is moderated."""

    public_id = PublicIdField()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="moderation_draws")
    seed_value = models.CharField(max_length=120)
    how = models.TextField()
    frame_digest = models.CharField(max_length=64)
    references = models.JSONField(help_text="The audits' case references in the order of the draw")
    wanted = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"moderation draw {self.public_id}"


class ModerationReason(models.TextChoices):
    """Why an audit is moderated."""

    LOWEST = "lowest", "It has the lowest grade"
    RANDOM = "random", "Random share"
    ASKED = "asked", "The team or the auditor asked for it"


class Moderation(models.Model):
    """One second rating: given blind, then compared, then settled."""

    public_id = PublicIdField()
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="moderations")
    draw = models.ForeignKey(
        ModerationDraw, null=True, blank=True, on_delete=models.RESTRICT, related_name="+"
    )
    why = models.CharField(max_length=10, choices=ModerationReason.choices)
    moderator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    judgements = models.JSONField(default=dict, blank=True, help_text="Question key to the second judgement")
    comment = models.TextField(blank=True, help_text="About practice")
    about_the_audit = models.TextField(blank=True, help_text="About how the audit was done")
    rated_at = models.DateTimeField(null=True, blank=True)
    final_reason = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_cancelled = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit"], condition=Q(is_cancelled=False), name="one_moderation_an_audit"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="moderation_settled_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(rated_at__isnull=False),
                name="moderation_rated_before_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"moderation {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        if relation == "assigned":
            return Q(moderator_id=viewer.person_id)
        if relation == "own":
            return Q(audit__auditor_id=viewer.person_id, settled_at__isnull=False)
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="audit__unit_id", person="audit__worker_id")
