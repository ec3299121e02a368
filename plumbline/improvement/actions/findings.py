"""Raises findings, changes drafts, opens them to those they are about, withdraws them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.models import Criterion
from plumbline.improvement.models import Finding, FindingKind, FindingState
from plumbline.people.models import Person, Unit


class NotInState(Exception):
    """The row is no longer in the state that the step starts from: somebody else was quicker."""


def raise_finding(
    *,
    by: Person,
    kind: FindingKind | str,
    text: str,
    raised_on: date,
    criterion: Criterion | None = None,
    unit: Unit | None = None,
    worker: Person | None = None,
    causes: Sequence[str] = (),
    routes: Sequence[str] = (),
    needs_analysis: bool = False,
    is_open: bool = False,
) -> Finding:
    """The finding made: a draft until its source is shared, unless it is open from the start."""
    with transaction.atomic():
        finding = Finding.objects.create(
            kind=kind,
            text=text,
            raised_on=raised_on,
            criterion=criterion,
            unit=unit,
            worker=worker,
            causes=list(causes),
            routes=list(routes),
            needs_analysis=needs_analysis,
            state=FindingState.OPEN if is_open else FindingState.DRAFT,
            raised_by=by,
        )
        record(by=by, kind=Kind.ACTION, action="finding.raise", obj=finding)
    return finding


def change_finding(*, by: Person, finding: Finding, **values: Any) -> Finding:
    """The draft with the values given.

    Raises: NotInState once it is open or withdrawn.
    """
    with transaction.atomic():
        row = _locked(finding, FindingState.DRAFT)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        record(
            by=by,
            kind=Kind.ACTION,
            action="finding.change",
            obj=row,
            detail={"fields": sorted(values)},
        )
    return row


def open_finding(*, by: Person, finding: Finding) -> Finding:
    """The finding, open to those it is about, because its source was shared with them.

    Raises: NotInState unless it is a draft.
    """
    with transaction.atomic():
        row = _locked(finding, FindingState.DRAFT)
        row.state = FindingState.OPEN
        row.save(update_fields=["state"])
        record(by=by, kind=Kind.ACTION, action="finding.open", obj=row)
    return row


def withdraw_finding(*, by: Person, finding: Finding, reason: str) -> Finding:
    """The finding, withdrawn for the reason; it stays to be read.

    Raises: NotInState when it was withdrawn already.
    """
    with transaction.atomic():
        row = _locked(finding, FindingState.DRAFT, FindingState.OPEN)
        row.state, row.withdrawn_reason = FindingState.WITHDRAWN, reason
        row.save(update_fields=["state", "withdrawn_reason"])
        record(by=by, kind=Kind.ACTION, action="finding.withdraw", obj=row)
    return row


def _locked(finding: Finding, *states: str) -> Finding:
    rows: Any = Finding.objects.as_system("recording")
    row: Finding = rows.select_for_update().get(pk=finding.pk)
    if row.state not in states:
        raise NotInState
    return row
