"""Findings and actions of the world, in every state and as every role's person may stand to them."""

from typing import Any

from django.utils import timezone

from plumbline.improvement.models import (
    Action,
    ActionLevel,
    ActionState,
    ActionStep,
    Finding,
    FindingKind,
    FindingState,
    ImpactCheck,
)
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from plumbline.shared import dates

PLACES = (("team", "north"), ("service", "south"), ("elsewhere", "fostering"), ("conflict", "west"))


def add_improvement(world: Any) -> None:
    """Notes the findings and actions as specimens."""
    recorder = Person(name="Recorder of the world")
    recorder.save()
    other = Person(name="Owner in the world")
    other.save()
    for relation, unit in PLACES:
        for state in FindingState:
            _finding(world, relation, state, unit=world.units[unit], raised_by=recorder)
        for state in ActionState:
            _action(world, relation, state, recorder, unit=world.units[unit], owner=other, raised_by=recorder)
    away = world.units["fostering"]
    for role in Role:
        person = world.people[role]
        for state in FindingState:
            _finding(world, "own", state, role, unit=away, worker=person, raised_by=recorder)
            _finding(world, "assigned", state, role, unit=away, raised_by=person)
        for state in ActionState:
            _action(world, "own", state, recorder, role, unit=away, owner=person, raised_by=recorder)
            _action(world, "assigned", state, recorder, role, unit=away, owner=other, raised_by=person)
        barrier = _finding(
            world,
            "own",
            FindingState.OPEN,
            role,
            unit=away,
            worker=person,
            raised_by=recorder,
            kind="barrier",
        )
        for state in ActionState:
            made = _action(
                world, "answered", state, recorder, role, unit=away, owner=other, raised_by=recorder
            )
            made.findings.add(barrier)


def _finding(world: Any, relation: str, state: str, role: str = "", **values: Any) -> Finding:
    row = Finding(**{"kind": FindingKind.GAP, "state": state, "raised_on": dates.today()} | values)
    row.text = world.new_token("finding", row.public_id)
    row.withdrawn_reason = (
        world.new_token("finding", row.public_id) if state == FindingState.WITHDRAWN else ""
    )
    row.save()
    world.add("finding", relation, row, state=state, role=role)
    return row


def _action(world: Any, relation: str, state: str, closer: Person, role: str = "", **values: Any) -> Action:
    row = Action(level=ActionLevel.CHILD, state=state, due_on=dates.today(), **values)
    row.text = world.new_token("action", row.public_id)
    row.case_reference = world.new_token("action", row.public_id)
    row.evidence = world.new_token("action", row.public_id)
    row.impact = world.new_token("action", row.public_id)
    if state == ActionState.CLOSED:
        row.closed_at, row.closed_by = timezone.now(), closer
    row.save()
    if state == ActionState.CLOSED:
        ImpactCheck.objects.create(
            action=row,
            months=3,
            due_on=dates.today(),
            result="not_yet",
            evidence=world.new_token("action", row.public_id),
            recorded_at=row.closed_at,
            by=closer,
        )
        ImpactCheck.objects.create(action=row, months=6, due_on=dates.today())
    ActionStep.objects.create(
        action=row, state=state, by=closer, text=world.new_token("action", row.public_id)
    )
    world.add("action", relation, row, state=state, role=role)
    return row
