"""Moves a round from stage to stage; the only place that does, so that its history and event follow."""

from typing import Any

from django.db import transaction

from plumbline.audits.models import Round, RoundStep
from plumbline.audits.rules.states import round_may_move
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


class RoundNotInState(Exception):
    """The round is not at a stage from which the move is allowed."""


def move_round(*, by: Person | None, round: Round, to: str, reason: str = "") -> Round:
    """The round at its new stage, with its step.

    Raises: RoundNotInState when the move is not allowed from the stage it is at.
    """
    with transaction.atomic():
        rows: Any = Round.objects.as_system("recording")
        row: Round = rows.select_for_update().get(pk=round.pk)
        if not round_may_move(row.state, to):
            raise RoundNotInState
        before, row.state = row.state, to
        row.save(update_fields=["state"])
        RoundStep.objects.create(round=row, state=to, reason=reason, by=by)
        record(by=by, kind=Kind.ACTION, action="round.move", obj=row, detail={"from": before, "to": to})
    round.state = row.state
    return row
