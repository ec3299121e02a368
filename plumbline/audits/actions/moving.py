"""Moves an audit from state to state; the only place that does, so that history, event and round follow."""

from typing import Any

from django.db import transaction

from plumbline.audits.actions.round_stages import move_round, settle
from plumbline.audits.models import Audit, AuditStep, Round
from plumbline.audits.rules.states import audit_may_move, round_may_move, stage_of
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


class NotInState(Exception):
    """The audit is not in a state from which the move is allowed: somebody else was quicker."""


def locked_audit(audit: Audit, *states: str) -> Audit:
    """The audit's row, locked until the transaction ends.

    Raises: NotInState when states are given and it is in none of them.
    """
    rows: Any = Audit.objects.as_system("recording")
    row: Audit = rows.select_for_update().get(pk=audit.pk)
    if states and row.state not in states:
        raise NotInState
    return row


def move_audit(*, by: Person | None, audit: Audit, to: str, reason: str = "", **values: Any) -> Audit:
    """The audit in its new state, with its step; the stage of its round follows.

    `values` are fields that the move sets, such as `shared_at`. The object given is brought up to date too.
    Raises: NotInState when the move is not allowed from the state it is in.
    """
    with transaction.atomic():
        row = locked_audit(audit)
        if not audit_may_move(row.state, to):
            raise NotInState
        before, row.state = row.state, to
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=["state", *values])
        AuditStep.objects.create(audit=row, state=to, reason=reason, by=by)
        record(by=by, kind=Kind.ACTION, action=f"audit.{to}", obj=row, detail={"from": before, "to": to})
        follow(by=by, round_id=row.round_id)
    for name in ("state", *values):
        setattr(audit, name, getattr(row, name))
    return row


def follow(*, by: Person | None, round_id: int) -> None:
    """Brings the round to the stage that the states of its audits give, if it may go there."""
    rounds: Any = Round.objects.as_system("recording")
    row: Round = rounds.select_for_update().get(pk=round_id)
    states = list(
        Audit.objects.as_system("recording").filter(round_id=round_id).values_list("state", flat=True)
    )
    stage = stage_of(states, row.state)
    path = [stage]
    if stage != row.state and not round_may_move(row.state, stage):
        # All shared at once, or the first audit of a round that is submitted before another is started.
        path = ["cases_audited", stage] if row.state == "auditing" else ["auditing", "cases_audited", stage]
    for step in path:
        if step != row.state and round_may_move(row.state, step):
            row = move_round(by=by, round=row, to=step)
    settle(by=by, round=row)
