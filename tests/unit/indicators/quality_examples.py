"""For every rule on the quality of data: records that break it once. Read it to see what a rule means.

Records are written short: `table: column=value column=value`, without the prefix of the table's columns. The child is
"c" unless said otherwise, and every example has that child, born on 1 June 2015. The extract speaks of 31 March 2026.
"""

EXAMPLES: dict[str, str] = {
    "PER-01": "ssd_person: person_id=x",
    "PER-02": "ssd_person: person_id=x dob=2026-05-01",
    "PER-03": "ssd_person: person_id=x dob=1999-01-01",
    "PER-04": "ssd_person: person_id=x dob=2015-01-01 death_date=2014-01-01",
    "PER-05": "ssd_person: person_id=x dob=2015-01-01 ethnicity=NOBT",
    "PER-06": "ssd_person: person_id=x dob=2015-01-01 sex=U ethnicity=WBRI",
    "PER-07": "ssd_person: person_id=x upn=A12345678901B | ssd_person: person_id=y upn=A12345678901B",
    "PER-08": "ssd_person: person_id=x | ssd_cin_episodes: referral_id=r",
    "PER-09": "ssd_disability: table_id=1 disability_code=NONE | ssd_disability: table_id=2 disability_code=LD",
    "PER-10": "ssd_person: person_id=x upn=123",
    "CON-01": "ssd_contacts: contact_id=1 | ssd_contacts: contact_id=2 contact_date=2025-01-01",
    "CON-02": "ssd_contacts: contact_id=1 contact_date=2026-04-01",
    "CON-03": "ssd_contacts: contact_id=1 contact_date=2025-01-02 | "
    "local_contact_decisions: contact_id=1 decision_date=2025-01-01",
    "CON-04": "ssd_contacts: contact_id=1 contact_date=2025-01-02 contact_source_code=6 | "
    "ssd_contacts: contact_id=2 contact_date=2025-01-02 contact_source_code=6",
    "REF-01": "ssd_cin_episodes: referral_id=1 | ssd_cin_episodes: referral_id=2 referral_date=2025-01-01",
    "REF-02": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 close_date=2025-01-01",
    "REF-03": "ssd_cin_episodes: referral_id=1 referral_date=2026-04-01",
    "REF-04": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 close_date=2025-01-02 close_reason=",
    "REF-05": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 close_date= close_reason=RC7",
    "REF-06": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 referral_nfa=N cin_primary_need_code=N0",
    "REF-07": "ssd_cin_episodes: referral_id=1 referral_nfa=Y | ssd_cin_assessments: assessment_id=a referral_id=1",
    "REF-08": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 | "
    "ssd_cin_episodes: referral_id=2 referral_date=2025-01-09 | "
    "ssd_cin_episodes: referral_id=3 referral_date=2024-01-02 close_date=2024-02-01 referral_nfa=N",
    "REF-09": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 | "
    "ssd_cin_episodes: referral_id=2 referral_date=2025-01-02",
    "REF-10": "ssd_cin_episodes: referral_id=1 referral_source_code=10",
    "REF-11": "ssd_cin_episodes: referral_id=1 referral_date=2014-01-02",
    "ASM-01": "ssd_cin_assessments: assessment_id=1 | "
    "ssd_cin_assessments: assessment_id=2 assessment_start_date=2026-01-01",
    "ASM-02": "ssd_cin_assessments: assessment_id=1 assessment_start_date=2025-01-02 assessment_auth_date=2025-01-01",
    "ASM-03": "ssd_cin_assessments: assessment_id=1 assessment_start_date=2026-03-01 assessment_auth_date=2026-04-01",
    "ASM-04": "ssd_cin_episodes: referral_id=1 close_date=2025-01-02 | "
    "ssd_cin_assessments: assessment_id=1 referral_id=1 | "
    "ssd_cin_assessments: assessment_id=2 referral_id=1 assessment_auth_date=2025-01-01",
    "ASM-05": "ssd_cin_assessments: assessment_id=1 referral_id=1 | ssd_cin_assessments: assessment_id=2 referral_id=1 | "
    "ssd_cin_assessments: assessment_id=3 referral_id=1 assessment_auth_date=2025-01-01",
    "ASM-06": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 | "
    "ssd_cin_assessments: assessment_id=1 referral_id=1 assessment_start_date=2025-01-01",
    "ASM-07": "ssd_cin_assessments: assessment_id=1 assessment_start_date=2025-01-01 | "
    "ssd_cin_assessments: assessment_id=2 assessment_start_date=2025-01-01 assessment_auth_date=2025-02-01",
    "ASM-08": "ssd_assessment_factors: table_id=1 assessment_factors_json=21,3B",
    "ASM-09": "ssd_cin_assessments: assessment_id=1 assessment_start_date=2026-03-01 | "
    "ssd_cin_assessments: assessment_id=2 assessment_auth_date=2026-03-01 | "
    "ssd_assessment_factors: table_id=1 assessment_id=1 assessment_factors_json=3B",
    "ASM-10": "ssd_cin_assessments: assessment_id=1 assessment_auth_date=2025-01-01 | "
    "ssd_assessment_factors: table_id=1 assessment_id=1 assessment_factors_json=19A",
    "CIP-01": "ssd_cin_plans: cin_plan_id=1 cin_plan_start_date=2025-01-02 cin_plan_end_date=2025-01-01",
    "CIP-02": "ssd_cin_plans: cin_plan_id=1 cin_plan_start_date=2025-01-02 cin_plan_end_date=2025-03-01 | "
    "ssd_cin_plans: cin_plan_id=2 cin_plan_start_date=2025-02-02",
    "CIP-03": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 | "
    "ssd_cin_plans: cin_plan_id=1 referral_id=1 cin_plan_start_date=2025-01-01",
    "CIP-04": "ssd_cin_plans: cin_plan_id=1 cin_plan_start_date=2025-01-02 | "
    "ssd_cin_plans: cin_plan_id=2 cin_plan_start_date=2024-01-02 cin_plan_end_date=2024-03-01 | "
    "ssd_cp_plans: cp_plan_id=1 cp_plan_start_date=2025-01-02 | "
    "ssd_cp_plans: cp_plan_id=2 cp_plan_start_date=2024-01-02 cp_plan_end_date=2024-03-01",
    "CIP-05": "ssd_cin_plans: cin_plan_id=1 | ssd_cin_plans: cin_plan_id=2 referral_id=1",
    "CIV-01": "ssd_cin_visits: cin_visit_id=1 cin_visit_date=2026-04-01",
    "CIV-02": "ssd_cin_visits: cin_visit_id=1 cin_visit_seen=N cin_visit_seen_alone=Y",
    "EHE-01": "ssd_early_help_episodes: episode_id=1 episode_start_date=2025-01-02 episode_end_date=2025-01-01",
    "S47-01": "ssd_s47_enquiry: s47_enquiry_id=1 | ssd_s47_enquiry: s47_enquiry_id=2 s47_start_date=2025-01-01",
    "S47-02": "ssd_s47_enquiry: s47_enquiry_id=1 s47_start_date=2025-01-02 s47_end_date=2025-01-01",
    "S47-03": "ssd_cin_episodes: referral_id=1 referral_date=2025-01-02 | "
    "ssd_s47_enquiry: s47_enquiry_id=1 referral_id=1 s47_start_date=2025-01-01",
    "S47-04": "ssd_s47_enquiry: s47_enquiry_id=1 referral_id=1 | ssd_s47_enquiry: s47_enquiry_id=2 referral_id=1 | "
    "ssd_s47_enquiry: s47_enquiry_id=3 referral_id=1 s47_end_date=2025-01-01",
    "ICP-01": "ssd_s47_enquiry: s47_enquiry_id=1 s47_start_date=2025-01-02 | "
    "ssd_initial_cp_conference: icpc_id=1 s47_enquiry_id=1 icpc_date=2025-01-01",
    "ICP-02": "ssd_initial_cp_conference: icpc_id=1 icpc_date=2025-01-04",
    "ICP-03": "ssd_initial_cp_conference: icpc_id=1 icpc_target_date=2025-01-05",
    "ICP-04": "ssd_initial_cp_conference: icpc_id=1 | ssd_initial_cp_conference: icpc_id=2 icpc_transfer_in=Y | "
    "ssd_initial_cp_conference: icpc_id=3 s47_enquiry_id=1",
    "ICP-05": "ssd_initial_cp_conference: icpc_id=1 icpc_date=2025-01-02 icpc_outcome_cp_flag=Y | "
    "ssd_cp_plans: cp_plan_id=1 cp_plan_start_date=2024-01-02",
    "CPP-01": "ssd_cp_plans: cp_plan_id=1 | ssd_cp_plans: cp_plan_id=2 cp_plan_start_date=2024-01-02",
    "CPP-02": "ssd_cp_plans: cp_plan_id=1 cp_plan_start_date=2025-01-02 cp_plan_end_date=2025-01-01",
    "CPP-03": "ssd_cp_plans: cp_plan_id=1 cp_plan_start_date=2025-01-02 cp_plan_end_date=2025-01-02",
    "CPP-04": "ssd_cp_plans: cp_plan_id=1 cp_plan_start_date=2025-01-02 | "
    "ssd_cp_plans: cp_plan_id=2 cp_plan_start_date=2025-02-02 cp_plan_end_date=2025-03-02",
    "CPP-05": "ssd_cp_plans: cp_plan_id=1 | ssd_cp_plans: cp_plan_id=2 referral_id=1",
    "CPP-06": "ssd_cp_plans: cp_plan_id=1 | ssd_cp_plans: cp_plan_id=2 cp_plan_initial_category=NEG",
    "CPP-07": "ssd_person: person_id=x death_date=2025-01-01 | "
    "ssd_cp_plans: cp_plan_id=1 person_id=x cp_plan_start_date=2025-01-02",
    "CPP-08": "ssd_person: person_id=x death_date=2025-01-01 | "
    "ssd_cp_plans: cp_plan_id=1 person_id=x cp_plan_end_date=2025-01-02",
    "CPP-09": "ssd_cp_plans: cp_plan_id=1 cp_plan_start_date=2026-04-01",
    "CPP-10": "ssd_person: person_id=x dob=2008-03-31 | "
    "ssd_cp_plans: cp_plan_id=1 person_id=x cp_plan_start_date=2025-01-02 | "
    "ssd_cp_plans: cp_plan_id=2 person_id=x cp_plan_start_date=2024-01-02 cp_plan_end_date=2024-02-02",
    "CPP-11": "ssd_cp_plans: cp_plan_id=1 | ssd_cp_plans: cp_plan_id=2 | "
    "local_previous_plans: cp_plan_id=2 previous_plans=0",
    "CPR-01": "ssd_cp_plans: cp_plan_id=1 cp_plan_start_date=2025-01-02 | "
    "ssd_cp_reviews: cp_review_id=1 cp_plan_id=1 cp_review_date=2025-01-01",
    "CPR-02": "ssd_cp_plans: cp_plan_id=1 cp_plan_end_date=2025-01-02 | "
    "ssd_cp_reviews: cp_review_id=1 cp_plan_id=1 cp_review_date=2025-01-03",
    "CPR-03": "ssd_cp_reviews: cp_review_id=1 | ssd_cp_reviews: cp_review_id=2 cp_review_due=2025-01-01 | "
    "ssd_cp_reviews: cp_review_id=3 cp_review_date=2025-01-01",
    "CPV-01": "ssd_cp_visits: cp_visit_id=1 cp_visit_date=2026-04-01",
    "CPV-02": "ssd_cp_visits: cp_visit_id=1 cp_visit_seen=N cp_visit_seen_alone=Y",
    "CPV-03": "ssd_cp_plans: cp_plan_id=1 cp_plan_start_date=2025-01-02 cp_plan_end_date=2025-02-02 | "
    "ssd_cp_visits: cp_visit_id=1 cp_visit_date=2025-02-02 | ssd_cp_visits: cp_visit_id=2 cp_visit_date=2025-02-03",
    "CLA-01": "ssd_cla_episodes: cla_episode_id=1 | ssd_cla_episodes: cla_episode_id=2 cla_episode_start_date=2025-01-01",
    "CLA-02": "ssd_cla_episodes: cla_episode_id=1 cla_episode_start_date=2025-01-02 cla_episode_ceased_date=2025-01-01",
    "CLA-03": "ssd_cla_episodes: cla_episode_id=1 cla_episode_start_date=2025-01-02 | "
    "ssd_cla_episodes: cla_episode_id=2 cla_episode_start_date=2025-02-02 cla_episode_ceased_date=2025-03-02",
    "CLA-04": "ssd_cla_episodes: cla_episode_id=1 cla_episode_ceased_date=2025-01-02 | "
    "ssd_cla_episodes: cla_episode_id=2 cla_episode_ceased_date=2025-01-02 cla_episode_ceased_reason=E8",
    "CLA-05": "ssd_cla_episodes: cla_episode_id=1 cla_episode_ceased_reason=E8 | "
    "ssd_cla_episodes: cla_episode_id=2 cla_episode_ceased_date=2025-01-02 cla_episode_ceased_reason=E8",
    "CLA-06": "ssd_cla_episodes: cla_episode_id=1 cla_episode_start_date=2025-01-02 cla_episode_ceased_reason=E2 | "
    "ssd_cla_episodes: cla_episode_id=2 cla_episode_start_date=2025-02-02",
    "CLA-07": "ssd_cla_episodes: cla_episode_id=1 cla_episode_start_date=2025-01-02 cla_episode_ceased_date=2025-02-02 "
    "cla_episode_ceased_reason=E8 | "
    "ssd_cla_episodes: cla_episode_id=2 cla_episode_start_date=2025-03-02 cla_episode_start_reason=P",
    "CLA-08": "ssd_cla_episodes: cla_episode_id=1 cla_episode_start_date=2025-01-02 cla_episode_ceased_date=2025-02-02 "
    "cla_episode_ceased_reason=X1 | ssd_cla_episodes: cla_episode_id=2 cla_episode_start_date=2025-02-03",
    "CLA-09": "ssd_person: person_id=x dob=2008-03-31 | "
    "ssd_cla_episodes: cla_episode_id=1 person_id=x cla_episode_start_date=2025-01-02 | "
    "ssd_cla_episodes: cla_episode_id=2 person_id=x cla_episode_start_date=2024-01-02 cla_episode_ceased_date=2024-02-02",
    "CLA-10": "ssd_cla_episodes: cla_episode_id=1 cla_episode_start_date=2015-05-31",
    "LEG-01": "ssd_legal_status: legal_status_id=1 | ssd_legal_status: legal_status_id=2 legal_status=C2",
    "LEG-02": "ssd_legal_status: legal_status_id=1 legal_status_start_date=2025-01-02 legal_status_end_date=2025-01-01",
    "LEG-03": "ssd_legal_status: legal_status_id=1 legal_status_start_date=2025-01-02 | "
    "ssd_legal_status: legal_status_id=2 legal_status_start_date=2025-02-02 legal_status_end_date=2025-03-01",
    "LEG-04": "ssd_legal_status: legal_status_id=1 legal_status=V3 | ssd_legal_status: legal_status_id=2 legal_status=V4",
    "LEG-05": "ssd_legal_status: legal_status_id=1 legal_status=L1 legal_status_start_date=2025-01-02 "
    "legal_status_end_date=2025-01-06",
    "LEG-06": "ssd_cla_episodes: cla_episode_id=1 cla_episode_start_date=2025-01-02 | "
    "ssd_legal_status: legal_status_id=1 legal_status_start_date=2024-01-02 legal_status_end_date=2024-03-01",
    "PLA-01": "ssd_cla_placement: cla_placement_id=1 cla_placement_start_date=2025-01-02 "
    "cla_placement_end_date=2025-01-01",
    "PLA-02": "ssd_cla_placement: cla_placement_id=1 | ssd_cla_placement: cla_placement_id=2 cla_placement_type=U4",
    "PLA-03": "ssd_cla_placement: cla_placement_id=1 cla_placement_distance=999.9",
    "PLA-04": "ssd_cla_placement: cla_placement_id=1 cla_placement_distance=501",
    "PLA-05": "ssd_cla_placement: cla_placement_id=1 cla_placement_type=H5 cla_placement_start_date=2025-01-02 | "
    "ssd_cla_placement: cla_placement_id=2 cla_placement_type=H5 cla_placement_start_date=2020-01-02 "
    "cla_placement_end_date=2020-02-02",
    "CLR-01": "ssd_cla_reviews: cla_review_id=1 | ssd_cla_reviews: cla_review_id=2 cla_id=1",
    "CLR-02": "ssd_cla_reviews: cla_review_id=1 cla_review_date=2026-04-01",
    "CLV-01": "ssd_cla_visits: cla_visit_id=1 cla_visit_date=2026-04-01",
    "HEA-01": "ssd_cla_health: health_check_id=1 health_check_status=DONE | "
    "ssd_cla_health: health_check_id=2 health_check_status=DONE health_check_date=2025-01-01",
    "SDQ-01": "ssd_sdq_scores: table_id=1 sdq_score=41 | ssd_sdq_scores: table_id=2 sdq_score=40",
    "MIS-01": "ssd_missing: table_id=1 missing_episode_start_date=2025-01-02 missing_episode_end_date=2025-01-01",
    "MIS-02": "ssd_missing: table_id=1 missing_rhi_offered=N missing_rhi_accepted=Y",
    "CLE-01": "ssd_person: person_id=x dob=2000-03-31 | ssd_care_leavers: table_id=1 person_id=x",
    "CLE-02": "ssd_care_leavers: table_id=1 care_leaver_accom_suitable=1 | "
    "ssd_care_leavers: table_id=2 care_leaver_accom_suitable=1 care_leaver_accommodation=U",
    "PRM-01": "ssd_permanence: table_id=1 adm_decision_date=2025-01-02 placed_for_adoption_date=2025-01-01",
    "INV-01": "ssd_involvements: involvements_id=1 involvement_start_date=2025-01-02 involvement_end_date=2025-01-01",
    "INV-02": "ssd_involvements: involvements_id=1 | ssd_involvements: involvements_id=2 professional_team=T",
    "INV-03": "ssd_involvements: involvements_id=1 professional_id=w | "
    "ssd_involvements: involvements_id=2 professional_id=w involvement_end_date=2025-01-01 | "
    "local_leavers: worker_id=w leaving_date=2026-01-01",
    "PRO-01": "ssd_professionals: professional_id=1 full_time_equivalency=37 | "
    "ssd_professionals: professional_id=2 full_time_equivalency=1",
    "KEY-01": "ssd_contacts: contact_id= contact_date=2025-01-01",
    "KEY-02": "ssd_contacts: contact_id=1 person_id=x | ssd_contacts: contact_id=1",
    "KEY-03": "ssd_contacts: contact_id=1 person_id=",
    "KEY-04": "ssd_contacts: contact_id=1 person_id=nobody | ssd_contacts: contact_id=2",
}
