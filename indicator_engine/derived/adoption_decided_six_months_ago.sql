-- title: Decisions for adoption, six months after
-- grain: one row a decision for adoption, on the day six months after it
-- kind: flow
-- column decision_date date: when adoption was decided
-- column matched_date date: when the child was matched
SELECT p.perm_table_id AS record_id,
       p.perm_person_id AS person_id,
       CAST(p.perm_adm_decision_date + INTERVAL '6 months' AS DATE) AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       p.perm_adoption_worker_id AS worker_id,
       p.perm_adm_decision_date AS decision_date,
       p.perm_matched_date AS matched_date
FROM ssd_permanence p
WHERE p.perm_adm_decision_date IS NOT NULL
