"""The draw: a seed recorded first, an order anybody can repeat, and each place with what became of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.cases import CaseList, FrameCase
from plumbline.audits.models.rounds import Round
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody, in_conflict


class SeedKind(models.TextChoices):
    """Where a seed came from."""

    PEOPLE = "people", "People in the room, such as by dice"
    PUBLIC = "public", "A public source, such as a lottery result"


class Seed(models.Model):
    """The seed of a round's draw; recorded before the draw and never changed."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="seed")
    value = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=SeedKind.choices)
    how = models.TextField(help_text="Who gave it and how, or which source and day")
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"seed {self.pk}"


class Draw(StandsToNobody, models.Model):
    """The sample of a round, with all that is needed to draw it again."""

    public_id = PublicIdField()
    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="draw")
    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=60)
    frame_digest = models.CharField(max_length=64)
    frame_size = models.PositiveIntegerField()
    seed_value = models.CharField(max_length=120)
    sample_size = models.PositiveSmallIntegerField()
    strata_columns = models.JSONField(default=list, blank=True)
    strata = models.JSONField(default=list, help_text="Each stratum: label, size, drawn")
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    def __str__(self) -> str:
        return f"draw {self.public_id}"


class SlotState(models.TextChoices):
    """What became of a place in the order."""

    SELECTED = "selected", "In the sample"
    RESERVE = "reserve", "Reserve"
    EXCLUDED = "excluded", "Excluded"
    REPLACED = "replaced", "Replaced by the next in the order"


class SlotRoute(models.TextChoices):
    """How a case came into the round; kept apart in every figure."""

    RANDOM = "random", "Random"
    PURPOSIVE = "purposive", "Picked by the quality assurance team"
    INSPECTOR = "inspector", "Picked by an inspector"


class ExclusionReason(models.TextChoices):
    """The only reasons for which a drawn case may be left out."""

    RECENT = "recent", "Audited within the no-repeat time"
    CLOSED = "closed", "The case had closed before the list was made"
    WRONG = "wrong", "The case does not belong to the group of children"
    COURT = "court", "A court or the police asked for it to be left alone"
    FAMILY = "family", "The family is in crisis, such as after a death"
    DUPLICATE = "duplicate", "A brother or sister is in the sample already"
    CONFLICT = "conflict", "No independent auditor can be found"
    EXCUSED = "excused", "The auditor was excused and nobody could take it on"


class Slot(models.Model):
    """One case of the frame in the order of the draw. Leaving one out never reorders the others."""

    public_id = PublicIdField()
    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="slots")
    case = models.ForeignKey(FrameCase, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=10, choices=SlotRoute.choices, default=SlotRoute.RANDOM)
    stratum = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(
        null=True, blank=True, help_text="In the order of its stratum; none for a picked case"
    )
    state = models.CharField(max_length=10, choices=SlotState.choices)
    reason = models.CharField(max_length=12, choices=ExclusionReason.choices, blank=True)
    note = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["stratum", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "case"], name="one_slot_a_case"),
            models.CheckConstraint(
                condition=~Q(state__in=["excluded", "replaced"]) | ~Q(reason=""),
                name="slot_left_out_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="slot_approved_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"slot {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="case__unit_id", person="case__worker_id")
