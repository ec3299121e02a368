-- title: Visits to looked-after children
-- grain: one row a visit
-- kind: flow
-- column seen flag: whether the child was seen
-- column seen_alone flag: whether the child was seen alone
SELECT v.clav_cla_visit_id AS record_id,
       v.clav_person_id AS person_id,
       v.clav_cla_visit_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       v.clav_cla_visit_seen AS seen,
       v.clav_cla_visit_seen_alone AS seen_alone
FROM ssd_cla_visits v
WHERE v.clav_cla_visit_date IS NOT NULL
