"""How long each kind of record is kept, what must not be removed for now, and what was removed."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plumbline.people.models import Person, Unit
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody


class RetentionRule(models.Model):
    """The council's own period for a kind of record, in place of the one Plumbline ships."""

    kind = models.CharField(max_length=40, unique=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="None: kept for good")
    reason = models.CharField(max_length=200)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"rule for {self.kind}"


class LegalHold(models.Model):
    """While it lasts, nothing that it covers may be removed, however old: an inquiry, a claim, a request."""

    public_id = PublicIdField()
    title = models.CharField(max_length=100)
    reason = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True, help_text="Empty: every kind")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.CharField(max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-placed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason=""),
                name="hold_lifted_at_by_and_why",
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        # Those a hold is about do not learn of it, whatever their role.
        about = Q(person_id__isnull=False, person_id__in=viewer.conflict_people)
        if viewer.person_id:
            about |= Q(person_id__isnull=False, person_id=viewer.person_id)
        return about | Q(unit_id__isnull=False, unit_id__in=viewer.conflict_units)


class DisposalState(models.TextChoices):
    """A disposal is proposed by one person and carried out when another agrees."""

    PROPOSED = "proposed", "Waiting for agreement"
    DONE = "done", "Removed"
    REFUSED = "refused", "Refused"


class Disposal(StandsToNobody, models.Model):
    """The removal of records whose time has come: exactly those listed, agreed by a second person. It is its own certificate."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=DisposalState.choices, default=DisposalState.PROPOSED)
    months = models.PositiveSmallIntegerField(help_text="The rule as it was when the disposal was proposed")
    ended_by = models.DateField(help_text="Records that ended on this day or earlier")
    references = models.TextField(help_text="The identifiers of the records, sorted, one a line")
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the references")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="disposal_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None, decided_by=None)
                | ~Q(state="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="disposal_decided_at_and_by_together",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state="proposed"), name="one_waiting_disposal_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"disposal {self.public_id}"

    @property
    def waits(self) -> bool:
        """Whether a second person has yet to decide."""
        return self.state == DisposalState.PROPOSED

    @property
    def is_done(self) -> bool:
        """Whether the records were removed."""
        return self.state == DisposalState.DONE
