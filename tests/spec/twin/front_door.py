"""Twins of contacts, referrals and early help."""

import datetime as dt

from indicator_engine.periods import Period
from tests.spec.twin.ground import Records, Row, Tally, known, months_on, twin, within, working_days

GROUPS = {
    **dict.fromkeys(("1A", "1B", "1C", "1D"), "individual"),
    "2A": "schools",
    "2B": "education services",
    **dict.fromkeys(("3A", "3B", "3C", "3D", "3E", "3F"), "health services"),
    "4": "housing",
    **dict.fromkeys(("5A", "5B", "5C"), "local authority services"),
    "6": "police",
    "7": "other legal agency",
    "8": "other",
    "9": "anonymous",
}


def contacts(records: Records, period: Period) -> list[Row]:
    return list(within(records["ssd_contacts"], "cont_contact_date", period))


def referrals(records: Records, period: Period) -> list[Row]:
    return list(within(records["ssd_cin_episodes"], "cine_referral_date", period))


def flags(text: str | None) -> list[str]:
    return (text or "").strip("|").split("|")


def add_contact(tally: Tally, row: Row, outcome: str | bool = True, value: str | None = None) -> None:
    tally.add(row["cont_person_id"], row["cont_contact_date"], outcome, value=value)


def add_referral(tally: Tally, row: Row, outcome: str | bool | None = True, value: str | None = None) -> None:
    tally.add(
        row["cine_person_id"], row["cine_referral_date"], outcome, team=row["cine_referral_team"], value=value
    )


