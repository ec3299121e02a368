"""Who can audit how much, who is away, whom the rules would refuse, and requests to swap or be excused."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plumbline.audits.models.audits import Audit
from plumbline.audits.models.draws import Slot
from plumbline.people.models import Dated, Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class AuditorCapacity(models.Model):
    """How many audits a month somebody can take on; none stands for the usual number of their role."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="audit_capacity")
    audits_a_month = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"capacity {self.pk}"


class AuditorLeave(Dated):
    """Days on which an auditor is not given audits."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="audit_leave")
    note = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Dated.Meta):
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return f"leave {self.pk}"


class ExceptionState(models.TextChoices):
    """An exception has one decision, by somebody other than whoever asked for it."""

    ASKED = "asked", "Waiting for a decision"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Not agreed"


class AllocationException(models.Model):
    """That somebody asked to give a case to an auditor the rules refuse, why, and what the quality lead decided."""

    public_id = PublicIdField()
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="exceptions")
    auditor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    refusals = models.JSONField(default=list, help_text="Keys of the rules that were set aside")
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=ExceptionState.choices, default=ExceptionState.ASKED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    audit = models.ForeignKey(
        Audit, null=True, blank=True, on_delete=models.CASCADE, related_name="exceptions"
    )

    objects = ScopedManager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(state="asked"), name="one_open_exception_a_case"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None, decided_by=None)
                | Q(~Q(state="asked"), decided_at__isnull=False, decided_by__isnull=False),
                name="exception_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="exception_needs_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"exception {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        about_the_case = in_conflict(viewer, unit="slot__case__unit_id", person="slot__case__worker_id")
        return about_the_case | in_conflict(viewer, person="auditor_id")


class RequestKind(models.TextChoices):
    """What an auditor may ask for."""

    SWAP = "swap", "Swap with another auditor"
    EXEMPTION = "exemption", "Be excused"
    MORE_TIME = "more_time", "More time"


class RequestState(models.TextChoices):
    """A request has one decision."""

    ASKED = "asked", "Waiting for a decision"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"


class AuditRequest(models.Model):
    """An auditor's request about an audit given to them, and the one decision on it."""

    public_id = PublicIdField()
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    reason = models.TextField()
    with_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit"], condition=Q(state="asked"), name="one_open_request_an_audit"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None, decided_by=None)
                | Q(~Q(state="asked"), decided_at__isnull=False, decided_by__isnull=False),
                name="request_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="request_decided_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(asked_by_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="audit__unit_id", person="asked_by_id")
