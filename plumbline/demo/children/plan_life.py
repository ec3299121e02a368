"""What happens while a child protection plan is open: review conferences, visits, core groups."""

from plumbline.demo.children.days import age_on, is_working_day, on_or_after, working_day_after
from plumbline.demo.children.household import Case, Household, choose, yes
from plumbline.demo.children.series import due_days, visit_days
from plumbline.demo.children.staff import MERGED_ON

FIRST_REVIEW, NEXT_REVIEW = 91, 183
LATE_REVIEW = 0.014
# Whether the plan ends at the first, second, third... review (chosen against tables d5 and d7).
ENDS_AT = (0.30, 0.68, 0.62, 0.50, 0.45, 0.5, 0.8)
VISIT_DAYS, LATE_VISIT = 13, 0.055
SEEN, ALONE = 0.945, 0.70
SEEN_COLUMNS = ("cppv_cp_visit_seen", "cppv_cp_visit_seen_alone", "cppv_cp_visit_bedroom")
# Two teams became one (as in the demo council), and for most of a year its visits were late more often.
MERGED_TEAM, LATE_VISIT_AFTER_MERGE = "safeguarding-north", 0.2
UNSETTLED = (MERGED_ON - 60, MERGED_ON + 240)
CORE_GROUP_DAYS = 42
TAKES_PART = (("PN1", 30), ("PN2", 4), ("PN3", 12), ("PN4", 9), ("PN5", 14), ("PN6", 13), ("PN7", 18))
Review = tuple[int, int, int]


def review_days(household: Household, starts: int) -> tuple[list[Review], int]:
    """Each review as (the day it was set, due, held), and the day the plan ends at one."""
    chance = household.chance
    reviews: list[Review] = []
    set_on, due, more = starts, starts + FIRST_REVIEW, True
    while more:
        held = due - int(chance.random() * (21 if reviews else 14))
        while not is_working_day(held):
            held -= 1
        if chance.random() < LATE_REVIEW:
            held = on_or_after(due + 1 + int(chance.expovariate(1 / 18)))
        more = chance.random() > ENDS_AT[min(len(reviews), len(ENDS_AT) - 1)]
        reviews.append((set_on, due, held))
        set_on, due = held, held + NEXT_REVIEW
    return reviews, reviews[-1][2]


def add_reviews(household: Household, case: Case, reviews: list[Review], ends: int) -> None:
    """The review conferences of one child's plan, with the one that was set when the plan ended before it."""
    child = case.child
    ends = min(ends, child.turns_18)
    for set_on, due, held in reviews:
        if set_on >= ends:
            break
        part = choose(household.chance, TAKES_PART) if age_on(child.born, held) >= 4 else "PN0"
        was_held = held <= ends
        household.add(
            "ssd_cp_reviews",
            child,
            set_on,
            {
                "cppr_cp_review_id": household.new_id("U"),
                "cppr_person_id": child.person_id,
                "cppr_cp_plan_id": case.plan_id,
                "cppr_cp_review_due": due,
                "cppr_cp_review_date": held if was_held else None,
                "cppr_cp_review_meeting_id": f"RC{household.number}.{held}",
                "cppr_cp_review_outcome_continue_cp": yes(held < ends),
                "cppr_cp_review_quorate": yes(household.one_in(0.94)),
                "cppr_cp_review_participation": part,
            },
            after=case.conference_recorded,
        )


def add_visits(household: Household, group: list[Case], starts: int, ends: int) -> None:
    """The visits to the children, who are visited together and seen or not one by one."""
    unsettled = group[0].stages[-1].team == MERGED_TEAM and UNSETTLED[0] <= starts < UNSETTLED[1]
    late = LATE_VISIT_AFTER_MERGE if unsettled else LATE_VISIT
    for day in visit_days(household, starts, ends, VISIT_DAYS, late):
        for case in group:
            child = case.child
            if day > child.turns_18:
                continue
            seen = household.one_in(SEEN)
            # A visit written up as not seen, and put right when the note is read.
            corrected = None
            if seen and (day + household.rows_made) % 97 == 0:
                not_seen = dict.fromkeys(SEEN_COLUMNS, "N")
                corrected = (day + 33, not_seen)
            household.add(
                "ssd_cp_visits",
                child,
                day,
                {
                    "cppv_cp_visit_id": household.new_id("V"),
                    "cppv_person_id": child.person_id,
                    "cppv_cp_plan_id": case.plan_id,
                    "cppv_cp_visit_date": day,
                    "cppv_cp_visit_seen": yes(seen),
                    "cppv_cp_visit_seen_alone": yes(seen and household.one_in(ALONE)),
                    "cppv_cp_visit_bedroom": yes(seen and household.one_in(0.4)),
                },
                after=case.conference_recorded,
                correction=corrected,
            )


def add_core_groups(household: Household, group: list[Case], starts: int, ends: int) -> None:
    """The core groups of the plans: the first within ten working days, then every six weeks."""
    first = working_day_after(starts, 10)
    for due, held in due_days(household, first, ends, CORE_GROUP_DAYS, late=0.13, missed=0.03):
        for case in group:
            if due <= case.child.turns_18:
                household.add(
                    "local_core_groups",
                    case.child,
                    max(starts, due - CORE_GROUP_DAYS),
                    {
                        "lcgr_core_group_id": household.new_id("G"),
                        "lcgr_person_id": case.child.person_id,
                        "lcgr_cp_plan_id": case.plan_id,
                        "lcgr_due_date": due,
                        "lcgr_held_date": held if held and held <= ends else None,
                    },
                    after=case.conference_recorded,
                )
