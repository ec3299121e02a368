"""Asks for self-audits and takes them: given once, on one's own, before the audit can be read."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.models import Audit, Judgement, SelfAudit, SelfAuditBy
from plumbline.audits.rules.second_rating import missing_of
from plumbline.audits.rules.self_audits import may_give
from plumbline.audits.rules.tool_data import tool_in_case
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.people.scope import viewer_for
from plumbline.shared import dates
from plumbline.work.actions import queue_message


class TooLate(Exception):
    """It was given already, the audit can be read by the person, or the audit was left out."""


class Incomplete(Exception):
    """A judgement is still missing."""


def ask_for_self_audit(*, by: Person, audit: Audit) -> SelfAudit | None:
    """What is asked of the worker or manager as the round says; none where it asks nobody or there is nobody."""
    person = {SelfAuditBy.WORKER: audit.worker, SelfAuditBy.MANAGER: audit.manager}.get(
        SelfAuditBy(audit.round.self_audit)
    )
    if person is None:
        return None
    # Whoever can read the audit while it is written, as its auditor or by rank, cannot judge independently of it.
    viewer = viewer_for(person, dates.today())
    if not viewer.has("self_audit.give") or viewer.may("audit.view", audit):
        return None
    made = SelfAudit.objects.create(audit=audit, person=person)
    record(by=by, kind=Kind.ACTION, action="self_audit.ask", obj=made, detail={"to": person.public_id})
    queue_message(
        person=person,
        kind="self-audit-asked",
        path=f"/self-audits/{made.public_id}",
        due_on=audit.due_on,
        needs="self_audit.give",
        about=made,
    )
    return made


def save_self_audit(
    *, by: Person, self_audit: SelfAudit, judgements: Mapping[str, str], is_given: bool
) -> SelfAudit:
    """The self-audit with the judgements; once given it never changes.

    Raises: TooLate when it may not be given any more; Incomplete when a judgement is missing in one to be given.
    """
    with transaction.atomic():
        rows: Any = SelfAudit.objects.as_system("recording")
        row: SelfAudit = (
            rows.select_for_update(of=("self",)).select_related("audit__tool").get(pk=self_audit.pk)
        )
        if not is_open_to(by, row):
            raise TooLate
        tool = tool_in_case(row.audit.tool.content, row.audit.not_asked)
        if is_given and missing_of(tool, judgements):
            raise Incomplete
        known = set(Judgement.values)
        row.judgements = {
            key: value for key, value in judgements.items() if key in tool.questions and value in known
        }
        row.given_at = timezone.now() if is_given else None
        row.save(update_fields=["judgements", "given_at"])
        record(by=by, kind=Kind.ACTION, action=f"self_audit.{'give' if is_given else 'save'}", obj=row)
    return row


def is_open_to(person: Person, row: SelfAudit) -> bool:
    """Whether the person may still give the self-audit: it is theirs, and they cannot read the audit yet."""
    return row.person_id == person.pk and may_give(
        state=row.audit.state,
        shared_at=row.audit.shared_at,
        given_at=row.given_at,
        sees_audit=viewer_for(person, dates.today()).may("audit.view", row.audit),
    )
