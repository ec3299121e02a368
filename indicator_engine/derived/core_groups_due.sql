-- title: Core groups due
-- grain: one row a core group of a child protection plan, on the day it was due
-- kind: flow
-- column held_date date: when it was held
-- column plan_end_date date: when the plan ended
SELECT g.lcgr_core_group_id AS record_id,
       g.lcgr_person_id AS person_id,
       g.lcgr_due_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       g.lcgr_held_date AS held_date,
       p.plan_end_date
FROM local_core_groups g
LEFT JOIN (SELECT cppl_cp_plan_id, MIN(cppl_cp_plan_end_date) AS plan_end_date
           FROM ssd_cp_plans GROUP BY cppl_cp_plan_id) p ON p.cppl_cp_plan_id = g.lcgr_cp_plan_id
WHERE g.lcgr_due_date IS NOT NULL
