"""Tells the manager named, and one level above, when the clock of an immediate concern has run out; once a clock."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from plumbline.audits.models import Concern, ConcernState
from plumbline.audits.queries.concerns import told_above
from plumbline.audits.rules.concerns import missed_clocks
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.shared import dates
from plumbline.work.actions import queue_message

TOLD_AT = {"answer": "late_answer_told_at", "plan": "late_plan_told_at"}


def tell_of_missed_clocks() -> int:
    """How many concerns were found late anew. By night and at weekends too: a child may not be safe."""
    now = timezone.now()
    late = Q(late_answer_told_at=None, state=ConcernState.RAISED, acknowledge_by__lt=now) | Q(
        late_plan_told_at=None,
        state__in=(ConcernState.RAISED, ConcernState.ACKNOWLEDGED),
        plan_by__lt=now,
    )
    rows = Concern.objects.as_system("background-work").filter(late).order_by("pk")
    return sum(_tell(pk, now) for pk in list(rows.values_list("pk", flat=True)))


def _tell(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        rows: Any = Concern.objects.as_system("background-work")
        row: Concern = rows.select_for_update(of=("self",)).select_related("handler").get(pk=pk)
        missed = missed_clocks(row.state, row.acknowledge_by, row.plan_by, now)
        fields = [TOLD_AT[clock] for clock in missed if getattr(row, TOLD_AT[clock]) is None]
        if not fields:
            return False
        for name in fields:
            setattr(row, name, now)
        row.save(update_fields=fields)
        record(by=None, kind=Kind.ACTION, action="concern.late", obj=row, detail={"fields": fields})
        above = told_above(row, dates.day_of(now))
        for person, kind in (
            (row.handler, "concern-late"),
            *((one, "concern-late-above") for one in above),
        ):
            queue_message(
                person=person,
                kind=kind,
                path=reverse("concern", args=[row.public_id]),
                needs="concern.view",
                about=row,
            )
    return True
