-- title: Child in need plans open
-- grain: one row a plan open on a day
-- kind: stock
-- column start_date date: when the plan started
-- column working_days_open integer: working days from its start to the day, or from 2012 where that is later
-- column working_days_since_seen integer: working days from the last visit under the plan at which the child was seen
SELECT d.as_at,
       p.cinp_cin_plan_id AS record_id,
       p.cinp_person_id AS person_id,
       p.cinp_cin_plan_team AS team_id,
       p.cinp_cin_plan_worker_id AS worker_id,
       p.cinp_cin_plan_start_date AS start_date,
       today.working_days_to - COALESCE(started.working_days_to, 0) AS working_days_open,
       today.working_days_to - visited.working_days_to AS working_days_since_seen
FROM ssd_cin_plans p
JOIN as_at_dates d ON p.cinp_cin_plan_start_date <= d.as_at
                  AND (p.cinp_cin_plan_end_date IS NULL OR p.cinp_cin_plan_end_date > d.as_at)
LEFT JOIN (SELECT n.as_at, k.cinp_cin_plan_id, MAX(v.cinv_cin_visit_date) AS seen_date
           FROM ssd_cin_plans k
           JOIN as_at_dates n ON k.cinp_cin_plan_start_date <= n.as_at
                             AND (k.cinp_cin_plan_end_date IS NULL OR k.cinp_cin_plan_end_date > n.as_at)
           JOIN ssd_cin_visits v ON v.cinv_person_id = k.cinp_person_id
                                AND v.cinv_cin_visit_date BETWEEN k.cinp_cin_plan_start_date AND n.as_at
           WHERE v.cinv_cin_visit_seen = 'Y'
           GROUP BY n.as_at, k.cinp_cin_plan_id) s ON s.cinp_cin_plan_id = p.cinp_cin_plan_id AND s.as_at = d.as_at
LEFT JOIN calendar started ON started.day = p.cinp_cin_plan_start_date
LEFT JOIN calendar visited ON visited.day = s.seen_date
LEFT JOIN calendar today ON today.day = d.as_at
