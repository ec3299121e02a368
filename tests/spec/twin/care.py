"""Twins of looked-after children: who, where, with whom, reviews, visits and going missing."""

import datetime as dt
from typing import Any

from indicator_engine.periods import Period
from tests.spec.twin.ground import (
    Records,
    Row,
    Tally,
    age,
    birth,
    known,
    looked_after,
    months_on,
    open_on,
    twin,
    within,
    working_days,
)
from tests.spec.twin.need import OUTSIDE
from tests.spec.twin.protection import LIST_BEGINS, add_participation


def present(records: Records, day: dt.date) -> list[tuple[str, Row]]:
    """Children looked after on the day, with their episode."""
    keys = {row["clae_person_id"] for row in records["ssd_cla_episodes"] if row["clae_person_id"]}
    found = [(key, looked_after(records, key, day)) for key in sorted(keys)]
    return [(key, episode) for key, episode in found if episode is not None]


def entered(records: Records, episode: Row) -> dt.date:
    """The first day of the period of care."""
    days = [
        min(r["clae_cla_episode_start_date"], r["clae_entered_care_date"] or dt.date.max)
        for r in records["ssd_cla_episodes"]
        if r["clae_person_id"] == episode["clae_person_id"]
        and r["clae_cla_id"] == episode["clae_cla_id"]
        and r["clae_cla_id"]
        and r["clae_cla_episode_start_date"]
    ]
    start: dt.date = episode["clae_cla_episode_start_date"]
    return min(days, default=start)


def child_of(records: Records, row: Row, own: str, period_of_care: str) -> str | None:
    """Whose row it is: by its own column, else the child of the period of care."""
    if row[own]:
        return str(row[own])
    keys = [
        r["clae_person_id"]
        for r in records["ssd_cla_episodes"]
        if r["clae_cla_id"] == row[period_of_care]
        and r["clae_cla_id"]
        and r["clae_person_id"]
        and r["clae_cla_episode_start_date"]
    ]
    return min(keys, default=None)


def placements(records: Records, key: str, day: dt.date) -> list[Row]:
    """The child's placements that had begun by the day."""
    return [
        row
        for row in records["ssd_cla_placement"]
        if row["clap_cla_placement_start_date"]
        and row["clap_cla_placement_start_date"] <= day
        and child_of(records, row, "clap_person_id", "clap_cla_id") == key
    ]


def placement(records: Records, key: str, day: dt.date) -> Row | None:
    """The placement of latest start in force on the day."""
    there = open_on(
        placements(records, key, day), "clap_cla_placement_start_date", "clap_cla_placement_end_date", day
    )
    return max(
        there, default=None, key=lambda r: (r["clap_cla_placement_start_date"], r["clap_cla_placement_id"])
    )


def lasting(records: Records, key: str, day: dt.date) -> list[Row]:
    """The child's placements by the day without temporary ones."""
    return [
        r for r in placements(records, key, day) if not (r["clap_cla_placement_type"] or "").startswith("T")
    ]


def kept_carer(records: Records, row: Row) -> bool:
    """Whether the move into the placement kept the carer."""
    return any(
        e["clae_cla_placement_id"] == row["clap_cla_placement_id"]
        and e["clae_cla_episode_start_date"] == row["clap_cla_placement_start_date"]
        and e["clae_cla_episode_start_reason"] in ("T", "U")
        for e in records["ssd_cla_episodes"]
    )


def in_window(row: Row, first: dt.date) -> bool:
    """Whether a placement that had begun was in force on the first day of the window or began in it."""
    start, end = row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"]
    return start >= first or end is None or end > first


@twin("children-looked-after", "looked-after-rate")
def children_looked_after(records: Records, period: Period) -> Tally:
    tally = Tally()
    for key, _ in present(records, period.end):
        tally.add(key, period.end)
    return tally


def starts(records: Records) -> list[Row]:
    """Episodes that begin a period of care, of a child then looked after, on a day on which no other ended."""
    return [
        row
        for row in records["ssd_cla_episodes"]
        if row["clae_cla_episode_start_date"]
        and row["clae_cla_episode_start_reason"] == "S"
        and looked_after(records, row["clae_person_id"], row["clae_cla_episode_start_date"]) is not None
        and not any(
            o["clae_person_id"] == row["clae_person_id"]
            and o["clae_cla_episode_ceased_date"] == row["clae_cla_episode_start_date"]
            for o in records["ssd_cla_episodes"]
        )
    ]


