"""A referral and all that follows from it: assessment, enquiry, and the stages of the case until it closes."""

from datetime import date

from plumbline.demo.children import casework, protection, support
from plumbline.demo.children.assessment import assess
from plumbline.demo.children.care import care_period
from plumbline.demo.children.days import age_on, on_or_after, working_day_after
from plumbline.demo.children.household import Case, Child, Household, Stage, Values, choose, outcome
from plumbline.demo.children.leaving import leave_care
from plumbline.demo.children.rates import NEEDS, SOURCE_TEXT

NO_FURTHER_ACTION = 0.068
# What a referral comes to, by the household's risk (chosen).
PATHS = (
    (("not in need", 40), ("services", 22), ("plan", 29), ("protection", 5), ("care", 2.3)),
    (("not in need", 30), ("services", 20), ("plan", 34), ("protection", 10), ("care", 3.2)),
    (("not in need", 21), ("services", 14), ("plan", 34), ("protection", 20), ("care", 5)),
)
# Once there has been a child protection plan, a new referral comes to one again more often (chosen against the
# share of plans that are second or subsequent).
PROTECTION_AGAIN = 0.22
ENQUIRY_WITHOUT_CONFERENCE = 0.28
DECIDED_IN_A_DAY = 0.9
REFERRAL_FLAGS = {
    "not in need": ("SINGLE_ASSESSMENT_FLAG",),
    "services": ("SINGLE_ASSESSMENT_FLAG",),
    "plan": ("SINGLE_ASSESSMENT_FLAG",),
    "protection": ("SINGLE_ASSESSMENT_FLAG", "STRATEGY_DISCUSSION_FLAG"),
    "care": ("SINGLE_ASSESSMENT_FLAG", "CLA_REQUEST_FLAG"),
}


def refer(
    household: Household, about: list[Child], day: int, source: str, contact_recorded: dict[str, int]
) -> list[Case]:
    """The cases opened on the children, lived through to their ends."""
    cases = []
    for child in about:
        recorded = household.recorded_after(day, contact_recorded[child.person_id])
        cases.append(Case(child, household.new_id("R"), day, recorded))
    if not about[0].unaccompanied and household.one_in(NO_FURTHER_ACTION):
        for case in cases:
            case.ends = day + int(household.chance.random() * 3)
            _add_referral(household, case, source, "NFA_FLAG", no_further_action=True)
        return cases
    path = _path(household, about)
    _follow(household, cases, path, day)
    for case in cases:
        _add_referral(household, case, source, *REFERRAL_FLAGS[path], no_further_action=False)
        casework.add_involvements(household, case)
        casework.add_oversight(household, case)
    return cases


def _path(household: Household, about: list[Child]) -> str:
    if about[0].unaccompanied:
        return "care"
    if any(child.plans_before for child in about) and household.one_in(PROTECTION_AGAIN):
        return "protection"
    return str(choose(household.chance, PATHS[household.risk]))


def team_for(household: Household, kind: str, child: Child, day: int) -> str:
    """The key of the team that has a case in a stage."""
    side = int(household.number) % 2
    if kind in ("care", "leaving"):
        if kind == "leaving":
            return "care-leavers"
        return ("children-in-care-one", "children-in-care-two")[side]
    if len(child.disabilities) > 1 or (child.disabilities and side):
        return "disabled-children"
    if kind == "assessment":
        return ("assessment-east", "assessment-west")[side]
    if age_on(child.born, day) >= 13 and int(household.number) % 3 == 0:
        return "adolescents"
    return ("safeguarding-north", "safeguarding-south")[side]


def begin_stage(household: Household, case: Case, kind: str, day: int) -> Stage:
    """A new stage of a case, with a worker of its team."""
    team = team_for(household, kind, case.child, day)
    last = case.stages[-1] if case.stages else None
    # Who has the case keeps it while it stays in the team.
    stays = last is not None and last.team == team and last.worker.leaves > day
    worker = last.worker if last and stays else household.staff.pick(team, day, household.chance)
    stage = Stage(kind, team, day, day, worker)
    case.stages.append(stage)
    return stage


