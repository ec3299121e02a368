"""An audit of one child's case: who audits whose work, in which state, and what was shared with whom."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.cases import FrameCase
from plumbline.audits.models.draws import Slot
from plumbline.audits.models.rounds import Round
from plumbline.audits.models.tools import ToolVersion
from plumbline.people.models import Person, Unit
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class AuditState(models.TextChoices):
    """The states of an audit; late is worked out, not stored."""

    ALLOCATED = "allocated", "Allocated"
    STARTED = "started", "Started"
    DISCUSSED = "discussed", "Discussion held"
    SUBMITTED = "submitted", "Submitted"
    IN_MODERATION = "in_moderation", "In moderation"
    RETURNED = "returned", "Returned to the auditor"
    MODERATED = "moderated", "Moderated"
    SHARED = "shared", "Shared with the worker"
    REPLIED = "replied", "Worker has replied"
    CLOSED = "closed", "Closed"
    EXEMPTED = "exempted", "Exempted"
    REPLACED = "replaced", "Replaced"


class Audit(models.Model):
    """One audit. Worker, manager and team are those of the day of the draw."""

    public_id = PublicIdField()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="audits")
    # A visit looks at no case, so it has neither.
    slot = models.OneToOneField(Slot, null=True, blank=True, on_delete=models.PROTECT, related_name="audit")
    case = models.ForeignKey(FrameCase, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40, db_index=True)
    tool = models.ForeignKey(ToolVersion, on_delete=models.PROTECT, related_name="audits")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    auditor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=AuditState.choices, default=AuditState.ALLOCATED)
    due_on = models.DateField(db_index=True)
    mode = models.CharField(
        max_length=12,
        default="together",
        choices=[("together", "With the worker"), ("record_only", "From the record only")],
    )
    mode_reason = models.TextField(blank=True)
    allocated_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    not_asked = models.JSONField(
        default=dict,
        help_text="Questions of the tool that are not for this child, each with whom its criterion was for when the "
        "audit was given out",
    )
    local_questions = models.JSONField(
        default=list,
        blank=True,
        help_text="The round's own questions that this audit asks, as they stood when it was given out",
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()
    # How the names of its addresses begin; an audit for practice, never stored, has its own.
    pages = "audit"
    STATE_FIELD = "state"

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["round", "state"], name="audit_round_state"),
            models.Index(fields=["auditor", "state"], name="audit_auditor_state"),
            models.Index(fields=["unit", "state"], name="audit_unit_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="audit_submitted_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None, shared_by=None)
                | Q(shared_at__isnull=False, shared_by__isnull=False),
                name="audit_shared_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(slot=None, case=None) | Q(slot__isnull=False, case__isnull=False),
                name="audit_slot_and_case_together",
            ),
            models.CheckConstraint(
                condition=Q(mode="together") | ~Q(mode_reason=""), name="audit_from_the_record_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"audit {self.public_id}"

    @property
    def is_visit(self) -> bool:
        """Whether it is about a team, a worker or an establishment and not about a case."""
        return self.case_id is None

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        if relation == "own":
            return Q(worker_id=viewer.person_id)
        if relation == "assigned":
            from plumbline.audits.models.moderation import Moderation

            rated = Moderation.objects.as_system("blind-rating").filter(
                moderator_id=viewer.person_id, rated_at__isnull=False
            )
            return Q(auditor_id=viewer.person_id) | Q(pk__in=rated.values("audit_id"))
        if relation in ("team", "service"):
            return Q(unit_id__in=units)
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        from plumbline.audits.models.moderation import Moderation

        # Whoever is to rate it a second time sees nothing of the first rating until they have rated, whatever
        # their rank.
        to_rate = Moderation.objects.as_system("blind-rating").filter(
            moderator_id=viewer.person_id, rated_at=None, is_cancelled=False
        )
        return in_conflict(viewer, unit="unit_id", person="worker_id") | Q(pk__in=to_rate.values("audit_id"))


class AuditStep(models.Model):
    """Each state an audit came to, with who and when; added, never edited."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=14, choices=AuditState.choices)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"step {self.pk}"


class Reading(models.Model):
    """That the worker or their manager opened the shared audit for the first time."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "person"], name="one_first_reading")]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Reply(models.Model):
    """What the worker or their manager says to the audit, in their own words; kept beside it, never edited.

    Whoever disagrees gets an answer: a second rating, or why there is none.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    disagrees = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="reply_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class TalkedThrough(models.Model):
    """That the audit was talked through in supervision."""

    audit = models.OneToOneField(Audit, on_delete=models.CASCADE, related_name="talked_through")
    held_on = models.DateField()
    note = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"supervision {self.pk}"
