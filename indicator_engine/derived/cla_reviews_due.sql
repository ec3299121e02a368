-- title: Reviews of looked-after children due
-- grain: one row a review, on the day it was due
-- kind: flow
-- column held_date date: when it was held
-- column cancelled flag: whether it was cancelled
SELECT r.clar_cla_review_id AS record_id,
       COALESCE(r.clar_cla_person_id, c.person_id) AS person_id,
       r.clar_cla_review_due_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       r.clar_cla_review_date AS held_date,
       r.clar_cla_review_cancelled AS cancelled
FROM ssd_cla_reviews r
LEFT JOIN (SELECT cla_id, MIN(person_id) AS person_id FROM care_periods GROUP BY cla_id) c ON c.cla_id = r.clar_cla_id
WHERE r.clar_cla_review_due_date IS NOT NULL
