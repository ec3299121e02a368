"""Accounts, people, the dated tree of services and teams, posts, line management, roles and declared interests."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from plumbline.people.rules.roles import Role
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager


class UserManager(BaseUserManager["User"]):
    """Finds and makes accounts."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None) -> "User":
        """The account made; without a password it can only be used through single sign-on."""
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """An account: an address and a password, nothing else. Who it belongs to and what they may do stands elsewhere."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return f"account {self.pk}"

    # No account has rights of its own: rights come from role grants alone.
    is_staff = False
    is_superuser = False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Dated(models.Model):
    """A fact that holds from a day up to, and not including, another; without an end it still holds."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="%(class)s_ends_after_start"
            )
        ]


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


class Person(models.Model):
    """An adult who works with Plumbline or is named in it as a member of staff, a councillor or a partner."""

    public_id = PublicIdField()
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(max_length=100)
    left_on = models.DateField(null=True, blank=True)

    objects: ClassVar[ScopedManager["Person"]] = ScopedManager()

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
        return Q(pk__in=viewer.conflict_people) | Q(pk__in=viewer.people_in(viewer.conflict_units))


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
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=GrantState.choices, default=GrantState.PROPOSED)
    reason = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ScopedManager["RoleGrant"]] = ScopedManager()

    class Meta(Dated.Meta):
        ordering = ["-starts_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
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

    STATE_FIELD = "state"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(person_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return Q(pk__in=())


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

    objects: ClassVar[ScopedManager["Interest"]] = ScopedManager()

    class Meta(Dated.Meta):
        ordering = ["-starts_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
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
