"""Leaves late audits out of a round, with a reason, so that the round can be finished."""

from collections.abc import Sequence

from django.db import transaction

from plumbline.audits.actions.moving import NotInState, locked_audit, move_audit
from plumbline.audits.actions.rounds import locked_round
from plumbline.audits.actions.telling import tell_person
from plumbline.audits.models import Audit, AuditState, Excusal, Round, RoundState
from plumbline.audits.rules.states import IN_HAND, is_late
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.models import Forum
from plumbline.people.models import Person
from plumbline.shared import dates


class NotExcusable(Exception):
    """An audit is not late any more, is not of the round, or is the decider's own."""


def excuse_late(
    *, by: Person, round: Round, audits: Sequence[Audit], reason: str, forum: Forum | None = None
) -> int:
    """How many late audits were left out. What was written in them is kept, and the report says that they are missing.

    Raises: NotExcusable, and leaves none out; RoundNotInState when the round has no audits under way.
    """
    with transaction.atomic():
        row = locked_round(round, RoundState.ALLOCATED, RoundState.AUDITING)
        for audit in audits:
            try:
                late = locked_audit(audit, *IN_HAND)
            except NotInState:
                raise NotExcusable from None
            is_theirs = late.auditor_id == by.pk
            if late.round_id != row.pk or is_theirs or not is_late(late.state, late.due_on, dates.today()):
                raise NotExcusable
            Excusal.objects.create(audit=late, reason=reason, forum=forum, by=by)
            move_audit(by=by, audit=late, to=AuditState.EXEMPTED, reason="Late, and left out of the round")
            tell_person(late.auditor, "audit-left-out", "/", needs="work.view")
        record(by=by, kind=Kind.ACTION, action="round.excuse", obj=row, detail={"audits": len(audits)})
    return len(audits)
