"""What the choice of a second rater needs to know: who could, how they stood on the day of the draw, who has read what."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from plumbline.audits.models import Answer, Audit, AuditFinding, Grade, Moderation, Round
from plumbline.audits.rules.moderating import Rated, Rater, refusals
from plumbline.event_log.queries import readers_of
from plumbline.people.models import GrantState, Interest, LineManagement, Person, PostHolding, RoleGrant
from plumbline.people.rules.roles import Role
from plumbline.people.scope import holding_on, keeping, permission_table
from plumbline.people.tree import tree_on
from plumbline.shared import dates

MANAGING = (Role.TEAM_MANAGER, Role.REGISTERED_MANAGER)
REASON = "moderation-draw"


def day_of_draw(round: Round) -> date:
    """The day on which the round's sample was drawn; the day the round begins where none is recorded."""
    draw = getattr(round, "draw", None)
    return dates.day_of(draw.drawn_at) if draw is not None else round.first_month


def rating_roles() -> list[Role]:
    """The roles that may give a second rating, as the table of rights says."""
    return [role for role in Role if any(row.cells[role] for row in permission_table().of("moderation.rate"))]


def rated_of(audits: Iterable[Audit], day: date) -> list[Rated]:
    """The audits with everybody above their workers on the day, and everybody who has read or written in them."""
    rows = list(audits)
    above: dict[int, set[int]] = defaultdict(set)
    for person, manager in LineManagement.objects.filter(holding_on(day)).values_list(
        "person_id", "manager_id"
    ):
        above[person].add(manager)
    readers = _readers(rows)
    return [
        Rated(
            key=row.pk,
            auditor=row.auditor_id,
            worker=row.worker_id,
            team=row.unit_id,
            line=_line(row, above),
            readers=frozenset(readers[row.pk] - {row.auditor_id}),
        )
        for row in rows
    ]


def _line(row: Audit, above: dict[int, set[int]]) -> frozenset[int]:
    found: set[int] = {row.manager_id} if row.manager_id else set()
    waiting = [one for one in (row.worker_id, row.manager_id) if one]
    while waiting:
        for manager in above.get(waiting.pop(), ()):
            if manager not in found:
                found.add(manager)
                waiting.append(manager)
    return frozenset(found)


def _readers(rows: list[Audit]) -> dict[int, set[int]]:
    """Who opened an audit, a finding from it or an earlier rating of it, or wrote in it."""
    found: dict[int, set[int]] = defaultdict(set)
    about: dict[tuple[str, str], int] = {("audit", row.public_id): row.pk for row in rows}
    for public_id, audit in AuditFinding.objects.filter(audit__in=rows).values_list(
        "finding__public_id", "audit_id"
    ):
        about["finding", public_id] = audit
    for public_id, audit in (
        Moderation.objects.as_system(REASON)
        .filter(audit__in=rows, rated_at__isnull=False)
        .values_list("public_id", "audit_id")
    ):
        about["moderation", public_id] = audit
    opened = readers_of(about)
    actors = {actor for people in opened.values() for actor in people}
    people = dict(
        Person.objects.as_system(REASON).filter(public_id__in=actors).values_list("public_id", "pk")
    )
    for thing, audit in about.items():
        found[audit] |= {people[actor] for actor in opened.get(thing, ()) if actor in people}
    for model in (Answer, Grade):
        for audit, person in model.objects.filter(audit__in=rows).values_list("audit_id", "given_by_id"):
            found[audit].add(person)
    for audit, person in (
        Moderation.objects.as_system(REASON)
        .filter(audit__in=rows, rated_at__isnull=False)
        .values_list("audit_id", "moderator_id")
    ):
        found[audit].add(person)
    return found


def raters_on(day: date, today: date) -> dict[int, Rater]:
    """Everybody who may give second ratings today, by database number, as they stood on the day of the draw."""
    roles: dict[int, set[str]] = defaultdict(set)
    grants = RoleGrant.objects.as_system(REASON).filter(
        keeping("moderation.rate"),
        holding_on(today),
        Q(person__left_on=None) | Q(person__left_on__gt=today),
        state=GrantState.AGREED,
        role__in=rating_roles(),
        person__user__is_active=True,
    )
    for person, role in grants.values_list("person_id", "role"):
        roles[person].add(role)
    tree = tree_on(day)
    teams: dict[int, set[int]] = defaultdict(set)
    for person, unit in PostHolding.objects.filter(holding_on(day), person__in=roles).values_list(
        "person_id", "post__unit_id"
    ):
        teams[person].add(unit)
    managed = RoleGrant.objects.as_system(REASON).filter(
        holding_on(day), state=GrantState.AGREED, role__in=MANAGING, unit__isnull=False, person__in=roles
    )
    for person, unit in managed.values_list("person_id", "unit_id"):
        teams[person] |= tree.below(unit)
    interests: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    rows = Interest.objects.as_system(REASON).filter(holding_on(day) | holding_on(today))
    for person, other, unit in rows.values_list("person_id", "about_person_id", "about_unit_id"):
        if other is not None:
            interests[person][0].add(other)
            interests[other][0].add(person)
        if unit is not None:
            interests[person][1].update(tree.with_predecessors(tree.below(unit)))
    load: dict[int, int] = defaultdict(int)
    for (person,) in (
        Moderation.objects.as_system(REASON)
        .filter(rated_at=None, is_cancelled=False)
        .values_list("moderator_id")
    ):
        load[person] += 1
    return {
        person: Rater(
            person=person,
            teams=tree.with_predecessors(frozenset(teams[person])),
            interest_people=frozenset(interests[person][0]),
            interest_teams=frozenset(interests[person][1]),
            is_moderator=Role.MODERATOR in held,
            open_ratings=load[person],
        )
        for person, held in sorted(roles.items())
    }


def pairs_in(round: Round) -> set[tuple[int, int]]:
    """Who rates whose audits in the round, as (moderator, auditor)."""
    rows = Moderation.objects.as_system(REASON).filter(audit__round=round, is_cancelled=False)
    return set(rows.values_list("moderator_id", "audit__auditor_id"))


def independent_raters(audit: Audit) -> list[Person]:
    """The people who could rate the audit a second time, by name."""
    day = day_of_draw(audit.round)
    rated = rated_of([audit], day)[0]
    free = [pk for pk, rater in raters_on(day, dates.today()).items() if not refusals(rated, rater)]
    return list(Person.objects.as_system(REASON).filter(pk__in=free).order_by("name", "pk"))
