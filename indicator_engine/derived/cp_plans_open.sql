-- title: Child protection plans open
-- grain: one row a plan of this authority open on a day
-- kind: stock
-- column start_date date: when the plan started
-- column category text: latest category of abuse
SELECT d.as_at,
       p.cppl_cp_plan_id AS record_id,
       p.cppl_person_id AS person_id,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       p.cppl_cp_plan_start_date AS start_date,
       COALESCE(p.cppl_cp_plan_latest_category, p.cppl_cp_plan_initial_category) AS category
FROM ssd_cp_plans p
JOIN as_at_dates d ON p.cppl_cp_plan_start_date <= d.as_at
                  AND (p.cppl_cp_plan_end_date IS NULL OR p.cppl_cp_plan_end_date > d.as_at)
WHERE COALESCE(p.cppl_cp_plan_ola, 'N') <> 'Y'
