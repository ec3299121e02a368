"""Requests, exceptions, capacity and leave of the world, on the audits that are there already."""

from datetime import timedelta

from django.utils import timezone

from plumbline.audits.models import (
    AllocationException,
    Audit,
    AuditorCapacity,
    AuditorLeave,
    AuditRequest,
    ExceptionState,
    RequestState,
)
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.proof.world import World

# An audit of its own for each request, since an audit has one that waits.
ON_STATE = {"asked": "started", "agreed": "submitted", "refused": "shared"}


def add_alloc(world: World) -> None:
    """Adds requests and exceptions in every state and relation, and notes about an auditor."""
    elsewhere = world.people["elsewhere"]
    for state in RequestState:
        for relation in ("elsewhere", "conflict"):
            _request(world, world.audits["", relation, ON_STATE[state]], relation, state, elsewhere)
        for role in Role:
            own = world.audits[role, "assigned", ON_STATE[state]]
            _request(world, own, "own", state, world.people[role], role)
    for relation in ("elsewhere", "conflict"):
        for state in ExceptionState:
            _exception(world, world.audits["", relation, ON_STATE[state]], relation, state)
    for role in Role:
        for state in ("started", "shared"):
            notice = world.audits[role, "own", state]
            world.add("audit_notice", "own", notice, role=role)
            world.deciders["audit_notice", notice.public_id] = {notice.auditor.name.lower()}
    world.add("allocation_note", "elsewhere", elsewhere)

    def note() -> str:
        return world.new_token("allocation_note", elsewhere.public_id)

    AuditorCapacity.objects.create(person=elsewhere, audits_a_month=3, note=note(), set_by=elsewhere)
    later = dates.today() + timedelta(days=400)
    AuditorLeave.objects.create(person=elsewhere, starts_on=later, note=note(), set_by=elsewhere)


def _request(world: World, audit: Audit, relation: str, state: str, asked_by: Person, role: str = "") -> None:
    decider = world.people["service"]
    made = AuditRequest(audit=audit, kind="exemption", state=state, asked_by=asked_by)
    made.reason = world.new_token("audit_request", made.public_id)
    if state != "asked":
        made.decided_by, made.decided_at = decider, timezone.now()
        made.decision_reason = world.new_token("audit_request", made.public_id)
    made.save()
    world.add("audit_request", relation, made, state=state, role=role)
    world.deciders["audit_request", made.public_id] = {decider.name.lower(), asked_by.name.lower()}


def _exception(world: World, audit: Audit, relation: str, state: str) -> None:
    made = AllocationException(
        slot=audit.slot,
        auditor=world.people["elsewhere"],
        refusals=["own_team"],
        state=state,
        proposed_by=world.people["elsewhere"],
    )
    made.reason = world.new_token("allocation_exception", made.public_id)
    if state != "asked":
        made.decided_by, made.decided_at = world.people["service"], timezone.now()
        made.decision_reason = world.new_token("allocation_exception", made.public_id)
    made.save()
    world.add("allocation_exception", relation, made)
    named = {made.auditor, made.proposed_by, made.decided_by} - {None}
    world.deciders["allocation_exception", made.public_id] = {one.name.lower() for one in named if one}
