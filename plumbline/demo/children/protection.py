"""Child protection: enquiries, conferences, and plans that end at a review, in care, or somewhere else."""

from plumbline.demo.children.days import age_on, on_or_after, working_day_after
from plumbline.demo.children.household import Case, Household, Values, choose, days_between, outcome, yes
from plumbline.demo.children.plan_life import add_core_groups, add_reviews, add_visits, review_days
from plumbline.demo.children.proceedings import maybe_pre_proceedings
from plumbline.demo.children.rates import CATEGORIES, CONFERENCE_DAYS

PLAN_MADE = 0.86
TRANSFERRED_IN = 0.022
INTO_CARE, MOVES_AWAY = 0.15, 0.04
THEN_NEED_PLAN = 0.62


def enquire(household: Household, cases: list[Case], day: int, to_conference: bool) -> int:
    """The day of the conference that made a plan, or 0 when the enquiry came to none."""
    chance = household.chance
    conference = working_day_after(day, days_between(chance, CONFERENCE_DAYS)) if to_conference else 0
    transferred = to_conference and household.one_in(TRANSFERRED_IN)
    made = to_conference and household.one_in(PLAN_MADE)
    length = (
        5 + int(chance.random() * 10) if not household.one_in(0.14) else 16 + int(chance.expovariate(0.12))
    )
    ends = working_day_after(day, length)
    if conference:
        ends = min(ends, conference)
    meeting = household.new_id("M")
    for case in cases:
        if case.child.turns_18 <= max(conference, ends):
            continue
        enquiry_id, recorded = "", case.recorded
        if not transferred:
            enquiry_id, recorded = _add_enquiry(household, case, day, ends, to_conference)
        if to_conference:
            _add_conference(household, case, enquiry_id, recorded, day, conference, meeting, made)
    return conference if made else 0


def _add_enquiry(
    household: Household, case: Case, day: int, ends: int, to_conference: bool
) -> tuple[str, int]:
    worker = case.stages[-1].worker
    nothing = not to_conference and household.one_in(0.55)
    flag = "CP_CONFERENCE_FLAG" if to_conference else "NFA_FLAG" if nothing else "NFA_CONTINUE_SINGLE_FLAG"
    enquiry_id = household.new_id("S")
    values: Values = {
        "s47e_s47_enquiry_id": enquiry_id,
        "s47e_referral_id": case.referral_id,
        "s47e_person_id": case.child.person_id,
        "s47e_s47_start_date": day,
        "s47e_s47_end_date": ends,
        "s47e_s47_nfa": yes(nothing),
        "s47e_s47_outcome_json": outcome("s47", flag),
        "s47e_s47_completed_by_worker_id": worker.worker_id,
        "s47e_s47_completed_by_team": worker.team_on(day),
    }
    return enquiry_id, household.add("ssd_s47_enquiry", case.child, day, values, after=case.recorded)


def _add_conference(
    household: Household,
    case: Case,
    enquiry_id: str,
    recorded: int,
    day: int,
    conference: int,
    meeting: str,
    made: bool,
) -> None:
    worker = case.stages[-1].worker
    case.conference_id = household.new_id("C")
    case.plan_id = household.new_id("Q") if made else ""
    values: Values = {
        "icpc_icpc_id": case.conference_id,
        "icpc_icpc_meeting_id": meeting,
        "icpc_s47_enquiry_id": enquiry_id,
        "icpc_person_id": case.child.person_id,
        "icpc_cp_plan_id": case.plan_id,
        "icpc_referral_id": case.referral_id,
        "icpc_icpc_transfer_in": yes(not enquiry_id),
        "icpc_icpc_target_date": working_day_after(day, 15),
        "icpc_icpc_date": conference,
        "icpc_icpc_outcome_cp_flag": yes(made),
        "icpc_icpc_outcome_json": outcome("conference", "CP_FLAG" if made else "PROV_OF_SERVICES_FLAG"),
        "icpc_icpc_team": worker.team_on(conference),
        "icpc_icpc_worker_id": worker.worker_id,
    }
    case.conference_recorded = household.add(
        "ssd_initial_cp_conference", case.child, conference, values, after=recorded
    )
    if not enquiry_id:
        values = {"ltra_icpc_id": case.conference_id, "ltra_notified_date": day}
        household.add("local_transfer_ins", case.child, conference, values, after=case.conference_recorded)


def protection_plan(
    household: Household, group: list[Case], starts: int
) -> list[tuple[list[Case], str, int]]:
    """Lives through a plan of the children; what comes next and when."""
    chance = household.chance
    reviews, ends = review_days(household, starts)
    comes_next = "cin" if household.one_in(THEN_NEED_PLAN) else "close"
    draw = chance.random()
    if draw < INTO_CARE + MOVES_AWAY:
        early = on_or_after(starts + 10 + int(chance.expovariate(1 / 170)))
        if early < ends:
            ends = early
            comes_next = "care" if draw < INTO_CARE else "close"
    category = str(choose(chance, CATEGORIES))
    for case in group:
        _add_plan(household, case, starts, ends, category)
        add_reviews(household, case, reviews, ends)
    add_visits(household, group, starts, ends)
    add_core_groups(household, group, starts, ends)
    maybe_pre_proceedings(household, group, starts, ends, comes_next)
    after: list[tuple[list[Case], str, int]] = []
    going_on = []
    for case in group:
        if case.child.turns_18 < ends:
            after.append(([case], "close", case.child.turns_18))
        else:
            going_on.append(case)
    if comes_next == "care" and len(going_on) > 1 and household.one_in(0.35):
        after.append((going_on[1:], "cin", ends))
        going_on = going_on[:1]
    if going_on:
        after.append((going_on, comes_next, ends))
    return after


def _add_plan(household: Household, case: Case, starts: int, ends: int, category: str) -> None:
    child = case.child
    child.plans_before += 1
    latest, changed = category, None
    if ends - starts > 120 and household.one_in(0.14):
        latest = "EMO" if category != "EMO" else "NEG"
        changed = (starts + 100, {"cppl_cp_plan_latest_category": category})
    away = household.one_in(0.012) and age_on(child.born, starts) >= 0
    values: Values = {
        "cppl_cp_plan_id": case.plan_id,
        "cppl_referral_id": case.referral_id,
        "cppl_icpc_id": case.conference_id,
        "cppl_person_id": child.person_id,
        "cppl_cp_plan_start_date": starts,
        "cppl_cp_plan_end_date": min(ends, child.turns_18),
        "cppl_cp_plan_ola": yes(away),
        "cppl_cp_plan_initial_category": category,
        "cppl_cp_plan_latest_category": latest,
    }
    household.add("ssd_cp_plans", child, starts, values, at=case.conference_recorded, correction=changed)
