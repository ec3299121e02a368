-- The tables of the looked-after return for the year that ends on `on_day`, from the tables of an extract.
create macro on_day() as getvariable('on_day');
create macro year_began() as (on_day() - interval 12 month + interval 1 day)::date;
create macro uk(d) as coalesce(strftime(d, '%d/%m/%Y'), '');
create macro flag(yes) as case when yes then '1' else '0' end;
create table child as
select pers_person_id as id, pers_dob as born, uk(pers_dob) as dob, pers_sex as sex, pers_ethnicity as ethnic,
  coalesce(pers_upn, '') as upn
from ssd_person;
create table spell as
select * from ssd_cla_episodes where clae_cla_episode_start_date <= on_day()
  and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date >= year_began());
-- A year's outcomes are asked of children looked after all year.
create table all_year as
select distinct s.clae_person_id as id from spell s join child on id = s.clae_person_id
where s.clae_entered_care_date <= year_began()
  and (s.clae_cla_episode_ceased_date is null or s.clae_cla_episode_ceased_date > on_day());

-- header.csv
select id as "CHILD", sex as "SEX", dob as "DOB", ethnic as "ETHNIC", upn as "UPN", '0' as "MOTHER", '' as "MC_DOB"
from child where id in (select clae_person_id from spell)
  or (born > on_day() - interval 22 year and id in (select clea_person_id from ssd_care_leavers))
order by id;

-- episodes.csv
select clae_person_id as "CHILD", uk(clae_cla_episode_start_date) as "DECOM", clae_cla_episode_start_reason as "RNE",
  lega_legal_status as "LS", clae_cla_primary_need_code as "CIN", clap_cla_placement_type as "PLACE",
  clap_cla_placement_provider as "PLACE_PROVIDER", uk(clae_cla_episode_ceased_date) as "DEC",
  coalesce(clae_cla_episode_ceased_reason, '') as "REC",
  case when clae_cla_episode_ceased_date = clap_cla_placement_end_date
    then coalesce(clap_cla_placement_change_reason, '') else '' end as "REASON_PLACE_CHANGE",
  coalesce(addr_address_postcode, '') as "HOME_POST", coalesce(clap_cla_placement_postcode, '') as "PL_POST",
  coalesce(clap_cla_placement_urn, '') as "URN"
from spell join ssd_cla_placement on clap_cla_placement_id = clae_cla_placement_id
left join ssd_address on addr_person_id = clae_person_id
asof left join ssd_legal_status on lega_person_id = clae_person_id
  and lega_legal_status_start_date <= clae_cla_episode_start_date
order by clae_person_id, clae_cla_episode_start_date;

-- reviews.csv
select id as "CHILD", dob as "DOB", uk(clar_cla_review_date) as "REVIEW", clar_cla_review_participation as "REVIEW_CODE"
from ssd_cla_reviews join child on id = clar_cla_person_id
where clar_cla_review_date between year_began() and on_day() order by id, clar_cla_review_date;

-- uasc.csv
select distinct id as "CHILD", sex as "SEX", dob as "DOB", uk((born + interval 18 year)::date) as "DUC"
from ssd_immigration_status join child on id = immi_person_id join spell on clae_person_id = id order by 1;

-- oc2.csv
select id as "CHILD", dob as "DOB", coalesce(q.score, '') as "SDQ_SCORE",
  case when q.score is null and born <= on_day() - interval 4 year and born > on_day() - interval 17 year
    then 'SDQ2' else '' end as "SDQ_REASON",
  flag(exists (select 1 from ssd_cla_convictions where clac_person_id = id
    and clac_cla_conviction_date between year_began() and on_day())) as "CONVICTED",
  case when born > on_day() - interval 5 year then flag(exists (select 1 from ssd_cla_health where clah_person_id = id
    and clah_health_check_type = 'DEVELOPMENT' and clah_health_check_status = 'DONE'
    and clah_health_check_date between year_began() and on_day())) else '' end as "HEALTH_CHECK",
  flag(exists (select 1 from ssd_cla_immunisations where clai_person_id = id and clai_immunisations_status = 'Y'))
    as "IMMUNISATIONS",
  flag(exists (select 1 from ssd_cla_health where clah_person_id = id and clah_health_check_type = 'DENTAL'
    and clah_health_check_status = 'DONE' and clah_health_check_date between year_began() and on_day())) as "TEETH_CHECK",
  flag(exists (select 1 from ssd_cla_health where clah_person_id = id and clah_health_check_type like 'HEALTH%'
    and clah_health_check_status = 'DONE' and clah_health_check_date between year_began() and on_day()))
    as "HEALTH_ASSESSMENT",
  flag(m.id is not null) as "SUBSTANCE_MISUSE",
  case when m.id is null then '' else flag(m.received = 'Y') end as "INTERVENTION_RECEIVED",
  case when m.id is null or m.received = 'Y' then '' else '1' end as "INTERVENTION_OFFERED"
