"""Where a looked-after child lives: placements that break down or last, and the episodes they make with the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from plumbline.demo.children.days import age_on, on_or_after
from plumbline.demo.children.household import Household, Values, choose
from plumbline.demo.children.people import home_postcode

if TYPE_CHECKING:
    from plumbline.demo.children.care import Period

# Types by age (codes of the looked-after return): foster care, kinship, homes, supported accommodation, parents.
TYPES = (
    (5, (("U6", 62), ("U3", 28), ("U5", 4), ("P1", 6))),
    (11, (("U6", 58), ("U3", 27), ("K2", 8), ("P1", 7))),
    (16, (("U6", 48), ("U3", 20), ("K2", 26), ("P1", 5), ("K1", 1))),
    (19, (("U6", 30), ("U3", 8), ("K2", 20), ("K3", 36), ("P2", 6))),
)
# Supported accommodation was registered, and given its code, from this day; before it the code was H5.
SUPPORTED_SINCE = date(2023, 10, 28).toordinal()
LASTING = {"U6": "U4", "U3": "U1"}
PROVIDERS = {"U": (("PR1", 58), ("PR4", 42)), "K": (("PR1", 22), ("PR4", 68), ("PR5", 10))}
# Days until the first, the second and each later placement ends, on average, if the period lasts that long.
LASTS = (105, 160, 330)
LASTS_IN_LONG_CARE = (160, 380, 2_700)
SAME_CARER = 0.10
FAR_AWAY, UNKNOWN_DISTANCE = 0.135, 0.012
UNKNOWN = 999.9
WHY = (
    ("CARPL", 44),
    ("PLACE", 8),
    ("STAND", 2),
    ("APPRR", 1),
    ("CREQB", 20),
    ("CREQO", 5),
    ("CHILD", 9),
    ("LAREQ", 11),
)


@dataclass(slots=True)
class Placement:
    """A placement: where, from when to when, and whether it began with the carer of the one before."""

    placement_id: str
    kind: str
    starts: int
    ends: int
    provider: str
    urn: str
    distance: float
    postcode: str
    same_carer: bool
    recorded: int = 0
    why: str = ""


def choose_placements(household: Household, period: Period) -> list[Placement]:
    """The placements of a period of care, one after the other without a gap."""
    chance, child = household.chance, period.case.child
    lasts = LASTS_IN_LONG_CARE if period.route == "long" else LASTS
    unsettled = chance.gammavariate(0.85, 1 / 0.85) + 0.06
    if age_on(child.born, period.starts) < 5:
        unsettled *= 0.6
    day = period.starts
    found: list[Placement] = []
    placed = 0
    if period.route == "adoption" and period.order_day:
        placed = period.placed_day = on_or_after(max(period.order_day + 40, period.ends - 230))
    last_before = placed if 0 < placed < period.ends else period.ends
    while day < last_before:
        length = 1 + min(8_000, int(chance.expovariate(unsettled / lasts[min(len(found), 2)])))
        ends = on_or_after(day + length)
        if last_before - ends < 7:
            ends = last_before
        same = bool(found) and found[-1].kind in LASTING and household.one_in(SAME_CARER)
        found.append(_placement(household, period, found[-1] if same else None, day, ends))
        day = ends
    if last_before < period.ends:
        adopters = _placement(household, period, None, placed, period.ends)
        adopters.kind, adopters.provider = ("A6", "PR3") if household.one_in(0.8) else ("A5", "PR1")
        found.append(adopters)
    return found


def _placement(
    household: Household, period: Period, before: Placement | None, starts: int, ends: int
) -> Placement:
    chance, child = household.chance, period.case.child
    if before is not None:
        kind = LASTING[before.kind]
        return Placement(
            household.new_id("T"),
            kind,
            starts,
            ends,
            before.provider,
            before.urn,
            before.distance,
            before.postcode,
            same_carer=True,
        )
    age = max(0, age_on(child.born, starts))
    kind = str(choose(chance, next(table for below, table in TYPES if age < below)))
    if period.route == "long" and kind in LASTING and household.one_in(0.45):
        kind = LASTING[kind]
    if kind == "K3" and starts < SUPPORTED_SINCE:
        kind = "H5"
    elif kind == "P2" and starts >= SUPPORTED_SINCE:
        kind = "K3"
    distance = round(chance.lognormvariate(1.5, 0.7), 1)
    if household.one_in(FAR_AWAY * (1.7 if kind in ("K2", "H5", "K3") else 0.75)):
        distance = round(20.5 + chance.expovariate(1 / 35), 1)
    if kind == "P1":
        distance = min(distance, 6.0)
    if household.one_in(UNKNOWN_DISTANCE):
        distance = UNKNOWN
    provider = (
        "PR0" if kind in ("P1", "P2") else str(choose(chance, PROVIDERS["K" if kind[0] in "KH" else "U"]))
    )
    own_home = kind == "K2" and provider == "PR1"
    urn = f"SC{100_000 + starts * 7 % 899_999}" if kind[0] in "UKH" else ""
    area = "FE" if distance < 12 else "QX"
    postcode = f"{area}{starts % 9 + 1} {starts % 7 + 1}{'ABDEFG'[starts % 6]}{'HJLNPQ'[ends % 6]}"
    if kind == "P1":
        postcode = home_postcode(household)
    return Placement(
        household.new_id("T"),
        kind,
        starts,
        ends,
        provider,
        "SC000001" if own_home else urn,
        distance,
        postcode,
        same_carer=False,
    )


def add_placements(household: Household, period: Period, placements: list[Placement]) -> None:
    """The rows of the placements."""
    child = period.case.child
    recorded = period.recorded
    for number, one in enumerate(placements):
        # A move is written down once: the end of one placement with the start of the next.
        one.recorded = recorded = household.recorded_after(one.starts, recorded) if number else recorded
    for number, one in enumerate(placements):
        last = number + 1 == len(placements)
        one.why = "CLOSE" if last else str(choose(household.chance, WHY))
        values: Values = {
            "clap_cla_placement_id": one.placement_id,
            "clap_cla_placement_start_date": one.starts,
            "clap_cla_placement_type": one.kind,
            "clap_cla_placement_urn": one.urn,
            "clap_cla_placement_distance": one.distance,
            "clap_cla_id": period.cla_id,
            "clap_person_id": child.person_id,
            "clap_cla_placement_provider": one.provider,
            "clap_cla_placement_postcode": one.postcode,
            "clap_cla_placement_end_date": one.ends,
            "clap_cla_placement_change_reason": one.why,
        }
        household.add(
            "ssd_cla_placement",
            child,
            one.starts,
            values,
            at=one.recorded,
            end_recorded=period.end_recorded if last else placements[number + 1].recorded,
        )


def add_episodes(household: Household, period: Period, placements: list[Placement]) -> None:
    """The episodes: a new one whenever the placement or the legal status changes."""
    child = period.case.child
    need = "N8" if child.unaccompanied else "N1"
    moves = {one.starts: one for one in placements}
    statuses = {day for _, day in period.legal}
    days = sorted(moves.keys() | statuses | {period.starts})
    current = placements[0]
    contact = iro_contact(household, period)
    recorded = [period.recorded]
    for day in days[1:]:
        at = moves[day].recorded if day in moves else household.recorded_after(day)
        recorded.append(max(at, recorded[-1]))
    for number, day in enumerate(days):
        moved = day in moves
        current = moves.get(day, current)
        last = number + 1 == len(days)
        if number == 0:
            reason = "S"
        elif moved and day in statuses:
            reason = "U" if current.same_carer else "B"
        elif moved:
            reason = "T" if current.same_carer else "P"
        else:
            reason = "L"
        values: Values = {
            "clae_cla_episode_id": household.new_id("H"),
            "clae_person_id": child.person_id,
            "clae_cla_episode_start_date": day,
            "clae_cla_episode_start_reason": reason,
            "clae_cla_primary_need_code": need,
            "clae_cla_episode_ceased_date": period.ends if last else days[number + 1],
            "clae_cla_episode_ceased_reason": period.ending if last else "X1",
            "clae_cla_id": period.cla_id,
            "clae_referral_id": period.case.referral_id,
            "clae_cla_placement_id": current.placement_id,
            "clae_entered_care_date": period.starts,
            "clae_cla_last_iro_contact_date": contact,
        }
        household.add(
            "ssd_cla_episodes",
            child,
            day,
            values,
            at=recorded[number],
            end_recorded=period.end_recorded if last else recorded[number + 1],
        )


def iro_contact(household: Household, period: Period) -> int | None:
    """The reviewing officer's latest contact on the day the extract is made: about every 80 days, nine in ten."""
    as_at = min(household.world.as_at, period.ends)
    if period.starts + 25 > as_at or int(period.case.child.person_id) % 10 == 3:
        return None
    return on_or_after(as_at - (as_at - period.starts) % 80 - 4)
