"""The viewer: one person on one day, with the roles, units and conflicts that decide what they reach."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from plumbline.people.models import GrantState, Interest, Person, PostHolding, RoleGrant, User
from plumbline.people.rules.permissions import (
    ANY_STATE,
    Permission,
    PermissionTable,
    Relation,
    read_permissions,
)
from plumbline.people.rules.roles import Role
from plumbline.people.tree import Tree, tree_on

NOTHING = Q(pk__in=())


@cache
def permission_table() -> PermissionTable:
    """The table in force, read once a process."""
    return read_permissions(settings.DEFINITIONS_DIR / "permissions.csv")


def holding_on(day: date) -> Q:
    """The condition that a dated row holds on the day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def keeping(action: str) -> Q:
    """The condition that a person's role, where it is one of the council's own, does not leave the action out."""
    return Q(local_role=None) | ~Q(local_role__left_out__contains=f"|{action}|")


@dataclass(frozen=True)
class Grant:
    """A role in force, with the units it reaches as `team` and as `service`.

    `without` are the actions that a role of the council's own leaves out of it.
    """

    role: Role
    team_units: frozenset[int]
    service_units: frozenset[int]
    name: str = ""
    without: frozenset[str] = frozenset()

    def relations(self, row: Permission) -> frozenset[Relation]:
        """The relations through which the role gives the right of the row: never more than its column says."""
        return frozenset() if row.action in self.without else row.cells[self.role]


@dataclass(frozen=True)
class Viewer:
    """Who is looking. The same rule answers for lists (`reach`) and for single rows (`may`)."""

    on: date
    person_id: int | None = None
    actor_id: str = ""
    name: str = ""
    grants: tuple[Grant, ...] = ()
    conflict_people: frozenset[int] = frozenset()
    conflict_units: frozenset[int] = frozenset()
    table: PermissionTable = field(default_factory=permission_table, compare=False, repr=False)

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(dict.fromkeys(grant.role for grant in self.grants))

    @property
    def role_names(self) -> list[str]:
        """The roles in words, each once."""
        return list(dict.fromkeys(grant.name or grant.role.label for grant in self.grants))

    def relations(self, action: str) -> frozenset[Relation]:
        """The relations through which the viewer may do the action, in whatever state."""
        return frozenset(
            relation
            for row in self.table.of(action)
            for grant in self.grants
            for relation in grant.relations(row)
        )

    def has(self, action: str) -> bool:
        """Whether the viewer may do the action to anything at all."""
        return bool(self.relations(action))

    def states(self, action: str, relation: Relation) -> list[str]:
        """The states in which the relation gives the viewer the right."""
        rows = self.table.of(action)
        return [row.state for row in rows if any(relation in grant.relations(row) for grant in self.grants)]

    def sees_figures_of(self, action: str) -> bool:
        """Whether the viewer may see totals: every row, or the aggregate only."""
        return bool(self.relations(action) & {Relation.ALL, Relation.AGGREGATE})

    def units(self, action: str) -> frozenset[int] | None:
        """The units for which the viewer may do the action, without those of a declared interest; None for all."""
        found: frozenset[int] = frozenset()
        for row in self.table.of(action):
            for grant in self.grants:
                for relation in grant.relations(row):
                    if relation is Relation.ALL:
                        return None
                    if relation is Relation.TEAM:
                        found |= grant.team_units
                    if relation is Relation.SERVICE:
                        found |= grant.service_units
        return found - self.conflict_units

    def reach(self, model: type[models.Model], action: str) -> Q:
        """The condition for the rows of a model on which the viewer may do the action."""
        scoped: Any = model
        states: dict[tuple[tuple[Relation, Grant], ...], list[str]] = {}
        for row in self.table.of(action):
            held = tuple((right, grant) for grant in self.grants for right in sorted(grant.relations(row)))
            states.setdefault(held, []).append(row.state)
        reached = Q()
        for relations, where in states.items():
            here = Q()
            for relation, grant in relations:
                here |= self._related(scoped, relation, grant)
            if relations:
                reached |= here if where == [ANY_STATE] else here & Q(**{f"{scoped.STATE_FIELD}__in": where})
        conflicted: Q = scoped.conflicted(self)
        return (reached or NOTHING) & ~conflicted

    def _related(self, model: Any, relation: Relation, grant: Grant) -> Q:
        match relation:
            case Relation.ALL:
                return Q(pk__isnull=False)
            case Relation.AGGREGATE:
                return NOTHING
            case Relation.SERVICE:
                return model.related("service", self, grant.service_units)  # type: ignore[no-any-return]
            case _:
                return model.related(str(relation), self, grant.team_units)  # type: ignore[no-any-return]

    def may(self, action: str, row: Any) -> bool:
        """Whether the viewer may do the action to the row, as the database has it now."""
        return type(row).objects.visible_to(self, action).filter(pk=row.pk).exists()  # type: ignore[no-any-return]

    def people_in(self, units: frozenset[int]) -> "QuerySet[PostHolding, int] | tuple[()]":
        """The people who hold a post in the units on the viewer's day, for use in a condition."""
        if not units:
            return ()
        return PostHolding.objects.filter(holding_on(self.on), post__unit__in=units).values_list(
            "person_id", flat=True
        )

    def basis(self, action: str) -> str:
        """The roles and relations the right comes from, for the event log."""
        return " ".join(
            sorted(
                {
                    f"{grant.role}:{relation}"
                    for row in self.table.of(action)
                    for grant in self.grants
                    for relation in grant.relations(row)
                }
            )
        )


def nobody(on: date) -> Viewer:
    """The viewer who is not signed in: reaches nothing."""
    return Viewer(on=on)


def viewer_of(user: User, on: date) -> Viewer:
    """The account's viewer on the day; one without any right when no person who still works here belongs to it."""
    person = Person.objects.as_system("sign-in").filter(user=user).first()
    if person is None or not user.is_active or (person.left_on and person.left_on <= on):
        return nobody(on)
    return viewer_for(person, on)


def viewer_for(person: Person, on: date, tree: Tree | None = None) -> Viewer:
    """The person's viewer on the day: jobs use it too, so that they decide with today's rights."""
    tree = tree or tree_on(on)
    grants = RoleGrant.objects.as_system("sign-in").filter(
        holding_on(on), person=person, state=GrantState.AGREED
    )
    grants = grants.select_related("local_role")
    interests = list(Interest.objects.as_system("sign-in").filter(holding_on(on), person=person))
    return Viewer(
        on=on,
        person_id=person.pk,
        actor_id=person.public_id,
        name=person.name,
        grants=tuple(
            Grant(
                Role(grant.role),
                tree.with_predecessors(tree.below(grant.unit_id)) if grant.unit_id else frozenset(),
                tree.with_predecessors(tree.below(tree.service_of(grant.unit_id)))
                if grant.unit_id
                else frozenset(),
                grant.role_name,
                grant.local_role.actions_left_out if grant.local_role else frozenset(),
            )
            for grant in sorted(grants, key=lambda grant: grant.pk)
        ),
        conflict_people=frozenset(i.about_person_id for i in interests if i.about_person_id),
        conflict_units=frozenset(
            unit for i in interests if i.about_unit_id for unit in tree.below(i.about_unit_id)
        ),
    )


def person_behind(viewer: Viewer) -> Person:
    """The viewer's own row, to say who did something.

    Raises: Person.DoesNotExist for a viewer who is nobody.
    """
    return Person.objects.as_system("sign-in").get(pk=viewer.person_id or 0)
