"""People, the posts they hold and who manages whom."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from plumbline.people.models.accounts import User
from plumbline.people.models.dated import Dated
from plumbline.people.models.units import Unit
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager


class Person(models.Model):
    """An adult who works with Plumbline or is named in it as a member of staff, a councillor or a partner."""

    public_id = PublicIdField()
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(max_length=100)
    left_on = models.DateField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"person {self.public_id}"

    @property
    def actor_id(self) -> str:
        """The id under which the event log names the person."""
        return self.public_id

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        if relation == "own":
            return Q(pk=viewer.person_id)
        if relation in ("team", "service"):
            return Q(pk__in=viewer.people_in(units))
        return Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        # Nobody loses sight of themselves by declaring an interest in the team they work in.
        return (Q(pk__in=viewer.conflict_people) | Q(pk__in=viewer.people_in(viewer.conflict_units))) & ~Q(
            pk=viewer.person_id
        )


class Post(models.Model):
    """A job in a unit, whoever holds it."""

    public_id = PublicIdField()
    title = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")

    def __str__(self) -> str:
        return self.title


class PostHolding(Dated):
    """Who held a post in a period."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holdings")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="holdings")

    class Meta(Dated.Meta):
        pass

    def __str__(self) -> str:
        return f"holding {self.pk}"


class LineManagement(Dated):
    """Who managed whom in a period."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="managed_by")
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="manages")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(person=F("manager")), name="nobody_manages_themselves"),
        ]

    def __str__(self) -> str:
        return f"line management {self.pk}"
