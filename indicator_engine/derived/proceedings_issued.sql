-- title: Care proceedings issued after pre-proceedings
-- grain: one row a child, on the day of the letter of issue
-- kind: flow
-- column short_notice flag: whether issued at short notice
SELECT p.prep_table_id AS record_id,
       p.prep_person_id AS person_id,
       p.prep_care_pro_letter_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       p.prep_care_proc_short_notice AS short_notice
FROM ssd_pre_proceedings p
WHERE p.prep_care_pro_letter_date IS NOT NULL
