-- One row a child with a plan open on the day: the plan that comes first, its team and worker, and who the child is.
with plans as (
  select invo_person_id as child, 'care-leaver' as plan_type, 1 as rank, min(invo_involvement_start_date) as starts
  from ssd_involvements where invo_professional_role_id = 'PERSONAL_ADVISER' and invo_involvement_start_date <= $on
    and (invo_involvement_end_date is null or invo_involvement_end_date > $on)
  group by 1
  union all
  select clae_person_id, 'child-in-care', 2, min(clae_entered_care_date)
  from ssd_cla_episodes where clae_cla_episode_start_date <= $on
    and not exists (select 1 from ssd_legal_status where lega_person_id = clae_person_id and lega_legal_status = 'V4'
      and lega_legal_status_start_date = clae_cla_episode_start_date)
    and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > $on)
  group by 1
  union all
  select cppl_person_id, 'child-protection', 3, cppl_cp_plan_start_date
  from ssd_cp_plans where cppl_cp_plan_ola = 'N' and cppl_cp_plan_start_date <= $on
    and (cppl_cp_plan_end_date is null or cppl_cp_plan_end_date > $on)
  union all
  select cinp_person_id, 'child-in-need', 4, cinp_cin_plan_start_date
  from ssd_cin_plans where cinp_cin_plan_start_date <= $on
    and (cinp_cin_plan_end_date is null or cinp_cin_plan_end_date > $on)
), first_plan as (
  select child, arg_min(plan_type, rank) as plan_type, arg_min(starts, rank) as starts from plans group by child
), allocated as (
  select invo_person_id as child, arg_max(invo_professional_team, invo_involvement_start_date) as team,
    arg_max(invo_professional_id, invo_involvement_start_date) as worker
  from ssd_involvements where invo_involvement_start_date <= $on
    and (invo_involvement_end_date is null or invo_involvement_end_date > $on)
  group by 1
)
select child, plan_type, team, worker, starts::date,
  date_diff('year', pers_dob, $on) - (strftime(pers_dob, '%m%d') > strftime($on, '%m%d'))::int as age,
  pers_sex, pers_ethnicity,
  exists (select 1 from ssd_disability where disa_person_id = child) as has_disability
from first_plan join allocated using (child) join ssd_person on pers_person_id = child
order by child
