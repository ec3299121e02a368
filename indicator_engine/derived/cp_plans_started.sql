-- title: Child protection plans started
-- grain: one row a plan of this authority, on the day it started
-- kind: flow
-- column category text: initial category of abuse
-- column previous_start_date date: the latest earlier day on which a plan of the child here started
-- column previous_plans_reported integer: earlier plans that a return says there were, older than the records reach
-- column previous_end_date date: the latest end, on or before the start, of a plan of the child here that started earlier
SELECT p.cppl_cp_plan_id AS record_id,
       p.cppl_person_id AS person_id,
       p.cppl_cp_plan_start_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       COALESCE(p.cppl_cp_plan_initial_category, 'unknown') AS category,
       b.previous_start_date,
       l.previous_plans_reported,
       b.previous_end_date
FROM ssd_cp_plans p
LEFT JOIN (SELECT k.cppl_cp_plan_id, MAX(o.cppl_cp_plan_start_date) AS previous_start_date,
                  MAX(CASE WHEN o.cppl_cp_plan_end_date <= k.cppl_cp_plan_start_date THEN o.cppl_cp_plan_end_date END)
                  AS previous_end_date
           FROM ssd_cp_plans k
           JOIN ssd_cp_plans o ON o.cppl_person_id = k.cppl_person_id
                              AND o.cppl_cp_plan_start_date < k.cppl_cp_plan_start_date
           WHERE COALESCE(o.cppl_cp_plan_ola, 'N') <> 'Y'
           GROUP BY k.cppl_cp_plan_id) b ON b.cppl_cp_plan_id = p.cppl_cp_plan_id
LEFT JOIN (SELECT lprp_cp_plan_id, MAX(lprp_previous_plans) AS previous_plans_reported
           FROM local_previous_plans GROUP BY lprp_cp_plan_id) l ON l.lprp_cp_plan_id = p.cppl_cp_plan_id
WHERE p.cppl_cp_plan_start_date IS NOT NULL AND COALESCE(p.cppl_cp_plan_ola, 'N') <> 'Y'
