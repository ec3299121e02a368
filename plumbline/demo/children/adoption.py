"""The way to adoption: decision, placement order, match, placement, order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plumbline.demo.children.days import on_or_after
from plumbline.demo.children.household import Household, Values, yes

if TYPE_CHECKING:
    from plumbline.demo.children.care import Period

FOSTERING_FOR_ADOPTION = 0.16


def add_permanence(household: Household, period: Period) -> None:
    """The child's row about permanence."""
    chance, child = household.chance, period.case.child
    placed = period.placed_day
    matched = max(period.order_day, on_or_after(placed - 12 - int(chance.random() * 30)))
    early = household.one_in(FOSTERING_FOR_ADOPTION)
    brothers_and_sisters = len(household.children) - 1
    values: Values = {
        "perm_table_id": household.new_id("AP"),
        "perm_person_id": child.person_id,
        "perm_cla_id": period.cla_id,
        "perm_adm_decision_date": period.decision_day,
        "perm_placement_order_date": period.order_day,
        "perm_matched_date": matched,
        "perm_number_of_adopters": 2 if household.one_in(0.84) else 1,
        "perm_adopter_sex": "MF" if household.one_in(0.86) else "FF",
        "perm_adopter_legal_status": "L11",
        "perm_placed_for_adoption_date": placed,
        "perm_placement_provider_urn": "",
        "perm_adopted_by_carer_flag": yes(early),
        "perm_ffa_cp_decision_date": period.decision_day if early else None,
        "perm_placed_ffa_cp_date": period.decision_day if early else None,
        "perm_placed_foster_carer_date": None,
        "perm_permanence_order_date": period.ends,
        "perm_permanence_order_type": "Adoption",
        "perm_part_of_sibling_group": yes(brothers_and_sisters > 0),
        "perm_siblings_placed_together": 0,
        "perm_siblings_placed_apart": brothers_and_sisters,
        "perm_adoption_worker_id": household.staff.pick("adoption", period.decision_day, chance).worker_id,
    }
    household.add("ssd_permanence", child, period.decision_day, values, after=period.recorded)
