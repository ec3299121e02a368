-- title: Decisions for adoption reversed
-- grain: one row a decision reversed, on the day it was
-- kind: flow
-- column reason text: why it was reversed
SELECT p.perm_table_id AS record_id,
       p.perm_person_id AS person_id,
       p.perm_decision_reversed_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       p.perm_adoption_worker_id AS worker_id,
       COALESCE(p.perm_decision_reversed_reason, 'unknown') AS reason
FROM ssd_permanence p
WHERE p.perm_decision_reversed_date IS NOT NULL
