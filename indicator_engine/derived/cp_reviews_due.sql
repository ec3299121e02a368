-- title: Child protection reviews due
-- grain: one row a review conference of a plan, on the day it was due
-- kind: flow
-- column held_date date: when it was held
-- column plan_end_date date: when the plan ended
SELECT r.cppr_cp_review_id AS record_id,
       r.cppr_person_id AS person_id,
       r.cppr_cp_review_due AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       r.cppr_cp_review_date AS held_date,
       p.plan_end_date
FROM ssd_cp_reviews r
LEFT JOIN (SELECT cppl_cp_plan_id, MIN(cppl_cp_plan_end_date) AS plan_end_date, MAX(cppl_cp_plan_ola) AS ola
           FROM ssd_cp_plans GROUP BY cppl_cp_plan_id) p ON p.cppl_cp_plan_id = r.cppr_cp_plan_id
WHERE r.cppr_cp_review_due IS NOT NULL AND COALESCE(p.ola, 'N') <> 'Y'
