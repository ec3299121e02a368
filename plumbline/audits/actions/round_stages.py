"""Moves a round from stage to stage; the only place that does, so that its history and event follow."""

from typing import Any

from django.db import transaction

from plumbline.audits.models import Audit, Report, ReportState, Round, RoundState, RoundStep
from plumbline.audits.rules.states import COUNTED, round_may_move
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


def settle(*, by: Person | None, round: Round) -> None:
    """Takes a round whose audits are all shared or left out on to its plan, if the report in force counts each of them.

    A report may be issued while audits are missing. Where they are left out afterwards it still says what is so, and
    needs no other version; where they come in after all, a new version counts them.
    """
    if round.state != RoundState.ANALYSIS:
        return
    reports = Report.objects.as_system("recording").filter(round=round)
    newest = reports.order_by("-number").first()
    if newest is None or newest.state != ReportState.ISSUED:
        return
    counted = Audit.objects.as_system("recording").filter(round=round, state__in=COUNTED).count()
    if newest.figures["completeness"]["counted"] == counted:
        said = f"Version {newest.number} of the report counts every audit that was done."
        move_round(by=by, round=round, to=RoundState.DRAFTED, reason=said)
        move_round(by=by, round=round, to=RoundState.FINALISED, reason=said)
