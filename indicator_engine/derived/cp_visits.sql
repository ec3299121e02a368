-- title: Child protection visits
-- grain: one row a visit to a child under a child protection plan
-- kind: flow
-- column seen flag: whether the child was seen
-- column seen_alone flag: whether the child was seen alone
SELECT v.cppv_cp_visit_id AS record_id,
       v.cppv_person_id AS person_id,
       v.cppv_cp_visit_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       v.cppv_cp_visit_seen AS seen,
       v.cppv_cp_visit_seen_alone AS seen_alone
FROM ssd_cp_visits v
WHERE v.cppv_cp_visit_date IS NOT NULL
