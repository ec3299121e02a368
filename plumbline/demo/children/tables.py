"""The tables that are written: columns of the Standard Safeguarding Dataset as deployed, and the extension tables.

A column ending in `*` is a date. A group in brackets is learnt later than the row itself: its first column is a
date, and while that day has not come (or is not recorded yet) the whole group is blank. `_` marks tables of small
events: those before the first year shown are left out, while plans and periods of care are kept whole.
"""

import re
from dataclasses import dataclass
from functools import cached_property

TEXT = """
ssd_person: pers_person_id pers_legacy_id pers_upn pers_single_unique_id pers_upn_unknown pers_forename
 pers_surname pers_sex pers_gender pers_ethnicity (pers_dob*) pers_expected_dob* (pers_death_date*) pers_send_flag
 pers_is_mother pers_nationality
ssd_family: fami_table_id fami_family_id fami_person_id
ssd_address: addr_table_id addr_address_json addr_person_id addr_address_type addr_address_start_date*
 (addr_address_end_date*) addr_address_postcode
ssd_disability: disa_person_id disa_table_id disa_disability_code
ssd_immigration_status: immi_person_id immi_immigration_status_id immi_immigration_status
 immi_immigration_status_start_date* (immi_immigration_status_end_date*)
ssd_mother: moth_table_id moth_person_id moth_childs_person_id moth_childs_dob*
_ssd_contacts: cont_contact_id cont_person_id cont_contact_date* cont_contact_source_code
 cont_contact_source_desc cont_contact_outcome_json
ssd_early_help_episodes: earl_episode_id earl_person_id earl_episode_start_date* (earl_episode_end_date*
 earl_episode_end_reason) earl_episode_reason earl_episode_organisation earl_episode_worker_id
ssd_cin_episodes: cine_referral_id cine_person_id cine_referral_date* cine_cin_primary_need_code
 cine_referral_source_code cine_referral_source_desc cine_referral_outcome_json cine_referral_nfa
 (cine_close_date* cine_close_reason) cine_referral_team cine_referral_worker_id
ssd_cin_assessments: cina_assessment_id cina_person_id cina_referral_id cina_assessment_start_date*
 (cina_assessment_auth_date* cina_assessment_child_seen cina_assessment_outcome_json cina_assessment_outcome_nfa)
 cina_assessment_team cina_assessment_worker_id
ssd_assessment_factors: cinf_table_id cinf_assessment_id cinf_assessment_factors_json
ssd_cin_plans: cinp_cin_plan_id cinp_referral_id cinp_person_id cinp_cin_plan_start_date*
 (cinp_cin_plan_end_date*) cinp_cin_plan_team cinp_cin_plan_worker_id
_ssd_cin_visits: cinv_cin_visit_id cinv_cin_plan_id cinv_person_id cinv_cin_visit_date* cinv_cin_visit_seen
 cinv_cin_visit_seen_alone cinv_cin_visit_bedroom
ssd_s47_enquiry: s47e_s47_enquiry_id s47e_referral_id s47e_person_id s47e_s47_start_date* (s47e_s47_end_date*
 s47e_s47_nfa s47e_s47_outcome_json) s47e_s47_completed_by_worker_id s47e_s47_completed_by_team
ssd_initial_cp_conference: icpc_icpc_id icpc_icpc_meeting_id icpc_s47_enquiry_id icpc_person_id icpc_cp_plan_id
 icpc_referral_id icpc_icpc_transfer_in icpc_icpc_target_date* icpc_icpc_date* icpc_icpc_outcome_cp_flag
 icpc_icpc_outcome_json icpc_icpc_team icpc_icpc_worker_id
ssd_cp_plans: cppl_cp_plan_id cppl_referral_id cppl_icpc_id cppl_person_id cppl_cp_plan_start_date*
 (cppl_cp_plan_end_date*) cppl_cp_plan_ola cppl_cp_plan_initial_category cppl_cp_plan_latest_category
_ssd_cp_visits: cppv_cp_visit_id cppv_person_id cppv_cp_plan_id cppv_cp_visit_date* cppv_cp_visit_seen
 cppv_cp_visit_seen_alone cppv_cp_visit_bedroom
ssd_cp_reviews: cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_due* (cppr_cp_review_date*
 cppr_cp_review_meeting_id cppr_cp_review_outcome_continue_cp cppr_cp_review_quorate
 cppr_cp_review_participation)
ssd_pre_proceedings: prep_table_id prep_person_id prep_plo_family_id prep_pre_pro_decision_date*
 prep_initial_pre_pro_meeting_date* prep_pre_pro_letter_date* prep_legal_gateway_outcome
 prep_prev_pre_proc_child prep_prev_care_proc_child prep_cp_plans_referral_period prep_pre_pro_meetings_num
 prep_pre_pro_parents_legal_rep (prep_agree_stepdown_issue_date* prep_pre_pro_outcome prep_care_pro_letter_date*
 prep_court_reference prep_care_proc_court_hearings prep_care_proc_short_notice prep_proc_short_notice_reason)
 prep_parents_legal_rep_point_of_issue prep_la_inital_plan_approved prep_la_initial_care_plan
 prep_la_final_plan_approved prep_la_final_care_plan
ssd_cla_episodes: clae_cla_episode_id clae_person_id clae_cla_episode_start_date* clae_cla_episode_start_reason
 clae_cla_primary_need_code (clae_cla_episode_ceased_date* clae_cla_episode_ceased_reason) clae_cla_id
 clae_referral_id clae_cla_placement_id clae_entered_care_date* clae_cla_last_iro_contact_date*
ssd_cla_placement: clap_cla_placement_id clap_cla_placement_start_date* clap_cla_placement_type
 clap_cla_placement_urn clap_cla_placement_distance clap_cla_id clap_person_id clap_cla_placement_provider
 clap_cla_placement_postcode (clap_cla_placement_end_date* clap_cla_placement_change_reason)
ssd_legal_status: lega_legal_status_id lega_person_id lega_legal_status lega_legal_status_start_date*
 (lega_legal_status_end_date*)
ssd_cla_reviews: clar_cla_review_id clar_cla_person_id clar_cla_id clar_cla_review_due_date*
 (clar_cla_review_date* clar_cla_review_participation) clar_cla_review_cancelled
_ssd_cla_visits: clav_cla_visit_id clav_cla_id clav_person_id clav_cla_visit_date* clav_cla_visit_seen
 clav_cla_visit_seen_alone
_ssd_cla_health: clah_health_check_id clah_person_id clah_health_check_type clah_health_check_date*
 clah_health_check_status
ssd_cla_immunisations: clai_person_id clai_immunisations_status clai_immunisations_status_date*
_ssd_cla_substance_misuse: clas_substance_misuse_id clas_person_id clas_substance_misuse_date*
 clas_substance_misused clas_intervention_received
_ssd_cla_convictions: clac_cla_conviction_id clac_person_id clac_cla_conviction_date*
 clac_cla_conviction_offence
_ssd_sdq_scores: csdq_table_id csdq_person_id csdq_sdq_completed_date* csdq_sdq_reason csdq_sdq_score
ssd_cla_care_plan: lacp_table_id lacp_person_id lacp_cla_care_plan_start_date* (lacp_cla_care_plan_end_date*)
 lacp_cla_care_plan_json
ssd_cla_previous_permanence: lapp_table_id lapp_person_id lapp_previous_permanence_order_date*
 lapp_previous_permanence_option lapp_previous_permanence_la
_ssd_missing: miss_table_id miss_person_id miss_missing_episode_start_date* miss_missing_episode_type
 (miss_missing_episode_end_date* miss_missing_rhi_offered miss_missing_rhi_accepted)
ssd_permanence: perm_table_id perm_person_id perm_cla_id perm_adm_decision_date* (perm_placement_order_date*)
 (perm_matched_date* perm_number_of_adopters perm_adopter_sex perm_adopter_legal_status)
 (perm_placed_for_adoption_date* perm_placement_provider_urn) perm_adopted_by_carer_flag
 perm_ffa_cp_decision_date* perm_placed_ffa_cp_date* perm_placed_foster_carer_date*
 (perm_decision_reversed_date* perm_decision_reversed_reason) (perm_permanence_order_date*
 perm_permanence_order_type) perm_part_of_sibling_group perm_siblings_placed_together perm_siblings_placed_apart
 perm_adoption_worker_id
ssd_care_leavers: clea_table_id clea_person_id clea_care_leaver_eligibility clea_care_leaver_in_touch
 clea_care_leaver_latest_contact* clea_care_leaver_accommodation clea_care_leaver_accom_suitable
 clea_care_leaver_activity clea_pathway_plan_review_date* clea_care_leaver_personal_advisor
 clea_care_leaver_allocated_team clea_care_leaver_worker_id
ssd_involvements: invo_involvements_id invo_professional_id invo_professional_role_id invo_professional_team
 invo_involvement_start_date* (invo_involvement_end_date* invo_worker_change_reason) invo_person_id
 invo_referral_id
ssd_professionals: prof_professional_id prof_staff_id prof_professional_name prof_social_worker_registration_no
 prof_professional_job_title prof_professional_caseload prof_professional_department prof_full_time_equivalency
 prof_agency_worker_flag
ssd_department: dept_team_id dept_team_name dept_team_parent_id dept_team_parent_name
_local_contact_decisions: lcde_contact_id lcde_decision_date*
local_referral_decisions: lrde_referral_id lrde_decision_date*
_local_cin_plan_reviews: lcpr_review_id lcpr_person_id lcpr_cin_plan_id lcpr_due_date* (lcpr_review_date*)
_local_core_groups: lcgr_core_group_id lcgr_person_id lcgr_cp_plan_id lcgr_due_date* (lcgr_held_date*)
local_transfer_ins: ltra_icpc_id ltra_notified_date*
_local_peps: lpep_pep_id lpep_person_id lpep_due_date* (lpep_completed_date*) lpep_initial
_local_supervisions: lsup_supervision_id lsup_person_id lsup_worker_id lsup_due_date* (lsup_held_date*)
_local_management_oversight: lmov_oversight_id lmov_person_id lmov_oversight_date*
_local_return_interviews: lrin_missing_id lrin_interview_date*
local_visit_intervals: lvin_person_id lvin_from_date* (lvin_to_date*) lvin_interval_days
local_proceedings: lpro_proceedings_id lpro_person_id lpro_issued_date* (lpro_final_order_date*)
local_establishment: lest_team_id lest_from_date* (lest_to_date*) lest_posts_fte
local_leavers: llea_worker_id llea_leaving_date* llea_fte
local_absences: labs_worker_id labs_date* labs_days_lost
_local_school_moves: lsch_person_id lsch_move_date* lsch_mid_year
_local_escalations: lesc_escalation_id lesc_person_id lesc_raised_date* lesc_limit_date* (lesc_resolved_date*)
local_reference: lref_key lref_value
"""


