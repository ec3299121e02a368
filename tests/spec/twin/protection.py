"""Twins of section 47 enquiries, initial conferences and child protection plans."""

import datetime as dt
from typing import Any

from indicator_engine.periods import Period
from tests.spec.twin.front_door import flags
from tests.spec.twin.ground import (
    Records,
    Row,
    Tally,
    age,
    known,
    looked_after,
    months_on,
    open_on,
    twin,
    within,
    working_days,
)
from tests.spec.twin.need import OUTSIDE, how_long

LIST_BEGINS = dt.date(2012, 1, 1)


def enquiries(records: Records, period: Period) -> list[Row]:
    return list(within(records["ssd_s47_enquiry"], "s47e_s47_start_date", period))


def add_enquiry(tally: Tally, row: Row, outcome: Any = True, column: str = "s47e_s47_start_date") -> None:
    tally.add(row["s47e_person_id"], row[column], outcome, team=row["s47e_s47_completed_by_team"])


@twin("section-47-enquiries", "section-47-rate")
def s47_count(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in enquiries(records, period):
        add_enquiry(tally, row)
    return tally


def conference_days(records: Records, row: Row, *, transfers: bool) -> list[dt.date]:
    """Days of conferences of the child that name the enquiry."""
    return [
        c["icpc_icpc_date"]
        for c in records["ssd_initial_cp_conference"]
        if c["icpc_s47_enquiry_id"] == row["s47e_s47_enquiry_id"]
        and c["icpc_person_id"] == row["s47e_person_id"]
        and c["icpc_icpc_date"]
        and (transfers or c["icpc_icpc_transfer_in"] != "Y")
    ]


@twin("section-47-to-conference")
def s47_to_conference(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in enquiries(records, period):
        held = [known(day, period.end) for day in conference_days(records, row, transfers=False)]
        young = (period.end - row["s47e_s47_start_date"]).days < 60
        add_enquiry(tally, row, "too recent" if young else any(held))
    return tally


@twin("section-47-no-further-action")
def s47_nfa(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in enquiries(records, period):
        ended = known(row["s47e_s47_end_date"], period.end)
        add_enquiry(tally, row, ended is not None and row["s47e_s47_nfa"] == "Y")
    return tally


@twin("section-47-in-15-working-days")
def s47_in_15(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_s47_enquiry"], "s47e_s47_end_date", period):
        start, end = known(row["s47e_s47_start_date"], period.end), row["s47e_s47_end_date"]
        days = working_days(start, end)
        said: Any = OUTSIDE if days is None else days <= 15
        if start is None:
            said = "no start date"
        elif start > end:
            said = "ended before it started"
        add_enquiry(tally, row, said, "s47e_s47_end_date")
    return tally


@twin("repeat-section-47")
def repeat_s47(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in enquiries(records, period):
        day, own = row["s47e_s47_start_date"], row["s47e_s47_enquiry_id"]
        again = any(
            o["s47e_person_id"] == row["s47e_person_id"]
            and o["s47e_s47_start_date"]
            and (o["s47e_s47_start_date"], o["s47e_s47_enquiry_id"]) < (day, own)
            and o["s47e_s47_start_date"] >= months_on(day, -12)
            for o in records["ssd_s47_enquiry"]
        )
        add_enquiry(tally, row, again)
    return tally


@twin("conferences-overdue")
def conferences_overdue(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for row in records["ssd_s47_enquiry"]:
        start, end = row["s47e_s47_start_date"], row["s47e_s47_end_date"]
        if not (start and end and start <= day and end <= day):
            continue
        needed = "CP_CONFERENCE_FLAG" in flags(row["s47e_s47_outcome_json"])
        held = any(known(d, day) for d in conference_days(records, row, transfers=True))
        # An enquiry from before the list of bank holidays has waited at least since the list begins.
        waited = working_days(max(start, LIST_BEGINS), day)
        if needed and not held and waited is not None and waited > 15:
            tally.add(row["s47e_person_id"], day, team=row["s47e_s47_completed_by_team"])
    return tally


def conferences(records: Records, period: Period, *, transfers: bool = False) -> list[Row]:
    rows = within(records["ssd_initial_cp_conference"], "icpc_icpc_date", period)
    return [row for row in rows if (row["icpc_icpc_transfer_in"] == "Y") == transfers]


def add_conference(tally: Tally, row: Row, outcome: Any = True, value: str | None = None) -> None:
    tally.add(row["icpc_person_id"], row["icpc_icpc_date"], outcome, team=row["icpc_icpc_team"], value=value)


@twin("initial-conferences", "initial-conference-rate")
def conference_count(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in conferences(records, period):
        add_conference(tally, row)
    return tally


def from_enquiry(records: Records, row: Row, period: Period) -> tuple[str | None, int | None]:
    """What is wrong with the conference's enquiry, or how many working days after it the conference was."""
    days = [
        s["s47e_s47_start_date"]
        for s in records["ssd_s47_enquiry"]
        if s["s47e_s47_enquiry_id"] == row["icpc_s47_enquiry_id"] and s["s47e_s47_start_date"]
    ]
    start = known(min(days, default=None), period.end)
    if start is None:
        return "no linked section 47 enquiry", None
    if start > row["icpc_icpc_date"]:
        return "held before the enquiry", None
    return None, working_days(start, row["icpc_icpc_date"])


@twin("conference-in-15-working-days")
def conference_in_15(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in conferences(records, period):
        fault, days = from_enquiry(records, row, period)
        add_conference(tally, row, fault or (OUTSIDE if days is None else days <= 15))
    return tally


@twin("conference-days-bands")
def conference_bands(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in conferences(records, period):
        fault, days = from_enquiry(records, row, period)
        band = None
        if days is not None:
            tops = ((10, "0 to 10"), (15, "11 to 15"), (20, "16 to 20"))
            band = next((name for top, name in tops if days <= top), "21 or more")
        add_conference(tally, row, fault or True, band)
    return tally


@twin("conferences-leading-to-plan")
def conferences_to_plan(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in conferences(records, period):
        add_conference(tally, row, row["icpc_icpc_outcome_cp_flag"] == "Y")
    return tally


@twin("transfer-in-conference-in-15-working-days")
def transfer_in(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in conferences(records, period, transfers=True):
        days = [
            t["ltra_notified_date"]
            for t in records["local_transfer_ins"]
            if t["ltra_icpc_id"] == row["icpc_icpc_id"] and t["ltra_notified_date"]
        ]
        told = known(min(days, default=None), period.end)
        count = working_days(told, row["icpc_icpc_date"])
        said: Any = OUTSIDE if count is None else count <= 15
        if told is None:
            said = "no day of notice"
        elif told > row["icpc_icpc_date"]:
            said = "held before the notice"
        add_conference(tally, row, said)
    return tally


def ours(records: Records) -> list[Row]:
    return [row for row in records["ssd_cp_plans"] if row["cppl_cp_plan_ola"] != "Y"]


def open_plans(records: Records, day: dt.date) -> list[Row]:
    return list(open_on(ours(records), "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", day))


def add(tally: Tally, row: Row, day: dt.date, outcome: Any = True, value: str | None = None) -> None:
    tally.add(row["cppl_person_id"], day, outcome, value=value)


@twin("child-protection-plans", "child-protection-plan-rate")
def plan_count(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in open_plans(records, period.end):
        add(tally, row, period.end)
    return tally


@twin("child-protection-plans-started")
def plans_started(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(ours(records), "cppl_cp_plan_start_date", period):
        add(tally, row, row["cppl_cp_plan_start_date"])
    return tally


@twin("child-protection-plans-ended")
def plans_ended(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(ours(records), "cppl_cp_plan_end_date", period):
        add(tally, row, row["cppl_cp_plan_end_date"])
    return tally


@twin("repeat-child-protection-plans")
def repeat_plans(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(ours(records), "cppl_cp_plan_start_date", period):
        day = row["cppl_cp_plan_start_date"]
        before = any(
            o["cppl_person_id"] == row["cppl_person_id"]
            and o["cppl_cp_plan_start_date"]
            and o["cppl_cp_plan_start_date"] < day
            for o in ours(records)
        )
        told = any(
            (r["lprp_previous_plans"] or 0) > 0
            for r in records["local_previous_plans"]
            if r["lprp_cp_plan_id"] == row["cppl_cp_plan_id"]
        )
        add(tally, row, day, before or told)
    return tally


@twin("repeat-plans-within-24-months")
def repeat_within_24(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(ours(records), "cppl_cp_plan_start_date", period):
        day = row["cppl_cp_plan_start_date"]
        again = any(
            o["cppl_person_id"] == row["cppl_person_id"]
            and o["cppl_cp_plan_start_date"]
            and o["cppl_cp_plan_start_date"] < day
            and o["cppl_cp_plan_end_date"]
            and months_on(day, -24) <= o["cppl_cp_plan_end_date"] <= day
            for o in ours(records)
        )
        add(tally, row, day, again)
    return tally


def long_open(records: Records, period: Period, months: int) -> Tally:
    tally = Tally()
    for row in open_plans(records, period.end):
        add(tally, row, period.end, months_on(row["cppl_cp_plan_start_date"], months) <= period.end)
    return tally


@twin("plans-open-two-years")
def open_two_years(records: Records, period: Period) -> Tally:
    return long_open(records, period, 24)


@twin("plans-open-over-fifteen-months")
def open_fifteen_months(records: Records, period: Period) -> Tally:
    return long_open(records, period, 15)


@twin("plans-by-duration")
def plans_by_duration(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in open_plans(records, period.end):
        add(tally, row, period.end, value=how_long(row["cppl_cp_plan_start_date"], period.end))
    return tally


@twin("plans-by-category")
def plans_by_category(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in open_plans(records, period.end):
        category = row["cppl_cp_plan_latest_category"] or row["cppl_cp_plan_initial_category"] or "unknown"
        add(tally, row, period.end, value=category)
    return tally


@twin("plans-of-looked-after-children")
def plans_and_care(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in open_plans(records, period.end):
        add(tally, row, period.end, looked_after(records, row["cppl_person_id"], period.end) is not None)
    return tally


def ended_with_start(records: Records, period: Period) -> list[tuple[Row, str | None, dt.date]]:
    """Plans that ended, what is wrong with the start, and the start."""
    found = []
    for row in within(ours(records), "cppl_cp_plan_end_date", period):
        start = known(row["cppl_cp_plan_start_date"], period.end)
        late = start is not None and start > row["cppl_cp_plan_end_date"]
        fault = "no start date" if start is None else "ended before it started" if late else None
        found.append((row, fault, start or dt.date.min))
    return found


@twin("plans-ended-after-two-years")
def ended_after_two_years(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row, fault, start in ended_with_start(records, period):
        end = row["cppl_cp_plan_end_date"]
        add(tally, row, end, fault or months_on(start, 24) <= end)
    return tally


@twin("plans-ended-within-three-months")
def ended_within_three_months(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row, fault, start in ended_with_start(records, period):
        end = row["cppl_cp_plan_end_date"]
        add(tally, row, end, fault or end <= months_on(start, 3))
    return tally


@twin("plans-reviewed-in-timescale")
def reviewed_in_timescale(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for row in open_plans(records, day):
        start = row["cppl_cp_plan_start_date"]
        if months_on(start, 3) > day:
            add(tally, row, day, "too recent")
            continue
        held = sorted(
            r["cppr_cp_review_date"]
            for r in records["ssd_cp_reviews"]
            if r["cppr_cp_plan_id"] == row["cppl_cp_plan_id"]
            and r["cppr_cp_review_date"]
            and start <= r["cppr_cp_review_date"] <= day
        )
        last, limit, in_time = start, 91, True
        for review in [*held, day]:
            in_time = in_time and (review - last).days <= limit
            last, limit = review, 183
        add(tally, row, day, in_time)
    return tally


def due(
    records: Records, table: str, columns: dict[str, str], plans: dict[str, list[Row]], period: Period
) -> Tally:
    """Meetings of a plan due in the period: held by then, or not needed because the plan had ended before."""
    tally = Tally()
    for row in within(records[table], columns["due"], period):
        when, held = row[columns["due"]], known(row[columns["held"]], period.end)
        ends = [
            p["cppl_cp_plan_end_date"]
            for p in plans.get(row[columns["plan"]], ())
            if p["cppl_cp_plan_end_date"]
        ]
        over = held is None and bool(ends) and min(ends) < when
        said = "the plan ended before it fell due" if over else held is not None and held <= when
        tally.add(row[columns["person"]], when, said)
    return tally


def plans_by_id(records: Records) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in records["ssd_cp_plans"]:
        found.setdefault(row["cppl_cp_plan_id"], []).append(row)
    return found


@twin("review-conferences-on-time")
def reviews_on_time(records: Records, period: Period) -> Tally:
    plans = plans_by_id(records)
    others = {key for key, rows in plans.items() if any(row["cppl_cp_plan_ola"] == "Y" for row in rows)}
    mine = {"ssd_cp_reviews": [r for r in records["ssd_cp_reviews"] if r["cppr_cp_plan_id"] not in others]}
    columns = {
        "due": "cppr_cp_review_due",
        "held": "cppr_cp_review_date",
        "plan": "cppr_cp_plan_id",
        "person": "cppr_person_id",
    }
    return due(mine, "ssd_cp_reviews", columns, plans, period)


@twin("core-groups-on-time")
def core_groups(records: Records, period: Period) -> Tally:
    columns = {
        "due": "lcgr_due_date",
        "held": "lcgr_held_date",
        "plan": "lcgr_cp_plan_id",
        "person": "lcgr_person_id",
    }
    return due(records, "local_core_groups", columns, plans_by_id(records), period)


@twin("child-protection-visits-in-time")
def visits_in_time(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for row in open_plans(records, day):
        start = row["cppl_cp_plan_start_date"]
        for_days = working_days(max(start, LIST_BEGINS), day)
        if for_days is None or for_days < 10:
            add(tally, row, day, OUTSIDE if for_days is None else "too recent")
            continue
        seen = [
            v["cppv_cp_visit_date"]
            for v in records["ssd_cp_visits"]
            if v["cppv_person_id"] == row["cppl_person_id"]
            and v["cppv_cp_visit_seen"] == "Y"
            and v["cppv_cp_visit_date"]
            and start <= v["cppv_cp_visit_date"] <= day
        ]
        since = working_days(max(seen), day) if seen else None
        add(tally, row, day, since is not None and since <= 10)
    return tally


@twin("child-protection-visits-seen-alone")
def seen_alone(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_cp_visits"], "cppv_cp_visit_date", period):
        day = row["cppv_cp_visit_date"]
        years = age(records, row["cppv_person_id"], day)
        if row["cppv_cp_visit_seen"] == "Y" and (years is None or years >= 4):
            said = "no date of birth" if years is None else row["cppv_cp_visit_seen_alone"] == "Y"
            tally.add(row["cppv_person_id"], day, said)
    return tally


@twin("conferences-quorate")
def quorate(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_cp_reviews"], "cppr_cp_review_date", period):
        tally.add(row["cppr_person_id"], row["cppr_cp_review_date"], row["cppr_cp_review_quorate"] == "Y")
    return tally


@twin("conference-participation")
def participation(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_cp_reviews"], "cppr_cp_review_date", period):
        add_participation(
            tally,
            records,
            row["cppr_person_id"],
            row["cppr_cp_review_date"],
            row["cppr_cp_review_participation"],
        )
    return tally


def add_participation(
    tally: Tally, records: Records, key: str | None, day: dt.date, code: str | None
) -> None:
    """A review of a child of four or over, by how the child took part; PN0 is not counted."""
    years = age(records, key, day)
    if code == "PN0" or (years is not None and years < 4):
        return
    tally.add(key, day, "no date of birth" if years is None else code in {f"PN{n}" for n in range(1, 7)})


@twin("referred-again-after-plan")
def referred_again(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in ours(records):
        end = row["cppl_cp_plan_end_date"]
        if end is None or not period.start <= months_on(end, 6) <= period.end:
            continue
        again = any(
            r["cine_person_id"] == row["cppl_person_id"]
            and r["cine_referral_date"]
            and end < r["cine_referral_date"] <= months_on(end, 6)
            for r in records["ssd_cin_episodes"]
        )
        add(tally, row, months_on(end, 6), again)
    return tally
