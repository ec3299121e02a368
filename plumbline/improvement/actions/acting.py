"""Sets actions and takes them from their owner's word to somebody else's check of what they changed."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.rules.months import add_months
from plumbline.improvement.actions.findings import NotInState
from plumbline.improvement.actions.telling import tell_back, tell_owner, tell_who_named_it
from plumbline.improvement.models import (
    Action,
    ActionLevel,
    ActionState,
    ActionStep,
    Finding,
    ImpactCheck,
    ImpactResult,
)
from plumbline.improvement.rules.states import IMPACT_AFTER_MONTHS, may_move
from plumbline.people.models import Person, Unit
from plumbline.shared import dates


class OwnAction(Exception):
    """An owner cannot close their own action: somebody else checks it."""


def raise_action(
    *,
    by: Person,
    level: ActionLevel | str,
    text: str,
    owner: Person,
    due_on: date,
    findings: Sequence[Finding],
    unit: Unit | None = None,
    case_reference: str = "",
    is_urgent: bool = False,
    as_draft: bool = False,
) -> Action:
    """The action made, waiting for its owner; a draft where its source is not shared yet.

    Whoever sets an action for themselves has agreed to it.
    """
    with transaction.atomic():
        action = Action.objects.create(
            level=level,
            text=text,
            owner=owner,
            due_on=due_on,
            unit=unit,
            case_reference=case_reference if level == ActionLevel.CHILD else "",
            is_urgent=is_urgent,
            raised_by=by,
        )
        action.findings.add(*findings)
        ActionStep.objects.create(action=action, state=ActionState.DRAFT, by=by)
        record(
            by=by,
            kind=Kind.ACTION,
            action="action.raise",
            obj=action,
            detail={"findings": [one.public_id for one in findings]},
        )
        return action if as_draft else propose(by=by, action=action)


def propose(*, by: Person, action: Action) -> Action:
    """The action, put to its owner, who is told; agreed at once where the owner set it.

    Raises: NotInState unless it is a draft.
    """
    row = _step(by, action, ActionState.PROPOSED, from_states=(ActionState.DRAFT,), tell=tell_owner)
    return agree(by=by, action=row) if row.owner_id == by.pk == row.raised_by_id else row


def agree(*, by: Person, action: Action, note: str = "") -> Action:
    """The action, accepted by its owner, or on their word, which the note then says.

    Raises: NotInState unless it waits for its owner.
    """
    return _step(by, action, ActionState.AGREED, note)


def note_progress(*, by: Person, action: Action, note: str) -> Action:
    """The action, in progress, with the note in its history.

    Raises: NotInState unless it is agreed or in progress.
    """
    return _step(
        by,
        action,
        ActionState.IN_PROGRESS,
        note,
        from_states=(ActionState.AGREED, ActionState.IN_PROGRESS),
    )


def mark_done(*, by: Person, action: Action, evidence: str) -> Action:
    """The action, done and waiting for the check of somebody else, with what shows it.

    Raises: NotInState unless it is agreed or in progress.
    """
    return _step(by, action, ActionState.DONE, evidence=evidence)


def send_back(*, by: Person, action: Action, reason: str) -> Action:
    """The action, in progress again because what was shown is not enough yet; its owner is told.

    Raises: NotInState unless it is done. OwnAction for the owner.
    """
    return _step(
        by,
        action,
        ActionState.IN_PROGRESS,
        reason,
        from_states=(ActionState.DONE,),
        by_owner=False,
        tell=tell_back,
    )


def close_action(*, by: Person, action: Action, impact: str, evidence: str = "") -> Action:
    """The action, closed with evidence and with what difference it made; its checks of impact are booked.

    Raises: NotInState unless it is done. OwnAction for the owner.
    """
    now = timezone.now()
    values: dict[str, Any] = {"impact": impact, "closed_at": now, "closed_by": by}
    if evidence:
        values["evidence"] = evidence
    with transaction.atomic():
        row = _step(by, action, ActionState.CLOSED, by_owner=False, **values)
        on = dates.day_of(now)
        ImpactCheck.objects.bulk_create(
            ImpactCheck(action=row, months=months, due_on=add_months(on, months))
            for months in IMPACT_AFTER_MONTHS
        )
        tell_who_named_it(row)
    return row


def record_impact(
    *, by: Person, action: Action, check: ImpactCheck, result: ImpactResult | str, evidence: str
) -> ImpactCheck:
    """The check, with what somebody other than the owner saw of what the action changed.

    Raises: NotInState unless the action is closed and the check still open. OwnAction for the owner.
    """
    with transaction.atomic():
        row = _locked(action)
        open_check = row.impact_checks.filter(pk=check.pk, result="").first()
        if row.state != ActionState.CLOSED or open_check is None:
            raise NotInState
        if row.owner_id == by.pk:
            raise OwnAction
        open_check.result, open_check.evidence = result, evidence
        open_check.by, open_check.recorded_at = by, timezone.now()
        open_check.save()
        record(by=by, kind=Kind.ACTION, action="action.impact", obj=row, detail={"result": str(result)})
    return open_check


def reopen(*, by: Person, action: Action, reason: str) -> Action:
    """The action, in progress again after it was closed; its owner is told. Open checks of impact go with the closing.

    Raises: NotInState unless it is closed.
    """
    with transaction.atomic():
        row = _step(
            by,
            action,
            ActionState.IN_PROGRESS,
            reason,
            from_states=(ActionState.CLOSED,),
            tell=tell_back,
            closed_at=None,
            closed_by=None,
        )
        row.impact_checks.filter(result="").delete()
    return row


def withdraw_action(*, by: Person, action: Action, reason: str) -> Action:
    """The action, withdrawn for the reason; it stays to be read.

    Raises: NotInState when it is done, closed or withdrawn.
    """
    return _step(by, action, ActionState.WITHDRAWN, reason)


def change_owner_or_day(*, by: Person, action: Action, owner: Person, due_on: date, reason: str) -> Action:
    """The action with its new owner or day. A new owner is asked anew, so it waits for them.

    Raises: NotInState when it is done or over.
    """
    with transaction.atomic():
        row = _locked(action)
        open_states = (
            ActionState.DRAFT,
            ActionState.PROPOSED,
            ActionState.AGREED,
            ActionState.IN_PROGRESS,
        )
        if row.state not in open_states:
            raise NotInState
        has_new_owner = owner.pk != row.owner_id
        changed = [
            name for name, value in (("owner", owner), ("due_on", due_on)) if getattr(row, name) != value
        ]
        row.owner, row.due_on = owner, due_on
        if has_new_owner and row.state != ActionState.DRAFT:
            row.state = ActionState.PROPOSED
        row.save()
        ActionStep.objects.create(action=row, state=row.state, text=reason, by=by)
        record(by=by, kind=Kind.ACTION, action="action.change", obj=row, detail={"fields": changed})
        if has_new_owner and row.state == ActionState.PROPOSED:
            tell_owner(row)
    return row


def _locked(action: Action) -> Action:
    rows: Any = Action.objects.as_system("recording")
    row: Action = rows.select_for_update(of=("self",)).select_related("owner").get(pk=action.pk)
    return row


def _step(
    by: Person,
    action: Action,
    to: ActionState,
    text: str = "",
    *,
    from_states: tuple[str, ...] = (),
    by_owner: bool = True,
    tell: Callable[[Action], object] | None = None,
    **values: Any,
) -> Action:
    with transaction.atomic():
        row = _locked(action)
        if not may_move(row.state, to) or (from_states and row.state not in from_states):
            raise NotInState
        if not by_owner and row.owner_id == by.pk:
            raise OwnAction
        row.state = to
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        ActionStep.objects.create(action=row, state=to, text=text, by=by)
        record(by=by, kind=Kind.ACTION, action=f"action.{to}", obj=row)
        if tell is not None:
            tell(row)
    return row
