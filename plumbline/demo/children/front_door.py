"""How households come to the front door: contacts, what is decided, and when they are heard of again."""

import random
from datetime import date

from plumbline.demo.children import referral
from plumbline.demo.children.contacts import contact
from plumbline.demo.children.days import birthday, on_or_after, working_day_after
from plumbline.demo.children.household import Child, Household, choose
from plumbline.demo.children.people import make_children
from plumbline.demo.children.rates import BUSIEST_MONTH, MONTHLY_FACTOR, SOURCES
from plumbline.demo.children.staff import Staff
from plumbline.demo.children.world import World

# Three kinds of household, by how often trouble comes back (chosen).
RISKS = ((0, 66), (1, 25), (2, 9))
BECOMES_REFERRAL = (0.15, 0.28, 0.48)
COMES_BACK_AFTER_CONTACT = (0.26, 0.44, 0.68)
COMES_BACK_AFTER_CASE = (0.40, 0.58, 0.74)
DAYS_UNTIL_BACK, DAYS_UNTIL_BACK_AFTER_CASE = 270, 190
# News of a family that had a case becomes a referral more often than news of an unknown one.
AFTER_A_CASE = 0.36
# Contacts that become no referral. Source of the shares: ADCS Safeguarding Pressures 9, 2023-24 (23% no further
# action, 14% early help, of all contacts).
ANSWERS = (("NFA_FLAG", 34), ("EARLY_HELP", 19), ("ADVICE_FLAG", 47))
UNACCOMPANIED = 0.0022


def live(world: World, staff: Staff, chance: random.Random, number: str, first_day: int) -> Household:
    """A household with everything that happens to it until the last simulated day."""
    household = Household(world, staff, chance, number)
    household.risk = choose(chance, RISKS)
    alone = household.one_in(UNACCOMPANIED)
    make_children(household, first_day, alone)
    busy: dict[str, int] = {}
    day = first_day
    while day <= world.last_day:
        free = [
            child
            for child in household.children
            if not child.settled_elsewhere
            and busy.get(child.person_id, 0) < day
            and child.born - 150 < day < birthday(child.born, 18) - 40
        ]
        if free:
            come_back = _contact(household, free, day, busy)
            if not household.one_in(come_back):
                break
        elif not any(until >= day for until in busy.values()):
            break
        # Those with a case still open come back, if they do, after it.
        heard_of = [until for until in busy.values() if until >= day]
        wait = DAYS_UNTIL_BACK_AFTER_CASE if busy else DAYS_UNTIL_BACK
        day = in_season(chance, min(heard_of) if heard_of and not free else day, wait)
    return household


def _contact(household: Household, free: list[Child], day: int, busy: dict[str, int]) -> float:
    """How likely the household is to come back."""
    chance = household.chance
    about = free if household.one_in(0.62) else free[: 1 + int(chance.random() * len(free))]
    source = choose(chance, SOURCES)
    if about[0].unaccompanied or household.one_in(
        BECOMES_REFERRAL[household.risk] + (AFTER_A_CASE if busy else 0)
    ):
        recorded = {}
        for child in about:
            recorded[child.person_id] = contact(household, child, day, source, "NEW_REFERRAL_FLAG")
        for case in referral.refer(household, about, day, source, recorded):
            busy[case.child.person_id] = max(case.ends, day)
        return COMES_BACK_AFTER_CASE[household.risk]
    answer = choose(chance, ANSWERS)
    for child in about:
        flag = "OTHER_OUTCOMES_EXIST_FLAG" if answer == "EARLY_HELP" else answer
        recorded_on = contact(household, child, day, source, flag)
        if answer == "EARLY_HELP":
            _early_help(household, child, day, recorded_on)
    return COMES_BACK_AFTER_CONTACT[household.risk]


def _early_help(household: Household, child: Child, day: int, recorded: int) -> None:
    starts = working_day_after(day, 3 + int(household.chance.random() * 12))
    ends = on_or_after(starts + 25 + int(household.chance.expovariate(1 / 120)))
    if ends < household.world.window:
        return
    child.spans.append((starts, ends))
    partner = household.one_in(0.42)
    household.add(
        "ssd_early_help_episodes",
        child,
        starts,
        {
            "earl_episode_id": household.new_id("E"),
            "earl_person_id": child.person_id,
            "earl_episode_start_date": starts,
            "earl_episode_end_date": ends,
            "earl_episode_end_reason": "Outcomes met" if household.one_in(0.66) else "Family withdrew",
            "earl_episode_reason": "Request for family support",
            "earl_episode_organisation": "School or nursery" if partner else "Local authority",
            "earl_episode_worker_id": household.staff.pick("front-door", starts, household.chance).worker_id,
        },
        after=recorded,
    )


def in_season(chance: random.Random, day: int, wait: int) -> int:
    """When the household is heard of next, months being as busy as the published ones."""
    while True:
        back = weekday(chance, day + 12 + int(chance.expovariate(1 / wait)))
        month = date.fromordinal(back).month
        if chance.random() * BUSIEST_MONTH < MONTHLY_FACTOR[month]:
            return back


def weekday(chance: random.Random, day: int) -> int:
    """The day, moved to the next working day four times in five when it is none."""
    return on_or_after(day) if chance.random() < 0.8 else day
