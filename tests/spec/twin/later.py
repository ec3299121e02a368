"""Twins of health in care, pre-proceedings, adoption, care leavers and the workforce."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from indicator_engine.periods import Period
from tests.spec.twin.care import entered, present, social_workers
from tests.spec.twin.ground import (
    Records,
    Row,
    Tally,
    age,
    known,
    months_on,
    open_on,
    twin,
    within,
    working_days,
)

BornRule = Callable[[int], bool]


def year_in_care(records: Records, day: dt.date) -> list[str]:
    """Children looked after on the day for twelve months or more."""
    return [key for key, episode in present(records, day) if months_on(entered(records, episode), 12) <= day]


def latest(
    records: Records, table: str, who: str, when: str, key: str, day: dt.date, **wanted: Any
) -> dt.date | None:
    """The latest day, by the day, among the child's rows that have the wanted values."""
    days = [
        known(row[when], day)
        for row in records[table]
        if row[who] == key and all(row[column] in values for column, values in wanted.items())
    ]
    return max((found for found in days if found), default=None)


def check(records: Records, key: str, day: dt.date, *kinds: str) -> dt.date | None:
    return latest(
        records,
        "ssd_cla_health",
        "clah_person_id",
        "clah_health_check_date",
        key,
        day,
        clah_health_check_type=kinds,
        clah_health_check_status=("DONE",),
    )


def in_year(when: dt.date | None, day: dt.date, months: int = 12) -> bool:
    return when is not None and when >= months_on(day, -months)


