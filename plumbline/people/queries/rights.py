"""Roles and interests as a viewer may see them, and what waits for a decision."""

from datetime import date, timedelta

from django.db.models import F, Q

from plumbline.people.models import GrantState, Interest, Person, RoleGrant
from plumbline.people.queries.units import is_public_id
from plumbline.people.rules.grants import NOTICE_DAYS
from plumbline.people.rules.permissions import Relation
from plumbline.people.scope import Viewer


def grant_by_id(viewer: Viewer, public_id: str) -> RoleGrant | None:
    """The role, when the viewer may see it."""
    if not is_public_id(public_id):
        return None
    return (
        RoleGrant.objects.visible_to(viewer, "role_grant.view")
        .filter(public_id=public_id)
        .select_related("person", "unit", "proposed_by", "decided_by", "local_role")
        .first()
    )


def interest_by_id(viewer: Viewer, public_id: str) -> Interest | None:
    """The interest, when the viewer may see it."""
    if not is_public_id(public_id):
        return None
    return (
        Interest.objects.visible_to(viewer, "interest.view")
        .filter(public_id=public_id)
        .select_related("person", "about_unit", "about_person")
        .first()
    )


def person_with_interests(viewer: Viewer, public_id: str) -> Person | None:
    """The person, when the viewer may see their interests."""
    return Person.objects.visible_to(viewer, "interest.view").filter(public_id=public_id).first()


def may_declare_for(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may declare and end interests of the person."""
    relations = viewer.relations("interest.declare")
    return Relation.ALL in relations or (Relation.OWN in relations and person.pk == viewer.person_id)


def colleague_by_address(viewer: Viewer, address: str) -> Person | None:
    """The colleague who signs in with exactly this address, to name them in a declared interest."""
    if not viewer.has("interest.declare"):
        return None
    return Person.objects.as_system("colleague-by-address").filter(user__email__iexact=address).first()


def roles_to_decide(viewer: Viewer) -> list[RoleGrant]:
    """The proposed roles that wait for somebody like the viewer: not their own, not proposed by them, not lapsed."""
    if not viewer.has("role_grant.decide"):
        return []
    return list(
        RoleGrant.objects.visible_to(viewer, "role_grant.decide")
        .filter(state=GrantState.PROPOSED)
        .filter(Q(ends_on=None) | Q(ends_on__gt=viewer.on))
        .exclude(ends_on=F("starts_on"))
        .filter(Q(person__left_on=None) | Q(person__left_on__gt=viewer.on))
        .exclude(person=viewer.person_id)
        .exclude(proposed_by__isnull=False, proposed_by=viewer.person_id)
        .select_related("person")
        .order_by("proposed_at", "pk")
    )


def own_roles_ending(viewer: Viewer, today: date) -> list[RoleGrant]:
    """The viewer's roles that end within two weeks and are not followed by the same one."""
    if viewer.person_id is None:
        return []
    own = RoleGrant.objects.visible_to(viewer, "role_grant.view").filter(
        person=viewer.person_id, state=GrantState.AGREED
    )
    own = own.select_related("local_role")
    running = list(own.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today)))
    ending = [
        grant
        for grant in running
        if grant.ends_on is not None and grant.ends_on <= today + timedelta(days=NOTICE_DAYS)
    ]
    if not ending:
        return []
    following = list(own.filter(starts_on__gt=today, starts_on__lte=today + timedelta(days=NOTICE_DAYS)))
    return [
        grant
        for grant in ending
        if not any(
            other.role == grant.role
            and other.local_role_id == grant.local_role_id
            and other.unit_id == grant.unit_id
            and other.pk != grant.pk
            and (other.ends_on is None or (grant.ends_on is not None and other.ends_on > grant.ends_on))
            for other in (*running, *following)
        )
    ]
