-- title: Visits
-- grain: one row a visit to a child, whatever the plan
-- kind: part
SELECT cinv_person_id AS person_id, cinv_cin_visit_date AS visit_date, cinv_cin_visit_seen AS seen
FROM ssd_cin_visits WHERE cinv_cin_visit_date IS NOT NULL
UNION ALL
SELECT cppv_person_id, cppv_cp_visit_date, cppv_cp_visit_seen
FROM ssd_cp_visits WHERE cppv_cp_visit_date IS NOT NULL
UNION ALL
SELECT clav_person_id, clav_cla_visit_date, clav_cla_visit_seen
FROM ssd_cla_visits WHERE clav_cla_visit_date IS NOT NULL
