"""A small world in which every role has one person, and every record stands to them in every relation and state.

Every text that somebody could write carries a token of its own, so that a leak names where it came from.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from plumbline.framework.models import (
    Activity,
    Criterion,
    Forum,
    FrameworkUpload,
    InterpretationNote,
    Occurrence,
    OccurrenceStatus,
    ReportLine,
    Schedule,
    Standard,
    StandardSet,
)
from plumbline.keeping.models import Disposal, LegalHold
from plumbline.people.models import (
    GrantState,
    Interest,
    LocalRole,
    Person,
    Post,
    PostHolding,
    RoleGrant,
    Unit,
    UnitKind,
    User,
)
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from plumbline.work.models import Job, Message
from tests.factories.cast import SINCE, grant_role, make_unit
from tests.proof.oracle import Specimen
from tests.proof.world_improvement import add_improvement
from tests.proof.world_moderation import add_moderation

_numbers = count(1)
STATES = ("planned", "done", "missed", "cancelled")


def token(kind: str) -> str:
    """A word that stands nowhere else."""
    return f"Zq{kind}{next(_numbers):05d}qz"


@dataclass
class World:
    """The people by role, and the specimens by kind: those for everyone, and those of one role."""

    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    shared: dict[str, list[Specimen]] = field(default_factory=dict)
    of_role: dict[tuple[str, str], list[Specimen]] = field(default_factory=dict)
    # Each token with the kind and public id of the record whose right decides who may read it.
    tokens: dict[str, tuple[str, str]] = field(default_factory=dict)
    # Each record with the tokens of those named in it for what they decided: the record answers for who did it.
    deciders: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    literals: dict[str, str] = field(default_factory=dict)
    # The walks made so far, by role.
    walks: dict[str, Any] = field(default_factory=dict)
    # What each role's walk asks for.
    plan: dict[str, Any] = field(default_factory=dict)
    # The round of the audits, and each audit by role ("" for everybody's), relation and state.
    round: Any = None
    audits: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def specimens(self, kind: str, role: str) -> list[Specimen]:
        """The rows of a kind as the role's person stands to them."""
        return self.shared.get(kind, []) + self.of_role.get((kind, role), [])

    def every_specimen(self, kind: str) -> list[Specimen]:
        """The rows of a kind, however anybody stands to them."""
        return self.shared.get(kind, []) + [
            one for (of, _), rows in self.of_role.items() if of == kind for one in rows
        ]

    def new_token(self, kind: str, public_id: str) -> str:
        made = token(kind)
        self.tokens[made] = (kind, public_id)
        return made

    def add(
        self, kind: str, relation: str, row: Any, *, state: str = "*", token: str = "", role: str = ""
    ) -> None:
        """Notes a row as a specimen, for everybody or for one role, and its token as belonging to it."""
        specimen = Specimen(kind, row.public_id, relation, state, token)
        if role:
            self.of_role.setdefault((kind, role), []).append(specimen)
        else:
            self.shared.setdefault(kind, []).append(specimen)
        if token:
            self.tokens[token] = (kind, row.public_id)


def make_world() -> World:
    """The world, written to the database."""
    world = World()
    _units(world)
    _people(world)
    _rights(world)
    _standards(world)
    _uploads(world)
    _tools(world)
    _schedule(world)
    _work(world)
    _keeping(world)
    _audits(world)
    add_improvement(world)
    add_moderation(world)
    _extracts(world)
    world.literals |= {
        "position": "1",
        "form": "yaml",
        "token": "unknown",
        "kind": "message",
        "framework": "ilacs",
        "base": "moderator",
        "local_role_id": _local_role(world).public_id,
    }
    return world


def _extracts(world: World) -> None:
    """Extracts; imported here because their module needs this one."""
    from tests.proof.world_extracts import add_extracts

    add_extracts(world)


def _audits(world: World) -> None:
    """What each part of audits adds; imported here because their modules need this one."""
    from tests.proof.world_alloc import add_alloc
    from tests.proof.world_audits import add_audits
    from tests.proof.world_report import add_report
    from tests.proof.world_rounds import add_rounds

    add_audits(world)
    add_alloc(world)
    add_rounds(world)
    add_report(world)


