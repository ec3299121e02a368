"""Who works with a child: workers who change, supervision, oversight, and more news of open cases."""

from plumbline.demo.children.contacts import contact
from plumbline.demo.children.days import on_or_after
from plumbline.demo.children.household import Case, Household, Stage, Values, choose
from plumbline.demo.children.rates import SOURCES
from plumbline.demo.children.series import due_days
from plumbline.demo.children.staff import ADVISER, SOCIAL_WORKER, Worker

# Days until a case is given to somebody else although nobody left (chosen: three in ten children looked after
# have three or more workers in a year).
DAYS_TO_REALLOCATION = 560
WHY = (("MANAGE", 45), ("ORGRST", 12), ("ABSENC", 16), ("CHCHAN", 3), ("FCONTA", 4), ("OTHERS", 20))
WITHOUT_WORKER = 0.03
SUPERVISION_DAYS, OVERSIGHT_DAYS = 30, 100
LATE, MISSED = 0.15, 0.05
NEWS_A_YEAR = 1.05


def add_involvements(household: Household, case: Case) -> None:
    """Who had the case when: a new row whenever the worker changes."""
    spells: list[tuple[Worker, Stage, int, int, str]] = []
    for stage in case.stages:
        if stage.ends <= stage.starts and stage is not case.stages[-1]:
            continue
        ends = case.ends if stage is case.stages[-1] else stage.ends
        spells.extend(_spells(household, stage, ends))
    joined: list[tuple[Worker, Stage, int, int, str]] = []
    for worker, stage, starts, ends, why in spells:
        if joined and joined[-1][0] is worker and joined[-1][3] == starts:
            joined[-1] = (worker, joined[-1][1], joined[-1][2], ends, why)
        else:
            joined.append((worker, stage, starts, ends, why))
    for number, (worker, stage, starts, ends, why) in enumerate(joined):
        last = number + 1 == len(joined)
        _add_involvement(household, case, worker, stage, (starts, ends), "" if last else why)
    _add_supervision(household, case, joined)


def _spells(household: Household, stage: Stage, ends: int) -> list[tuple[Worker, Stage, int, int, str]]:
    chance, day, worker = household.chance, stage.starts, stage.worker
    spells: list[tuple[Worker, Stage, int, int, str]] = []
    while day < ends or not spells:
        until = day + 20 + int(chance.expovariate(1 / DAYS_TO_REALLOCATION))
        why = str(choose(chance, WHY))
        if worker.leaves <= until:
            until, why = max(day + 1, worker.leaves), "LEFTRL"
        if until >= ends:
            until, why = ends, "PCCHAN"
        spells.append((worker, stage, day, until, why))
        day = until
        if day < ends:
            if household.one_in(WITHOUT_WORKER):
                day = min(ends, day + 4 + int(chance.expovariate(1 / 9)))
            worker = household.staff.pick(stage.team, day, chance, worker)
    return spells


def _add_involvement(
    household: Household, case: Case, worker: Worker, stage: Stage, spell: tuple[int, int], why: str
) -> None:
    starts, ends = spell
    role = ADVISER if stage.kind == "leaving" else SOCIAL_WORKER
    values: Values = {
        "invo_involvements_id": household.new_id("W"),
        "invo_professional_id": worker.worker_id,
        "invo_professional_role_id": role,
        "invo_professional_team": worker.team_on(starts),
        "invo_involvement_start_date": starts,
        "invo_involvement_end_date": ends,
        "invo_worker_change_reason": why,
        "invo_person_id": case.child.person_id,
        "invo_referral_id": case.referral_id,
    }
    # Involvements that ended before the years shown are left out with the other small events.
    if ends >= household.world.window:
        household.add("ssd_involvements", case.child, starts, values, after=case.recorded)


def _add_supervision(
    household: Household, case: Case, joined: list[tuple[Worker, Stage, int, int, str]]
) -> None:
    planned = [stage for stage in case.stages if stage.kind != "assessment"]
    if not planned:
        return
    first = planned[0].starts + 14 + int(household.chance.random() * 16)
    place = 0
    for due, held in due_days(household, first, case.ends, SUPERVISION_DAYS, LATE, MISSED):
        while place + 1 < len(joined) and joined[place][3] <= due:
            place += 1
        values: Values = {
            "lsup_supervision_id": household.new_id("SV"),
            "lsup_person_id": case.child.person_id,
            "lsup_worker_id": joined[place][0].worker_id,
            "lsup_due_date": due,
            "lsup_held_date": held,
        }
        household.add("local_supervisions", case.child, due - 10, values, after=case.recorded)


def add_oversight(household: Household, case: Case) -> None:
    """Managers' notes on the case, and contacts about children whose case is open already."""
    chance = household.chance
    ends = min(case.ends, household.world.last_day)
    day = max(case.starts, household.world.window) + int(chance.random() * 20)
    while day <= ends:
        values: Values = {
            "lmov_oversight_id": household.new_id("OV"),
            "lmov_person_id": case.child.person_id,
            "lmov_oversight_date": on_or_after(day),
        }
        household.add("local_management_oversight", case.child, on_or_after(day), values, after=case.recorded)
        day += int(OVERSIGHT_DAYS * (0.5 + 0.6 * chance.random()))
        if chance.random() < 0.05:
            day += 60
    day = max(case.starts, household.world.window) + int(chance.expovariate(NEWS_A_YEAR / 365))
    while day < ends and day < case.child.turns_18:
        source = str(choose(chance, SOURCES))
        contact(household, case.child, on_or_after(day), source, "EXISTING_REFERRAL_FLAG", case.recorded)
        day += 1 + int(chance.expovariate(NEWS_A_YEAR / 365))
