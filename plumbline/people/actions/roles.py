"""Proposes, decides and ends roles. Two people hold the keys, and neither is the one who gets the role."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.actions.dated import stop_rights
from plumbline.people.actions.people import check_works_on
from plumbline.people.actions.units import check_is_open
from plumbline.people.models import GrantState, LocalRole, Person, RoleGrant, Unit
from plumbline.people.rules.grants import Wish, against_deciding, against_proposing, is_over
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.people.rules.roles import Role
from plumbline.people.scope import permission_table
from plumbline.shared import dates
from plumbline.shared.plain_text import clean_line


def propose_role(
    *,
    by: Person,
    person: Person,
    role: Role,
    unit: Unit | None,
    starts_on: date,
    reason: str,
    ends_on: date | None = None,
    local_role: LocalRole | None = None,
) -> RoleGrant:
    """The role as proposed: it gives no right until a second person agrees.

    `local_role` is for one of the council's own: the role without what that leaves out.

    Raises: Refused for a role of one's own, an outsider without an end, a wrong place or day, or one held already.
    """
    with transaction.atomic():
        if local_role is not None and (local_role.retired_at or local_role.base != role):
            raise Refused(Reason.NO_LONGER_OFFERED)
        wish = Wish(role, unit is not None, starts_on, ends_on)
        against = against_proposing(
            wish, is_for_themselves=by == person, today=dates.today(), table=permission_table()
        )
        if against is not None:
            raise Refused(against)
        check_place_and_person(person, unit, wish)
        grant = RoleGrant.objects.create(
            person=person,
            role=role,
            local_role=local_role,
            unit=unit,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=clean_line(reason),
            proposed_by=by,
        )
        record(by=by, kind=Kind.ACTION, action="role_grant.propose", obj=grant, detail=facts_of(grant))
    return grant


def decide_role(*, by: Person, grant: RoleGrant, agree: bool) -> RoleGrant:
    """The role, agreed or refused. An agreed one counts from today at the earliest, never for days gone by.

    Raises: Refused when `by` proposed it or would get it, or when it is no longer waiting.
    """
    with transaction.atomic():
        today = dates.today()
        grant = RoleGrant.objects.as_system("role-rules").select_for_update(of=("self",)).get(pk=grant.pk)
        against = against_deciding(
            agrees=agree,
            is_waiting=grant.state == GrantState.PROPOSED and grant.starts_on != grant.ends_on,
            is_for_themselves=grant.person_id == by.pk,
            is_own_proposal=grant.proposed_by_id == by.pk,
            ends_on=grant.ends_on,
            today=today,
        )
        if against is not None:
            raise Refused(against)
        if agree:
            check_works_on(grant.person, today)
            grant.starts_on = max(grant.starts_on, today)
        grant.state = GrantState.AGREED if agree else GrantState.REFUSED
        grant.decided_by, grant.decided_at = by, timezone.now()
        grant.save(update_fields=["state", "starts_on", "decided_by", "decided_at"])
        record(
            by=by,
            kind=Kind.ACTION,
            action="role_grant.agree" if agree else "role_grant.refuse",
            obj=grant,
            detail=facts_of(grant),
        )
    return grant


def end_role(*, by: Person, grant: RoleGrant, on: date) -> RoleGrant:
    """The role, which stops counting at the midnight that begins the day; today means at once.

    Raises: Refused for one's own, one that is over, or a day gone by.
    """
    with transaction.atomic():
        today = dates.today()
        grant = RoleGrant.objects.as_system("role-rules").select_for_update(of=("self",)).get(pk=grant.pk)
        if grant.person_id == by.pk:
            raise Refused(Reason.OWN_RIGHT)
        if grant.state == GrantState.REFUSED or is_over(grant.starts_on, grant.ends_on, today):
            raise Refused(Reason.ALREADY_OVER)
        if on < today:
            raise Refused(Reason.ENDS_IN_THE_PAST)
        if grant.ends_on is not None and on >= grant.ends_on:
            # An end may be brought forward here; a longer right needs a new proposal and a second person.
            raise Refused(Reason.NOTHING_CHANGES)
        stop_rights(RoleGrant.objects.as_system("role-rules").filter(pk=grant.pk), on)
        record(by=by, kind=Kind.ACTION, action="role_grant.end", obj=grant, detail={"on": on.isoformat()})
    grant.refresh_from_db()
    return grant


def check_place_and_person(person: Person, unit: Unit | None, wish: Wish) -> None:
    """Returns when the person works and the unit is open on the first day, and the role is not held or waiting there.

    Raises: Refused otherwise.
    """
    check_works_on(person, wish.starts_on)
    if unit is not None:
        check_is_open(unit, wish.starts_on)
    same = (
        RoleGrant.objects.as_system("role-rules")
        .filter(person=person, role=wish.role, unit=unit)
        .exclude(state=GrantState.REFUSED)
    )
    today = dates.today()
    for grant in same:
        if not is_over(grant.starts_on, grant.ends_on, today) and wish.overlaps(
            grant.starts_on, grant.ends_on
        ):
            raise Refused(Reason.ALREADY_HELD)


def facts_of(grant: RoleGrant) -> dict[str, str]:
    """What the event log keeps of a role: ids and days, not the reason that was written."""
    return {
        "person": grant.person.public_id,
        "role": str(grant.role),
        "local_role": grant.local_role.public_id if grant.local_role else "",
        "unit": grant.unit.public_id if grant.unit else "",
        "from": grant.starts_on.isoformat(),
        "to": grant.ends_on.isoformat() if grant.ends_on else "",
    }
