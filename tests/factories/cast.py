"""A small council that tests read like a story: two services, three teams, one person for each role."""

from dataclasses import dataclass, field
from datetime import date

from plumbline.people.models import (
    GrantState,
    Interest,
    LineManagement,
    Person,
    Post,
    PostHolding,
    RoleGrant,
    Unit,
    UnitKind,
    UnitName,
    UnitPlace,
    User,
)
from plumbline.people.rules.roles import Role
from plumbline.people.scope import Viewer, viewer_for
from plumbline.shared import dates

SINCE = date(2024, 4, 1)


@dataclass
class Cast:
    """The council's units by key, the people by name, one person for each role by role."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    by_role: dict[Role, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def viewer(self, person: Person) -> Viewer:
        """The person's viewer today."""
        return viewer_for(person, dates.today())

    def add(
        self,
        name: str,
        unit: str,
        role: Role | None = None,
        *,
        whole_council: bool = False,
        manager: str = "",
    ) -> Person:
        """The person made, with a post in the unit and perhaps a role there or in the whole council."""
        person = Person(name=name.title(), user=User.objects.create(email=f"{name}@cast.example"))
        person.save()
        post = Post.objects.create(title="Officer", unit=self.units[unit])
        PostHolding.objects.create(person=person, post=post, starts_on=SINCE)
        if role:
            grant_role(person, role, None if whole_council else self.units[unit])
            self.by_role.setdefault(role, person)
        if manager:
            LineManagement.objects.create(person=person, manager=self.people[manager], starts_on=SINCE)
        self.people[name] = person
        return person

    def declare_interest(
        self, person: Person, *, unit: str | None = None, about: Person | None = None
    ) -> Interest:
        """The interest made."""
        return Interest.objects.create(
            person=person,
            about_unit=self.units[unit] if unit else None,
            about_person=about,
            reason="Related",
            starts_on=SINCE,
        )


def grant_role(person: Person, role: Role, unit: Unit | None) -> RoleGrant:
    """An agreed grant, as the console makes it."""
    return RoleGrant.objects.create(
        person=person,
        role=role,
        unit=unit,
        state=GrantState.AGREED,
        reason="Cast",
        starts_on=SINCE,
        proposed_by=None,
    )


def make_unit(key: str, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    """The unit made, with its name and place since the start."""
    unit = Unit.objects.create(key=key, kind=kind, opened_on=SINCE)
    UnitName.objects.create(unit=unit, name=name, starts_on=SINCE)
    if parent:
        UnitPlace.objects.create(unit=unit, parent=parent, starts_on=SINCE)
    return unit


COUNCIL_WIDE = {
    Role.PARTNER_AUDITOR,
    Role.QA_OFFICER,
    Role.QA_LEAD,
    Role.DIRECTOR,
    Role.COMPLAINTS_OFFICER,
    Role.CONCERN_HANDLER,
    Role.ANALYST,
    Role.BUSINESS_SUPPORT,
    Role.LEAD_MEMBER,
    Role.SCRUTINY_MEMBER,
    Role.DEMOCRATIC_SERVICES,
    Role.BOARD_MEMBER,
    Role.INSPECTOR,
    Role.INFORMATION_GOVERNANCE,
    Role.SYSTEM_ADMINISTRATOR,
    Role.MODERATOR,
    Role.REVIEWING_OFFICER,
}


def make_cast() -> Cast:
    """The council: Amira audits, Ben manages Safeguarding North, Cath belongs to another service; and one person a role."""
    cast = Cast()
    council = cast.units["council"] = make_unit("council", "Fernshire", UnitKind.COUNCIL, None)
    for key, name in (
        ("safeguarding", "Safeguarding"),
        ("care", "Children in Care"),
        ("quality", "Quality Assurance"),
    ):
        cast.units[key] = make_unit(key, name, UnitKind.SERVICE, council)
    for key, name, parent in (
        ("north", "Safeguarding North", "safeguarding"),
        ("south", "Safeguarding South", "safeguarding"),
        ("fostering", "Fostering", "care"),
        ("qa", "QA Team", "quality"),
    ):
        cast.units[key] = make_unit(key, name, UnitKind.TEAM, cast.units[parent])
    cast.units["home"] = make_unit("home", "Larch House", UnitKind.HOME, cast.units["care"])
    cast.add("ben", "north", Role.TEAM_MANAGER)
    cast.add("amira", "safeguarding", Role.AUDITOR)
    cast.add("cath", "fostering", Role.TEAM_MANAGER)
    cast.add("sam", "north", Role.SOCIAL_WORKER, manager="ben")
    cast.add("rhys", "home", Role.REGISTERED_MANAGER)
    for role in sorted(COUNCIL_WIDE):
        cast.add(role.replace("-", "_"), "qa", role, whole_council=True)
    return cast
