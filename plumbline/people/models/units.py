"""The dated tree of services and teams."""

from django.db import models
from django.db.models import F, Q

from plumbline.people.models.dated import Dated
from plumbline.shared.ids import PublicIdField


class UnitKind(models.TextChoices):
    """What sort of part of the organisation a unit is."""

    COUNCIL = "council", "Council"
    SERVICE = "service", "Service"
    TEAM = "team", "Team"
    HOME = "home", "Children's home"


class Unit(models.Model):
    """A part of the organisation. Its name and its place in the tree are dated, its identity is not."""

    public_id = PublicIdField()
    key = models.SlugField(
        max_length=60, unique=True, help_text="A short name for imports, such as safeguarding-north"
    )
    kind = models.CharField(max_length=10, choices=UnitKind.choices)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="unit_closes_after_opening",
            )
        ]

    def __str__(self) -> str:
        return self.key


class UnitName(Dated):
    """What a unit was called in a period."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=100)

    class Meta(Dated.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class UnitPlace(Dated):
    """Which unit a unit belonged to in a period."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="places")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta(Dated.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.parent_id}"


class UnitSuccession(models.Model):
    """A unit that took over the work of another, by a merge or a split."""

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_out")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_in")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="one_succession_a_pair"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="no_unit_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} to {self.after_id}"
