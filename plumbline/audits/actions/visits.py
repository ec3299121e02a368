"""Plans a visit or an observation: an audit of a team, a worker or an establishment, without a case and without a draw."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from plumbline.audits.actions.allocating import Against, NotAllocated
from plumbline.audits.actions.moving import follow
from plumbline.audits.actions.round_stages import move_round
from plumbline.audits.actions.rounds import locked_round
from plumbline.audits.actions.telling import tell_auditor, tell_worker
from plumbline.audits.models import Audit, AuditState, AuditStep, Round, ToolState
from plumbline.audits.queries.allocation_facts import Council, auditors_for, window_of
from plumbline.audits.rules.allocation import Refusal, refusals_of
from plumbline.audits.rules.local_questions import asked_of_team
from plumbline.audits.rules.subjects import Subject, refusals_that_count
from plumbline.audits.rules.tool_data import tool_from
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person, Unit
from plumbline.shared import dates

# The stages at which another visit may be planned.
OPEN_STAGES = ("planned", "allocated", "auditing", "cases_audited", "analysis")
# What a reference of a visit begins with; those of cases come from the case system.
MARK = "V-"


def plan_visit(
    *, by: Person, round: Round, unit: Unit, worker: Person | None, auditor: Person, due_on: date
) -> Audit:
    """The visit, given to whoever makes it; the worker it is about is told why and what happens next.

    Raises: NotAllocated when the round is not open for visits, has no tool for them, or when somebody may not make it.
    """
    with transaction.atomic():
        row = locked_round(round)
        if not row.is_of_visits or row.state not in OPEN_STAGES:
            raise NotAllocated(Against.STAGE)
        if row.tool is None or row.tool.state == ToolState.DRAFT:
            raise NotAllocated(Against.NO_TOOL)
        tool = tool_from(row.tool.content)
        if tool.subject is Subject.CASE:
            raise NotAllocated(Against.NO_TOOL)
        council = Council(dates.today())
        refused = _refusals(row, council, unit, worker, auditor, due_on, is_independent=tool.is_independent)
        if refused:
            raise NotAllocated(Against.NOT_INDEPENDENT, refused)
        made = Audit(
            round=row,
            tool=row.tool,
            unit=unit,
            worker=worker,
            manager_id=council.manager_of(worker.pk if worker else None, unit.pk),
            auditor=auditor,
            due_on=due_on,
            local_questions=asked_of_team(row.local_questions, unit.public_id),
        )
        made.reference = f"{MARK}{made.public_id[:6].upper()}"
        made.save(force_insert=True)
        AuditStep.objects.create(audit=made, state=AuditState.ALLOCATED, by=by)
        detail = {"auditor": auditor.public_id, "round": row.public_id}
        record(by=by, kind=Kind.ACTION, action="audit.allocated", obj=made, detail=detail)
        if row.state == "planned":
            move_round(by=by, round=row, to="allocated")
        else:
            follow(by=by, round_id=row.pk)
        tell_auditor(auditor, made, 1, due_on)
        tell_worker(made)
    return made


def _refusals(
    of: Round,
    council: Council,
    unit: Unit,
    worker: Person | None,
    auditor: Person,
    due_on: date,
    *,
    is_independent: bool,
) -> Sequence[Refusal]:
    facts = auditors_for(of, council, dates.today(), [auditor])
    if not facts:
        raise NotAllocated(Against.NOT_AN_AUDITOR)
    visited = council.case("visit", unit.pk, worker.pk if worker else None)
    found = refusals_of(visited, facts[0], window_of(dates.today(), due_on))
    return refusals_that_count(found, is_independent=is_independent)
