-- One row a child and referral that was open in the year that ends on `on_day`, with everything under it as lists.
create macro on_day() as getvariable('on_day');
create macro year_began() as (on_day() - interval 12 month + interval 1 day)::date;
create table assessed as
select cina_referral_id as referral, list({'began': cina_assessment_start_date, 'done': cina_assessment_auth_date,
  'factors': coalesce(from_json(cinf_assessment_factors_json, '["VARCHAR"]'), [])}
  order by cina_assessment_start_date, cina_assessment_id) as rows
from ssd_cin_assessments left join ssd_assessment_factors on cinf_assessment_id = cina_assessment_id group by 1;
create table planned as
select cinp_referral_id as referral, list({'began': cinp_cin_plan_start_date, 'ended': cinp_cin_plan_end_date}
  order by cinp_cin_plan_start_date) as rows
from ssd_cin_plans group by 1;
create table enquired as
select s47e_referral_id as referral, list({'began': s47e_s47_start_date, 'target': icpc_icpc_target_date,
  'held': icpc_icpc_date, 'unneeded': s47e_s47_end_date is not null and icpc_icpc_id is null}
  order by s47e_s47_start_date, s47e_s47_enquiry_id) as rows
from ssd_s47_enquiry left join ssd_initial_cp_conference on icpc_s47_enquiry_id = s47e_s47_enquiry_id group by 1;
create table reviewed as
select cppr_cp_plan_id as plan, list(cppr_cp_review_date order by cppr_cp_review_date) as days
from ssd_cp_reviews where cppr_cp_review_date is not null group by 1;
create table protected as
select p.cppl_referral_id as referral, list({'began': p.cppl_cp_plan_start_date, 'ended': p.cppl_cp_plan_end_date,
  'initial': p.cppl_cp_plan_initial_category, 'latest': p.cppl_cp_plan_latest_category,
  'previous': (select count(*) from ssd_cp_plans b where b.cppl_person_id = p.cppl_person_id
    and b.cppl_cp_plan_start_date < p.cppl_cp_plan_start_date and b.cppl_cp_plan_ola = 'N'),
  'reviews': coalesce(days, [])} order by p.cppl_cp_plan_start_date) as rows
from ssd_cp_plans p left join reviewed on plan = p.cppl_cp_plan_id where p.cppl_cp_plan_ola = 'N' group by 1;
create table transferred as
select icpc_referral_id as referral, max(icpc_icpc_date) as held
from ssd_initial_cp_conference where icpc_icpc_transfer_in = 'Y' group by 1;
create table disabled as
select disa_person_id as child, list(disa_disability_code order by disa_disability_code) as codes
from ssd_disability group by 1;

-- children
select pers_person_id, pers_upn, pers_dob, pers_expected_dob, pers_sex, pers_ethnicity, coalesce(codes, []) as codes,
  cine_referral_date, cine_referral_source_code, cine_cin_primary_need_code, cine_close_date, cine_close_reason,
  cine_referral_nfa, transferred.held, coalesce(assessed.rows, []), coalesce(planned.rows, []),
  coalesce(enquired.rows, []), coalesce(protected.rows, [])
from ssd_cin_episodes e join ssd_person on pers_person_id = cine_person_id
left join disabled on disabled.child = cine_person_id
left join assessed on assessed.referral = cine_referral_id
left join planned on planned.referral = cine_referral_id
left join enquired on enquired.referral = cine_referral_id
left join protected on protected.referral = cine_referral_id
left join transferred on transferred.referral = cine_referral_id
where cine_referral_date <= on_day() and (cine_close_date is null or cine_close_date >= year_began())
order by pers_person_id, cine_referral_date, cine_referral_id
