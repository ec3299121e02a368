"""Roles that people hold, and the interests they declare."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plumbline.people.models.dated import Dated, may_end_the_day_it_starts
from plumbline.people.models.local_roles import LocalRole
from plumbline.people.models.people import Person
from plumbline.people.models.units import Unit
from plumbline.people.rules.roles import Role
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager


class GrantState(models.TextChoices):
    """A right is proposed by one person and agreed by another."""

    PROPOSED = "proposed", "Waiting for agreement"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"


class RoleGrant(Dated):
    """A role a person has, in a part of the organisation or in all of it, from a day and perhaps to a day."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    # Where it is a role of the council's own: `role` is then what that was made from.
    local_role = models.ForeignKey(
        LocalRole, null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=GrantState.choices, default=GrantState.PROPOSED)
    reason = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta(Dated.Meta):
        ordering = ["-starts_on", "pk"]
        constraints = [
            may_end_the_day_it_starts("rolegrant"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="grant_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
                name="grant_needs_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"grant {self.public_id}"

    @property
    def role_name(self) -> str:
        """The role in words, the council's own by its name."""
        return self.local_role.name if self.local_role else Role(self.role).label

    STATE_FIELD = "state"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(person_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return (
            Q(person_id__in=viewer.conflict_people) | Q(person_id__in=viewer.people_in(viewer.conflict_units))
        ) & ~Q(person_id=viewer.person_id)


class Interest(Dated):
    """A declared interest: while it lasts, the person sees nothing of that unit or that colleague, whatever their rank."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    about_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    about_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField(max_length=200)
    declared_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager()

    class Meta(Dated.Meta):
        ordering = ["-starts_on", "pk"]
        constraints = [
            may_end_the_day_it_starts("interest"),
            models.CheckConstraint(
                condition=Q(about_unit=None, about_person__isnull=False)
                | Q(about_unit__isnull=False, about_person=None),
                name="interest_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"interest {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(person_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return Q(about_person_id=viewer.person_id) if viewer.person_id else Q(pk__in=())
