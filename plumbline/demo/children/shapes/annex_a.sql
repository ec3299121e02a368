-- The lists of the inspection workbook, from the tables of an extract. `on_day` is the day it is made.
-- Statements without a `-- List` line before them only prepare.
create macro on_day() as getvariable('on_day');
create macro recent(d) as d > on_day() - interval 6 month and d <= on_day();
create macro open_lately(starts, ends) as starts <= on_day() and (ends is null or ends > on_day() - interval 6 month);
create macro is_open(starts, ends) as starts <= on_day() and (ends is null or ends > on_day());
create macro yes_no(flag) as case flag when 'Y' then 'a) Yes' when 'N' then 'b) No' else '' end;
create macro plain(flag) as case flag when 'Y' then 'Yes' when 'N' then 'No' else '' end;
create macro lettered(code, codes) as chr(97 + list_position(codes, code)::int - 1) || ') ' || code;
create macro source(code) as case when code is null or code = '' then '' else lettered(code, ['1A', '1B', '1C', '1D',
  '2A', '2B', '3A', '3B', '3C', '3D', '3E', '3F', '4', '5A', '5B', '5C', '6', '7', '8', '9', '10']) end;
create macro age_on(born, d) as
  date_diff('year', born, d) - (strftime(born, '%m%d') > strftime(d, '%m%d'))::int;
create macro abuse(code) as case code when 'NEG' then 'a) Neglect' when 'PHY' then 'b) Physical abuse'
  when 'SAB' then 'c) Sexual abuse' when 'EMO' then 'd) Emotional abuse' when 'MUL' then 'e) Multiple' else '' end;
create macro need(code) as case code when 'N1' then 'N1 - Abuse or neglect' when 'N2' then 'N2 - Disability'
  when 'N3' then 'N3 - Parental illness or disability' when 'N4' then 'N4 - Family in acute stress'
  when 'N5' then 'N5 - Family dysfunction' when 'N6' then 'N6 - Socially unacceptable behaviour'
  when 'N7' then 'N7 - Low income' when 'N8' then 'N8 - Absent parenting' when 'N9' then 'N9 - Cases other than children in need'
  when 'N0' then 'N0 - Not stated' else '' end;

create table child as
select pers_person_id as id, pers_dob as born,
  case pers_sex when 'M' then 'a) Male' when 'F' then 'b) Female' else 'c) Not stated/recorded' end as gender,
  case when coalesce(pers_ethnicity, '') = '' then 's) NOBT' else lettered(pers_ethnicity, ['WBRI', 'WIRI', 'WIRT', 'WOTH', 'WROM',
    'MWBC', 'MWBA', 'MWAS', 'MOTH', 'AIND', 'APKN', 'ABAN', 'AOTH', 'BCRB', 'BAFR', 'BOTH', 'CHNE', 'OOTH', 'NOBT',
    'REFU']) end as ethnicity,
  age_on(pers_dob, on_day()) as age,
  case when exists (select 1 from ssd_disability where disa_person_id = pers_person_id) then 'a) Yes' else 'b) No' end
    as disability,
  exists (select 1 from ssd_immigration_status where immi_person_id = pers_person_id) as unaccompanied
from ssd_person;

-- The latest involvement open on the day says who has the case now.
create table allocated as
select invo_person_id as id, arg_max(dept_team_name, invo_involvement_start_date) as team,
  arg_max(prof_professional_name, invo_involvement_start_date) as worker
from ssd_involvements join ssd_professionals on prof_professional_id = invo_professional_id
join ssd_department on dept_team_id = invo_professional_team
where is_open(invo_involvement_start_date, invo_involvement_end_date)
group by 1;
create table staff as
select prof_professional_id as worker_id, prof_professional_name as worker from ssd_professionals;
create table team as select dept_team_id as team_id, dept_team_name as team from ssd_department;
create table seen as
select person, max(d) filter (kind = 'cp' and d <= on_day()) as cp, max(d) filter (d <= on_day()) as d,
  arg_max(alone, d) filter (kind = 'cp' and d <= on_day()) as cp_alone,
  max(d) filter (kind = 'cla' and d <= on_day()) as cla
