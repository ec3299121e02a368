"""Health and schooling of looked-after children: checks, teeth, questionnaires, education plans, moves of school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plumbline.demo.children.days import age_on, birthday, on_or_after, working_day_after
from plumbline.demo.children.household import Household, Values, yes

if TYPE_CHECKING:
    from plumbline.demo.children.care import Period

# Chosen against Barnsley 2025: annual health assessment 92%, dental check 65%, questionnaire returned 44%.
INITIAL_IN_TIME, REVIEW_DONE, TEETH, QUESTIONNAIRE = 0.70, 0.92, 0.68, 0.46
MEAN_SCORE, SPREAD = 17.0, 6.5


def add_health(household: Household, period: Period) -> None:
    """Initial and review health assessments, dental and development checks, questionnaires and what is found."""
    chance, child, starts = household.chance, period.case.child, period.starts
    first = working_day_after(starts, 8 + int(chance.random() * 12))
    if not household.one_in(INITIAL_IN_TIME):
        first = working_day_after(starts, 21 + int(chance.expovariate(1 / 12)))
    _check(household, period, "HEALTH_INITIAL", first, "DONE")
    day = first
    while True:
        under_five = age_on(child.born, day) < 5
        due = day + (182 if under_five else 365)
        if due > min(period.ends, household.world.last_day + 60):
            break
        day = on_or_after(due - 20 + int(chance.random() * 18))
        if not household.one_in(REVIEW_DONE):
            _check(household, period, "HEALTH_REVIEW", day, "REFUSED" if not under_five else "CANCELLED")
            day = on_or_after(due)
            continue
        _check(household, period, "HEALTH_REVIEW", day, "DONE")
        if under_five and household.one_in(0.9):
            _check(household, period, "DEVELOPMENT", day, "DONE")
    _yearly(household, period)
    if starts + 30 < period.ends:
        values: Values = {
            "clai_person_id": child.person_id,
            "clai_immunisations_status": yes(household.one_in(0.87)),
            "clai_immunisations_status_date": starts + 30,
        }
        # One row a child: a second period of care does not add another.
        if child.care_before == 1:
            household.add("ssd_cla_immunisations", child, starts + 30, values, after=period.recorded)


def _yearly(household: Household, period: Period) -> None:
    """What is asked once a year: teeth, the questionnaire, and what adolescents get into."""
    chance, child = household.chance, period.case.child
    goes_to_dentist = TEETH if household.one_in(0.9) else 0.2
    day = period.starts + 60 + int(chance.random() * 90)
    while day < min(period.ends, household.world.last_day):
        age = age_on(child.born, day)
        if day >= household.world.window - 366:
            if age >= 1 and household.one_in(goes_to_dentist):
                _check(household, period, "DENTAL", on_or_after(day), "DONE")
            if 5 <= age <= 16 and household.one_in(QUESTIONNAIRE):
                _questionnaire(household, period, on_or_after(day + 40))
            if age >= 12 and household.one_in(0.035):
                _substance(household, period, on_or_after(day + 70))
            if age >= 12 and household.one_in(0.025):
                _conviction(household, period, on_or_after(day + 90))
        day += 345 + int(chance.random() * 20)


def _check(household: Household, period: Period, kind: str, day: int, status: str) -> None:
    if day > period.ends:
        return
    values: Values = {
        "clah_health_check_id": household.new_id("HC"),
        "clah_person_id": period.case.child.person_id,
        "clah_health_check_type": kind,
        "clah_health_check_date": day,
        "clah_health_check_status": status,
    }
    household.add("ssd_cla_health", period.case.child, day, values, after=period.recorded)


def _questionnaire(household: Household, period: Period, day: int) -> None:
    score = min(40, max(0, round(household.chance.gauss(MEAN_SCORE, SPREAD))))
    values: Values = {
        "csdq_table_id": household.new_id("SD"),
        "csdq_person_id": period.case.child.person_id,
        "csdq_sdq_completed_date": day,
        "csdq_sdq_reason": "",
        "csdq_sdq_score": score,
    }
    if day <= period.ends:
        household.add("ssd_sdq_scores", period.case.child, day, values, after=period.recorded)


def _substance(household: Household, period: Period, day: int) -> None:
    values: Values = {
        "clas_substance_misuse_id": household.new_id("SM"),
        "clas_person_id": period.case.child.person_id,
        "clas_substance_misuse_date": day,
        "clas_substance_misused": "CANNABIS",
        "clas_intervention_received": yes(household.one_in(0.7)),
    }
    if day <= period.ends:
        household.add("ssd_cla_substance_misuse", period.case.child, day, values, after=period.recorded)


def _conviction(household: Household, period: Period, day: int) -> None:
    values: Values = {
        "clac_cla_conviction_id": household.new_id("CC"),
        "clac_person_id": period.case.child.person_id,
        "clac_cla_conviction_date": day,
        "clac_cla_conviction_offence": "",
    }
    if day <= period.ends:
        household.add("ssd_cla_convictions", period.case.child, day, values, after=period.recorded)


def add_schooling(household: Household, period: Period) -> None:
    """Personal education plans, the first within ten working days and then each term, and moves of school."""
    chance, child = household.chance, period.case.child
    ends = min(period.ends, household.world.last_day)
    due, initial = working_day_after(period.starts, 10), True
    if birthday(child.born, 3) > due:
        due, initial = birthday(child.born, 3) + 30, False
    while due <= ends:
        if due >= household.world.window:
            done: int | None = on_or_after(due - int(chance.random() * 5))
            if chance.random() < 0.07:
                done = on_or_after(due + 3 + int(chance.expovariate(1 / 10)))
            values: Values = {
                "lpep_pep_id": household.new_id("PE"),
                "lpep_person_id": child.person_id,
                "lpep_due_date": due,
                "lpep_completed_date": done if chance.random() > 0.02 else None,
                "lpep_initial": yes(initial),
            }
            household.add("local_peps", child, max(period.starts, due - 60), values, after=period.recorded)
            at_school = 5 <= age_on(child.born, due) < 16
            if at_school and household.one_in(0.045):
                moved: Values = {
                    "lsch_person_id": child.person_id,
                    "lsch_move_date": due,
                    "lsch_mid_year": yes(household.one_in(0.6)),
                }
                household.add("local_school_moves", child, due, moved, after=period.recorded)
        due, initial = due + 122, False
