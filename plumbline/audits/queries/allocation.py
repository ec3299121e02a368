"""What of allocation a viewer may see: the proposal for a round, each auditor's load, capacity and leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from plumbline.audits.models import (
    AllocationException,
    Audit,
    AuditorCapacity,
    AuditorLeave,
    ExceptionState,
    FrameCase,
    Round,
    Slot,
    SlotRoute,
    SlotState,
)
from plumbline.audits.queries.allocation_facts import (
    RECENT_DAYS,
    Council,
    auditors_for,
    day_of_draw,
    earlier_round,
    refusals_in,
    slots_to_give,
    usual_for,
    window_of,
)
from plumbline.audits.rules.allocation import Auditor, Given, Refusal, allocate, refusals_of
from plumbline.audits.rules.audit_kinds import AUDITING, AuditKind
from plumbline.audits.rules.states import IN_HAND, LEFT_OUT
from plumbline.people.models import GrantState, Person, RoleGrant
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer, holding_on, keeping

# The stages at which a round may have cases to give.
STAGES = ("drawn", "allocated", "auditing", "cases_audited", "analysis")


@dataclass(frozen=True)
class Row:
    """A case to give, with the proposal for it and the exception that waits, if any."""

    slot: Slot
    given: Given
    exception: AllocationException | None = None


@dataclass(frozen=True)
class Proposal:
    """The cases of a round that wait for an auditor, and the auditors by public id.

    `hidden` counts cases that an interest of the viewer's hides; `without_line` those with no manager on record.
    """

    drawn_on: date
    last_round: Round | None
    rows: list[Row]
    people: dict[str, Person]
    auditors: dict[str, Auditor]
    loads: dict[str, int]
    hidden: int
    without_line: int


def round_for(viewer: Viewer, public_id: str) -> Round:
    """The round.

    Raises: Round.DoesNotExist when there is none such for the viewer.
    """
    rows = Round.objects.visible_to(viewer, "allocation.view").select_related("tool", "draw")
    return rows.get(public_id=public_id)


def proposal_for(viewer: Viewer, round: Round, due_on: date) -> Proposal:
    """The proposal for the cases that have no audit yet, of the people and cases the viewer may see."""
    council = Council(day_of_draw(round))
    slots = slots_to_give(round)
    seen = set(
        FrameCase.objects.visible_to(viewer, "case_list.view")
        .filter(pk__in=[slot.case_id for slot in slots])
        .values_list("pk", flat=True)
    )
    shown = {slot.public_id: slot for slot in slots if slot.case_id in seen}
    facts = auditors_for(round, council, viewer.on)
    people = {
        person.public_id: person
        for person in Person.objects.visible_to(viewer, "person.view").filter(
            pk__in=[one.person for one in facts]
        )
    }
    auditors = [one for one in facts if one.key in people]
    waiting = {
        one.slot_id: one
        for one in AllocationException.objects.visible_to(viewer, "allocation.view")
        .filter(slot__in=list(shown.values()), state=ExceptionState.ASKED)
        .select_related("auditor", "proposed_by")
    }
    # A case that waits for the quality lead is neither proposed to anybody nor counted in anybody's load.
    cases = [council.case(key, slot.case.unit_id, slot.case.worker_id) for key, slot in shown.items()]
    window, kind = window_of(viewer.on, due_on), AuditKind(round.audit_kind)
    found = allocate([case for case in cases if shown[case.key].pk not in waiting], auditors, window, kind)
    given = {one.case.key: one for one in found.given}
    for case in cases:
        if case.key not in given:
            why = {one.key: reasons for one in auditors if (reasons := refusals_of(case, one, window, kind))}
            given[case.key] = Given(case, None, why)
    return Proposal(
        drawn_on=council.day,
        last_round=earlier_round(round),
        rows=[Row(slot, given[key], waiting.get(slot.pk)) for key, slot in shown.items()],
        people=people,
        auditors={one.key: one for one in auditors},
        loads=dict(found.loads),
        hidden=len(slots) - len(shown),
        without_line=sum(not case.line for case in cases),
    )


def refusals_for(viewer: Viewer, audit: Audit, people: Iterable[Person]) -> dict[str, tuple[Refusal, ...]]:
    """Public id of each of the people who may be given audits, to why the rules refuse them for this audit."""
    council = Council(day_of_draw(audit.round))
    window = window_of(viewer.on, audit.due_on)
    facts = auditors_for(audit.round, council, viewer.on, people)
    return {one.key: refusals_in(council, audit, one, window) for one in facts}


def waiting_by_round(rounds: Iterable[int]) -> dict[int, int]:
    """Round to how many of its cases have no auditor yet."""
    rows = Slot.objects.as_system("allocation").filter(
        draw__round__in=list(rounds), draw__round__state__in=STAGES, state="selected", audit=None
    )
    counted = rows.values("draw__round_id").annotate(number=Count("pk")).order_by()
    return dict(counted.values_list("draw__round_id", "number"))


def rounds_to_give(viewer: Viewer) -> list[tuple[Round, int]]:
    """The rounds with cases that wait for an auditor, each with how many."""
    rounds = list(
        Round.objects.visible_to(viewer, "allocation.view")
        .filter(state__in=STAGES, is_historic=False)
        .order_by("first_month", "pk")
    )
    waiting = waiting_by_round([one.pk for one in rounds])
    return [(one, waiting[one.pk]) for one in rounds if one.pk in waiting]


def eligible_people(viewer: Viewer) -> QuerySet[Person]:
    """The people who may be given audits today, as far as the viewer may see them, by name."""
    grants = RoleGrant.objects.as_system("allocation").filter(
        keeping("audit.write"), holding_on(viewer.on), state=GrantState.AGREED, role__in=AUDITING
    )
    people = Person.objects.visible_to(viewer, "person.view").filter(
        Q(left_on=None) | Q(left_on__gt=viewer.on), user__is_active=True, pk__in=grants.values("person_id")
    )
    return people.order_by("name", "pk")


@dataclass(frozen=True)
class Load:
    """What somebody has and can take on. `away_until` is the end of leave that runs today."""

    person: Person
    capacity: int
    is_usual: bool
    in_hand: int
    late: int
    recent: int
    leave: list[AuditorLeave]


def loads_of(viewer: Viewer, people: Iterable[Person]) -> list[Load]:
    """The loads of the people, in four queries whatever their number."""
    ids = [person.pk for person in people]
    rows = Audit.objects.as_system("allocation").filter(auditor__in=ids).exclude(state__in=LEFT_OUT)
    since = viewer.on - timedelta(days=RECENT_DAYS)
    in_hand = Q(state__in=IN_HAND)
    counts = {
        one["auditor_id"]: one
        for one in rows.values("auditor_id")
        .annotate(
            hand=Count("pk", filter=in_hand),
            late=Count("pk", filter=in_hand & Q(due_on__lt=viewer.on)),
            recent=Count("pk", filter=Q(allocated_at__date__gte=since)),
        )
        .order_by()
    }
    capacity = dict(AuditorCapacity.objects.filter(person__in=ids).values_list("person_id", "audits_a_month"))
    roles: dict[int, set[str]] = {}
    grants = RoleGrant.objects.as_system("allocation").filter(
        keeping("audit.write"),
        holding_on(viewer.on),
        state=GrantState.AGREED,
        role__in=AUDITING,
        person__in=ids,
    )
    for person_id, role in grants.values_list("person_id", "role"):
        roles.setdefault(person_id, set()).add(role)
    leave: dict[int, list[AuditorLeave]] = {}
    for row in AuditorLeave.objects.filter(Q(ends_on=None) | Q(ends_on__gt=viewer.on), person__in=ids):
        leave.setdefault(row.person_id, []).append(row)
    nothing = {"hand": 0, "late": 0, "recent": 0}
    return [
        Load(
            person=person,
            capacity=capacity.get(person.pk, usual_for(roles.get(person.pk, ()))),
            is_usual=person.pk not in capacity,
            in_hand=counts.get(person.pk, nothing)["hand"],
            late=counts.get(person.pk, nothing)["late"],
            recent=counts.get(person.pk, nothing)["recent"],
            leave=leave.get(person.pk, []),
        )
        for person in people
    ]


def person_for(viewer: Viewer, public_id: str) -> Person:
    """The person.

    Raises: Person.DoesNotExist when there is none such for the viewer.
    """
    return Person.objects.visible_to(viewer, "allocation.view").get(public_id=public_id)


def capacity_of(person: Person) -> AuditorCapacity | None:
    """What was set for the person."""
    return AuditorCapacity.objects.filter(person=person).first()


def exception_for(viewer: Viewer, public_id: str) -> AllocationException:
    """The exception.

    Raises: AllocationException.DoesNotExist when there is none such for the viewer.
    """
    rows = AllocationException.objects.visible_to(viewer, "allocation.view").select_related(
        "slot__case__worker", "slot__draw__round", "auditor", "proposed_by", "decided_by", "audit"
    )
    return rows.get(public_id=public_id)


def exceptions_to_decide(viewer: Viewer) -> QuerySet[AllocationException]:
    """The exceptions that wait for somebody like the viewer, not those they asked for."""
    rows = AllocationException.objects.visible_to(viewer, "allocation.approve").filter(
        state=ExceptionState.ASKED
    )
    return rows.exclude(proposed_by=viewer.person_id).select_related("slot__draw__round")


def reserve_for(viewer: Viewer, slot: Slot, names: UnitNames) -> tuple[str, str] | None:
    """The next kept reserve's reference and team; nothing when none is kept, or the viewer may not see it."""
    rows = Slot.objects.as_system("allocation").filter(
        draw_id=slot.draw_id, stratum=slot.stratum, state=SlotState.RESERVE, route=SlotRoute.RANDOM
    )
    reserve = rows.order_by("position").first()
    seen = FrameCase.objects.visible_to(viewer, "case_list.view")
    case = seen.filter(pk=reserve.case_id).first() if reserve is not None else None
    return (case.reference, names.on(case.unit_id, viewer.on)) if case is not None else None