from (
  select cinv_person_id as person, cinv_cin_visit_date as d, 'cin' as kind, cinv_cin_visit_seen_alone as alone
  from ssd_cin_visits where cinv_cin_visit_seen = 'Y'
  union all
  select cppv_person_id, cppv_cp_visit_date, 'cp', cppv_cp_visit_seen_alone from ssd_cp_visits where cppv_cp_visit_seen = 'Y'
  union all
  select clav_person_id, clav_cla_visit_date, 'cla', clav_cla_visit_seen_alone from ssd_cla_visits
  where clav_cla_visit_seen = 'Y'
) group by 1;
create table in_care as
select clae_person_id as id, clae_cla_id as period, min(clae_entered_care_date) as began,
  max(clae_cla_episode_ceased_date) filter (clae_cla_episode_ceased_reason <> 'X1') as ended,
  arg_max(clae_cla_episode_ceased_reason, clae_cla_episode_start_date) as why,
  arg_max(clae_cla_primary_need_code, clae_cla_episode_start_date) as need_code,
  max(clae_cla_last_iro_contact_date) as iro
from ssd_cla_episodes group by 1, 2;

-- List 1
select id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  cont_contact_date as "Date of Contact", source(cont_contact_source_code) as "Contact Source"
from ssd_contacts join child on id = cont_person_id where recent(cont_contact_date)
order by cont_contact_date, cont_contact_id;

-- List 2
select id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  earl_episode_start_date as "Assessment start date", earl_episode_end_date as "Assessment completion date",
  earl_episode_organisation as "Organisation completing assessment"
from ssd_early_help_episodes join child on id = earl_person_id
where open_lately(earl_episode_start_date, earl_episode_end_date) order by earl_episode_start_date, earl_episode_id;

-- List 3
select id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  r.cine_referral_date as "Date of Referral", source(r.cine_referral_source_code) as "Referral Source",
  plain(r.cine_referral_nfa) as "Referral NFA?",
  (select count(*) from ssd_cin_episodes b where b.cine_person_id = r.cine_person_id
    and b.cine_referral_date < r.cine_referral_date and b.cine_referral_date >= r.cine_referral_date - interval 12 month)
    as "Number of Referrals in Last 12 Months",
  team as "Allocated Team", worker as "Allocated Worker"
from ssd_cin_episodes r join child on id = r.cine_person_id
left join team on team_id = r.cine_referral_team left join staff on worker_id = r.cine_referral_worker_id
where recent(r.cine_referral_date) order by r.cine_referral_date, r.cine_referral_id;

-- List 4
select id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  disability as "Does the Child have a Disability", cina_assessment_start_date as "Continuous Assessment Start Date",
  plain(cina_assessment_child_seen) as "Child Seen During Continuous Assessment",
  cina_assessment_auth_date as "Continuous Assessment Date of Authorisation",
  case cina_assessment_outcome_nfa when 'Y' then 'b) No' when 'N' then 'a) Yes' else '' end
    as "Was the child assessed as requiring LA children’s social care support?",
  team as "Allocated Team", worker as "Allocated Worker"
from ssd_cin_assessments join child on id = cina_person_id
left join team on team_id = cina_assessment_team left join staff on worker_id = cina_assessment_worker_id
where open_lately(cina_assessment_start_date, cina_assessment_auth_date)
order by cina_assessment_start_date, cina_assessment_id;

-- List 5
select id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  disability as "Does the Child have a Disability",
  s.s47e_s47_start_date as "Strategy discussion initiating Section 47 Enquiry Start Date",
  case when s.s47e_s47_end_date is null then '' when icpc_icpc_id is null then 'Yes' else 'No' end
    as "Was an Initial Child Protection Conference deemed unnecessary?",
  icpc_icpc_date as "Date of Initial Child Protection Conference",
  coalesce(plain(icpc_icpc_outcome_cp_flag), '')
    as "Did the Initial Child Protection Conference Result in a Child Protection Plan",
  (select count(*) from ssd_s47_enquiry b where b.s47e_person_id = s.s47e_person_id
    and b.s47e_s47_start_date < s.s47e_s47_start_date
    and b.s47e_s47_start_date >= s.s47e_s47_start_date - interval 12 month)
    as "Number of Section 47 Enquiries in the last 12 months",
  (select count(*) from ssd_initial_cp_conference b where b.icpc_person_id = s.s47e_person_id
    and b.icpc_icpc_date < s.s47e_s47_start_date
    and b.icpc_icpc_date >= s.s47e_s47_start_date - interval 12 month) as "Number of ICPCs in the last 12 months",
  team as "Allocated Team", worker as "Allocated Worker"
