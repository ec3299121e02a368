"""Raises an immediate concern, and takes it through acknowledged and planned to closed."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from plumbline.audits.models import Audit, Concern, ConcernState, ConcernStep
from plumbline.audits.queries.concerns import quality_leads
from plumbline.audits.rules.concerns import concern_may_move, limits
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.work.actions import queue_message
from plumbline.work.once import is_first_time


class ConcernNotInState(Exception):
    """The step was taken already, or the one before it was not."""


def raise_concern(
    *, by: Person, audit: Audit, handler: Person, text: str, question: str = "", key: str = ""
) -> Concern:
    """The concern raised: the manager named and the quality leads are told at once, without what it is about."""
    now = timezone.now()
    acknowledge_by, plan_by = limits(now, settings.CONCERN_ACKNOWLEDGE_HOURS, settings.CONCERN_PLAN_HOURS)
    with transaction.atomic():
        if not is_first_time(key, {"text": text, "handler": handler.public_id}):
            raised = Concern.objects.as_system("recording").filter(audit=audit, raised_by=by, text=text)
            return raised.latest("pk")
        concern = Concern.objects.create(
            audit=audit,
            question=question,
            text=text,
            handler=handler,
            raised_by=by,
            raised_at=now,
            acknowledge_by=acknowledge_by,
            plan_by=plan_by,
        )
        ConcernStep.objects.create(concern=concern, state=ConcernState.RAISED, by=by)
        record(
            by=by,
            kind=Kind.ACTION,
            action="concern.raise",
            obj=concern,
            detail={"audit": audit.public_id, "handler": handler.public_id},
        )
        for person in {one.pk: one for one in (handler, *quality_leads(now.date()))}.values():
            if person.pk != by.pk:
                queue_message(
                    person=person,
                    kind="concern-raised",
                    path=reverse("concern", args=[concern.public_id]),
                    needs="concern.view",
                    about=concern,
                )
    return concern


def acknowledge_concern(*, by: Person, concern: Concern, text: str = "") -> Concern:
    """The concern, acknowledged.

    Raises: ConcernNotInState when it was acknowledged already.
    """
    return _step(by, concern, ConcernState.ACKNOWLEDGED, text)


def plan_concern(*, by: Person, concern: Concern, plan: str) -> Concern:
    """The concern with what is done to keep the child safe.

    Raises: ConcernNotInState when it is not acknowledged, or has a plan already.
    """
    return _step(by, concern, ConcernState.PLANNED, plan, plan=plan)


def close_concern(*, by: Person, concern: Concern, outcome: str) -> Concern:
    """The concern, closed with what came of it.

    Raises: ConcernNotInState when it has no plan yet, or is closed already.
    """
    return _step(by, concern, ConcernState.CLOSED, outcome, outcome=outcome)


def _step(by: Person, concern: Concern, to: str, text: str, **values: str) -> Concern:
    with transaction.atomic():
        rows: Any = Concern.objects.as_system("recording")
        row: Concern = rows.select_for_update().get(pk=concern.pk)
        if not concern_may_move(row.state, to):
            raise ConcernNotInState
        row.state = to
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        ConcernStep.objects.create(concern=row, state=to, text=text, by=by)
        record(by=by, kind=Kind.ACTION, action=f"concern.{to}", obj=row)
        if to == ConcernState.CLOSED and row.raised_by_id != by.pk:
            queue_message(
                person=row.raised_by,
                kind="concern-closed",
                path=reverse("concern", args=[row.public_id]),
                needs="concern.view",
                about=row,
            )
    return row
