"""A contact about a child: its row, and how fast it is decided."""

from plumbline.demo.children.days import working_day_after
from plumbline.demo.children.household import Child, Household, outcome
from plumbline.demo.children.rates import SOURCE_TEXT

# Source of the share: near the 95% that a council set itself (Darlington, public minutes).
DECIDED_IN_A_DAY = 0.94


def contact(household: Household, child: Child, day: int, source: str, flag: str, after: int = 0) -> int:
    """The day a contact about a child is recorded."""
    if not child.first_contact:
        child.first_contact = day
    child.spans.append((day, day))
    late = 1 if household.one_in(DECIDED_IN_A_DAY) else 2 + int(household.chance.expovariate(0.6))
    contact_id = household.new_id("K")
    recorded = household.add(
        "ssd_contacts",
        child,
        day,
        {
            "cont_contact_id": contact_id,
            "cont_person_id": child.person_id,
            "cont_contact_date": day,
            "cont_contact_source_code": source,
            "cont_contact_source_desc": SOURCE_TEXT[source],
            "cont_contact_outcome_json": outcome("contact", flag),
        },
        after=after,
    )
    if day >= household.world.window:
        decided = working_day_after(day, late)
        household.add(
            "local_contact_decisions",
            child,
            decided,
            {"lcde_contact_id": contact_id, "lcde_decision_date": decided},
            after=recorded,
        )
    return recorded
