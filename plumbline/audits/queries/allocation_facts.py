"""What the rules of allocation need to know of a round: cases and auditors as they stood on the day of the draw."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Q

from plumbline.audits.models import (
    Audit,
    AuditorCapacity,
    AuditorLeave,
    Round,
    RoundKind,
    RoundState,
    Slot,
)
from plumbline.audits.rules.allocation import USUAL_A_MONTH, Auditor, Case, Refusal, Window, refusals_of
from plumbline.audits.rules.audit_kinds import ROLES, VISITING, AuditKind, beside
from plumbline.audits.rules.states import LEFT_OUT
from plumbline.audits.rules.subjects import refusals_that_count
from plumbline.audits.rules.tool_data import tool_from
from plumbline.people.models import GrantState, Interest, LineManagement, Person, PostHolding, RoleGrant
from plumbline.people.rules.roles import Role
from plumbline.people.scope import holding_on, keeping
from plumbline.people.tree import Tree, tree_on
from plumbline.shared import dates

MANAGING = (Role.TEAM_MANAGER, Role.REGISTERED_MANAGER)
RECENT_DAYS = 92
REASON = "allocation"


class Council:
    """Who managed whom, who worked in and managed which team on a day, in four queries."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.tree: Tree = tree_on(day)
        self.managers: dict[int, set[int]] = defaultdict(set)
        for person, manager in LineManagement.objects.filter(holding_on(day)).values_list(
            "person_id", "manager_id"
        ):
            self.managers[person].add(manager)
        self.teams: dict[int, set[int]] = defaultdict(set)
        for person, unit in PostHolding.objects.filter(holding_on(day)).values_list(
            "person_id", "post__unit_id"
        ):
            self.teams[person].add(unit)
        self.managers_of_team: dict[int, set[int]] = defaultdict(set)
        grants = RoleGrant.objects.as_system(REASON).filter(
            holding_on(day), state=GrantState.AGREED, role__in=MANAGING, unit__isnull=False
        )
        for person, unit in grants.values_list("person_id", "unit_id"):
            for below in self.tree.with_predecessors(self.tree.below(unit)):
                self.managers_of_team[below].add(person)
                self.teams[person].add(below)

    def teams_of(self, person: int) -> frozenset[int]:
        """The teams the person worked in or managed, with those whose work they took over."""
        return self.tree.with_predecessors(frozenset(self.teams.get(person, ())))

    def line_above(self, people: Iterable[int]) -> tuple[int, ...]:
        """Everybody above the people, nearest first."""
        found: list[int] = []
        waiting = sorted(people)
        while waiting:
            for manager in sorted(self.managers.get(waiting.pop(0), ())):
                if manager not in found:
                    found.append(manager)
                    waiting.append(manager)
        return tuple(found)

    def manager_of(self, worker: int | None, team: int) -> int | None:
        """Who managed the worker; without a record of that, who managed the team."""
        own = self.managers.get(worker, set()) if worker is not None else set()
        team_managers = self.managers_of_team.get(team, set()) - {worker or 0}
        return min(own & team_managers or own or team_managers, default=None)

    def case(self, key: str, team: int, worker: int | None) -> Case:
        """The case with everybody who answered for it."""
        own = self.managers.get(worker, set()) if worker is not None else set()
        managers = frozenset(own | self.managers_of_team.get(team, set())) - {worker or 0}
        above = [one for one in self.line_above([*managers]) if one not in managers]
        return Case(key, team, worker, (*sorted(managers), *above), managers)


def day_of_draw(round: Round) -> date:
    """The day on which the round was drawn; today when it has not been."""
    draw = getattr(round, "draw", None)
    return dates.day_of(draw.drawn_at) if draw is not None else dates.today()


def auditors_for(
    round: Round, council: Council, today: date, people: Iterable[Person] | None = None
) -> list[Auditor]:
    """Everybody who may be given audits of the round today, or those of the people given, with what the rules ask of them."""
    asked = VISITING if round.is_of_visits else ROLES[AuditKind(round.audit_kind)]
    grants = RoleGrant.objects.as_system(REASON).filter(
        keeping("audit.write"), holding_on(today), state=GrantState.AGREED, role__in=asked
    )
    grants = grants.filter(
        Q(person__left_on=None) | Q(person__left_on__gt=today), person__user__is_active=True
    )
    if people is not None:
        grants = grants.filter(person__in=list(people))
    roles: dict[int, set[str]] = defaultdict(set)
    keys: dict[int, str] = {}
    for person, key, role in grants.values_list("person_id", "person__public_id", "role"):
        roles[person].add(role)
        keys[person] = key
    interests = _interests(council, today)
    last = LastRound(round, council)
    capacity = dict(AuditorCapacity.objects.values_list("person_id", "audits_a_month"))
    leave: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for person, starts_on, ends_on in AuditorLeave.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today)
    ).values_list("person_id", "starts_on", "ends_on"):
        leave[person].append((starts_on, ends_on))
    owed, recent = _loads(round, today)
    months = months_of(round)
    return [
        Auditor(
            key=keys[person],
            person=person,
            teams=council.teams_of(person),
            managers=frozenset(council.managers.get(person, ())),
            line=frozenset(council.line_above([person])),
            audited_by=last.auditors_of(person),
            interest_people=frozenset(interests[person][0]),
            interest_teams=frozenset(interests[person][1]),
            away=tuple(sorted(leave[person], key=str)),
            capacity=capacity.get(person, usual_for(roles[person])) * months,
            owed=owed.get(person, 0),
            recent=recent.get(person, 0),
        )
        for person in sorted(keys)
    ]


