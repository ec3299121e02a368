-- title: Child protection plans ended
-- grain: one row a plan of this authority, on the day it ended
-- kind: flow
-- column start_date date: when the plan started
-- column days integer: days from its start to its end
SELECT p.cppl_cp_plan_id AS record_id,
       p.cppl_person_id AS person_id,
       p.cppl_cp_plan_end_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       p.cppl_cp_plan_start_date AS start_date,
       p.cppl_cp_plan_end_date - p.cppl_cp_plan_start_date AS days
FROM ssd_cp_plans p
WHERE p.cppl_cp_plan_end_date IS NOT NULL AND COALESCE(p.cppl_cp_plan_ola, 'N') <> 'Y'