@dataclass(frozen=True)
class TableShape:
    """One table: its columns, which are dates, what is learnt later, and whether old rows are left out."""

    name: str
    columns: tuple[str, ...]
    dates: frozenset[int]
    later: tuple[tuple[int, ...], ...]
    small_events: bool

    @cached_property
    def is_date(self) -> tuple[bool, ...]:
        """For each column, whether it holds days."""
        return tuple(place in self.dates for place in range(len(self.columns)))


def _shape(name: str, text: str) -> TableShape:
    columns: list[str] = []
    dates: list[int] = []
    later: list[tuple[int, ...]] = []
    group: list[int] | None = None
    for word in re.findall(r"[()]|[^\s()]+", text):
        if word == "(":
            group = []
        elif word == ")":
            assert group is not None
            later.append(tuple(group))
            group = None
        else:
            if word.endswith("*"):
                dates.append(len(columns))
            if group is not None:
                group.append(len(columns))
            columns.append(word.rstrip("*"))
    return TableShape(name.lstrip("_"), tuple(columns), frozenset(dates), tuple(later), name.startswith("_"))


def _read() -> dict[str, TableShape]:
    joined = re.sub(r"\n ", " ", TEXT.strip())
    shapes = [_shape(*line.split(": ", 1)) for line in joined.splitlines()]
    return {shape.name: shape for shape in shapes}


TABLES = _read()
