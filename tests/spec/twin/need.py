"""Twins of assessments and children in need."""

import datetime as dt
from typing import Any

from indicator_engine.periods import Period
from tests.spec.twin.front_door import flags, year_before
from tests.spec.twin.ground import (
    Records,
    Row,
    Tally,
    allocation,
    known,
    looked_after,
    months_on,
    open_on,
    person,
    twin,
    within,
    working_days,
)

BANDS = (
    (0, "same day"),
    (10, "1 to 10"),
    (20, "11 to 20"),
    (30, "21 to 30"),
    (40, "31 to 40"),
    (45, "41 to 45"),
    (50, "46 to 50"),
    (60, "51 to 60"),
)
OUTSIDE = "outside the list of working days"


def done(records: Records, period: Period) -> list[Row]:
    return list(within(records["ssd_cin_assessments"], "cina_assessment_auth_date", period))


def add(
    tally: Tally, row: Row, outcome: Any = True, value: int | str | tuple[str, ...] | None = None
) -> None:
    tally.add(
        row["cina_person_id"],
        row["cina_assessment_auth_date"],
        outcome,
        team=row["cina_assessment_team"],
        value=value,
    )


def factors(records: Records, row: Row) -> list[str]:
    """Factors of the assessment; of several rows the last in order of the alphabet."""
    texts = [
        f["cinf_assessment_factors_json"]
        for f in records["ssd_assessment_factors"]
        if f["cinf_assessment_id"] == row["cina_assessment_id"]
        and f["cinf_assessment_factors_json"] is not None
    ]
    return [code for code in flags(max(texts, default="")) if code]


def start_fault(row: Row, period: Period) -> str | None:
    # A start after the end of the period is not known yet.
    start = known(row["cina_assessment_start_date"], period.end)
    if start is None:
        return "no start date"
    return "authorised before it started" if start > row["cina_assessment_auth_date"] else None


