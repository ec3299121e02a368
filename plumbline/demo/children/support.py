"""Child in need plans: visits, reviews, and whether things get better or worse."""

from plumbline.demo.children import protection
from plumbline.demo.children.assessment import assess
from plumbline.demo.children.days import on_or_after
from plumbline.demo.children.household import Case, Household, yes
from plumbline.demo.children.series import visit_days
from plumbline.demo.children.short_breaks import add_short_breaks

MEDIAN_DAYS, SPREAD = 97, 0.74
WORSE = 0.30
INTO_CARE = 0.025
VISIT_DAYS = 24
REVIEW_DAYS = (42, 84)
SEEN, ALONE = 0.93, 0.62
SHORT_BREAKS = 0.3


def need_plan(household: Household, group: list[Case], starts: int) -> list[tuple[list[Case], str, int]]:
    """Lives through a plan of the children; what comes next and when."""
    chance = household.chance
    length = max(14, min(1_100, int(MEDIAN_DAYS * chance.lognormvariate(0, SPREAD))))
    ends = on_or_after(starts + length)
    comes_next = "close"
    conference = 0
    draw = chance.random()
    if draw < WORSE:
        # A new worry in the middle of the plan: an enquiry, often with a new assessment, at times a conference.
        worry = on_or_after(starts + int(chance.random() * length * 0.9))
        to_conference = household.one_in(0.42)
        conference = protection.enquire(household, group, worry, to_conference)
        authorised = assess(household, group, worry, "protection") if household.one_in(0.55) else worry
        ends, comes_next = (conference, "cp") if conference else (max(ends, authorised), "close")
    elif draw < WORSE + INTO_CARE:
        comes_next = "care"
    elif household.one_in(0.12):
        ends = max(ends, assess(household, group, on_or_after(starts + length // 2), "plan"))
    _add_plans(household, group, starts, ends)
    for case in group:
        if case.child.disabilities and ends - starts > 60 and household.one_in(SHORT_BREAKS):
            add_short_breaks(household, case, starts + 28, min(ends, case.child.turns_18))
    grown = [case for case in group if case.child.turns_18 < ends]
    going_on = [case for case in group if case.child.turns_18 >= ends]
    after = [([case], "close", case.child.turns_18) for case in grown]
    if comes_next == "care" and len(going_on) > 1 and household.one_in(0.5):
        after.append((going_on[1:], "close", ends + 30))
        going_on = going_on[:1]
    return [*after, (going_on, comes_next, ends)] if going_on else after


def _add_plans(household: Household, group: list[Case], starts: int, ends: int) -> None:
    visits = visit_days(household, starts, ends, VISIT_DAYS, late=0.11)
    reviews = _review_days(household, starts, ends)
    for case in group:
        child, worker = case.child, case.stages[-1].worker
        last = min(ends, child.turns_18)
        plan_id = household.new_id("P")
        recorded = household.add(
            "ssd_cin_plans",
            child,
            starts,
            {
                "cinp_cin_plan_id": plan_id,
                "cinp_referral_id": case.referral_id,
                "cinp_person_id": child.person_id,
                "cinp_cin_plan_start_date": starts,
                "cinp_cin_plan_end_date": last,
                "cinp_cin_plan_team": worker.team_on(starts),
                "cinp_cin_plan_worker_id": worker.worker_id,
            },
            after=case.recorded,
        )
        for day in visits:
            if day <= last:
                seen = household.one_in(SEEN)
                household.add(
                    "ssd_cin_visits",
                    child,
                    day,
                    {
                        "cinv_cin_visit_id": household.new_id("V"),
                        "cinv_cin_plan_id": plan_id,
                        "cinv_person_id": child.person_id,
                        "cinv_cin_visit_date": day,
                        "cinv_cin_visit_seen": yes(seen),
                        "cinv_cin_visit_seen_alone": yes(seen and household.one_in(ALONE)),
                        "cinv_cin_visit_bedroom": yes(seen and household.one_in(0.3)),
                    },
                    after=recorded,
                )
        for due, held in reviews:
            if due <= last:
                household.add(
                    "local_cin_plan_reviews",
                    child,
                    due - 20,
                    {
                        "lcpr_review_id": household.new_id("N"),
                        "lcpr_person_id": child.person_id,
                        "lcpr_cin_plan_id": plan_id,
                        "lcpr_due_date": due,
                        "lcpr_review_date": held if held and held <= last else None,
                    },
                    after=recorded,
                )


def _review_days(household: Household, starts: int, ends: int) -> list[tuple[int, int | None]]:
    """Due day and the day held, for each review of a plan; one in forty is never held."""
    chance = household.chance
    due, days = starts + REVIEW_DAYS[0], []
    while due <= min(ends, household.world.last_day):
        held: int | None = on_or_after(due - int(chance.random() * 12))
        if chance.random() < 0.16:
            held = on_or_after(due + 1 + int(chance.expovariate(1 / 15)))
        if chance.random() < 0.025:
            held = None
        days.append((due, held))
        due = max(due + 40, (held or due) + REVIEW_DAYS[1])
    return days
