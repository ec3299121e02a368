"""Leaving care: from the eighteenth birthday on, with an adviser, a pathway plan, and a place to live."""

from plumbline.demo.children.days import birthday, on_or_after
from plumbline.demo.children.household import Case, Household, Values, choose

STAYS_UNTIL_25 = 0.16
IN_TOUCH = (("YES", 905), ("NO", 30), ("REFU", 25), ("NREQ", 25), ("DIED", 3), ("RHOM", 12))
# Activity and accommodation of 17 to 21. Chosen against Barnsley 2025: in education, employment or training 64%
# (19 to 21), suitable accommodation 93%.
ACTIVITY = (
    ("F1", 5),
    ("F2", 19),
    ("F4", 6),
    ("F5", 23),
    ("P2", 4),
    ("P5", 7),
    ("G4", 8),
    ("G5", 23),
    ("G6", 7),
)
ACCOMMODATION = (
    ("U", 34),
    ("V", 18),
    ("T", 11),
    ("B", 8),
    ("C", 4),
    ("D", 7),
    ("Z", 12),
    ("X", 3),
    ("W", 1.5),
    ("S", 1),
    ("H", 0.5),
)
UNSUITABLE = frozenset("XWSH")


def leave_care(household: Household, case: Case, starts: int) -> tuple[str, int]:
    """Lives through the years after care; the case closes at the end of them."""
    child = case.child
    until = birthday(child.born, 25 if household.one_in(STAYS_UNTIL_25) else 21)
    add_leaver(household, case, "FORMER_RELEVANT", starts, until)
    return "close", until


def add_leaver(household: Household, case: Case, eligibility: str, starts: int, until: int) -> None:
    """The row of a care leaver, or of a child in care who will be one, as it stands on the day of the extract."""
    chance, child = household.chance, case.child
    stage = case.stages[-1]
    touch = str(choose(chance, IN_TOUCH))
    place = str(choose(chance, ACCOMMODATION))
    activity = str(choose(chance, ACTIVITY))
    adviser = stage.worker.worker_id if household.one_in(0.97) else ""
    rhythm = 38 + int(chance.random() * 25)
    slack = chance.random() < 0.1
    as_at = min(household.world.as_at, until)
    contact = _latest(as_at, starts, rhythm) if touch == "YES" else starts + 30
    if slack and touch == "YES":
        contact = max(starts, contact - 60)
    review = max(starts, _latest(as_at, starts, 168) - (120 if chance.random() < 0.12 else 0))
    values: Values = {
        "clea_table_id": household.new_id("CL"),
        "clea_person_id": child.person_id,
        "clea_care_leaver_eligibility": eligibility,
        "clea_care_leaver_in_touch": touch,
        "clea_care_leaver_latest_contact": min(contact, as_at),
        "clea_care_leaver_accommodation": place,
        "clea_care_leaver_accom_suitable": "2" if place in UNSUITABLE else "1",
        "clea_care_leaver_activity": activity,
        "clea_pathway_plan_review_date": min(review, as_at),
        "clea_care_leaver_personal_advisor": adviser,
        "clea_care_leaver_allocated_team": stage.team,
        "clea_care_leaver_worker_id": stage.worker.worker_id,
    }
    household.add("ssd_care_leavers", child, starts, values, after=case.recorded, stands_until=until)


def _latest(as_at: int, starts: int, rhythm: int) -> int:
    """The latest of days that come in a rhythm."""
    if as_at <= starts:
        return starts
    return min(as_at, on_or_after(as_at - (as_at - starts) % rhythm))