from all_year join child using (id)
left join (select csdq_person_id as id, arg_max(csdq_sdq_score, csdq_sdq_completed_date) as score from ssd_sdq_scores
  where csdq_sdq_completed_date between year_began() and on_day() group by 1) q using (id)
left join (select clas_person_id as id, max(clas_intervention_received) as received from ssd_cla_substance_misuse
  where clas_substance_misuse_date between year_began() and on_day() group by 1) m using (id)
order by id;

-- oc3.csv
select id as "CHILD", dob as "DOB", clea_care_leaver_in_touch as "IN_TOUCH",
  case when clea_care_leaver_in_touch in ('DIED', 'RHOM') then '' else clea_care_leaver_activity end as "ACTIV",
  case when clea_care_leaver_in_touch in ('DIED', 'RHOM') then ''
    else clea_care_leaver_accommodation || clea_care_leaver_accom_suitable end as "ACCOM"
from ssd_care_leavers join child on id = clea_person_id
where born > on_day() - interval 22 year and born <= on_day() - interval 17 year order by id;

-- ad1.csv
select id as "CHILD", dob as "DOB", uk(perm_placement_order_date) as "DATE_INT", uk(perm_matched_date) as "DATE_MATCH",
  flag(perm_adopted_by_carer_flag = 'Y') as "FOSTER_CARE", perm_number_of_adopters as "NB_ADOPTR",
  perm_adopter_sex as "SEX_ADOPTR", perm_adopter_legal_status as "LS_ADOPTR"
from ssd_permanence join child on id = perm_person_id
where perm_permanence_order_date between year_began() and on_day() order by id;

-- placed_for_adoption.csv
select id as "CHILD", dob as "DOB", uk(perm_placed_for_adoption_date) as "DATE_PLACED",
  uk(perm_decision_reversed_date) as "DATE_PLACED_CEASED", coalesce(perm_decision_reversed_reason, '') as "REASON_PLACED_CEASED"
from ssd_permanence join child on id = perm_person_id join (select distinct clae_person_id from spell) on clae_person_id = id
where perm_placed_for_adoption_date <= on_day() order by id;

-- previous_permanence.csv
select distinct id as "CHILD", dob as "DOB", 'Z1' as "PREV_PERM", '' as "LA_PERM", '' as "DATE_PERM"
from spell join child on id = clae_person_id
where clae_cla_episode_start_reason = 'S' and clae_cla_episode_start_date >= year_began() order by 1;

-- missing.csv
select id as "CHILD", dob as "DOB", miss_missing_episode_type as "MISSING",
  uk(miss_missing_episode_start_date) as "MIS_START", uk(miss_missing_episode_end_date) as "MIS_END"
from ssd_missing join child on id = miss_person_id
where miss_missing_episode_start_date <= on_day()
  and (miss_missing_episode_end_date is null or miss_missing_episode_end_date >= year_began())
order by id, miss_missing_episode_start_date;

-- sw_episodes.csv
select distinct id as "CHILD", dob as "DOB", invo_professional_id as "SW_ID", uk(invo_involvement_start_date) as "SW_DECOM",
  uk(invo_involvement_end_date) as "SW_DEC", coalesce(invo_worker_change_reason, '') as "SW_REASON"
from ssd_involvements join child on id = invo_person_id join spell on clae_person_id = id
where invo_professional_role_id = 'SOCIAL_WORKER' and invo_involvement_start_date <= on_day()
  and (invo_involvement_end_date is null or invo_involvement_end_date >= year_began())
  and (clae_cla_episode_ceased_date is null or invo_involvement_start_date < clae_cla_episode_ceased_date)
order by 1, 3, 4;
