"""A period of being looked after: which way it goes, its legal statuses, and how it ends."""

from dataclasses import dataclass, field

from plumbline.demo.children.adoption import add_permanence
from plumbline.demo.children.days import age_on, birthday, on_or_after
from plumbline.demo.children.household import Case, Household, Stage, Values, choose
from plumbline.demo.children.leaving import add_leaver
from plumbline.demo.children.looked_after import add_life_in_care
from plumbline.demo.children.placements import add_episodes, add_placements, choose_placements
from plumbline.demo.children.proceedings import add_proceedings

# Which way a period of care goes, by age at its start (chosen against starts, ends and numbers at 31 March).
ROUTES = (
    (4, (("short", 25), ("home", 20), ("kin", 16), ("adoption", 34), ("long", 5))),
    (10, (("short", 36), ("home", 26), ("kin", 10), ("adoption", 2), ("long", 26))),
    (16, (("short", 40), ("home", 23), ("kin", 3), ("long", 34))),
    (18, (("short", 27), ("home", 13), ("long", 60))),
)
ENDINGS = {
    "short": (("E4A", 70), ("E4B", 22), ("E8", 8)),
    "home": (("E4A", 78), ("E4B", 9), ("E41", 13)),
    "kin": (("E45", 30), ("E46", 8), ("E47", 52), ("E48", 10)),
    "adoption": (("E11", 35), ("E12", 65)),
    "grown": (("E17", 25), ("E5", 38), ("E6", 8), ("E7", 7), ("E8", 22)),
}
LEAVES_BEFORE_18 = 0.16
CLOSING = {"E11": "RC1", "E12": "RC1", "E41": "RC3", "E45": "RC4", "E46": "RC4", "E47": "RC4", "E48": "RC4"}
DAYS_FOR_A_CARE_LEAVER = 91


@dataclass(slots=True)
class Period:
    """A period of care of one child while it is being thought out."""

    case: Case
    cla_id: str
    starts: int
    ends: int
    route: str
    ending: str
    recorded: int
    end_recorded: int
    legal: list[tuple[str, int]] = field(default_factory=list)
    order_day: int = 0
    decision_day: int = 0
    placed_day: int = 0


def care_period(household: Household, case: Case, starts: int) -> tuple[str, int]:
    """Lives through a period of care; what comes next and when."""
    child = case.child
    period = _plan(household, case, on_or_after(starts))
    child.care_before += 1
    _legal(household, period)
    placements = choose_placements(household, period)
    add_placements(household, period, placements)
    add_episodes(household, period, placements)
    if household.one_in(0.05) and period.route != "adoption":
        _previous_permanence(household, period)
    add_life_in_care(household, period, placements)
    if period.decision_day:
        add_permanence(household, period)
    case.stages[-1].starts = period.starts
    if period.decision_day:
        # From the decision on, the adoption team has the child.
        case.stages[-1].ends = day = period.decision_day
        worker = household.staff.pick("adoption", day, household.chance)
        case.stages.append(Stage("care", "adoption", day, day, worker))
    if period.ending in CLOSING:
        case.reason = CLOSING[period.ending]
        child.settled_elsewhere = period.ending in ("E11", "E12")
    child.care_days_after_16 += max(0, period.ends - max(period.starts, birthday(child.born, 16)))
    eligible = max(birthday(child.born, 16), period.starts) + DAYS_FOR_A_CARE_LEAVER
    if eligible < period.ends:
        add_leaver(household, case, "ELIGIBLE", eligible, period.ends)
    if period.ends >= child.turns_18:
        return ("leaving" if child.care_days_after_16 >= DAYS_FOR_A_CARE_LEAVER else "close"), period.ends
    if period.route in ("short", "home") and household.one_in(0.72):
        return "cin", period.ends
    return "close", period.ends + 1 + int(household.chance.expovariate(1 / 20))