from ssd_s47_enquiry s join child on id = s.s47e_person_id
left join ssd_initial_cp_conference on icpc_s47_enquiry_id = s.s47e_s47_enquiry_id
left join team on team_id = s47e_s47_completed_by_team left join staff on worker_id = s47e_s47_completed_by_worker_id
where open_lately(s.s47e_s47_start_date, coalesce(icpc_icpc_date, s.s47e_s47_end_date))
order by s.s47e_s47_start_date, s.s47e_s47_enquiry_id;

-- List 6
select id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  disability as "Does the Child have a Disability", cine_referral_date as "CIN Start Date",
  need(cine_cin_primary_need_code) as "Primary Need Code",
  (select d from seen where person = id and d >= cine_referral_date) as "Date Child Was Last Seen",
  cine_close_date as "CIN Closure Date", cine_close_reason as "Reason for Closure",
  case when cine_close_date is not null then 'e) Closed episode'
    when exists (select 1 from in_care c where c.id = child.id and is_open(c.began, c.ended)) and age < 18
      then 'a) Looked after child'
    when exists (select 1 from ssd_cp_plans where cppl_person_id = child.id
      and is_open(cppl_cp_plan_start_date, cppl_cp_plan_end_date)) then 'b) Child protection plan'
    when exists (select 1 from ssd_cin_plans where cinp_person_id = child.id
      and is_open(cinp_cin_plan_start_date, cinp_cin_plan_end_date))
      or exists (select 1 from ssd_care_leavers where clea_person_id = child.id) then 'c) Child in need plan'
    when exists (select 1 from ssd_cin_assessments where cina_person_id = child.id
      and is_open(cina_assessment_start_date, cina_assessment_auth_date)) then 'd) Open assessment'
    else 'c) Child in need plan' end as "Case Status",
  a.team as "Allocated Team", a.worker as "Allocated Worker"
from ssd_cin_episodes join child on id = cine_person_id left join allocated a using (id)
where open_lately(cine_referral_date, cine_close_date) and cine_referral_nfa = 'N'
qualify row_number() over (partition by id order by cine_referral_date desc, cine_referral_id desc) = 1
order by cine_referral_date, id;

-- List 7
select id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  disability as "Does the Child have a Disability", p.cppl_cp_plan_start_date as "Child Protection Plan Start Date",
  abuse(p.cppl_cp_plan_initial_category) as "Initial Category of Abuse",
  abuse(p.cppl_cp_plan_latest_category) as "Latest Category of Abuse",
  (select cp from seen where person = id and cp >= p.cppl_cp_plan_start_date) as "Date of the Last Statutory Visit",
  (select yes_no(cp_alone) from seen where person = id and cp >= p.cppl_cp_plan_start_date)
    as "Was the Child Seen Alone?",
  (select max(cppr_cp_review_date) from ssd_cp_reviews where cppr_cp_plan_id = p.cppl_cp_plan_id)
    as "Date of latest review conference",
  p.cppl_cp_plan_end_date as "Child Protection Plan End Date",
  case when exists (select 1 from ssd_legal_status where lega_person_id = id and lega_legal_status in ('L1', 'L2')
    and open_lately(lega_legal_status_start_date, lega_legal_status_end_date)) then 'a) Yes' else 'b) No' end
    as "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
  (select count(*) from ssd_cp_plans b where b.cppl_person_id = id
    and b.cppl_cp_plan_start_date < p.cppl_cp_plan_start_date) as "Number of Previous Child Protection Plans",
  a.team as "Allocated Team", a.worker as "Allocated Worker"
