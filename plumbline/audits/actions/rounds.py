"""Proposes, agrees, changes and calls off a round, and completes it once its plan is agreed."""

from datetime import date
from typing import Any

from django.db import transaction

from plumbline.audits.actions.round_stages import RoundNotInState, move_round
from plumbline.audits.models import Draw, Round, RoundState, RoundStep
from plumbline.audits.rules.rounds import BEFORE_THE_DRAW, due_dates
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.models import Forum
from plumbline.people.models import Person

# What the sample rests on; it stays as it is once the sample is drawn.
SETTLED_BY_THE_DRAW = frozenset(
    {
        "tool",
        "cohort_rule",
        "plan_types",
        "sample_size",
        "strata",
        "stratum_minimum",
        "no_repeat_months",
        "moderation_percent",
        "is_feedback_required",
        "self_audit",
        "local_questions",
        "kind",
        "audit_kind",
        "theme",
        "first_month",
        "last_month",
    }
)


def locked_round(round: Round, *states: str) -> Round:
    """The round's row, locked until the transaction ends.

    Raises: RoundNotInState when states are given and it is at none of them.
    """
    rows: Any = Round.objects.as_system("recording")
    row: Round = rows.select_for_update().get(pk=round.pk)
    if states and row.state not in states:
        raise RoundNotInState
    return row


def propose_round(*, by: Person, **values: Any) -> Round:
    """The round proposed: a theme, why, and which months. The quality assurance team agrees it."""
    audits_due_on, report_due_on = due_dates(values["last_month"])
    with transaction.atomic():
        due = {"audits_due_on": audits_due_on, "report_due_on": report_due_on}
        row = Round(proposed_by=by, **(due | values))
        row.save(force_insert=True)
        RoundStep.objects.create(round=row, state=row.state, by=by)
        record(by=by, kind=Kind.ACTION, action="round.propose", obj=row)
    return row


def change_round(*, by: Person, round: Round, **values: Any) -> Round:
    """The round with its new facts; the event names the fields.

    Raises: RoundNotInState for a round that has ended, or for what the draw has settled.
    """
    with transaction.atomic():
        row = locked_round(round)
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        is_drawn = (
            row.state not in BEFORE_THE_DRAW or Draw.objects.as_system("draw").filter(round=row).exists()
        )
        if row.state in (RoundState.COMPLETED, RoundState.CANCELLED):
            raise RoundNotInState
        if is_drawn and set(changed) & SETTLED_BY_THE_DRAW:
            raise RoundNotInState
        if not changed:
            return row
        for name in changed:
            setattr(row, name, values[name])
        row.save(update_fields=changed)
        record(by=by, kind=Kind.ACTION, action="round.change", obj=row, detail={"fields": changed})
    return row


def plan_round(*, by: Person, round: Round, **values: Any) -> Round:
    """The round agreed and planned, ready for its case list.

    Raises: RoundNotInState unless it was proposed.
    """
    with transaction.atomic():
        locked_round(round, RoundState.PROPOSED)
        row = change_round(by=by, round=round, **values)
        return move_round(by=by, round=row, to=RoundState.PLANNED)


def cancel_round(*, by: Person, round: Round, reason: str) -> Round:
    """The round called off for the reason; what was done in it stays.

    Raises: RoundNotInState where its audits are all done already.
    """
    return move_round(by=by, round=round, to=RoundState.CANCELLED, reason=reason)


def agree_plan(*, by: Person, round: Round, forum: Forum, agreed_on: date) -> Round:
    """The round, completed: the forum received its report and agreed its plan of improvement on the day.

    Raises: RoundNotInState unless its report is issued.
    """
    with transaction.atomic():
        row = locked_round(round, RoundState.FINALISED)
        row.plan_forum, row.plan_agreed_on = forum, agreed_on
        row.save(update_fields=["plan_forum", "plan_agreed_on"])
        return move_round(by=by, round=row, to=RoundState.COMPLETED)
