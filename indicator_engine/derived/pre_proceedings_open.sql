-- title: Children in pre-proceedings
-- grain: one row a child's pre-proceedings open on a day
-- kind: stock
-- column decision_date date: when pre-proceedings were decided
-- column weeks integer: whole weeks from the decision to the day
SELECT d.as_at,
       p.prep_table_id AS record_id,
       p.prep_person_id AS person_id,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       p.prep_pre_pro_decision_date AS decision_date,
       CAST(FLOOR((d.as_at - p.prep_pre_pro_decision_date) / 7.0) AS BIGINT) AS weeks
FROM ssd_pre_proceedings p
JOIN as_at_dates d ON p.prep_pre_pro_decision_date <= d.as_at
                  AND (p.prep_agree_stepdown_issue_date IS NULL OR p.prep_agree_stepdown_issue_date > d.as_at)