def ends(records: Records) -> list[Row]:
    """Episodes that end a period of care, of a child looked after the day before, with none begun on the day."""
    found = []
    for row in records["ssd_cla_episodes"]:
        start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]
        if start is None or end is None or start >= end or row["clae_cla_episode_ceased_reason"] == "X1":
            continue
        again = any(
            o["clae_person_id"] == row["clae_person_id"] and o["clae_cla_episode_start_date"] == end
            for o in records["ssd_cla_episodes"]
        )
        if not again and looked_after(records, row["clae_person_id"], end - dt.timedelta(days=1)) is not None:
            found.append(row)
    return found


@twin("starting-to-be-looked-after")
def starting(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(starts(records), "clae_cla_episode_start_date", period):
        tally.add(
            row["clae_person_id"], row["clae_cla_episode_start_date"], record=row["clae_cla_episode_id"]
        )
    return tally.once("first")


@twin("ceasing-to-be-looked-after")
def ceasing(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(ends(records), "clae_cla_episode_ceased_date", period):
        tally.add(
            row["clae_person_id"], row["clae_cla_episode_ceased_date"], record=row["clae_cla_episode_id"]
        )
    return tally.once("last")


def left_to(row: Row) -> str:
    reason = row["clae_cla_episode_ceased_reason"]
    if reason is None:
        return "unknown"
    groups = {
        "home": ("E4A", "E4B", "E4"),
        "special guardianship order": ("E43", "E44", "E45", "E46", "E47", "E48"),
        "child arrangements order": ("E41",),
        "adopted": ("E11", "E12"),
    }
    return next((name for name, reasons in groups.items() if reason in reasons), "other")


@twin("leaving-care-by-reason")
def leaving_care(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(ends(records), "clae_cla_episode_ceased_date", period):
        tally.add(row["clae_person_id"], row["clae_cla_episode_ceased_date"], value=left_to(row))
    return tally


@twin("adopted-share-of-exits")
def adopted_share(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(ends(records), "clae_cla_episode_ceased_date", period):
        tally.add(row["clae_person_id"], row["clae_cla_episode_ceased_date"], left_to(row) == "adopted")
    return tally


@twin("days-to-adoptive-placement")
def days_to_placement(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(ends(records), "clae_cla_episode_ceased_date", period):
        if left_to(row) != "adopted":
            continue
        key, day, start = row["clae_person_id"], row["clae_cla_episode_ceased_date"], entered(records, row)
        days = [
            p["perm_placed_for_adoption_date"]
            for p in records["ssd_permanence"]
            if p["perm_person_id"] == key and known(p["perm_placed_for_adoption_date"], day)
        ]
        placed = max(days, default=None)
        if placed is None:
            tally.add(key, day, "no day of placement for adoption")
        elif placed < start:
            tally.add(key, day, "placed before entering care")
        else:
            tally.add(key, day, weights=((placed - start).days, 1))
    return tally


@twin("re-entry-within-12-months")
def re_entry(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in ends(records):
        ended = row["clae_cla_episode_ceased_date"]
        year_on = months_on(ended, 12)
        if left_to(row) != "home" or not period.start <= year_on <= period.end:
            continue
        again = any(
            s["clae_person_id"] == row["clae_person_id"]
            and ended < s["clae_cla_episode_start_date"] <= year_on
            for s in starts(records)
        )
        tally.add(row["clae_person_id"], year_on, again)
    return tally


@twin("initial-health-assessment-in-time")
def initial_health(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(starts(records), "clae_cla_episode_start_date", period):
        key, start = row["clae_person_id"], row["clae_cla_episode_start_date"]
        so_far = working_days(start, period.end)
        if so_far is None:
            tally.add(key, start, OUTSIDE)
        elif so_far < 20:
            tally.add(key, start, "too recent")
        else:
            done = [
                h["clah_health_check_date"]
                for h in records["ssd_cla_health"]
                if h["clah_person_id"] == key
                and h["clah_health_check_type"] == "HEALTH_INITIAL"
                and h["clah_health_check_status"] == "DONE"
                and h["clah_health_check_date"]
                and start <= h["clah_health_check_date"] <= period.end
            ]
            # A weekend after the twentieth working day has its number, but is later than the day itself.
            tally.add(key, start, any(on_or_before_twentieth(start, day) for day in done))
    return tally


def on_or_before_twentieth(start: dt.date, day: dt.date) -> bool:
    before = working_days(start, day - dt.timedelta(days=1)) if day > start else 0
    return before is not None and before < 20


@twin("unaccompanied-children")
def unaccompanied(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key, _ in present(records, day):
        said = any(
            r["immi_person_id"] == key
            and r["immi_immigration_status"] == "UASC"
            and (r["immi_immigration_status_start_date"] or dt.date.min) <= day
            and (r["immi_immigration_status_end_date"] or dt.date.max) > day
            for r in records["ssd_immigration_status"]
        )
        tally.add(key, day, said)
    return tally


@twin("placements-by-type")
def by_type(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key, _ in present(records, day):
        found = placement(records, key, day)
        kind = found["clap_cla_placement_type"] if found else None
        value = "unknown" if kind is None else "other"
        if kind in ("K1", "K2"):
            value = "children's homes and secure homes"
        elif kind in ("K3", "H5"):
            value = "supported accommodation"
        elif kind and kind.startswith("U"):
            value = "foster care"
        tally.add(key, day, value=value)
    return tally


@twin("placed-with-parents")
def with_parents(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key, _ in present(records, day):
        found = placement(records, key, day)
        tally.add(key, day, found is not None and found["clap_cla_placement_type"] == "P1")
    return tally


@twin("placed-over-20-miles")
def over_20_miles(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key, _ in present(records, day):
        found = placement(records, key, day)
        miles = found["clap_cla_placement_distance"] if found else None
        tally.add(key, day, miles is not None and 20 < miles < 999.9)
    return tally


@twin("three-placements-in-the-year")
def three_placements(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    first = months_on(day, -12) + dt.timedelta(days=1)
    for key, _ in present(records, day):
        tally.add(key, day, sum(in_window(row, first) for row in lasting(records, key, day)) >= 3)
    return tally


@twin("three-placements-in-two-years")
def three_in_two_years(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    first = months_on(day, -24) + dt.timedelta(days=1)
    for key, episode in present(records, day):
        if months_on(entered(records, episode), 24) <= day:
            tally.add(key, day, sum(in_window(row, first) for row in lasting(records, key, day)) >= 3)
    return tally


@twin("same-carer-two-years")
def same_carer(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key, episode in present(records, day):
        years = age(records, key, day)
        if months_on(entered(records, episode), 30) > day or (years is not None and years >= 16):
            continue
        came = [
            row["clap_cla_placement_start_date"]
            for row in lasting(records, key, day)
            if not kept_carer(records, row)
        ]
        long_there = bool(came) and months_on(max(came), 24) <= day
        tally.add(key, day, "no date of birth" if years is None else long_there)
    return tally


@twin("three-social-workers-in-the-year")
def three_workers(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key, _ in present(records, day):
        tally.add(key, day, len(social_workers(records, key, day)) >= 3)
    return tally


def social_workers(records: Records, key: str | None, day: dt.date) -> set[str]:
    """Different social workers involved with the child at any time in the twelve months to the day."""
    first = months_on(day, -12) + dt.timedelta(days=1)
    return {
        row["invo_professional_id"]
        for row in records["ssd_involvements"]
        if row["invo_person_id"] == key
        and key
        and row["invo_professional_id"]
        and row["invo_professional_role_id"] == "SOCIAL_WORKER"
        and row["invo_involvement_start_date"]
        and row["invo_involvement_start_date"] <= day
        and (row["invo_involvement_end_date"] is None or row["invo_involvement_end_date"] >= first)
    }


@twin("reviewing-officer-contact-since-review")
def officer_contact(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key, _ in present(records, day):
        held = [
            known(row["clar_cla_review_date"], day)
            for row in records["ssd_cla_reviews"]
            if child_of(records, row, "clar_cla_person_id", "clar_cla_id") == key
            and row["clar_cla_review_cancelled"] != "Y"
        ]
        spoken = [
            known(row["clae_cla_last_iro_contact_date"], day)
            for row in records["ssd_cla_episodes"]
            if row["clae_person_id"] == key
        ]
        last = max((when for when in held if when), default=None)
        contact = max((when for when in spoken if when), default=None)
        since = last is not None and contact is not None and contact > last
        tally.add(key, day, "no review yet" if last is None else since)
    return tally


@twin("care-plan-in-place")
def care_plan(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    for key, episode in present(records, day):
        for_days = working_days(max(entered(records, episode), LIST_BEGINS), day)
        if for_days is None or for_days < 10:
            tally.add(key, day, OUTSIDE if for_days is None else "too recent")
            continue
        plans = [row for row in records["ssd_cla_care_plan"] if row["lacp_person_id"] == key]
        there = list(open_on(plans, "lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date", day))
        tally.add(key, day, bool(there))
    return tally


@twin("education-plans-up-to-date")
def education_plans(records: Records, period: Period) -> Tally:
    tally, day = Tally(), period.end
    term = dt.date(day.year, 9 if day.month >= 9 else 4 if day.month >= 4 else 1, 1)
    august = dt.date(day.year if day.month >= 9 else day.year - 1, 8, 31)
    for key, _ in present(records, day):
        born, years = birth(records, key), age(records, key, day)
        if born is None or years is None:
            tally.add(key, day, "no date of birth")
        elif years >= 5 and months_on(born, 16 * 12) > august:
            done = [
                known(row["lpep_completed_date"], day)
                for row in records["local_peps"]
                if row["lpep_person_id"] == key
            ]
            tally.add(key, day, any(when and when >= term for when in done))
    return tally


@twin("looked-after-visits-seen-alone")
def cla_visits(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_cla_visits"], "clav_cla_visit_date", period):
        if row["clav_cla_visit_seen"] == "Y":
            tally.add(
                row["clav_person_id"], row["clav_cla_visit_date"], row["clav_cla_visit_seen_alone"] == "Y"
            )
    return tally


@twin("reviews-on-time")
def reviews_on_time(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_cla_reviews"], "clar_cla_review_due_date", period):
        due, held = row["clar_cla_review_due_date"], known(row["clar_cla_review_date"], period.end)
        cancelled = row["clar_cla_review_cancelled"] == "Y"
        said: Any = "cancelled" if cancelled else held is not None and held <= due
        key = child_of(records, row, "clar_cla_person_id", "clar_cla_id")
        tally.add(key, due, said, record=row["clar_cla_review_id"])
    return tally.once("every")


@twin("review-participation")
def review_participation(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_cla_reviews"], "clar_cla_review_date", period):
        if row["clar_cla_review_cancelled"] != "Y":
            key = child_of(records, row, "clar_cla_person_id", "clar_cla_id")
            add_participation(
                tally, records, key, row["clar_cla_review_date"], row["clar_cla_review_participation"]
            )
    return tally


def gone_missing(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in within(records["ssd_missing"], "miss_missing_episode_start_date", period):
        if row["miss_missing_episode_type"] == "M":
            tally.add(
                row["miss_person_id"], row["miss_missing_episode_start_date"], record=row["miss_table_id"]
            )
    return tally


@twin("missing-episodes")
def missing_episodes(records: Records, period: Period) -> Tally:
    return gone_missing(records, period)


@twin("children-missing")
def children_missing(records: Records, period: Period) -> Tally:
    return gone_missing(records, period).once("first")


def returned(records: Records, period: Period) -> list[Row]:
    rows = within(records["ssd_missing"], "miss_missing_episode_end_date", period)
    return [row for row in rows if row["miss_missing_episode_type"] == "M"]


@twin("return-interviews-offered")
def interviews_offered(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in returned(records, period):
        answer = row["miss_missing_rhi_offered"]
        said = "does not apply" if answer == "NA" else answer == "Y"
        tally.add(row["miss_person_id"], row["miss_missing_episode_end_date"], said)
    return tally


@twin("return-interviews-accepted")
def interviews_accepted(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in returned(records, period):
        answer = row["miss_missing_rhi_accepted"]
        if row["miss_missing_rhi_offered"] == "Y":
            said = "does not apply" if answer == "NA" else answer == "Y"
            tally.add(row["miss_person_id"], row["miss_missing_episode_end_date"], said)
    return tally


@twin("return-interviews-in-72-hours")
def interviews_in_72_hours(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in returned(records, period):
        end = row["miss_missing_episode_end_date"]
        held = [
            i["lrin_interview_date"]
            for i in records["local_return_interviews"]
            if i["lrin_missing_id"] == row["miss_table_id"] and i["lrin_interview_date"]
        ]
        first = known(min(held, default=None), period.end)
        young = (period.end - end).days < 3
        in_time = first is not None and 0 <= (first - end).days <= 3
        tally.add(row["miss_person_id"], end, "too recent" if young else in_time)
    return tally
