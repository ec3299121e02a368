"""Sets what an indicator is to come to, and takes it back; what held before is kept."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from indicator_engine import Indicator
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.indicators.models import Target
from plumbline.people.models import Person


def set_target(*, by: Person | None, indicator: Indicator, **values: Any) -> Target:
    """The target in force from now on; the one before it is ended and kept."""
    with transaction.atomic():
        _end(indicator)
        row = Target.objects.create(indicator=indicator.key, set_by=by, **values)
        record(by=by, kind=Kind.ACTION, action="indicator.target", detail={"indicator": indicator.key})
    return row


def end_target(*, by: Person, indicator: Indicator) -> None:
    """No target is in force any more. Safe to do twice."""
    with transaction.atomic():
        if _end(indicator):
            record(
                by=by, kind=Kind.ACTION, action="indicator.end_target", detail={"indicator": indicator.key}
            )


def _end(indicator: Indicator) -> int:
    rows = Target.objects.filter(indicator=indicator.key, ended_at=None)
    return rows.update(ended_at=timezone.now())
