-- title: Children matched with adopters
-- grain: one row a match, on the day it was made
-- kind: flow
-- column days_from_decision integer: days from the decision for adoption to the match
-- column decision_date date: when adoption was decided
SELECT p.perm_table_id AS record_id,
       p.perm_person_id AS person_id,
       p.perm_matched_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       p.perm_adoption_worker_id AS worker_id,
       p.perm_matched_date - p.perm_adm_decision_date AS days_from_decision,
       p.perm_adm_decision_date AS decision_date
FROM ssd_permanence p
WHERE p.perm_matched_date IS NOT NULL