def _follow(household: Household, cases: list[Case], path: str, day: int) -> None:
    """Lives through the stages. Children of a household go on together until care parts them."""
    chance = household.chance
    for case in cases:
        begin_stage(household, case, "assessment", day)
    with_enquiry = path in ("protection", "care") or household.one_in(ENQUIRY_WITHOUT_CONFERENCE)
    authorised = assess(household, cases, day, path)
    conference = 0
    if with_enquiry and not cases[0].child.unaccompanied:
        enquiry_day = on_or_after(day + int(chance.expovariate(1 / 3.0)))
        conference = protection.enquire(household, cases, enquiry_day, path == "protection")
    waiting: list[tuple[list[Case], str, int]] = []
    if path == "protection" and conference:
        waiting.append((cases, "cp", conference))
    elif path == "care":
        first = cases if household.one_in(0.6) else cases[:1]
        waiting.append((first, "care", day + 1 + int(chance.expovariate(1 / 12.0))))
        if len(first) < len(cases):
            waiting.append((cases[1:], "cin", authorised))
    elif path in ("plan", "protection"):
        waiting.append((cases, "cin", authorised))
    else:
        _close_after_assessment(household, cases, path, authorised)
    while waiting:
        group, kind, starts = waiting.pop()
        for case in group:
            case.stages[-1].ends = starts
        waiting.extend(_live_stage(household, group, kind, starts))


def _live_stage(
    household: Household, group: list[Case], kind: str, starts: int
) -> list[tuple[list[Case], str, int]]:
    """What comes next, for whom and when."""
    if kind == "close":
        for case in group:
            case.ends = starts
            if case.reason == "RC7" and starts >= case.child.turns_18 - 3:
                case.reason = "RC6"
        return []
    # Somebody who comes of age leaves; the others of the household go on.
    grown = [case for case in group if case.child.turns_18 <= starts + 14] if kind != "leaving" else []
    if grown and kind in ("cin", "cp", "care"):
        younger = [case for case in group if case not in grown]
        return [(grown, "close", starts), *([(younger, kind, starts)] if younger else [])]
    for case in group:
        begin_stage(household, case, kind, starts)
    if kind == "cin":
        return support.need_plan(household, group, starts)
    if kind == "cp":
        return protection.protection_plan(household, group, starts)
    if kind == "care":
        return [([case], *care_period(household, case, starts)) for case in group]
    return [([case], *leave_care(household, case, starts)) for case in group]


def _close_after_assessment(household: Household, cases: list[Case], path: str, authorised: int) -> None:
    chance = household.chance
    if path == "not in need":
        ends = authorised + int(chance.expovariate(1 / 4.0))
        reason = "RC8" if household.one_in(0.62) else "RC9"
    else:
        ends = authorised + 5 + int(chance.expovariate(1 / 45.0))
        reason = "RC5" if household.one_in(0.06) else "RC7"
    for case in cases:
        case.ends = case.stages[-1].ends = on_or_after(ends)
        case.reason = reason


def _add_referral(
    household: Household, case: Case, source: str, *set_ones: str, no_further_action: bool
) -> None:
    child, day, chance = case.child, case.starts, household.chance
    child.spans.append((day, max(case.ends, day)))
    worker = household.staff.pick("front-door", day, chance)
    need = choose(chance, NEEDS)
    if child.unaccompanied:
        need = "N8"
    values: Values = {
        "cine_referral_id": case.referral_id,
        "cine_person_id": child.person_id,
        "cine_referral_date": day,
        "cine_cin_primary_need_code": need,
        "cine_referral_source_code": source,
        "cine_referral_source_desc": SOURCE_TEXT[source],
        "cine_referral_outcome_json": outcome("referral", *set_ones),
        "cine_referral_nfa": "Y" if no_further_action else "N",
        "cine_close_date": case.ends,
        "cine_close_reason": case.reason,
        "cine_referral_team": "front-door",
        "cine_referral_worker_id": worker.worker_id,
    }
    # The need is often not known at first, and put in when the assessment is done.
    earlier = (day + 30, {"cine_cin_primary_need_code": "N0"}) if day % 9 == 0 else None
    closed = household.recorded_after(case.ends, max(case.recorded, case.assessment_recorded))
    household.add(
        "ssd_cin_episodes",
        child,
        day,
        values,
        at=case.recorded,
        correction=earlier,
        end_recorded=closed,
    )
    late = 1 if household.one_in(DECIDED_IN_A_DAY) else 2 + int(chance.expovariate(0.5))
    decided = working_day_after(day, late if date.fromordinal(day).weekday() < 6 else 1)
    values = {"lrde_referral_id": case.referral_id, "lrde_decision_date": decided}
    household.add("local_referral_decisions", child, decided, values, after=case.recorded)
