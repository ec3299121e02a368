"""What happens while a child is looked after: reviews, visits, plans and intervals, and the going missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plumbline.demo.children.care_health import add_health, add_schooling
from plumbline.demo.children.days import age_on, on_or_after, working_day_after
from plumbline.demo.children.household import Household, Values, choose, outcome, yes
from plumbline.demo.children.placements import Placement

if TYPE_CHECKING:
    from plumbline.demo.children.care import Period

TAKES_PART = (("PN1", 42), ("PN2", 4), ("PN3", 12), ("PN4", 4), ("PN5", 14), ("PN6", 12), ("PN7", 12))
LATE_REVIEW, CANCELLED = 0.035, 0.008
VISIT_DAYS, SETTLED_VISIT_DAYS = 42, 84
LATE_VISIT = 0.045
SEEN, ALONE = 0.965, 0.80
PLAN_FLAGS = {
    "short": "RETURN1M",
    "home": "RETURN6M",
    "kin": "LTRELFR",
    "adoption": "ADOPTION",
    "long": "LTFOST18",
}
# Goes missing: share of children of 12 and over who ever do, and how many days until the next time.
GOES_MISSING, DAYS_TO_NEXT = 0.17, 75


def add_life_in_care(household: Household, period: Period, placements: list[Placement]) -> None:
    """Everything of a period of care except placements and law."""
    _reviews(household, period)
    _visits(household, period)
    _care_plan(household, period)
    add_health(household, period)
    add_schooling(household, period)
    if period.ends > household.world.window and age_on(period.case.child.born, period.ends) >= 12:
        _missing(household, period)
    if household.one_in(0.02) and period.starts > household.world.window:
        _escalation(household, period)


def _reviews(household: Household, period: Period) -> None:
    """First within 20 working days, second within three months, then every six. Source: care planning regulations."""
    chance, child = household.chance, period.case.child
    set_on, due, number = period.starts, working_day_after(period.starts, 20), 0
    while set_on < period.ends and set_on <= household.world.last_day:
        held = due - int(chance.random() * (7 if number == 0 else 20))
        held = min(due, on_or_after(held))
        if chance.random() < LATE_REVIEW:
            held = on_or_after(due + 1 + int(chance.expovariate(1 / 14)))
        cancelled = chance.random() < CANCELLED
        part = choose(chance, TAKES_PART) if age_on(child.born, held) >= 4 else "PN0"
        if held >= household.world.window - 400:
            values: Values = {
                "clar_cla_review_id": household.new_id("CR"),
                "clar_cla_person_id": child.person_id,
                "clar_cla_id": period.cla_id,
                "clar_cla_review_due_date": due,
                "clar_cla_review_date": held if held <= period.ends and not cancelled else None,
                "clar_cla_review_participation": part,
                "clar_cla_review_cancelled": yes(cancelled),
            }
            household.add("ssd_cla_reviews", child, set_on, values, after=period.recorded)
        set_on, number = held, number + 1
        due = held + (90 if number == 1 else 182)


def _visits(household: Household, period: Period) -> None:
    """Within a week, then six-weekly; twelve-weekly once a child has been settled for a year (agreed interval)."""
    chance, child = household.chance, period.case.child
    settled = period.route == "long" and chance.random() < 0.45
    relaxed_from = period.starts + 400 if settled else period.ends + 1
    for starts, ends, interval in (
        (period.starts, min(relaxed_from, period.ends), VISIT_DAYS),
        (relaxed_from, period.ends, SETTLED_VISIT_DAYS),
    ):
        if starts >= ends:
            continue
        values: Values = {
            "lvin_person_id": child.person_id,
            "lvin_from_date": starts,
            "lvin_to_date": ends,
            "lvin_interval_days": interval,
        }
        household.add("local_visit_intervals", child, starts, values, after=period.recorded)
    day = period.starts + 1 + int(chance.random() * 6)
    if day < household.world.window:
        day += (household.world.window - day) // VISIT_DAYS * VISIT_DAYS
    while day <= min(period.ends, household.world.last_day):
        interval = SETTLED_VISIT_DAYS if day >= relaxed_from else VISIT_DAYS
        worked = on_or_after(day)
        if worked <= period.ends:
            seen = household.one_in(SEEN)
            values = {
                "clav_cla_visit_id": household.new_id("CV"),
                "clav_cla_id": period.cla_id,
                "clav_person_id": child.person_id,
                "clav_cla_visit_date": worked,
                "clav_cla_visit_seen": yes(seen),
                "clav_cla_visit_seen_alone": yes(seen and household.one_in(ALONE)),
            }
            household.add("ssd_cla_visits", child, worked, values, after=period.recorded)
        wait = interval * (0.55 + 0.4 * chance.random())
        if chance.random() < LATE_VISIT:
            wait = interval * (1.08 + 0.6 * chance.random())
        day += int(wait)


def _care_plan(household: Household, period: Period) -> None:
    starts = on_or_after(period.starts + 3 + int(household.chance.expovariate(1 / 6)))
    if starts >= period.ends:
        return
    values: Values = {
        "lacp_table_id": household.new_id("CP"),
        "lacp_person_id": period.case.child.person_id,
        "lacp_cla_care_plan_start_date": starts,
        "lacp_cla_care_plan_end_date": period.ends,
        "lacp_cla_care_plan_json": outcome("care_plan", PLAN_FLAGS[period.route]),
    }
    household.add("ssd_cla_care_plan", period.case.child, starts, values, after=period.recorded)


def _missing(household: Household, period: Period) -> None:
    """Goes missing again and again, or never; each time an interview is offered when the child is back."""
    chance, child = household.chance, period.case.child
    if not household.one_in(GOES_MISSING):
        return
    day = max(period.starts, household.world.window, child.born + 12 * 365) + int(
        chance.expovariate(1 / DAYS_TO_NEXT)
    )
    while day < min(period.ends, household.world.last_day):
        back = day + int(chance.expovariate(1 / 1.4))
        offered = household.one_in(0.9)
        accepted = offered and household.one_in(0.62)
        away = household.one_in(0.16)
        missing_id = household.new_id("MI")
        values: Values = {
            "miss_table_id": missing_id,
            "miss_person_id": child.person_id,
            "miss_missing_episode_start_date": day,
            "miss_missing_episode_type": "A" if away else "M",
            "miss_missing_episode_end_date": back,
            "miss_missing_rhi_offered": yes(offered),
            "miss_missing_rhi_accepted": yes(accepted) if offered else "NA",
        }
        recorded = household.add("ssd_missing", child, day, values, after=period.recorded)
        if accepted:
            held = back + 1 + int(chance.expovariate(1 / 1.8))
            values = {"lrin_missing_id": missing_id, "lrin_interview_date": held}
            household.add("local_return_interviews", child, held, values, after=recorded)
        day = back + 1 + int(chance.expovariate(1 / DAYS_TO_NEXT))


def _escalation(household: Household, period: Period) -> None:
    chance = household.chance
    raised = on_or_after(period.starts + 30 + int(chance.random() * 200))
    if raised >= period.ends:
        return
    limit = working_day_after(raised, 20)
    late = chance.random() < 0.2
    values: Values = {
        "lesc_escalation_id": household.new_id("ES"),
        "lesc_person_id": period.case.child.person_id,
        "lesc_raised_date": raised,
        "lesc_limit_date": limit,
        "lesc_resolved_date": limit + 9 if late else limit - int(chance.random() * 18),
    }
    household.add("local_escalations", period.case.child, raised, values, after=period.recorded)
