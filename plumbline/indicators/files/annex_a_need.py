"""Rows of the Annex A lists on contacts, early help, referrals, need and protection as rows of the dataset."""

from plumbline.indicators.files.annex_a_rows import Rows, Values
from plumbline.indicators.files.findings import Row
from plumbline.indicators.files.people import day_of
from plumbline.indicators.files.pseudonyms import Ready


def take_contact(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Puts a contact on the stage."""
    rows.add(
        "ssd_contacts",
        at,
        cont_contact_id=rows.row_id("CON", child, day_of(values.get("contact_date"))),
        cont_person_id=child,
        cont_contact_date=values.get("contact_date"),
        cont_contact_source_code=values.get("source"),
    )


def take_early_help(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Puts an episode of early help on the stage."""
    rows.add(
        "ssd_early_help_episodes",
        at,
        earl_episode_id=rows.row_id("EH", child, day_of(values.get("start"))),
        earl_person_id=child,
        earl_episode_start_date=values.get("start"),
        earl_episode_end_date=values.get("end"),
        earl_episode_organisation=values.get("organisation"),
    )


def take_referral(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Keeps a referral, which list 6 may say more about."""
    rows.refer(
        child,
        values.get("referral_date"),
        at,
        cine_referral_source_code=values.get("source"),
        cine_referral_nfa=values.get("nfa"),
        cine_referral_team=rows.team(values, at),
        cine_referral_worker_id=rows.worker(values),
    )


def take_assessment(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Puts an assessment on the stage."""
    supported = rows.yes(values.get("needs_support"), at)
    rows.add(
        "ssd_cin_assessments",
        at,
        cina_assessment_id=rows.row_id("ASM", child, day_of(values.get("start"))),
        cina_person_id=child,
        cina_assessment_start_date=values.get("start"),
        cina_assessment_child_seen=values.get("seen"),
        cina_assessment_auth_date=values.get("end"),
        cina_assessment_outcome_nfa={"Y": "N", "N": "Y"}.get(supported or ""),
        cina_assessment_team=rows.team(values, at),
        cina_assessment_worker_id=rows.worker(values),
    )


def take_enquiry(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Puts an enquiry on the stage, and the conference that followed."""
    team, worker = rows.team(values, at), rows.worker(values)
    enquiry = rows.row_id("S47", child, day_of(values.get("start")))
    held, not_needed = day_of(values.get("conference")), rows.yes(values.get("not_needed"), at) == "Y"
    rows.add(
        "ssd_s47_enquiry",
        at,
        s47e_s47_enquiry_id=enquiry,
        s47e_person_id=child,
        s47e_s47_start_date=values.get("start"),
        s47e_s47_outcome_json="CP_CONFERENCE_FLAG" if held else "[]" if not_needed else None,
        s47e_s47_completed_by_team=team,
        s47e_s47_completed_by_worker_id=worker,
    )
    if held:
        rows.add(
            "ssd_initial_cp_conference",
            at,
            icpc_icpc_id=rows.row_id("ICPC", child, held),
            icpc_s47_enquiry_id=enquiry,
            icpc_person_id=child,
            icpc_icpc_transfer_in="N",
            icpc_icpc_date=values.get("conference"),
            icpc_icpc_outcome_cp_flag=values.get("plan_made"),
            icpc_icpc_team=team,
            icpc_icpc_worker_id=worker,
        )


def take_need(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Keeps an episode of need under its referral, and the visit when the child was last seen."""
    rows.refer(
        child,
        values.get("start"),
        at,
        cine_cin_primary_need_code=values.get("need"),
        cine_close_date=values.get("closed"),
        cine_close_reason=values.get("reason"),
        cine_referral_team=rows.team(values, at),
        cine_referral_worker_id=rows.worker(values),
    )
    if seen := day_of(values.get("seen_on")):
        rows.add(
            "ssd_cin_visits",
            at,
            cinv_cin_visit_id=rows.row_id("CINV", child, seen),
            cinv_person_id=child,
            cinv_cin_visit_date=values.get("seen_on"),
            cinv_cin_visit_seen="Y",
        )


def take_plan(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Puts a child protection plan on the stage with its latest visit and review."""
    plan = rows.row_id("CPP", child, day_of(values.get("start")))
    rows.add(
        "ssd_cp_plans",
        at,
        cppl_cp_plan_id=plan,
        cppl_person_id=child,
        cppl_cp_plan_start_date=values.get("start"),
        cppl_cp_plan_end_date=values.get("end"),
        cppl_cp_plan_initial_category=values.get("first_category"),
        cppl_cp_plan_latest_category=values.get("last_category"),
        # The list leaves out plans held for another authority.
        cppl_cp_plan_ola="N",
    )
    rows.add("local_previous_plans", at, lprp_cp_plan_id=plan, lprp_previous_plans=values.get("earlier"))
    if visited := day_of(values.get("visited")):
        rows.add(
            "ssd_cp_visits",
            at,
            cppv_cp_visit_id=rows.row_id("CPV", child, visited),
            cppv_person_id=child,
            cppv_cp_plan_id=plan,
            cppv_cp_visit_date=values.get("visited"),
            # A visit at which the child was not seen is no statutory visit.
            cppv_cp_visit_seen="Y",
            cppv_cp_visit_seen_alone=values.get("seen_alone"),
        )
    if reviewed := day_of(values.get("reviewed")):
        rows.add(
            "ssd_cp_reviews",
            at,
            cppr_cp_review_id=rows.row_id("CPR", child, reviewed),
            cppr_person_id=child,
            cppr_cp_plan_id=plan,
            cppr_cp_review_date=values.get("reviewed"),
        )
    rows.involve(child, values, at)