def _units(world: World) -> None:
    council = world.units["council"] = make_unit("council", "Council", UnitKind.COUNCIL, None)
    for key in ("safeguarding", "care"):
        world.units[key] = make_unit(key, key.title(), UnitKind.SERVICE, council)
    for key, parent in (
        ("north", "safeguarding"),
        ("south", "safeguarding"),
        ("west", "safeguarding"),
        ("fostering", "care"),
    ):
        world.units[key] = make_unit(key, key.title(), UnitKind.TEAM, world.units[parent])
    world.add("unit", "elsewhere", world.units["north"])


def _person(world: World, unit: str, email: str = "") -> Person:
    name = token("person")
    person = Person(name=name, user=User.objects.create(email=email) if email else None)
    person.save()
    post = Post.objects.create(title="Officer", unit=world.units[unit])
    PostHolding.objects.create(person=person, post=post, starts_on=SINCE)
    world.tokens[name] = ("person", person.public_id)
    if email:
        world.tokens[email.split("@")[0]] = ("person", person.public_id)
    return person


def _people(world: World) -> None:
    for relation, unit in (
        ("team", "north"),
        ("service", "south"),
        ("elsewhere", "fostering"),
        ("conflict", "west"),
    ):
        person = _person(world, unit, f"{token('mail').lower()}@world.example")
        world.people[relation] = person
        world.add("person", relation, person, token=person.name)
    for role in Role:
        person = _person(world, "north", f"{token('mail').lower()}@world.example")
        world.people[role] = person
        world.add("person", "own and team", person, token=person.name, role=role)


def _rights(world: World) -> None:
    for role in Role:
        person = world.people[role]
        own = grant_role(person, role, world.units["north"])
        world.add("role_grant", "own", own, state="agreed", role=role)
        for state in (GrantState.PROPOSED, GrantState.REFUSED):
            world.add("role_grant", "own", _grant(world, person, state), state=state, role=role)
        world.add("interest", "own", _interest(world, person, about_unit=world.units["west"]), role=role)
        about = _interest(world, world.people["elsewhere"], about_person=person)
        world.add("interest", "conflict", about, role=role)
    for relation in ("elsewhere", "conflict"):
        for state in GrantState:
            world.add("role_grant", relation, _grant(world, world.people[relation], state), state=state)
    world.add(
        "interest", "elsewhere", _interest(world, world.people["elsewhere"], about_unit=world.units["south"])
    )


def _local_role(world: World) -> LocalRole:
    """A role of the council's own that nobody holds."""
    maker = world.people[Role.SYSTEM_ADMINISTRATOR]
    left_out = LocalRole.as_kept({"moderation.settle"})
    return LocalRole.objects.create(
        name="Reader", base=Role.MODERATOR, left_out=left_out, reason="To read", made_by=maker
    )


def _grant(world: World, person: Person, state: str) -> RoleGrant:
    grant = RoleGrant(
        person=person,
        role=Role.SOCIAL_WORKER,
        unit=world.units["fostering"],
        state=state,
        starts_on=SINCE,
        reason="",
    )
    # An agreed right of somebody elsewhere changes nothing for the roles walked.
    grant.reason = world.new_token("role_grant", grant.public_id)
    grant.save()
    return grant


def _interest(world: World, person: Person, **about: Any) -> Interest:
    interest = Interest(person=person, starts_on=SINCE, **about)
    interest.reason = world.new_token("interest", interest.public_id)
    interest.save()
    return interest


def _standards(world: World) -> None:
    for state in ("draft", "published", "retired"):
        name = token("set")
        moment = timezone.now()
        published = {} if state == "draft" else {"published_at": moment}
        retired = {"retired_at": moment} if state == "retired" else {}
        standards = StandardSet.objects.create(
            key=f"set-{state}" if state != "retired" else "set-published",
            title=name,
            version="1" if state != "published" else "2",
            state=state,
            digest=state.ljust(64, "0"),
            **published,
            **retired,
        )
        world.add("standard_set", "elsewhere", standards, state=state, token=name)
        standard = Standard.objects.create(set=standards, number="1", title="A standard", position=1)
        criterion = Criterion.objects.create(
            set=standards,
            standard=standard,
            key="1.1",
            number="1.1",
            text=world.new_token("standard_set", standards.public_id),
            kind="quality",
            applies_to=["all"],
            position=1,
        )
        InterpretationNote.objects.create(
            criterion=criterion, on=SINCE, text=world.new_token("standard_set", standards.public_id)
        )
        world.add("criterion", "elsewhere", criterion, state=state)


