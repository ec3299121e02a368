"""Shares an audit with worker and manager, takes their replies, sends it back or closes it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.identity import scan_identity
from plumbline.audits.actions.moderating import cancel_open_rating
from plumbline.audits.actions.moving import NotInState, locked_audit, move_audit
from plumbline.audits.models import Audit, AuditState, Reading, Reply, TalkedThrough
from plumbline.audits.queries.sharing import blockers_of, draft_actions_of, draft_findings_of
from plumbline.audits.rules.sharing import Blocker, closing_needs_reason
from plumbline.audits.rules.states import SHARED
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.improvement.actions.acting import propose
from plumbline.improvement.actions.findings import open_finding
from plumbline.people.models import Person
from plumbline.work.actions import queue_message


class Blocked(Exception):
    """Something stands in the way of sharing."""

    def __init__(self, blockers: list[Blocker]) -> None:
        super().__init__(", ".join(blockers))
        self.blockers = blockers


class NeedsReason(Exception):
    """The audit has no reply or was not talked through, so closing it must say why."""


class OpenChallenge(Exception):
    """Somebody disagrees and has no answer yet."""


def share_audit(*, by: Person, audit: Audit) -> Audit:
    """The audit, shared: its draft findings are open, its draft actions wait for their owners, all are told.

    Raises: Blocked with what stands in the way; NotInState when it cannot be shared from its state.
    """
    # In a transaction of its own: what it found must stay noted when sharing is refused because of it.
    scan_identity(by=by, audit=audit)
    with transaction.atomic():
        row = locked_audit(audit, AuditState.SUBMITTED, AuditState.MODERATED)
        if blockers := blockers_of(row):
            raise Blocked(blockers)
        move_audit(by=by, audit=row, to=AuditState.SHARED, shared_at=timezone.now(), shared_by=by)
        for finding in draft_findings_of(row):
            open_finding(by=by, finding=finding)
        for action in draft_actions_of(row):
            propose(by=by, action=action)
        _tell(row, row.worker, "audit-shared")
        _tell(row, row.manager, "audit-shared-manager")
    audit.state = row.state
    return row


def _tell(audit: Audit, person: Person | None, kind: str) -> None:
    if person is not None:
        queue_message(
            person=person,
            kind=kind,
            path=f"/audits/{audit.public_id}/shared",
            needs="audit.view",
            about=audit,
        )


def note_reading(*, by: Person, audit: Audit) -> bool:
    """Whether this was the first time the worker or manager read the shared audit; later readings add nothing."""
    if audit.state not in SHARED:
        return False
    with transaction.atomic():
        _, is_first = Reading.objects.get_or_create(audit=audit, person=by)
        if is_first:
            record(by=by, kind=Kind.ACTION, action="audit.read", obj=audit)
    return is_first


def reply_to(*, by: Person, audit: Audit, text: str, disagrees: bool = False) -> Reply:
    """The reply, kept beside the audit; the worker's own word moves the audit on.

    Raises: NotInState unless the audit is shared.
    """
    with transaction.atomic():
        row = locked_audit(audit, AuditState.SHARED, AuditState.REPLIED)
        made = Reply.objects.create(audit=row, person=by, text=text, disagrees=disagrees)
        record(by=by, kind=Kind.ACTION, action="audit.reply", obj=row, detail={"disagrees": disagrees})
        if row.state == AuditState.SHARED and row.worker_id in (by.pk, None):
            move_audit(by=by, audit=row, to=AuditState.REPLIED)
    return made


def answer_challenge(*, by: Person, audit: Audit, answer: str) -> int:
    """How many disagreeing replies got the answer; whoever wrote them is told.

    Raises: NotInState when none waits for an answer.
    """
    with transaction.atomic():
        row = locked_audit(audit, AuditState.SHARED, AuditState.REPLIED)
        answered = _answer(by, row, answer)
        if not answered:
            raise NotInState
        record(by=by, kind=Kind.ACTION, action="audit.answer", obj=row)
    return answered


def _answer(by: Person, audit: Audit, answer: str) -> int:
    waiting = list(
        Reply.objects.filter(audit=audit, disagrees=True, answered_at=None).select_related("person")
    )
    for reply in waiting:
        reply.answer, reply.answered_at, reply.answered_by = answer, timezone.now(), by
        reply.save(update_fields=["answer", "answered_at", "answered_by"])
        _tell(audit, reply.person, "audit-answered")
    return len(waiting)


def confirm_talked_through(*, by: Person, audit: Audit, held_on: date, note: str = "") -> TalkedThrough:
    """That the audit was talked through in supervision on the day; a second word changes the day.

    Raises: NotInState unless the audit is shared.
    """
    with transaction.atomic():
        row = locked_audit(audit, AuditState.SHARED, AuditState.REPLIED)
        made, _ = TalkedThrough.objects.update_or_create(
            audit=row,
            defaults={"held_on": held_on, "note": note, "confirmed_by": by, "confirmed_at": timezone.now()},
        )
        record(by=by, kind=Kind.ACTION, action="audit.talk_through", obj=row)
    return made


def close_audit(*, by: Person, audit: Audit, reason: str = "") -> Audit:
    """The audit, closed.

    Raises: NotInState unless it is shared; OpenChallenge while somebody who disagrees has no answer; NeedsReason
    without a reply or a talk in supervision and without a reason.
    """
    with transaction.atomic():
        row = locked_audit(audit, AuditState.SHARED, AuditState.REPLIED)
        if Reply.objects.filter(audit=row, disagrees=True, answered_at=None).exists():
            raise OpenChallenge
        needs = closing_needs_reason(
            has_reply=row.state == AuditState.REPLIED,
            is_talked_through=TalkedThrough.objects.filter(audit=row).exists(),
        )
        if needs and not reason.strip():
            raise NeedsReason
        return move_audit(by=by, audit=row, to=AuditState.CLOSED, reason=reason)


def return_audit(*, by: Person, audit: Audit, reason: str) -> Audit:
    """The audit, back with its auditor for the reason; a second rating not settled yet is taken back.

    Raises: NotInState unless it is submitted or in moderation.
    """
    with transaction.atomic():
        row = locked_audit(audit, AuditState.SUBMITTED, AuditState.IN_MODERATION)
        cancel_open_rating(row)
        moved = move_audit(by=by, audit=row, to=AuditState.RETURNED, reason=reason)
        queue_message(
            person=row.auditor,
            kind="audit-returned",
            path=f"/audits/{row.public_id}",
            due_on=row.due_on,
            needs="audit.view",
            about=row,
        )
    return moved
