"""Short breaks for disabled children: a series with its own legal status, which is not being looked after."""

from plumbline.demo.children.days import on_or_after
from plumbline.demo.children.household import Case, Household, Values

STATUS = "V4"


def add_short_breaks(household: Household, case: Case, starts: int, ends: int) -> None:
    """One agreed series: its legal status, placement and episode, written down together."""
    child, starts = case.child, on_or_after(starts)
    if starts >= ends:
        return
    recorded = household.recorded_after(starts, case.recorded)
    ended = household.recorded_after(ends, recorded)
    series, placement = household.new_id("Y"), household.new_id("T")
    legal: Values = {
        "lega_legal_status_id": household.new_id("Z"),
        "lega_person_id": child.person_id,
        "lega_legal_status": STATUS,
        "lega_legal_status_start_date": starts,
        "lega_legal_status_end_date": ends,
    }
    home: Values = {
        "clap_cla_placement_id": placement,
        "clap_cla_placement_start_date": starts,
        "clap_cla_placement_type": "K2",
        "clap_cla_placement_urn": "SC000001",
        "clap_cla_placement_distance": 3.5,
        "clap_cla_id": series,
        "clap_person_id": child.person_id,
        "clap_cla_placement_provider": "PR1",
        "clap_cla_placement_postcode": "FE1 1AA",
        "clap_cla_placement_end_date": ends,
        "clap_cla_placement_change_reason": "CLOSE",
    }
    episode: Values = {
        "clae_cla_episode_id": household.new_id("H"),
        "clae_person_id": child.person_id,
        "clae_cla_episode_start_date": starts,
        "clae_cla_episode_start_reason": "S",
        "clae_cla_primary_need_code": "N2",
        "clae_cla_episode_ceased_date": ends,
        "clae_cla_episode_ceased_reason": "E8",
        "clae_cla_id": series,
        "clae_referral_id": case.referral_id,
        "clae_cla_placement_id": placement,
        "clae_entered_care_date": starts,
        "clae_cla_last_iro_contact_date": None,
    }
    for table, values in (
        ("ssd_legal_status", legal),
        ("ssd_cla_placement", home),
        ("ssd_cla_episodes", episode),
    ):
        household.add(table, child, starts, values, at=recorded, end_recorded=ended)
