"""Raises findings from an answer, an audit or a round, and sets actions from an audit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from plumbline.audits.actions.moving import locked_audit
from plumbline.audits.models import Answer, Audit, AuditAction, AuditFinding, Round
from plumbline.audits.rules.states import SHARED
from plumbline.improvement.actions.acting import raise_action
from plumbline.improvement.actions.findings import raise_finding
from plumbline.improvement.models import Action, ActionLevel, Finding
from plumbline.people.models import Person, Unit
from plumbline.shared import dates


def raise_from_audit(
    *, by: Person, audit: Audit, question: str = "", evidence: str = "", **values: Any
) -> Finding:
    """The finding, about the team and worker of the audit, with its answer; a draft until the audit is shared."""
    with transaction.atomic():
        row = locked_audit(audit)
        finding = raise_finding(
            by=by,
            raised_on=dates.today(),
            unit=row.unit,
            worker=row.worker,
            is_open=row.state in SHARED,
            **values,
        )
        answer = Answer.objects.filter(audit=row, question=question, is_current=True).first()
        AuditFinding.objects.create(
            finding=finding,
            round_id=row.round_id,
            audit=row,
            answer=answer if question else None,
            question=question,
            evidence=evidence,
        )
    return finding


def raise_from_round(*, by: Person, round: Round, unit: Unit | None = None, **values: Any) -> Finding:
    """The finding from a round as a whole; it names no worker and is open at once."""
    with transaction.atomic():
        finding = raise_finding(by=by, raised_on=dates.today(), unit=unit, is_open=True, **values)
        AuditFinding.objects.create(finding=finding, round=round)
    return finding


def act_from_audit(
    *,
    by: Person,
    audit: Audit,
    level: str,
    text: str,
    owner: Person,
    due_on: date,
    findings: Sequence[Finding] = (),
    is_urgent: bool = False,
) -> Action:
    """The action, a draft until the audit is shared; one for the child carries the case reference."""
    with transaction.atomic():
        row = locked_audit(audit)
        action = raise_action(
            by=by,
            level=level,
            text=text,
            owner=owner,
            due_on=due_on,
            findings=findings,
            unit=row.unit,
            case_reference=row.reference if level == ActionLevel.CHILD else "",
            is_urgent=is_urgent,
            as_draft=row.state not in SHARED,
        )
        AuditAction.objects.create(action=action, round_id=row.round_id, audit=row)
    return action