def _tools(world: World) -> None:
    """Audit tools; imported here because their module needs this one."""
    from tests.proof.world_tools import add_tools

    add_tools(world)


def _uploads(world: World) -> None:
    for role in Role:
        upload = FrameworkUpload.objects.create(
            owner=world.people[role], name=token("upload"), data=b"kind: practice-standards\n"
        )
        world.add("upload", "own", upload, token=upload.name, role=role)


def _schedule(world: World) -> None:
    schedule = Schedule.objects.create(key="schedule", title="Schedule", version="1", digest="0" * 64)
    activity = Activity.objects.create(
        schedule=schedule,
        key="visits",
        name="Visits to teams",
        type="visit",
        position=1,
        corner="practice",
        cadences=[{"kind": "every", "interval": 1, "unit": "month"}],
    )
    forum = Forum.objects.create(
        key="board", name="Oversight board", cadence={"kind": "every", "interval": 1, "unit": "month"}
    )
    ReportLine.objects.create(activity=activity, forum=forum)
    world.add("schedule", "elsewhere", schedule)
    world.add("activity", "elsewhere", activity)
    world.add("forum", "elsewhere", forum)
    for relation, unit in (
        ("team", "north"),
        ("service", "south"),
        ("elsewhere", "fostering"),
        ("conflict", "west"),
    ):
        for state in STATES:
            _occurrence(world, activity, relation, unit, state)
    for role in Role:
        for state in STATES:
            _occurrence(world, activity, "assigned", "fostering", state, role)


def _occurrence(
    world: World, activity: Activity, relation: str, unit: str, state: str, role: str = ""
) -> None:
    day = dates.today() - timedelta(days=3)
    occurrence = Occurrence(
        activity=activity,
        unit=world.units[unit],
        earliest_on=day,
        due_on=day,
        state=state,
        is_extra=True,
        responsible=world.people[role] if role else None,
        held_on=day if state == "done" else None,
    )
    outcome = token("occurrence")
    occurrence.outcome = outcome if state == "done" else ""
    occurrence.reason = outcome if state in ("missed", "cancelled") else ""
    occurrence.save()
    status = world.new_token("occurrence", occurrence.public_id)
    held = world.new_token("occurrence", occurrence.public_id)
    OccurrenceStatus.objects.create(occurrence=occurrence, state=state, reason=status, outcome=held)
    world.add(
        "occurrence",
        relation,
        occurrence,
        state=state,
        token=outcome if state != "planned" else "",
        role=role,
    )


def _work(world: World) -> None:
    for role in Role:
        job = Job(kind="verify-event-log", by=world.people[role])
        job.result = token("job")
        job.save()
        world.add("job", "own", job, token=job.result, role=role)
        Message.objects.create(
            person=world.people[role], kind="work-waits", number=1, due_on=date(2026, 1, 1)
        )
    other = Job(kind="verify-event-log", by=world.people["elsewhere"])
    other.result = token("job")
    other.save()
    world.add("job", "elsewhere", other, token=other.result)


def _keeping(world: World) -> None:
    _hold(world, "elsewhere", unit=world.units["fostering"])
    _hold(world, "conflict", unit=world.units["west"])
    for role in Role:
        # Whoever a hold is about does not learn of it.
        _hold(world, "conflict", role, person=world.people[role])
    for state in ("proposed", "done", "refused"):
        references = token("disposal")
        decided = {"decided_by": world.people["conflict"], "decided_at": timezone.now()}
        disposal = Disposal.objects.create(
            kind="occurrence",
            state=state,
            months=72,
            ended_by=SINCE,
            references=references,
            count=1,
            digest="0" * 64,
            proposed_by=world.people["elsewhere"],
            **(decided if state != "proposed" else {}),
        )
        world.add("disposal", "elsewhere", disposal, state=state, token=references)
        named = {disposal.proposed_by, disposal.decided_by} - {None}
        world.deciders["disposal", disposal.public_id] = {person.name.lower() for person in named}


def _hold(world: World, relation: str, role: str = "", **about: Any) -> None:
    title = token("legal_hold")
    hold = LegalHold.objects.create(
        title=title, reason=title, lift_reason=title, placed_by=world.people["elsewhere"], **about
    )
    world.add("legal_hold", relation, hold, token=title, role=role)


def fixed_moment() -> datetime:
    """A moment that all fixtures may use where the clock must not matter."""
    return datetime(2026, 1, 1, 9, tzinfo=dates.LONDON)
