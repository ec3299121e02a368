"""Raises exceptions from figures, once a run, and takes them from the manager's story to their end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.improvement.actions.acting import raise_action
from plumbline.improvement.models import Action, ActionLevel, ActionState
from plumbline.indicators.models import ExceptionState, ExceptionStep, Extract, IndicatorException
from plumbline.indicators.queries.runs import Stand, stands_of
from plumbline.indicators.rules.exceptions import Run, is_known, may_move
from plumbline.people.models import Person
from plumbline.work.actions import queue_message

S = ExceptionState
OVER = (S.BACK_ON_TARGET, S.CLOSED)


class NotInState(Exception):
    """The exception is not where this step begins. Nothing was changed."""


class NoPlan(Exception):
    """There is no action to agree on: a corrective action plan has at least one."""


class OwnException(Exception):
    """Who answers for an indicator does not agree or close alone: somebody else does."""


def look_again() -> int:
    """How many exceptions were raised from the newest extract. Safe to do twice: a run raises one."""
    extract = Extract.objects.as_system("extract").order_by("-as_at", "-pk").first()
    return sum(_look(stand, extract) for stand in stands_of(extract)) if extract else 0


def _look(stand: Stand, extract: Extract) -> bool:
    every: Any = IndicatorException.objects.as_system("exception").filter(indicator=stand.indicator.key)
    if stand.run is None and not every.exclude(state__in=OVER).exists():
        return False
    with transaction.atomic():
        before: list[IndicatorException] = list(every.select_for_update())
        if stand.run is None:
            for row in before:
                if row.reason == stand.reason and row.state not in OVER and row.last_on < stand.on:
                    row.latest, row.extract = stand.said, extract
                    _step(None, row, S.BACK_ON_TARGET, stand.said)
            return False
        for row in before:
            if not is_known(stand.run, [Run(row.first_on, row.last_on)]):
                continue
            if row.reason == stand.reason:
                row.last_on, row.latest = max(row.last_on, stand.run.last_on), stand.said
                row.extract = extract
                row.save(update_fields=["last_on", "latest", "extract"])
                return False
            # One exception speaks for a run, whichever reason came first, until that one is over.
            if row.state != S.BACK_ON_TARGET:
                return False
        row = IndicatorException(
            indicator=stand.indicator.key,
            reason=stand.reason,
            kind=stand.kind,
            first_on=stand.run.first_on,
            last_on=stand.run.last_on,
            said=stand.said,
            latest=stand.said,
            extract=extract,
            owner=stand.target.owner if stand.target else None,
        )
        row.save(force_insert=True)
        ExceptionStep.objects.create(exception=row, state=row.state, text=stand.said)
        record(by=None, kind=Kind.ACTION, action="exception.raise", obj=row)
        _tell(row)
    return True


def give(*, by: Person, exception: IndicatorException, owner: Person) -> IndicatorException:
    """The exception with who is to tell its story, who is told.

    Raises: NotInState for one that is closed.
    """
    with transaction.atomic():
        row = _locked(exception)
        if row.state == S.CLOSED:
            raise NotInState
        row.owner = owner
        row.save(update_fields=["owner"])
        record(by=by, kind=Kind.ACTION, action="exception.give", obj=row)
        _tell(row)
    return row


def explain(
    *, by: Person, exception: IndicatorException, story: str, causes: Sequence[str]
) -> IndicatorException:
    """The exception with the story behind the figure and what stood in the way.

    Raises: NotInState once its plan is agreed.
    """
    with transaction.atomic():
        row = _locked(exception)
        row.story, row.causes = story, list(causes)
        return _step(by, row, S.EXPLAINED)


def act(
    *,
    by: Person,
    exception: IndicatorException,
    text: str,
    owner: Person,
    due_on: date,
    is_urgent: bool = False,
) -> Action:
    """An action of the corrective plan, put to its owner.

    Raises: NotInState for an exception that is closed.
    """
    with transaction.atomic():
        row = _locked(exception)
        if row.state == S.CLOSED:
            raise NotInState
        made = raise_action(
            by=by,
            level=ActionLevel.SERVICE,
            text=text,
            owner=owner,
            due_on=due_on,
            findings=(),
            is_urgent=is_urgent,
        )
        row.actions.add(made)
    return made


def agree_plan(*, by: Person, exception: IndicatorException, review_on: date) -> IndicatorException:
    """The exception with its corrective action plan agreed, to be looked at again on the day.

    Raises: NotInState unless it is explained; NoPlan without an action; OwnException for its owner.
    """
    with transaction.atomic():
        row = _locked(exception)
        if row.owner_id == by.pk:
            raise OwnException
        if not row.actions(manager="_base_manager").exclude(state=ActionState.WITHDRAWN).exists():
            raise NoPlan
        row.review_on = review_on
        return _step(by, row, S.PLAN_AGREED)


def monitor(*, by: Person, exception: IndicatorException, note: str, review_on: date) -> IndicatorException:
    """The exception, looked at, with what was seen and when it is looked at again.

    Raises: NotInState unless its plan is agreed.
    """
    with transaction.atomic():
        row = _locked(exception)
        row.review_on = review_on
        return _step(by, row, S.MONITORED, note)


def close(*, by: Person, exception: IndicatorException, outcome: str) -> IndicatorException:
    """The exception closed, with what came of it. It is not raised again while the same run goes on.

    Raises: NotInState where it is closed already; OwnException for its owner.
    """
    with transaction.atomic():
        row = _locked(exception)
        if row.owner_id == by.pk:
            raise OwnException
        row.outcome, row.closed_at, row.closed_by, row.review_on = outcome, timezone.now(), by, None
        return _step(by, row, S.CLOSED, outcome)


def _locked(exception: IndicatorException) -> IndicatorException:
    rows: Any = IndicatorException.objects.as_system("exception").select_for_update()
    found: IndicatorException = rows.get(pk=exception.pk)
    return found


def _step(
    by: Person | None, row: IndicatorException, to: ExceptionState, text: str = ""
) -> IndicatorException:
    if not may_move(row.state, to):
        raise NotInState
    row.state = to
    row.save()
    ExceptionStep.objects.create(exception=row, state=to, text=text, by=by)
    record(by=by, kind=Kind.ACTION, action=f"exception.{to}", obj=row)
    return row


def _tell(row: IndicatorException) -> None:
    if row.owner is not None:
        queue_message(
            person=row.owner,
            kind="exception-yours",
            path=reverse("indicator_exception", args=[row.public_id]),
            needs="exception.view",
            about=row,
        )