@twin("review-health-assessment-up-to-date")
def health_up_to_date(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key in year_in_care(records, day):
        years, last = age(records, key, day), check(records, key, day, "HEALTH_INITIAL", "HEALTH_REVIEW")
        said = "no date of birth" if years is None else in_year(last, day, 6 if years < 5 else 12)
        tally.add(key, day, said)
    return tally


@twin("annual-health-assessment")
def annual_health(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key in year_in_care(records, day):
        tally.add(key, day, in_year(check(records, key, day, "HEALTH_INITIAL", "HEALTH_REVIEW"), day))
    return tally


@twin("dental-check")
def dental(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key in year_in_care(records, day):
        tally.add(key, day, in_year(check(records, key, day, "DENTAL"), day))
    return tally


@twin("development-checks")
def development(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key in year_in_care(records, day):
        years = age(records, key, day)
        if years is None or years < 5:
            done = in_year(check(records, key, day, "DEVELOPMENT"), day)
            tally.add(key, day, "no date of birth" if years is None else done)
    return tally


@twin("immunisations-up-to-date")
def immunised(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key in year_in_care(records, day):
        rows = [
            (row["clai_immunisations_status_date"], row["clai_immunisations_status"])
            for row in records["ssd_cla_immunisations"]
            if row["clai_person_id"] == key
            and row["clai_immunisations_status"]
            and known(row["clai_immunisations_status_date"], day)
        ]
        tally.add(key, day, bool(rows) and max(rows)[1] == "Y")
    return tally


def score(records: Records, key: str, day: dt.date) -> int | None:
    """The latest score of the twelve months to the day."""
    rows = [
        (row["csdq_sdq_completed_date"], row["csdq_table_id"], row["csdq_sdq_score"])
        for row in records["ssd_sdq_scores"]
        if row["csdq_person_id"] == key
        and row["csdq_sdq_score"] is not None
        and row["csdq_sdq_completed_date"]
        and months_on(day, -12) <= row["csdq_sdq_completed_date"] <= day
    ]
    return max(rows)[2] if rows else None


@twin("sdq-returned")
def sdq_returned(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key in year_in_care(records, day):
        years = age(records, key, day)
        if years is None:
            tally.add(key, day, "no date of birth")
        elif 5 <= years <= 16:
            tally.add(key, day, score(records, key, day) is not None)
    return tally


def scored(records: Records, day: dt.date) -> list[tuple[str, int]]:
    found = [
        (key, score(records, key, day))
        for key in year_in_care(records, day)
        if (years := age(records, key, day)) is not None and 5 <= years <= 16
    ]
    return [(key, value) for key, value in found if value is not None]


@twin("sdq-average")
def sdq_average(records: Records, period: Period) -> Tally:
    tally = Tally()
    for key, value in scored(records, period.end):
        tally.add(key, period.end, weights=(value, 1))
    return tally


@twin("sdq-high")
def sdq_high(records: Records, period: Period) -> Tally:
    tally = Tally()
    for key, value in scored(records, period.end):
        tally.add(key, period.end, value >= 17)
    return tally


@twin("substance-misuse")
def misuse(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key in year_in_care(records, day):
        when = latest(
            records, "ssd_cla_substance_misuse", "clas_person_id", "clas_substance_misuse_date", key, day
        )
        tally.add(key, day, in_year(when, day))
    return tally


@twin("convictions")
def convictions(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key in year_in_care(records, day):
        years = age(records, key, day)
        when = latest(records, "ssd_cla_convictions", "clac_person_id", "clac_cla_conviction_date", key, day)
        if years is None or 10 <= years <= 17:
            tally.add(key, day, "no date of birth" if years is None else in_year(when, day))
    return tally


def pre_proceedings(records: Records, day: dt.date) -> list[Row]:
    rows = records["ssd_pre_proceedings"]
    return list(open_on(rows, "prep_pre_pro_decision_date", "prep_agree_stepdown_issue_date", day))


@twin("children-in-pre-proceedings")
def in_pre_proceedings(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in pre_proceedings(records, period.end):
        tally.add(row["prep_person_id"], period.end)
    return tally


@twin("weeks-in-pre-proceedings")
def weeks(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for row in pre_proceedings(records, day):
        tally.add(row["prep_person_id"], day, value=(day - row["prep_pre_pro_decision_date"]).days // 7)
    return tally


@twin("pre-proceedings-over-16-weeks")
def over_16_weeks(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for row in pre_proceedings(records, day):
        tally.add(row["prep_person_id"], day, (day - row["prep_pre_pro_decision_date"]).days > 16 * 7)
    return tally


@twin("proceedings-at-short-notice")
def short_notice(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_pre_proceedings"], "prep_care_pro_letter_date", period):
        said = row["prep_care_proc_short_notice"] == "Y"
        tally.add(row["prep_person_id"], row["prep_care_pro_letter_date"], said)
    return tally


@twin("proceedings-in-26-weeks")
def in_26_weeks(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["local_proceedings"], "lpro_final_order_date", period):
        issued, ended = known(row["lpro_issued_date"], period.end), row["lpro_final_order_date"]
        said: Any = "no day of issue"
        if issued is not None:
            said = "concluded before it was issued" if issued > ended else (ended - issued).days <= 26 * 7
        tally.add(row["lpro_person_id"], ended, said)
    return tally


@twin("decision-to-match")
def decision_to_match(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_permanence"], "perm_matched_date", period):
        decided, matched = known(row["perm_adm_decision_date"], period.end), row["perm_matched_date"]
        if decided is None:
            tally.add(row["perm_person_id"], matched, "no day of decision")
        elif decided > matched:
            tally.add(row["perm_person_id"], matched, "matched before the decision")
        else:
            tally.add(row["perm_person_id"], matched, value=(matched - decided).days)
    return tally


@twin("waiting-over-18-months")
def waiting(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    over = ("perm_decision_reversed_date", "perm_placed_for_adoption_date", "perm_permanence_order_date")
    for row in records["ssd_permanence"]:
        decided = known(row["perm_adm_decision_date"], day)
        if decided is not None and not any(known(row[column], day) for column in over):
            tally.add(row["perm_person_id"], day, months_on(decided, 18) < day)
    return tally


@twin("matched-within-six-months")
def matched(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in records["ssd_permanence"]:
        decided, when = row["perm_adm_decision_date"], row["perm_matched_date"]
        if decided is not None and period.start <= months_on(decided, 6) <= period.end:
            in_time = when is not None and when <= months_on(decided, 6)
            tally.add(row["perm_person_id"], months_on(decided, 6), in_time)
    return tally


@twin("decisions-reversed")
def reversed_(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_permanence"], "perm_decision_reversed_date", period):
        value = row["perm_decision_reversed_reason"] or "unknown"
        tally.add(row["perm_person_id"], row["perm_decision_reversed_date"], value=value)
    return tally


@twin("early-permanence")
def early_permanence(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_permanence"], "perm_placed_for_adoption_date", period):
        early, placed = row["perm_placed_ffa_cp_date"], row["perm_placed_for_adoption_date"]
        tally.add(row["perm_person_id"], placed, early is not None and early <= placed)
    return tally


Judge = Callable[[Row, dt.date], Any]


def leavers(
    records: Records, day: dt.date, first: int, last: int, judge: Judge, *, unaged: bool = False
) -> Tally:
    """Care leavers of the ages, judged one by one; with `unaged` those without a date of birth are named."""
    tally = Tally()
    for row in records["ssd_care_leavers"]:
        years = age(records, row["clea_person_id"], day)
        team = row["clea_care_leaver_allocated_team"]
        if years is None and unaged:
            tally.add(row["clea_person_id"], day, "no date of birth", team=team)
        elif years is not None and first <= years <= last:
            tally.add(row["clea_person_id"], day, judge(row, day), team=team)
    return tally


def unless_gone(row: Row, said: bool) -> str | bool:
    gone = {"DIED": "died", "RHOM": "returned home"}
    return gone.get(row["clea_care_leaver_in_touch"], said)


@twin("in-touch")
def in_touch(records: Records, period: Period) -> Tally:
    def judge(row: Row, day: dt.date) -> Any:
        return unless_gone(row, row["clea_care_leaver_in_touch"] == "YES")

    return leavers(records, period.end, 17, 25, judge, unaged=True)


def active(row: Row, day: dt.date) -> Any:
    activity = row["clea_care_leaver_activity"] or ""
    return unless_gone(row, activity[:1] in ("F", "P") and activity[1:] in ("1", "2", "3", "4", "5"))


@twin("education-employment-training-17-to-18")
def active_17(records: Records, period: Period) -> Tally:
    return leavers(records, period.end, 17, 18, active)


@twin("education-employment-training-19-to-21")
def active_19(records: Records, period: Period) -> Tally:
    return leavers(records, period.end, 19, 21, active)


def suitably_housed(row: Row, day: dt.date) -> Any:
    return unless_gone(row, row["clea_care_leaver_accom_suitable"] == "1")


@twin("suitable-accommodation-17-to-18")
def housed_17(records: Records, period: Period) -> Tally:
    return leavers(records, period.end, 17, 18, suitably_housed)


@twin("suitable-accommodation-19-to-21")
def housed_19(records: Records, period: Period) -> Tally:
    return leavers(records, period.end, 19, 21, suitably_housed)


@twin("unsettled-accommodation")
def unsettled(records: Records, period: Period) -> Tally:
    return leavers(
        records, period.end, 17, 25, lambda row, day: row["clea_care_leaver_accommodation"] in ("S", "W", "X")
    )


@twin("personal-adviser")
def adviser(records: Records, period: Period) -> Tally:
    return leavers(
        records, period.end, 17, 25, lambda row, day: bool(row["clea_care_leaver_personal_advisor"])
    )


@twin("care-leavers-by-duty")
def by_duty(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in records["ssd_care_leavers"]:
        years = age(records, row["clea_person_id"], period.end)
        if years is not None and 17 <= years <= 25:
            code = row["clea_care_leaver_eligibility"]
            known_codes = ("RELEVANT", "FORMER_RELEVANT", "ELIGIBLE", "QUALIFYING")
            value = code.lower().replace("_", " ") if code in known_codes else "unknown"
            team = row["clea_care_leaver_allocated_team"]
            tally.add(row["clea_person_id"], period.end, team=team, value=value)
    return tally


def owed_duties(records: Records, period: Period, judge: Judge) -> Tally:
    tally = Tally()
    for row in records["ssd_care_leavers"]:
        if row["clea_care_leaver_eligibility"] in ("RELEVANT", "FORMER_RELEVANT"):
            team = row["clea_care_leaver_allocated_team"]
            tally.add(row["clea_person_id"], period.end, judge(row, period.end), team=team)
    return tally


@twin("pathway-plans-reviewed")
def pathway_plans(records: Records, period: Period) -> Tally:
    return owed_duties(
        records, period, lambda row, day: in_year(known(row["clea_pathway_plan_review_date"], day), day, 6)
    )


@twin("contact-in-eight-weeks")
def recent_contact(records: Records, period: Period) -> Tally:
    def judge(row: Row, day: dt.date) -> bool:
        last = known(row["clea_care_leaver_latest_contact"], day)
        return last is not None and (day - last).days <= 8 * 7

    return owed_duties(records, period, judge)


def case_holders(records: Records, day: dt.date) -> list[tuple[str, int, float | None, bool, str | None]]:
    """Social workers with a child on the day: id, children, share of full time, whether agency, main team."""
    held: dict[str, list[Row]] = {}
    there = open_on(
        records["ssd_involvements"], "invo_involvement_start_date", "invo_involvement_end_date", day
    )
    for row in there:
        if row["invo_professional_role_id"] == "SOCIAL_WORKER" and row["invo_professional_id"]:
            held.setdefault(row["invo_professional_id"], []).append(row)
    found = []
    for worker, rows in held.items():
        about = [p for p in records["ssd_professionals"] if p["prof_professional_id"] == worker]
        fte = about[0]["prof_full_time_equivalency"] if about else None
        agency = bool(about) and about[0]["prof_agency_worker_flag"] == "Y"
        teams = [row["invo_professional_team"] for row in rows if row["invo_professional_team"]]
        team = min(set(teams), key=lambda name: (-teams.count(name), name)) if teams else None
        found.append((worker, len({row["invo_person_id"] for row in rows}), fte, agency, team))
    return found


def no_hours(fte: float | None) -> str | None:
    if fte is None:
        return "no full-time equivalent"
    return "no full-time equivalent above nothing" if fte <= 0 else None


@twin("average-caseload")
def caseload(records: Records, period: Period) -> Tally:
    tally = Tally()
    for _, cases, fte, _, team in case_holders(records, period.end):
        tally.add(None, period.end, no_hours(fte) or True, team=team, weights=(cases, fte or 0))
    return tally


@twin("caseload-over-limit")
def over_limit(records: Records, period: Period) -> Tally:
    tally = Tally()
    for _, cases, _, _, team in case_holders(records, period.end):
        tally.add(None, period.end, cases > 20, team=team)
    return tally


@twin("agency-share-of-case-holders")
def agency_share(records: Records, period: Period) -> Tally:
    tally = Tally()
    for _, _, fte, agency, team in case_holders(records, period.end):
        hours = fte or 0
        tally.add(None, period.end, no_hours(fte) or True, team=team, weights=(hours if agency else 0, hours))
    return tally


@twin("supervision-on-time")
def supervision(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["local_supervisions"], "lsup_due_date", period):
        due, held = row["lsup_due_date"], known(row["lsup_held_date"], period.end)
        tally.add(row["lsup_person_id"], due, held is not None and held <= due)
    return tally


@twin("changes-of-social-worker")
def changes(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for row in open_on(records["ssd_cin_episodes"], "cine_referral_date", "cine_close_date", day):
        workers = social_workers(records, row["cine_person_id"], day)
        if months_on(row["cine_referral_date"], 12) <= day and workers:
            team = row["cine_referral_team"]
            tally.add(row["cine_person_id"], day, team=team, weights=(len(workers) - 1, 1))
    return tally


def hours(records: Records) -> float | None:
    """Full-time equivalents in post, agency left out; None where there are no workers with any."""
    rows = records["ssd_professionals"]
    # An agency worker adds nothing, and is a worker all the same.
    parts = [
        0 if row["prof_agency_worker_flag"] == "Y" else row["prof_full_time_equivalency"] for row in rows
    ]
    there = [part for part in parts if part is not None]
    return sum(there) if there else None


def year_to(records: Records, table: str, when: str, amount: str, day: dt.date) -> float:
    """The sum of the rows of the twelve months to the day."""
    return sum(
        row[amount] or 0 for row in records[table] if row[when] and months_on(day, -12) < row[when] <= day
    )


@twin("vacancy-rate")
def vacancies(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    posts = [
        row["lest_posts_fte"]
        for row in open_on(records["local_establishment"], "lest_from_date", "lest_to_date", day)
        if row["lest_posts_fte"] is not None
    ]
    there = hours(records)
    if not posts or there is None:
        tally.add(None, day, "no workers" if posts else "no establishment")
    else:
        vacant = max(sum(posts) - there, 0)
        tally.add(None, day, weights=(vacant, vacant + there))
    return tally


@twin("turnover")
def turnover(records: Records, period: Period) -> Tally:
    tally, day, there = Tally(), period.end, hours(records)
    left = year_to(records, "local_leavers", "llea_leaving_date", "llea_fte", day)
    tally.add(None, day, "no workers" if there is None else True, weights=(left, there or 0))
    return tally


@twin("absence")
def absence(records: Records, period: Period) -> Tally:
    tally, day, there = Tally(), period.end, hours(records)
    lost = year_to(records, "local_absences", "labs_date", "labs_days_lost", day)
    year = working_days(months_on(day, -12), day)
    said = "no workers" if there is None else True if year is not None else "outside the list of working days"
    tally.add(None, day, said, weights=(lost, (there or 0) * (year or 0)))
    return tally