def _previous_permanence(household: Household, period: Period) -> None:
    """Some come back to care after an order elsewhere had been meant to last."""
    child, ordered = period.case.child, period.starts - 400
    if ordered < child.born + 200:
        return
    values: Values = {
        "lapp_table_id": household.new_id("PP"),
        "lapp_person_id": child.person_id,
        "lapp_previous_permanence_order_date": ordered,
        "lapp_previous_permanence_option": choose(household.chance, (("P2", 60), ("P1", 25), ("P3", 15))),
        "lapp_previous_permanence_la": "E06999998",
    }
    household.add("ssd_cla_previous_permanence", child, period.starts, values, after=period.recorded)


def _plan(household: Household, case: Case, starts: int) -> Period:
    chance, child = household.chance, case.child
    age = max(0, age_on(child.born, starts))
    starts = max(starts, child.born)
    routes = next(routes for below, routes in ROUTES if age < below)
    route = "long" if child.unaccompanied else str(choose(chance, routes))
    if route == "short":
        length = 2 + int(chance.expovariate(1 / 55))
    elif route == "home":
        length = 90 + int(chance.expovariate(1 / 230))
    elif route == "kin":
        length = 170 + int(chance.expovariate(1 / 180))
    elif route == "adoption":
        length = 480 + int(chance.expovariate(1 / 170))
    else:
        length = 7_000  # longer than childhood
        if household.one_in(LEAVES_BEFORE_18) and not child.unaccompanied:
            length = 500 + int(chance.expovariate(1 / 700))
    ends = on_or_after(starts + length)
    grown = ends >= child.turns_18
    if grown:
        ends, ending = child.turns_18, choose(chance, ENDINGS["grown"])
    else:
        ending = choose(chance, ENDINGS["home" if route == "long" else route])
    recorded = household.recorded_after(starts, case.recorded)
    ended = household.recorded_after(ends, recorded)
    return Period(case, household.new_id("Y"), starts, ends, route, str(ending), recorded, ended)


def _legal(household: Household, period: Period) -> None:
    """The legal statuses, each from a day on until the next."""
    chance, starts, ends = household.chance, period.starts, period.ends
    child = period.case.child
    statuses = [("V2", starts)]
    urgent = not child.unaccompanied and chance.random() < 0.16
    if urgent:
        statuses = [("L2" if chance.random() < 0.4 else "L1", starts), ("V2", starts + 3)]
    goes_to_court = period.route in ("kin", "adoption") or (
        not child.unaccompanied
        and age_on(child.born, starts) < 16
        and period.route in ("home", "long")
        and chance.random() < (0.45 if period.route == "home" else 0.88)
    )
    if goes_to_court:
        issued = on_or_after(starts + (8 if urgent else 10 + int(chance.expovariate(1 / 40))))
        # 26 weeks are the limit; the median is somewhat over them. Source: Children and Families Act 2014.
        final = on_or_after(issued + max(70, int(chance.gauss(195, 60))))
        if issued < ends:
            statuses.append(("C1", issued))
            if period.route == "adoption":
                final = min(final, ends - 190)
                period.decision_day = max(issued + 20, final - 25)
                period.order_day = final
                statuses.append(("E1", final))
            elif period.route == "long" and final < ends:
                statuses.append(("C2", final))
            else:
                final = min(final, ends)
            add_proceedings(household, child, issued, final, period.recorded)
    period.legal = [
        (status, day)
        for number, (status, day) in enumerate(statuses)
        if day < ends and (number + 1 == len(statuses) or day < statuses[number + 1][1])
    ]
    recorded = [period.recorded]
    for _, day in period.legal[1:]:
        recorded.append(household.recorded_after(day, recorded[-1]))
    for number, (status, day) in enumerate(period.legal):
        last = number + 1 == len(period.legal)
        until = ends if last else period.legal[number + 1][1]
        household.add(
            "ssd_legal_status",
            child,
            day,
            {
                "lega_legal_status_id": household.new_id("Z"),
                "lega_person_id": child.person_id,
                "lega_legal_status": status,
                "lega_legal_status_start_date": day,
                "lega_legal_status_end_date": until,
            },
            at=recorded[number],
            end_recorded=period.end_recorded if last else recorded[number + 1],
        )
