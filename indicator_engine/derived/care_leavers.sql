-- title: Care leavers
-- grain: one row a young person, as last known
-- kind: stock
-- breakdowns: team worker age_band leaver_age sex ethnicity disability
-- column eligibility text: which duties apply
-- column in_touch text: whether the council is in touch
-- column accommodation text: where the young person lives
-- column suitable text: whether the accommodation is suitable (1 or 2)
-- column activity text: main activity
-- column band text: eligibility and age, in the published groups
-- column pathway_review_date date: when the pathway plan was last reviewed
-- column latest_contact_date date: the latest contact
-- column adviser text: the personal adviser
SELECT d.as_at,
       c.clea_table_id AS record_id,
       c.clea_person_id AS person_id,
       c.clea_care_leaver_allocated_team AS team_id,
       c.clea_care_leaver_worker_id AS worker_id,
       c.clea_care_leaver_eligibility AS eligibility,
       c.clea_care_leaver_in_touch AS in_touch,
       c.clea_care_leaver_accommodation AS accommodation,
       c.clea_care_leaver_accom_suitable AS suitable,
       c.clea_care_leaver_activity AS activity,
       CASE c.clea_care_leaver_eligibility WHEN 'RELEVANT' THEN 'relevant' WHEN 'FORMER_RELEVANT' THEN 'former relevant'
            WHEN 'ELIGIBLE' THEN 'eligible' WHEN 'QUALIFYING' THEN 'qualifying' ELSE 'unknown' END AS band,
       c.clea_pathway_plan_review_date AS pathway_review_date,
       c.clea_care_leaver_latest_contact AS latest_contact_date,
       c.clea_care_leaver_personal_advisor AS adviser
FROM ssd_care_leavers c
CROSS JOIN as_at_dates d