def usual_for(roles: Iterable[str]) -> int:
    """How many audits a month somebody with the roles usually takes on."""
    return max((USUAL_A_MONTH.get(role, 1) for role in roles), default=1)


def months_of(round: Round) -> int:
    """Over how many months the round goes."""
    first, last = round.first_month, round.last_month
    return max(1, (last.year - first.year) * 12 + last.month - first.month + 1)


def window_of(today: date, due_on: date) -> Window:
    """The days an auditor would have."""
    return Window(min(today, due_on), due_on)


def refusals_in(council: Council, audit: Audit, auditor: Auditor, window: Window) -> tuple[Refusal, ...]:
    """Why the rules refuse the auditor for an audit that is given out already: another one may take it over."""
    case = council.case(audit.public_id, audit.unit_id, audit.worker_id)
    found = refusals_of(case, auditor, window, AuditKind(audit.round.audit_kind))
    if not audit.is_visit:
        return found
    return refusals_that_count(found, is_independent=tool_from(audit.tool.content).is_independent)


def earlier_round(round: Round) -> Round | None:
    """The last round before this one that had audits, of a kind whose figures stand beside its own."""
    audited = Audit.objects.as_system(REASON).values("round_id")
    rounds = (
        Round.objects.as_system(REASON)
        .filter(pk__in=audited, audit_kind__in=beside(round.audit_kind))
        .exclude(state=RoundState.CANCELLED)
        .exclude(kind=RoundKind.VISITS)
    )
    before = Q(first_month__lt=round.first_month) | Q(first_month=round.first_month, pk__lt=round.pk)
    return rounds.filter(before).exclude(pk=round.pk).order_by("-first_month", "-pk").first()


class LastRound:
    """Who audited somebody's work, or the work of the teams they manage, in the last round."""

    def __init__(self, round: Round, council: Council) -> None:
        self.council = council
        self.by_person: dict[int, set[int]] = defaultdict(set)
        self.by_team: dict[int, set[int]] = defaultdict(set)
        earlier = earlier_round(round)
        if earlier is None:
            return
        rows = Audit.objects.as_system(REASON).filter(round=earlier).exclude(state__in=LEFT_OUT)
        for auditor, worker, manager, unit in rows.values_list(
            "auditor_id", "worker_id", "manager_id", "unit_id"
        ):
            self.by_team[unit].add(auditor)
            for person in (worker, manager):
                if person is not None:
                    self.by_person[person].add(auditor)

    def auditors_of(self, person: int) -> frozenset[int]:
        """The people who audited the person's work."""
        managed = {team for team, people in self.council.managers_of_team.items() if person in people}
        found = set(self.by_person.get(person, ()))
        for team in managed & set(self.by_team):
            found |= self.by_team[team]
        return frozenset(found - {person})


def _interests(council: Council, today: date) -> dict[int, tuple[set[int], set[int]]]:
    """Person to the people and the teams an interest ties them to, on the day of the draw or today, either way round."""
    found: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    rows = Interest.objects.as_system(REASON).filter(holding_on(council.day) | holding_on(today))
    for person, about_person, about_unit in rows.values_list("person_id", "about_person_id", "about_unit_id"):
        if about_person is not None:
            found[person][0].add(about_person)
            found[about_person][0].add(person)
        if about_unit is not None:
            found[person][1].update(council.tree.with_predecessors(council.tree.below(about_unit)))
    return found


def _loads(round: Round, today: date) -> tuple[dict[int, int], dict[int, int]]:
    """Auditor to audits of this round, and to audits of other rounds given in the last three months."""
    since = today - timedelta(days=RECENT_DAYS)
    rows = (
        Audit.objects.as_system(REASON)
        .filter(Q(round=round) | Q(allocated_at__date__gte=since))
        .exclude(state__in=LEFT_OUT)
    )
    counted = rows.values("auditor_id").annotate(
        here=Count("pk", filter=Q(round=round)), elsewhere=Count("pk", filter=~Q(round=round))
    )
    found = list(counted.order_by().values_list("auditor_id", "here", "elsewhere"))
    return {one: here for one, here, _ in found}, {one: elsewhere for one, _, elsewhere in found}


def slots_to_give(round: Round) -> list[Slot]:
    """The selected cases of the round that have no audit yet, in the order of the draw."""
    rows = Slot.objects.as_system(REASON).filter(draw__round=round, state="selected", audit=None)
    return list(rows.select_related("case", "case__worker").order_by("stratum", "position", "pk"))
