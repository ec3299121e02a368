"""Gives the drawn cases of a round to auditors: once each, by the rules, with a second person for any exception."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.moving import follow
from plumbline.audits.actions.round_stages import move_round
from plumbline.audits.actions.self_audits import ask_for_self_audit
from plumbline.audits.actions.telling import tell_auditor, tell_deciders, tell_person, tell_worker
from plumbline.audits.models import (
    AllocationException,
    Audit,
    AuditState,
    AuditStep,
    ExceptionState,
    Round,
    Slot,
    SlotState,
    ToolState,
)
from plumbline.audits.queries.allocation_facts import Council, auditors_for, day_of_draw, window_of
from plumbline.audits.queries.tools import criteria_not_for_all
from plumbline.audits.rules.allocation import Auditor, Refusal, refusals_of
from plumbline.audits.rules.applicability import not_asked_of
from plumbline.audits.rules.audit_kinds import AuditKind
from plumbline.audits.rules.local_questions import asked_of_team
from plumbline.audits.rules.tool_data import tool_from
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.shared import dates

# The stages at which a case may be given to somebody: from the draw on, also for a reserve that comes in later.
OPEN_STAGES = ("drawn", "allocated", "auditing", "cases_audited", "analysis")


class Against(StrEnum):
    """Why cases were not given."""

    STAGE = "stage"
    NO_TOOL = "no_tool"
    NOT_INDEPENDENT = "not_independent"
    NOT_AN_AUDITOR = "not_an_auditor"
    DECIDED_ALREADY = "decided_already"
    OWN_PROPOSAL = "own_proposal"


class NotAllocated(Exception):
    """Nothing was given."""

    def __init__(self, against: Against, refusals: Sequence[Refusal] = ()) -> None:
        super().__init__(against)
        self.against = against
        self.refusals = tuple(refusals)


@dataclass(frozen=True)
class Choice:
    """A case and who is to audit it; a reason where the rules refuse them."""

    slot: Slot
    auditor: Person
    reason: str = ""


@dataclass(frozen=True)
class Done:
    """What came of it: the audits made, and the exceptions that wait for a second person."""

    audits: list[Audit] = field(default_factory=list)
    exceptions: list[AllocationException] = field(default_factory=list)


def locked_round(round: Round) -> Round:
    """The round, locked, at a stage at which cases are given.

    Raises: NotAllocated otherwise, or when it has no published audit tool.
    """
    rows: Any = Round.objects.as_system("allocation")
    row: Round = rows.select_for_update().get(pk=round.pk)
    if row.state not in OPEN_STAGES:
        raise NotAllocated(Against.STAGE)
    if row.tool is None or row.tool.state == ToolState.DRAFT:
        raise NotAllocated(Against.NO_TOOL)
    return row


def allocate_cases(*, by: Person, round: Round, choices: Iterable[Choice], due_on: date) -> Done:
    """The audits made, with the exceptions asked for. A case that has an audit already is passed over, so that
    pressing twice gives each case once.

    Raises: NotAllocated when the round is not open for it, or when the rules refuse somebody and no reason is given.
    """
    done = Done()
    with transaction.atomic():
        row = locked_round(round)
        council = Council(day_of_draw(row))
        wanted = {choice.slot.pk: choice for choice in choices}
        auditors = {
            one.person: one
            for one in auditors_for(row, council, dates.today(), {each.auditor for each in wanted.values()})
        }
        limited = criteria_not_for_all()
        waiting = set(_open_exceptions(row).values_list("slot_id", flat=True))
        slots = Slot.objects.as_system("allocation").filter(
            pk__in=wanted, draw__round=row, state=SlotState.SELECTED, audit=None
        )
        for slot in slots.select_related("case__unit").order_by("pk"):
            choice = wanted[slot.pk]
            refusals = _refusals(row, slot, auditors.get(choice.auditor.pk), council, due_on)
            if not refusals:
                done.audits.append(_make(by, row, slot, choice.auditor, council, due_on, limited))
            elif not choice.reason:
                raise NotAllocated(Against.NOT_INDEPENDENT, refusals)
            elif slot.pk not in waiting:
                done.exceptions.append(_ask(by, slot, choice, refusals))
        _tell(by, row, done, due_on)
    return done


def decide_exception(
    *, by: Person, exception: AllocationException, agree: bool, reason: str, due_on: date
) -> AllocationException:
    """The exception decided on; agreed, its audit is given at once.

    Raises: NotAllocated when somebody was quicker, for one's own proposal, or when the round is not open for it.
    """
    with transaction.atomic():
        rows: Any = AllocationException.objects.as_system("allocation")
        row: AllocationException = (
            rows.select_for_update(of=("self",))
            .select_related("slot__case", "slot__draw", "auditor", "proposed_by")
            .get(pk=exception.pk)
        )
        if row.state != ExceptionState.ASKED:
            raise NotAllocated(Against.DECIDED_ALREADY)
        if row.proposed_by_id == by.pk:
            raise NotAllocated(Against.OWN_PROPOSAL)
        row.state = ExceptionState.AGREED if agree else ExceptionState.REFUSED
        row.decided_by, row.decided_at, row.decision_reason = by, timezone.now(), reason
        if agree:
            row.audit = _give_exception(by, row, due_on)
        row.save()
        word = "agree" if agree else "refuse"
        record(by=by, kind=Kind.ACTION, action=f"allocation.exception_{word}", obj=row, detail=_facts(row))
        tell_person(row.proposed_by, "exception-decided", "/this-month", needs="allocation.view")
    return row


def _give_exception(by: Person, exception: AllocationException, due_on: date) -> Audit:
    slot = exception.slot
    of = locked_round(Round.objects.as_system("allocation").get(pk=slot.draw.round_id))
    if slot.state != SlotState.SELECTED or Audit.objects.as_system("allocation").filter(slot=slot).exists():
        raise NotAllocated(Against.DECIDED_ALREADY)
    council = Council(day_of_draw(of))
    if not auditors_for(of, council, dates.today(), [exception.auditor]):
        raise NotAllocated(Against.NOT_AN_AUDITOR)
    made = _make(by, of, slot, exception.auditor, council, due_on, criteria_not_for_all())
    _tell(by, of, Done([made]), due_on)
    return made


def _refusals(
    of: Round, slot: Slot, auditor: Auditor | None, council: Council, due_on: date
) -> tuple[Refusal, ...]:
    if auditor is None:
        raise NotAllocated(Against.NOT_AN_AUDITOR)
    case = council.case(slot.public_id, slot.case.unit_id, slot.case.worker_id)
    return refusals_of(case, auditor, window_of(dates.today(), due_on), AuditKind(of.audit_kind))


def _make(
    by: Person,
    of: Round,
    slot: Slot,
    auditor: Person,
    council: Council,
    due_on: date,
    limited: Mapping[str, Sequence[str]],
) -> Audit:
    case = slot.case
    assert of.tool is not None
    tool = tool_from(of.tool.content)
    made = Audit.objects.create(
        round=of,
        slot=slot,
        case=case,
        reference=case.reference,
        tool=of.tool,
        unit_id=case.unit_id,
        worker_id=case.worker_id,
        manager_id=council.manager_of(case.worker_id, case.unit_id),
        auditor=auditor,
        due_on=due_on,
        # Pinned here, so that a later version of the standards changes nothing in an audit under way.
        not_asked=not_asked_of(tool, limited, case.plan_type, case.disability),
        local_questions=asked_of_team(of.local_questions, case.unit.public_id) if of.local_questions else [],
    )
    AuditStep.objects.create(audit=made, state=AuditState.ALLOCATED, by=by)
    detail = {"auditor": auditor.public_id, "round": of.public_id}
    record(by=by, kind=Kind.ACTION, action="audit.allocated", obj=made, detail=detail)
    return made


def _ask(by: Person, slot: Slot, choice: Choice, refusals: Sequence[Refusal]) -> AllocationException:
    row = AllocationException.objects.create(
        slot=slot,
        auditor=choice.auditor,
        refusals=[str(one) for one in refusals],
        reason=choice.reason,
        proposed_by=by,
    )
    record(by=by, kind=Kind.ACTION, action="allocation.exception_ask", obj=row, detail=_facts(row))
    return row


def _tell(by: Person, of: Round, done: Done, due_on: date) -> None:
    """Moves the round on and tells everybody, in the caller's transaction."""
    if done.audits:
        if of.state == "drawn":
            move_round(by=by, round=of, to="allocated")
        else:
            follow(by=by, round_id=of.pk)
    counted = Counter(audit.auditor for audit in done.audits)
    for auditor, number in counted.items():
        own = [audit for audit in done.audits if audit.auditor_id == auditor.pk]
        tell_auditor(auditor, own[0] if number == 1 else None, number, due_on)
    for audit in done.audits:
        tell_worker(audit)
        ask_for_self_audit(by=by, audit=audit)
    for one in done.exceptions:
        address = f"/allocation/exceptions/{one.public_id}"
        tell_deciders("allocation.approve", "exception-asked", address, one, besides=by)


def _open_exceptions(of: Round) -> Any:
    return AllocationException.objects.as_system("allocation").filter(
        slot__draw__round=of, state=ExceptionState.ASKED
    )


def _facts(row: AllocationException) -> dict[str, str]:
    return {"case": row.slot.public_id, "auditor": row.auditor.public_id, "rules": " ".join(row.refusals)}
