"""Assessments: how long they take, what they find, and the row of each child."""

from plumbline.demo.children.days import age_on, on_or_after, working_day_after
from plumbline.demo.children.household import (
    Case,
    Household,
    codes_json,
    days_between,
    outcome,
    yes,
)
from plumbline.demo.children.rates import ASSESSMENT_DAYS, FACTORS, FASTER_UNTIL

SEEN = 0.975
# 45 working days. Source: Working Together to Safeguard Children.
LIMIT = 45
FOUND = {
    "not in need": ("NFA_FLAG",),
    "services": ("PROV_OF_SERVICES_FLAG",),
    "plan": ("PROV_OF_SERVICES_FLAG",),
    "protection": ("STRATEGY_DISCUSSION_FLAG", "PROV_OF_SERVICES_FLAG"),
    "care": ("CLA_REQUEST_FLAG", "PROV_OF_SB_CARE_FLAG"),
}


def assess(household: Household, cases: list[Case], day: int, path: str) -> int:
    """The day the assessment of the children is authorised. They are assessed together."""
    chance = household.chance
    starts = on_or_after(day + int(chance.random() * 2))
    authorised = working_day_after(starts, _length(household, starts))
    factors = _factors(household, starts)
    for case in cases:
        child, worker = case.child, case.stages[-1].worker
        if child.turns_18 <= starts:
            continue
        assessment_id = household.new_id("A")
        # An authorisation put in on the wrong day is corrected when somebody notices.
        corrected = None
        if authorised - starts > 8 and (authorised + household.rows_made) % 67 == 0:
            corrected = (authorised + 41, {"cina_assessment_auth_date": authorised - 4})
        recorded = household.recorded_after(starts, case.recorded)
        ended = household.recorded_after(authorised, recorded)
        case.assessment_recorded = ended
        household.add(
            "ssd_cin_assessments",
            child,
            starts,
            {
                "cina_assessment_id": assessment_id,
                "cina_person_id": child.person_id,
                "cina_referral_id": case.referral_id,
                "cina_assessment_start_date": starts,
                "cina_assessment_auth_date": authorised,
                "cina_assessment_child_seen": yes(child.born < authorised and household.one_in(SEEN)),
                "cina_assessment_outcome_json": outcome("assessment", *FOUND[path]),
                "cina_assessment_outcome_nfa": yes(path == "not in need"),
                "cina_assessment_team": worker.team_on(starts),
                "cina_assessment_worker_id": worker.worker_id,
            },
            at=recorded,
            end_recorded=ended,
            correction=corrected,
        )
        if factors:
            own = tuple(code for code in factors if age_on(child.born, starts) > 8 or code not in OLDER_ONLY)
            household.add(
                "ssd_assessment_factors",
                child,
                authorised,
                {
                    "cinf_table_id": household.new_id("X"),
                    "cinf_assessment_id": assessment_id,
                    "cinf_assessment_factors_json": codes_json(own or ("21",)),
                },
                at=ended,
            )
    return authorised


def _length(household: Household, starts: int) -> int:
    """Working days until the assessment is authorised."""
    days = days_between(household.chance, ASSESSMENT_DAYS)
    faster = next((share for until, share in FASTER_UNTIL if starts < until), 0.0)
    while days > LIMIT and household.one_in(faster):
        days = days_between(household.chance, ASSESSMENT_DAYS)
    return days


# Factors that are about what a child does, not about what happens to them at home.
OLDER_ONLY = frozenset(("1A", "2A", "4A", "11A", "13A", "15A", "23A", "10A"))


def _factors(household: Household, starts: int) -> tuple[str, ...]:
    """The factors found; three in a hundred assessments have none recorded."""
    draw = household.chance.random
    if draw() < 0.03:
        return ()
    found = tuple(code for code, share in FACTORS if draw() < share)
    if not found:
        # Nothing of the list: half have no factor at all, half the general one.
        found = ("21",) if draw() < 0.5 else ("16A",)
    return found
