"""Before and in court: pre-proceedings with a family, and care proceedings about a child."""

from plumbline.demo.children.days import on_or_after
from plumbline.demo.children.household import Case, Child, Household, Values, yes

PRE_PROCEEDINGS = 0.075
BEFORE_CARE = 0.5
WEEKS_16 = 112
STEPPED_DOWN = 0.62


def maybe_pre_proceedings(
    household: Household, group: list[Case], starts: int, ends: int, comes_next: str
) -> None:
    """Adds pre-proceedings to some plans that stay risky, and to half of those that go on to care."""
    chance = household.chance
    likely = BEFORE_CARE if comes_next == "care" else PRE_PROCEEDINGS
    if ends - starts < 60 or not household.one_in(likely):
        return
    decided = on_or_after(starts + 20 + int(chance.random() * (ends - starts - 40)))
    stepped_down = comes_next != "care"
    over = ends if not stepped_down else on_or_after(decided + 60 + int(chance.expovariate(1 / 60)))
    short_notice = not stepped_down and household.one_in(0.2)
    for case in group:
        values: Values = {
            "prep_table_id": household.new_id("O"),
            "prep_person_id": case.child.person_id,
            "prep_plo_family_id": f"PF{household.number}",
            "prep_pre_pro_decision_date": decided,
            "prep_initial_pre_pro_meeting_date": on_or_after(decided + 14),
            "prep_pre_pro_letter_date": on_or_after(decided + 5),
            "prep_legal_gateway_outcome": "Pre-proceedings",
            "prep_prev_pre_proc_child": 0,
            "prep_prev_care_proc_child": case.child.care_before,
            "prep_cp_plans_referral_period": 1,
            "prep_pre_pro_meetings_num": 2 + int(chance.random() * 3),
            "prep_pre_pro_parents_legal_rep": yes(household.one_in(0.8)),
            "prep_agree_stepdown_issue_date": over,
            "prep_pre_pro_outcome": "Stepped down" if stepped_down else "Decision to issue care proceedings",
            "prep_care_pro_letter_date": None if stepped_down else over,
            "prep_court_reference": "" if stepped_down else f"FE{over}",
            "prep_care_proc_court_hearings": "" if stepped_down else 3,
            "prep_care_proc_short_notice": "" if stepped_down else yes(short_notice),
            "prep_proc_short_notice_reason": "Risk rose suddenly" if short_notice else "",
        }
        household.add("ssd_pre_proceedings", case.child, decided, values, after=case.conference_recorded)


def add_proceedings(household: Household, child: Child, issued: int, final: int, after: int) -> None:
    """Care proceedings about a child, from issue to the final order."""
    values: Values = {
        "lpro_proceedings_id": household.new_id("J"),
        "lpro_person_id": child.person_id,
        "lpro_issued_date": issued,
        "lpro_final_order_date": final,
    }
    household.add("local_proceedings", child, issued, values, after=after)
