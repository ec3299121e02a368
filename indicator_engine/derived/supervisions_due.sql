-- title: Supervisions due
-- grain: one row a supervision of a worker about a child, on the day it was due
-- kind: flow
-- column held_date date: when it was held
SELECT s.lsup_supervision_id AS record_id,
       s.lsup_person_id AS person_id,
       s.lsup_due_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       s.lsup_worker_id AS worker_id,
       s.lsup_held_date AS held_date
FROM local_supervisions s
WHERE s.lsup_due_date IS NOT NULL