@twin("contacts", "contact-rate")
def contact_count(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in contacts(records, period):
        add_contact(tally, row)
    return tally


@twin("contacts-becoming-referrals")
def contacts_becoming_referrals(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in contacts(records, period):
        add_contact(tally, row, "NEW_REFERRAL_FLAG" in flags(row["cont_contact_outcome_json"]))
    return tally


@twin("contacts-no-further-action")
def contacts_nfa(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in contacts(records, period):
        add_contact(tally, row, "NFA_FLAG" in flags(row["cont_contact_outcome_json"]))
    return tally


@twin("contacts-to-early-help")
def contacts_to_early_help(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in contacts(records, period):
        day = row["cont_contact_date"]
        if (period.end - day).days < 28:
            add_contact(tally, row, "too recent")
            continue
        starts = [
            known(h["earl_episode_start_date"], period.end)
            for h in records["ssd_early_help_episodes"]
            if h["earl_person_id"] == row["cont_person_id"] and row["cont_person_id"]
        ]
        add_contact(tally, row, any(s and 0 <= (s - day).days <= 28 for s in starts))
    return tally


@twin("contacts-decided-in-one-day")
def contacts_decided(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in contacts(records, period):
        day = row["cont_contact_date"]
        days = [
            d["lcde_decision_date"]
            for d in records["local_contact_decisions"]
            if d["lcde_contact_id"] == row["cont_contact_id"] and d["lcde_decision_date"]
        ]
        decided = known(min(days), period.end) if days else None
        if decided is None:
            add_contact(tally, row, "no decision recorded yet")
        elif decided < day:
            add_contact(tally, row, "decided before it was received")
        else:
            open_for = working_days(day, decided)
            add_contact(tally, row, "outside the list of working days" if open_for is None else open_for <= 1)
    return tally


@twin("contact-sources")
def contact_sources(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in contacts(records, period):
        add_contact(tally, row, value=GROUPS.get(row["cont_contact_source_code"], "unknown"))
    return tally


def year_before(day: dt.date, others: list[dt.date | None]) -> bool:
    """Whether one of the days is earlier, by twelve calendar months at most."""
    return any(other is not None and months_on(day, -12) <= other < day for other in others)


@twin("repeat-contacts")
def repeat_contacts(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in contacts(records, period):
        mine = [
            o["cont_contact_date"]
            for o in records["ssd_contacts"]
            if o["cont_person_id"] == row["cont_person_id"]
        ]
        add_contact(tally, row, year_before(row["cont_contact_date"], mine))
    return tally


@twin("referrals", "referral-rate")
def referral_count(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in referrals(records, period):
        add_referral(tally, row)
    return tally


@twin("re-referrals-in-12-months")
def re_referrals(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in referrals(records, period):
        mine = [
            o["cine_referral_date"]
            for o in records["ssd_cin_episodes"]
            if o["cine_person_id"] == row["cine_person_id"]
        ]
        add_referral(tally, row, year_before(row["cine_referral_date"], mine))
    return tally


@twin("referrals-no-further-action")
def referrals_nfa(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in referrals(records, period):
        add_referral(tally, row, row["cine_referral_nfa"] == "Y")
    return tally


@twin("referrals-to-assessment")
def referrals_to_assessment(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in referrals(records, period):
        day = row["cine_referral_date"]
        if (period.end - day).days < 30:
            add_referral(tally, row, "too recent")
            continue
        starts = [
            known(a["cina_assessment_start_date"], period.end)
            for a in records["ssd_cin_assessments"]
            if a["cina_referral_id"] == row["cine_referral_id"]
            and a["cina_person_id"] == row["cine_person_id"]
            and row["cine_person_id"]
        ]
        add_referral(tally, row, any(s and 0 <= (s - day).days <= 30 for s in starts))
    return tally


@twin("referrals-decided-in-one-day")
def referrals_decided(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in referrals(records, period):
        day = row["cine_referral_date"]
        days = [
            d["lrde_decision_date"]
            for d in records["local_referral_decisions"]
            if d["lrde_referral_id"] == row["cine_referral_id"] and d["lrde_decision_date"]
        ]
        decided, so_far = known(min(days, default=None), period.end), working_days(day, period.end)
        if decided is not None and decided < day:
            add_referral(tally, row, "decided before it was received")
        elif so_far is None:
            add_referral(tally, row, "outside the list of working days")
        elif decided is None:
            add_referral(tally, row, "too recent" if so_far < 1 else False)
        else:
            waited = working_days(day, decided)
            add_referral(tally, row, waited is not None and waited <= 1)
    return tally


@twin("not-in-need-after-assessment")
def not_in_need(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in referrals(records, period):
        closed = known(row["cine_close_date"], period.end)
        add_referral(tally, row, closed is not None and row["cine_close_reason"] in ("RC8", "RC9"))
    return tally


@twin("referral-sources")
def referral_sources(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in referrals(records, period):
        add_referral(tally, row, value=GROUPS.get(row["cine_referral_source_code"], "unknown"))
    return tally


def early_help_ended(records: Records, period: Period) -> list[Row]:
    return list(within(records["ssd_early_help_episodes"], "earl_episode_end_date", period))


@twin("early-help-completed", "early-help-completed-rate")
def early_help_completed(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in early_help_ended(records, period):
        tally.add(row["earl_person_id"], row["earl_episode_end_date"])
    return tally


@twin("early-help-open")
def early_help_open(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in records["ssd_early_help_episodes"]:
        start, end = row["earl_episode_start_date"], row["earl_episode_end_date"]
        if start and start <= period.end and not (end and end <= period.end):
            tally.add(row["earl_person_id"], period.end)
    return tally


@twin("early-help-stepped-up")
def early_help_stepped_up(records: Records, period: Period) -> Tally:
    tally = Tally()
    for row in early_help_ended(records, period):
        day = row["earl_episode_end_date"]
        if (period.end - day).days < 28:
            tally.add(row["earl_person_id"], day, "too recent")
            continue
        days = [
            known(r["cine_referral_date"], period.end)
            for r in records["ssd_cin_episodes"]
            if r["cine_person_id"] == row["earl_person_id"] and row["earl_person_id"]
        ]
        tally.add(row["earl_person_id"], day, any(d and 0 <= (d - day).days <= 28 for d in days))
    return tally
