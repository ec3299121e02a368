-- What the calibration measures need, over the tables of an extract. `first` and `last` are the ends of the year.
create macro in_year(d) as d between getvariable('first') and getvariable('last');
create macro is_open(starts, ends) as
  starts <= getvariable('last') and (ends is null or ends > getvariable('last'));

-- A series of short breaks is not being looked after: its legal status is V4 from its first day.
create view short_breaks as
select clae_cla_id as period from ssd_cla_episodes join ssd_legal_status on lega_person_id = clae_person_id
  and lega_legal_status = 'V4' and lega_legal_status_start_date = clae_cla_episode_start_date;

create view in_care as
select e.clae_person_id as person, e.clae_cla_id as period, min(e.clae_entered_care_date) as began,
  any_value(p.pers_dob) as born
from ssd_cla_episodes e join ssd_person p on p.pers_person_id = e.clae_person_id
where is_open(e.clae_cla_episode_start_date, e.clae_cla_episode_ceased_date)
  and e.clae_cla_id not in (select period from short_breaks)
  and p.pers_dob > getvariable('last') - interval 18 year
group by 1, 2;

create view in_care_all_year as
select * from in_care where began <= getvariable('last') - interval 12 month;

create view placements_in_year as
select c.person, count(*) as placements
from in_care c join ssd_cla_placement l on l.clap_person_id = c.person
where l.clap_cla_placement_start_date <= getvariable('last')
  and (l.clap_cla_placement_end_date is null or l.clap_cla_placement_end_date > getvariable('first'))
group by 1;

-- Under 16, looked after for two and a half years; T and U are moves with the same carer.
create view same_carer_since as
select c.person, max(e.clae_cla_episode_start_date)
  filter (e.clae_cla_episode_start_reason in ('S', 'P', 'B')) as since
from in_care c join ssd_cla_episodes e on e.clae_cla_id = c.period
where c.began <= getvariable('last') - interval 30 month and c.born > getvariable('last') - interval 16 year
  and e.clae_cla_episode_start_date <= getvariable('last')
group by 1;

create view workers_in_year as
select c.person, count(distinct i.invo_professional_id) as workers
from in_care c join ssd_involvements i on i.invo_person_id = c.person
where i.invo_involvement_start_date <= getvariable('last')
  and (i.invo_involvement_end_date is null or i.invo_involvement_end_date > getvariable('first'))
group by 1;

create view leavers as
select c.* from ssd_care_leavers c join ssd_person on pers_person_id = clea_person_id
where pers_dob <= getvariable('last') - interval 19 year and pers_dob > getvariable('last') - interval 22 year;

create view plans_to_review as
select c.cppl_cp_plan_id, any_value(c.cppl_cp_plan_start_date) as began,
  list(r.cppr_cp_review_date order by r.cppr_cp_review_date) filter (r.cppr_cp_review_date is not null) as held
from ssd_cp_plans c left join ssd_cp_reviews r
  on r.cppr_cp_plan_id = c.cppl_cp_plan_id and r.cppr_cp_review_date <= getvariable('last')
where is_open(c.cppl_cp_plan_start_date, c.cppl_cp_plan_end_date)
  and c.cppl_cp_plan_start_date <= getvariable('last') - interval 3 month
group by 1;

create view plans as select * from ssd_cp_plans where cppl_cp_plan_ola = 'N';
create view assessments as
select *, worked(cina_assessment_start_date, cina_assessment_auth_date) as days
from ssd_cin_assessments where in_year(cina_assessment_auth_date);

create macro checked(child, kind) as exists (
  select 1 from ssd_cla_health h where h.clah_person_id = child and h.clah_health_check_status = 'DONE'
  and h.clah_health_check_type[1:6] = kind[1:6] and in_year(h.clah_health_check_date));
