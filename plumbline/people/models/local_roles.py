"""Roles of the council's own."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from plumbline.people.models.people import Person
from plumbline.people.rules.roles import Role
from plumbline.shared.ids import PublicIdField


class LocalRole(models.Model):
    """A role of the council's own: another role without some of its rights. Made once and never edited.

    A change would widen or narrow what people hold who were given it by two others, so a changed one is a new one.
    """

    public_id = PublicIdField()
    name = models.CharField(max_length=80)
    base = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    # Each action between bars, so that one can be looked for in the database: "|report.view|" is not in
    # "|shareable_report.view|".
    left_out = models.TextField()
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(retired_at=None), name="one_local_role_a_name"
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="local_role_retired_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"local role {self.public_id}"

    @property
    def actions_left_out(self) -> frozenset[str]:
        return frozenset(filter(None, self.left_out.split("|")))

    @staticmethod
    def as_kept(actions: Iterable[str]) -> str:
        """The actions as `left_out` holds them."""
        return f"|{'|'.join(sorted(actions))}|"