from ssd_cp_plans p join child on id = p.cppl_person_id left join allocated a using (id)
where open_lately(p.cppl_cp_plan_start_date, p.cppl_cp_plan_end_date) and p.cppl_cp_plan_ola = 'N'
order by p.cppl_cp_plan_start_date, p.cppl_cp_plan_id;

-- List 8
select child.id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  case when unaccompanied then 'a) Yes' else 'b) No' end
    as "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
  disability as "Does the Child have a Disability", c.began as "Date Started to be Looked After",
  need(c.need_code) as "Child’s Category of Need",
  case when exists (select 1 from in_care b where b.id = c.id and b.period <> c.period
    and b.ended <= c.began and b.ended > c.began - interval 12 month) then 'a) Yes' else 'b) No' end
    as "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
  l.starts as "Start date of current legal status", l.status as "Child’s Legal Status",
  (select max(clar_cla_review_date) from ssd_cla_reviews where clar_cla_id = c.period) as "Date of Latest Statutory Review",
  (select cla from seen where person = c.id and cla >= c.began) as "Date of Last Social Work Visit",
  coalesce((select case when lacp_cla_care_plan_json like '%"ADOPTION": "Y"%' then 'c) Adoption'
      when lacp_cla_care_plan_json like '%"LTFOST18": "Y"%' then 'e) Long term foster placement'
      when lacp_cla_care_plan_json like '%"LTRELFR": "Y"%' then 'd) Living with relatives or friends'
      else 'a) Return to family' end from ssd_cla_care_plan where lacp_person_id = c.id
    order by lacp_cla_care_plan_start_date desc limit 1), '') as "What is the permanence plan for this child?",
  c.iro as "Date of Last IRO Visit / Contact to the Child",
  (select max(clah_health_check_date) from ssd_cla_health where clah_person_id = c.id and clah_health_check_status = 'DONE'
    and clah_health_check_type like 'HEALTH%') as "Date of Last Health Assessment",
  (select max(clah_health_check_date) from ssd_cla_health where clah_person_id = c.id and clah_health_check_status = 'DONE'
    and clah_health_check_type = 'DENTAL') as "Date of Last Dental Check",
  (select count(*) from ssd_cla_placement where clap_person_id = c.id and clap_cla_placement_start_date <= on_day()
    and (clap_cla_placement_end_date is null or clap_cla_placement_end_date > on_day() - interval 12 month))
    as "Number of Placements in the Last 12 months",
  c.ended as "Date Ceased to be Looked After", case when c.ended is null then '' else c.why end as "Reason Ceased to be Looked After",
  p.clap_cla_placement_start_date as "Start Date of Most Recent Placement",
  p.clap_cla_placement_type as "Placement Type", p.clap_cla_placement_provider as "Placement Provider",
  p.clap_cla_placement_postcode as "Placement postcode", p.clap_cla_placement_urn as "URN of Placement",
  case when p.clap_cla_placement_postcode like 'FE%' then 'a) Inside LA boundary' else 'b) Outside LA boundary' end
    as "Placement Location",
  case when p.clap_cla_placement_postcode like 'FE%' then 'Fernshire' else 'Estuary' end as "LA of Placement",
  (select count(*) from ssd_missing where miss_person_id = c.id and miss_missing_episode_type = 'M'
    and miss_missing_episode_start_date > on_day() - interval 12 month)
    as "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
  (select count(*) from ssd_missing where miss_person_id = c.id and miss_missing_episode_type = 'A'
    and miss_missing_episode_start_date > on_day() - interval 12 month)
    as "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
  m.offered as "Was the child offered a Return Interview after their last missing episode (Y/N)?",
  m.accepted as "Did the child accept a Return Interview after their last missing episode (Y/N)?",
  a.team as "Allocated Team", a.worker as "Allocated Worker"
from in_care c join child on child.id = c.id
left join allocated a on a.id = c.id
left join (select lega_person_id as id, max(lega_legal_status_start_date) as starts,
    arg_max(lega_legal_status, lega_legal_status_start_date) as status from ssd_legal_status group by 1) l on l.id = c.id
left join (select * from ssd_cla_placement
    qualify row_number() over (partition by clap_cla_id order by clap_cla_placement_start_date desc) = 1) p
  on p.clap_cla_id = c.period
