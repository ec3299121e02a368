"""Fills Fernshire with people: posts, managers, rights, and a history of moves and leavers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.text import slugify

from plumbline.demo.accounts import DEMO_DOMAIN, DEMO_PASSWORD
from plumbline.demo.council import BEGAN, MERGED_INTO, MOVED, OPENED_LATER, RENAMED, ROLE_POSTS, UNITS
from plumbline.demo.names import invented_names
from plumbline.people.actions.local_roles import make_local_role
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
    UnitSuccession,
    User,
)
from plumbline.people.rules.roles import Role


@dataclass
class Fernshire:
    """The council as it is being made."""

    chance: random.Random
    today: date
    names: Iterator[str]
    password: str
    units: dict[str, Unit] = field(default_factory=dict)
    heads: dict[str, Person] = field(default_factory=dict)
    by_role: dict[Role, Person] = field(default_factory=dict)
    team_of: dict[int, str] = field(default_factory=dict)

    def began(self, key: str) -> date:
        """When a unit opened."""
        return OPENED_LATER.get(key, BEGAN)

    def person(self, unit: str, title: str, since: date, email: str = "") -> Person:
        """Somebody new in a post, with an account."""
        name = next(self.names)
        address = email or f"{slugify(name).replace('-', '.')}@{DEMO_DOMAIN}"
        user = User.objects.create(email=address, password=self.password)
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
        person = Person.objects.create(name=name, user=user)
        self.hold(person, unit, title, since)
        self.team_of[person.pk] = unit
        return person

    def hold(self, person: Person, unit: str, title: str, since: date, until: date | None = None) -> None:
        post = Post.objects.create(title=title, unit=self.units[unit])
        PostHolding.objects.create(person=person, post=post, starts_on=since, ends_on=until)

    def managed(self, person: Person, manager: Person, since: date) -> None:
        if person.pk != manager.pk:
            LineManagement.objects.create(person=person, manager=manager, starts_on=since)

    def grant(self, person: Person, role: Role, unit: str, since: date, until: date | None = None) -> None:
        RoleGrant.objects.create(
            person=person,
            role=role,
            unit=self.units[unit] if unit else None,
            state=GrantState.AGREED,
            reason="Set up with the demonstration",
            starts_on=since,
            ends_on=until,
        )


def make_council(seed: int, today: date) -> Fernshire:
    """The council with its units and about 120 people."""
    chance = random.Random(seed)  # noqa: S311  nothing here is secret
    # Hashed once: a hash for each would take half a minute, and the password is printed on the sign-in page.
    fernshire = Fernshire(chance, today, invented_names(chance), make_password(DEMO_PASSWORD))
    _units(fernshire)
    _people_of_the_roles(fernshire)
    _heads(fernshire)
    _teams(fernshire)
    _history(fernshire)
    return fernshire


def _units(fernshire: Fernshire) -> None:
    for one in UNITS:
        opened = fernshire.began(one.key)
        unit = Unit.objects.create(key=one.key, kind=one.kind, opened_on=opened, closed_on=one.closed)
        fernshire.units[one.key] = unit
        name_from = opened
        if one.key in RENAMED:
            earlier, name_from = RENAMED[one.key]
            UnitName.objects.create(unit=unit, name=earlier, starts_on=opened, ends_on=name_from)
        UnitName.objects.create(unit=unit, name=one.name, starts_on=name_from, ends_on=one.closed)
        place_from = opened
        if one.key in MOVED:
            earlier, place_from = MOVED[one.key]
            UnitPlace.objects.create(
                unit=unit, parent=fernshire.units[earlier], starts_on=opened, ends_on=place_from
            )
        if one.parent:
            UnitPlace.objects.create(
                unit=unit, parent=fernshire.units[one.parent], starts_on=place_from, ends_on=one.closed
            )
    for before, after in MERGED_INTO.items():
        UnitSuccession.objects.create(
            before=fernshire.units[before], after=fernshire.units[after], on=fernshire.began(after)
        )


def _people_of_the_roles(fernshire: Fernshire) -> None:
    for role, (unit, covers, title) in ROLE_POSTS.items():
        since = fernshire.began(unit)
        person = fernshire.person(unit, title, since, f"{role}@{DEMO_DOMAIN}")
        until = date(fernshire.today.year + 1, 3, 31) if role.is_external else None
        fernshire.grant(person, role, covers, since, until)
        fernshire.by_role[role] = person
    director, lead = fernshire.by_role[Role.DIRECTOR], fernshire.by_role[Role.QA_LEAD]
    for role, manager in (
        (Role.AUDITOR, director),
        (Role.QA_LEAD, director),
        (Role.INFORMATION_GOVERNANCE, director),
        (Role.MODERATOR, lead),
        (Role.QA_OFFICER, lead),
        (Role.ANALYST, lead),
        (Role.COMPLAINTS_OFFICER, lead),
        (Role.CONCERN_HANDLER, lead),
        (Role.BUSINESS_SUPPORT, lead),
        (Role.TEAM_MANAGER, fernshire.by_role[Role.AUDITOR]),
        (Role.SOCIAL_WORKER, fernshire.by_role[Role.TEAM_MANAGER]),
    ):
        fernshire.managed(fernshire.by_role[role], manager, BEGAN)


def _heads(fernshire: Fernshire) -> None:
    """A head for each service; the auditor and the quality lead are two of them."""
    fernshire.heads["safeguarding"] = fernshire.by_role[Role.AUDITOR]
    fernshire.heads["quality"] = fernshire.by_role[Role.QA_LEAD]
    for key in ("help-and-assessment", "children-in-care"):
        head = fernshire.person(key, "Head of service", BEGAN)
        fernshire.grant(head, Role.AUDITOR, key, BEGAN)
        fernshire.managed(head, fernshire.by_role[Role.DIRECTOR], BEGAN)
        fernshire.heads[key] = head


def _teams(fernshire: Fernshire) -> None:
    for one in UNITS:
        if one.kind not in (UnitKind.TEAM, UnitKind.HOME) or one.closed:
            continue
        since = fernshire.began(one.key)
        manager = _manager(fernshire, one.key, one.kind, since, fernshire.heads[one.parent])
        fernshire.heads[one.key] = manager
        if one.key == ROLE_POSTS[Role.REVIEWING_OFFICER][0]:
            fernshire.managed(fernshire.by_role[Role.REVIEWING_OFFICER], manager, since)
        for number in range(one.practitioners):
            started = since + timedelta(days=fernshire.chance.randrange(0, 500) if number else 0)
            worker = fernshire.person(one.key, one.post, min(started, fernshire.today - timedelta(days=20)))
            role = Role.REVIEWING_OFFICER if one.key == "reviewing-officers" else Role.SOCIAL_WORKER
            fernshire.grant(worker, role, one.key, since)
            fernshire.managed(worker, manager, since)


def _manager(fernshire: Fernshire, key: str, kind: str, since: date, head: Person) -> Person:
    known = {"safeguarding-north": Role.TEAM_MANAGER, "larch-house": Role.REGISTERED_MANAGER}
    if key in known:
        manager = fernshire.by_role[known[key]]
        if key == "larch-house":
            fernshire.managed(manager, head, since)
        return manager
    manager = fernshire.person(key, "Team manager", since)
    fernshire.grant(manager, Role.TEAM_MANAGER, key, since)
    fernshire.managed(manager, head, since)
    return manager


def _history(fernshire: Fernshire) -> None:
    """People who left, one who moved, a right that waits for agreement, and a declared interest."""
    for key in ("front-door", "assessment-east", "safeguarding-south", "care-leavers", "fostering"):
        name = next(fernshire.names)
        left = fernshire.today - timedelta(days=fernshire.chance.randrange(60, 400))
        leaver = Person.objects.create(name=name, left_on=left)
        fernshire.hold(leaver, key, "Social worker", BEGAN, left)
    # Some of Safeguarding North came from the two teams that became it.
    north = [pk for pk, key in fernshire.team_of.items() if key == "safeguarding-north"]
    for pk, earlier in zip(north[:6], ("safeguarding-market", "safeguarding-moor") * 3, strict=True):
        person = Person.objects.as_system("demo").get(pk=pk)
        fernshire.hold(person, earlier, "Social worker", BEGAN, fernshire.began("safeguarding-north"))
    mover = fernshire.person("children-in-care-one", "Social worker", date(2024, 9, 2))
    fernshire.hold(mover, "assessment-west", "Social worker", BEGAN, date(2024, 9, 2))
    fernshire.grant(mover, Role.SOCIAL_WORKER, "children-in-care-one", date(2024, 9, 2))
    fernshire.managed(mover, fernshire.heads["children-in-care-one"], date(2024, 9, 2))
    RoleGrant.objects.create(
        person=fernshire.heads["assessment-east"],
        role=Role.MODERATOR,
        state=GrantState.PROPOSED,
        reason="To moderate audits of other services from next month",
        starts_on=fernshire.today + timedelta(days=14),
        proposed_by=fernshire.by_role[Role.SYSTEM_ADMINISTRATOR],
    )
    insight = make_local_role(
        by=fernshire.by_role[Role.SYSTEM_ADMINISTRATOR],
        name="Insight analyst",
        base=Role.ANALYST,
        left_out=("extract.view", "extract.load", "indicator.rows"),
        reason="To set complaints beside figures, without any child’s reference",
    )
    RoleGrant.objects.create(
        person=fernshire.by_role[Role.COMPLAINTS_OFFICER],
        role=insight.base,
        local_role=insight,
        state=GrantState.AGREED,
        reason="Brings figures and complaints together for the yearly report",
        starts_on=fernshire.today - timedelta(days=90),
        proposed_by=fernshire.by_role[Role.SYSTEM_ADMINISTRATOR],
        decided_by=fernshire.by_role[Role.INFORMATION_GOVERNANCE],
        decided_at=timezone.now() - timedelta(days=91),
    )
    Interest.objects.create(
        person=fernshire.by_role[Role.QA_OFFICER],
        about_unit=fernshire.units["adoption"],
        reason="A member of my family works in this team",
        starts_on=fernshire.today - timedelta(days=200),
    )