@twin("assessments-completed", "assessment-rate")
def completed(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        add(tally, row)
    return tally


@twin("assessments-in-45-working-days")
def in_45(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        days = working_days(row["cina_assessment_start_date"], row["cina_assessment_auth_date"])
        add(tally, row, start_fault(row, period) or (OUTSIDE if days is None else days <= 45))
    return tally


@twin("assessments-in-45-working-days-of-referral")
def in_45_of_referral(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        dates = [
            r["cine_referral_date"]
            for r in records["ssd_cin_episodes"]
            if r["cine_referral_id"] == row["cina_referral_id"] and r["cine_referral_date"]
        ]
        referred, ended = known(min(dates, default=None), period.end), row["cina_assessment_auth_date"]
        days = working_days(referred, ended)
        if referred is None:
            add(tally, row, "no referral")
        elif referred > ended:
            add(tally, row, "authorised before the referral")
        else:
            add(tally, row, OUTSIDE if days is None else days <= 45)
    return tally


@twin("assessment-duration")
def duration(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        days = working_days(row["cina_assessment_start_date"], row["cina_assessment_auth_date"])
        add(tally, row, start_fault(row, period) or True, days)
    return tally


@twin("assessment-duration-bands")
def duration_bands(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        days = working_days(row["cina_assessment_start_date"], row["cina_assessment_auth_date"])
        band = None if days is None else next((name for top, name in BANDS if days <= top), "61 or more")
        add(tally, row, start_fault(row, period) or True, band)
    return tally


@twin("assessments-open-over-45-days")
def open_over_45(records: Records, period: Period) -> Tally:
    tally = Tally()
    day = period.end
    for row in open_on(
        records["ssd_cin_assessments"], "cina_assessment_start_date", "cina_assessment_auth_date", day
    ):
        # One from before the list of bank holidays has been open at least since the list begins.
        days = working_days(max(row["cina_assessment_start_date"], dt.date(2012, 1, 1)), day)
        said = OUTSIDE if days is None else days > 45
        tally.add(row["cina_person_id"], day, said, team=row["cina_assessment_team"])
    return tally


@twin("child-seen-in-assessment")
def child_seen(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        child = person(records, row["cina_person_id"])
        born = child["pers_dob"] if child else None
        unborn = child is not None and (
            born > row["cina_assessment_auth_date"] if born else child["pers_expected_dob"] is not None
        )
        add(tally, row, "not born yet" if unborn else row["cina_assessment_child_seen"] == "Y")
    return tally


@twin("assessments-no-further-action")
def assessments_nfa(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        add(tally, row, row["cina_assessment_outcome_nfa"] == "Y")
    return tally


def with_factor(records: Records, period: Period, codes: set[str]) -> Tally:
    tally = Tally()
    for row in done(records, period):
        found = factors(records, row)
        if not found:
            add(tally, row, "no factor recorded")
        else:
            add(tally, row, "no factor identified (21)" if found == ["21"] else bool(codes & set(found)))
    return tally


@twin("domestic-abuse-factor")
def domestic_abuse(records: Records, period: Period) -> Tally:
    return with_factor(records, period, {"3A", "3B", "3C"})


@twin("mental-health-factor")
def mental_health(records: Records, period: Period) -> Tally:
    return with_factor(records, period, {"4A", "4B", "4C"})


@twin("factors-found")
def factors_found(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        found = factors(records, row)
        if not found:
            add(tally, row, "no factor recorded")
        else:
            add(tally, row, "no factor identified (21)" if found == ["21"] else True, tuple(found))
    return tally


@twin("assessments-without-factors")
def without_factors(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        add(tally, row, not factors(records, row))
    return tally


@twin("repeat-assessments")
def repeat_assessments(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in done(records, period):
        mine = [
            o["cina_assessment_auth_date"]
            for o in records["ssd_cin_assessments"]
            if o["cina_person_id"] == row["cina_person_id"]
        ]
        add(tally, row, year_before(row["cina_assessment_auth_date"], mine))
    return tally


def episodes(records: Records, day: dt.date) -> list[Row]:
    return list(open_on(records["ssd_cin_episodes"], "cine_referral_date", "cine_close_date", day))


def add_episode(tally: Tally, row: Row, day: dt.date, outcome: Any = True, value: str | None = None) -> None:
    tally.add(row["cine_person_id"], day, outcome, team=row["cine_referral_team"], value=value)


@twin("children-in-need", "children-in-need-rate")
def children_in_need(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in episodes(records, period.end):
        add_episode(tally, row, period.end)
    return tally


def how_long(start: dt.date, day: dt.date) -> str:
    for months, name in (
        (24, "24 months and over"),
        (12, "12 to 24 months"),
        (6, "6 to 12 months"),
        (3, "3 to 6 months"),
    ):
        if months_on(start, months) <= day:
            return name
    return "under 3 months"


@twin("open-episodes-by-duration")
def episodes_by_duration(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in episodes(records, period.end):
        add_episode(tally, row, period.end, value=how_long(row["cine_referral_date"], period.end))
    return tally


def plans(records: Records, day: dt.date) -> list[Row]:
    return list(open_on(records["ssd_cin_plans"], "cinp_cin_plan_start_date", "cinp_cin_plan_end_date", day))


def add_plan(tally: Tally, row: Row, day: dt.date, outcome: Any = True) -> None:
    tally.add(row["cinp_person_id"], day, outcome, team=row["cinp_cin_plan_team"])


@twin("child-in-need-plans")
def cin_plans(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in plans(records, period.end):
        add_plan(tally, row, period.end)
    return tally


def older_plans(records: Records, period: Period, months: int) -> Tally:
    tally = Tally()
    for row in plans(records, period.end):
        add_plan(tally, row, period.end, months_on(row["cinp_cin_plan_start_date"], months) <= period.end)
    return tally


@twin("child-in-need-plans-over-nine-months")
def over_nine_months(records: Records, period: Period) -> Tally:
    return older_plans(records, period, 9)


@twin("child-in-need-plans-over-twelve-months")
def over_twelve_months(records: Records, period: Period) -> Tally:
    return older_plans(records, period, 12)


@twin("child-in-need-visits-in-time")
def cin_visits(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in plans(records, period.end):
        start, day = row["cinp_cin_plan_start_date"], period.end
        for_days = working_days(max(start, dt.date(2012, 1, 1)), day)
        if for_days is None or for_days < 20:
            add_plan(tally, row, day, OUTSIDE if for_days is None else "too recent")
            continue
        seen = [
            v["cinv_cin_visit_date"]
            for v in records["ssd_cin_visits"]
            if v["cinv_person_id"] == row["cinp_person_id"]
            and v["cinv_cin_visit_seen"] == "Y"
            and v["cinv_cin_visit_date"]
            and start <= v["cinv_cin_visit_date"] <= day
        ]
        since = working_days(max(seen), day) if seen else None
        add_plan(tally, row, day, since is not None and since <= 20)
    return tally


@twin("child-in-need-plan-reviews-on-time")
def cin_plan_reviews(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["local_cin_plan_reviews"], "lcpr_due_date", period):
        due, held = row["lcpr_due_date"], known(row["lcpr_review_date"], period.end)
        ends = [
            p["cinp_cin_plan_end_date"]
            for p in records["ssd_cin_plans"]
            if p["cinp_cin_plan_id"] == row["lcpr_cin_plan_id"] and p["cinp_cin_plan_end_date"]
        ]
        not_needed = held is None and ends and min(ends) < due
        said = "the plan ended before it fell due" if not_needed else held is not None and held <= due
        tally.add(row["lcpr_person_id"], due, said)
    return tally


@twin("episodes-closed")
def episodes_closed(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_cin_episodes"], "cine_close_date", period):
        reason = row["cine_close_reason"]
        value = reason if reason in {f"RC{n}" for n in range(1, 10)} else "unknown"
        tally.add(row["cine_person_id"], row["cine_close_date"], team=row["cine_referral_team"], value=value)
    return tally


@twin("reopened-within-twelve-months")
def reopened(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in records["ssd_cin_episodes"]:
        closed = row["cine_close_date"]
        if closed is None or not period.start <= months_on(closed, 12) <= period.end:
            continue
        again = any(
            r["cine_person_id"] == row["cine_person_id"]
            and row["cine_person_id"]
            and r["cine_referral_id"] != row["cine_referral_id"]
            and r["cine_referral_date"]
            and closed <= r["cine_referral_date"] <= months_on(closed, 12)
            for r in records["ssd_cin_episodes"]
        )
        tally.add(row["cine_person_id"], months_on(closed, 12), again, team=row["cine_referral_team"])
    return tally


def has_plan(records: Records, key: str | None, day: dt.date) -> bool:
    """Looked after, on a protection plan of ours, or on a child in need plan."""
    protection = open_on(records["ssd_cp_plans"], "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", day)
    return (
        looked_after(records, key, day) is not None
        or any(p["cppl_person_id"] == key and p["cppl_cp_plan_ola"] != "Y" for p in protection)
        or any(p["cinp_person_id"] == key for p in plans(records, day))
    )


@twin("open-without-activity")
def without_activity(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for row in episodes(records, day):
        key = row["cine_person_id"]
        if (day - row["cine_referral_date"]).days < 56:
            add_episode(tally, row, day, "too recent")
            continue
        assessing = open_on(
            records["ssd_cin_assessments"], "cina_assessment_start_date", "cina_assessment_auth_date", day
        )
        visits = [
            known(visit[f"{prefix}_visit_date"], day)
            for table, prefix, who in (
                ("ssd_cin_visits", "cinv_cin", "cinv_person_id"),
                ("ssd_cp_visits", "cppv_cp", "cppv_person_id"),
                ("ssd_cla_visits", "clav_cla", "clav_person_id"),
            )
            for visit in records[table]
            if visit[who] == key and key
        ]
        lately = any(when and (day - when).days <= 56 for when in visits)
        busy = any(a["cina_person_id"] == key for a in assessing) or has_plan(records, key, day) or lately
        add_episode(tally, row, day, not busy)
    return tally


@twin("open-without-worker")
def without_worker(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in episodes(records, period.end):
        add_episode(tally, row, period.end, allocation(records, row["cine_person_id"], period.end) is None)
    return tally


@twin("management-oversight")
def oversight(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for row in episodes(records, day):
        days = [
            known(o["lmov_oversight_date"], day)
            for o in records["local_management_oversight"]
            if o["lmov_person_id"] == row["cine_person_id"] and row["cine_person_id"]
        ]
        young = (day - row["cine_referral_date"]).days < 84
        add_episode(tally, row, day, "too recent" if young else any(d and (day - d).days <= 84 for d in days))
    return tally