left join (select miss_person_id as id, arg_max(yes_no(miss_missing_rhi_offered), miss_missing_episode_start_date) as offered,
    arg_max(yes_no(miss_missing_rhi_accepted), miss_missing_episode_start_date) as accepted
    from ssd_missing where miss_missing_episode_end_date is not null group by 1) m on m.id = c.id
where open_lately(c.began, c.ended) order by c.began, child.id;

-- List 9
select id as "Child Unique ID", gender as "Gender", ethnicity as "Ethnicity", born as "Date of Birth", age as "Age",
  case when unaccompanied then 'a) Yes' else 'b) No' end
    as "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
  disability as "Does the Child have a Disability", team.team as "Allocated Team", w.worker as "Allocated Worker",
  p.worker as "Allocated Personal Advisor",
  case clea_care_leaver_eligibility when 'RELEVANT' then 'a) Relevant child'
    when 'FORMER_RELEVANT' then 'b) Former relevant child' when 'QUALIFYING' then 'c) Qualifying care leaver'
    when 'ELIGIBLE' then 'd) Eligible child' else '' end as "Eligibility Category",
  clea_pathway_plan_review_date as "Latest Pathway Plan Review Date",
  case clea_care_leaver_in_touch when 'YES' then 'a) Yes' when 'NO' then 'b) No' when 'DIED' then 'c) Died'
    when 'REFU' then 'd) Refu' when 'NREQ' then 'e) NREQ' when 'RHOM' then 'f) Rhom' else '' end as "LA in Touch",
  clea_care_leaver_latest_contact as "Latest Date of Contact", clea_care_leaver_accommodation as "Type of Accommodation",
  case clea_care_leaver_accom_suitable when '1' then 'a) Suitable' when '2' then 'b) Unsuitable' else '' end
    as "Suitability of Accommodation",
  clea_care_leaver_activity as "Activity Status"
from ssd_care_leavers join child on id = clea_person_id
left join team on team_id = clea_care_leaver_allocated_team
left join staff w on w.worker_id = clea_care_leaver_worker_id
left join staff p on p.worker_id = clea_care_leaver_personal_advisor
where exists (select 1 from ssd_cin_episodes where cine_person_id = id and is_open(cine_referral_date, cine_close_date))
order by id;

-- List 10
select id as "Child Unique ID", fami_family_id as "Family identifier", gender as "Gender", ethnicity as "Ethnicity",
  born as "Date of Birth", age as "Age of Child (Years)", disability as "Does the Child have a Disability",
  (select min(clae_entered_care_date) from ssd_cla_episodes where clae_cla_id = perm_cla_id)
    as "Date the Child Entered Care",
  perm_adm_decision_date as "Date of Decision that Child Should be Placed for Adoption",
  perm_placement_order_date as "Date of Placement Order",
  perm_matched_date as "Date of Matching Child and Prospective Adopters",
  perm_placed_for_adoption_date as "Date Placed for Adoption", perm_permanence_order_date as "Date of Adoption Order",
  perm_decision_reversed_date as "Date of Decision that Child Should No Longer be Placed for Adoption",
  coalesce(perm_decision_reversed_reason, '') as "Reason Why Child No Longer Placed for Adoption",
  perm_placed_ffa_cp_date as "Date the child was placed for fostering in FFA or concurrent planning placement"
from ssd_permanence join child on id = perm_person_id left join ssd_family on fami_person_id = id
where perm_permanence_order_date is null or perm_permanence_order_date > on_day() - interval 12 month order by id;

-- List 11
select null as "Individual adopter identifier", null as "Family identifier", null as "Gender", null as "Ethnicity",
  null as "Disability", null as "Is the (prospective) adopter fostering for adoption?", null as "Date enquiry received",
  null as "Date Stage 1 started", null as "Date Stage 1 ended", null as "Date Stage 2 started",
  null as "Date Stage 2 ended", null as "Date application submitted", null as "Date application approved",
  null as "Date adopter matched with child(ren)", null as "Date child/children placed with adopter(s)",
  null as "No. of children placed", null as "Date of Adoption Order", null as "Date of leaving adoption process",
  null as "Reason for leaving adoption process"
where false;
