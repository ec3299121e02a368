"""An auditor asks to swap, for more time or to be excused; the quality assurance team decides, once."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from plumbline.audits.actions.moving import NotInState, locked_audit, move_audit
from plumbline.audits.actions.telling import tell_auditor, tell_deciders, tell_person
from plumbline.audits.models import Audit, AuditRequest, AuditState, AuditStep, RequestKind, RequestState
from plumbline.audits.queries.allocation_facts import (
    Council,
    auditors_for,
    day_of_draw,
    refusals_in,
    window_of,
)
from plumbline.audits.rules.allocation import Refusal
from plumbline.audits.rules.states import IN_HAND
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.shared import dates


class Against(StrEnum):
    """Why a request was not taken, or not decided."""

    WAITS_ALREADY = "waits_already"
    NOT_IN_HAND = "not_in_hand"
    DECIDED_ALREADY = "decided_already"
    OWN_REQUEST = "own_request"
    NOT_INDEPENDENT = "not_independent"
    NOT_AN_AUDITOR = "not_an_auditor"
    NOT_LATER = "not_later"


class NotDone(Exception):
    """Nothing was changed."""

    def __init__(self, against: Against, refusals: tuple[Refusal, ...] = ()) -> None:
        super().__init__(against)
        self.against = against
        self.refusals = refusals


def ask(
    *,
    by: Person,
    audit: Audit,
    kind: str,
    reason: str,
    with_person: Person | None = None,
    until: date | None = None,
) -> AuditRequest:
    """The request, waiting for a decision; those who decide are told.

    Raises: NotDone when the audit is no longer in hand, a request waits already, or the new day is no later.
    """
    with transaction.atomic():
        row = _in_hand(audit)
        if kind == RequestKind.MORE_TIME and (until is None or until <= row.due_on):
            raise NotDone(Against.NOT_LATER)
        if AuditRequest.objects.as_system("allocation").filter(audit=row, state=RequestState.ASKED).exists():
            raise NotDone(Against.WAITS_ALREADY)
        try:
            with transaction.atomic():
                made = AuditRequest.objects.create(
                    audit=row,
                    kind=kind,
                    reason=reason,
                    with_person=with_person if kind == RequestKind.SWAP else None,
                    until=until if kind == RequestKind.MORE_TIME else None,
                    asked_by=by,
                )
        except IntegrityError:
            raise NotDone(Against.WAITS_ALREADY) from None
        record(by=by, kind=Kind.ACTION, action="audit_request.ask", obj=made, detail={"kind": str(kind)})
        path = f"/allocation/requests/{made.public_id}"
        tell_deciders("audit_request.decide", "request-asked", path, made, besides=by)
    return made


def refuse(*, by: Person, request: AuditRequest, reason: str) -> AuditRequest:
    """The request, not agreed to, with the reason; the audit stays as it is.

    Raises: NotDone when somebody was quicker, or for one's own request.
    """
    with transaction.atomic():
        row = _locked(by, request)
        return _decided(by, row, RequestState.REFUSED, reason)


def agree_swap(*, by: Person, request: AuditRequest, reason: str, auditor: Person) -> AuditRequest:
    """The request agreed, the audit with the new auditor, who must be independent of the case.

    Raises: NotDone when the rules refuse the new auditor, or as for every decision.
    """
    with transaction.atomic():
        row = _locked(by, request)
        audit = _in_hand(row.audit)
        council = Council(day_of_draw(audit.round))
        facts = auditors_for(audit.round, council, dates.today(), [auditor])
        if not facts or auditor.pk == audit.auditor_id:
            raise NotDone(Against.NOT_AN_AUDITOR)
        if refusals := refusals_in(council, audit, facts[0], window_of(dates.today(), audit.due_on)):
            raise NotDone(Against.NOT_INDEPENDENT, refusals)
        before, audit.auditor = audit.auditor, auditor
        audit.save(update_fields=["auditor"])
        AuditStep.objects.create(audit=audit, state=audit.state, reason="Given to another auditor", by=by)
        detail = {"from": before.public_id, "to": auditor.public_id}
        record(by=by, kind=Kind.ACTION, action="audit.swap", obj=audit, detail=detail)
        tell_auditor(auditor, audit, 1, audit.due_on)
        return _decided(by, row, RequestState.AGREED, reason)


def agree_more_time(*, by: Person, request: AuditRequest, reason: str, until: date) -> AuditRequest:
    """The request agreed, the audit due on the new day.

    Raises: NotDone when the day is no later than before, or as for every decision.
    """
    with transaction.atomic():
        row = _locked(by, request)
        audit = _in_hand(row.audit)
        if until <= audit.due_on:
            raise NotDone(Against.NOT_LATER)
        before, audit.due_on = audit.due_on, until
        audit.save(update_fields=["due_on"])
        said = f"More time: due {dates.in_words(until)} instead of {dates.in_words(before)}"
        AuditStep.objects.create(audit=audit, state=audit.state, reason=said, by=by)
        detail = {"from": before.isoformat(), "to": until.isoformat()}
        record(by=by, kind=Kind.ACTION, action="audit.more_time", obj=audit, detail=detail)
        return _decided(by, row, RequestState.AGREED, reason)


def agree_exemption(*, by: Person, request: AuditRequest, reason: str) -> AuditRequest:
    """The request agreed: the audit is left out, and the next reserve may take its place.

    Raises: NotDone as for every decision.
    """
    with transaction.atomic():
        row = _locked(by, request)
        try:
            move_audit(by=by, audit=row.audit, to=AuditState.EXEMPTED, reason="The auditor was excused")
        except NotInState:
            raise NotDone(Against.NOT_IN_HAND) from None
        return _decided(by, row, RequestState.AGREED, reason)


def _in_hand(audit: Audit) -> Audit:
    try:
        return locked_audit(audit, *IN_HAND)
    except NotInState:
        raise NotDone(Against.NOT_IN_HAND) from None


def _locked(by: Person, request: AuditRequest) -> AuditRequest:
    rows: Any = AuditRequest.objects.as_system("allocation")
    row: AuditRequest = (
        rows.select_for_update(of=("self",)).select_related("audit__round", "asked_by").get(pk=request.pk)
    )
    if row.state != RequestState.ASKED:
        raise NotDone(Against.DECIDED_ALREADY)
    if row.asked_by_id == by.pk:
        raise NotDone(Against.OWN_REQUEST)
    return row


def _decided(by: Person, row: AuditRequest, state: str, reason: str) -> AuditRequest:
    row.state, row.decided_by, row.decided_at, row.decision_reason = state, by, timezone.now(), reason
    row.save()
    record(by=by, kind=Kind.ACTION, action=f"audit_request.{state}", obj=row, detail={"kind": row.kind})
    path = f"/allocation/requests/{row.public_id}"
    tell_person(row.asked_by, "request-decided", path, needs="audit_request.view", about=row)
    return row
