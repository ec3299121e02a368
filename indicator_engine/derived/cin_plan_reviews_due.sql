-- title: Reviews of child in need plans due
-- grain: one row a review of a plan, on the day it was due
-- kind: flow
-- column held_date date: when it was held
-- column plan_end_date date: when the plan ended
SELECT g.lcpr_review_id AS record_id,
       g.lcpr_person_id AS person_id,
       g.lcpr_due_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       g.lcpr_review_date AS held_date,
       p.plan_end_date
FROM local_cin_plan_reviews g
LEFT JOIN (SELECT cinp_cin_plan_id, MIN(cinp_cin_plan_end_date) AS plan_end_date
           FROM ssd_cin_plans GROUP BY cinp_cin_plan_id) p ON p.cinp_cin_plan_id = g.lcpr_cin_plan_id
WHERE g.lcpr_due_date IS NOT NULL
