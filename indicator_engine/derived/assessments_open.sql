-- title: Assessments open
-- grain: one row an assessment of a child started and not authorised by a day
-- kind: stock
-- column start_date date: when the assessment started
-- column working_days integer: working days from its start to the day, or from 2012 where that is later; the start is day 0
SELECT d.as_at,
       a.cina_assessment_id AS record_id,
       a.cina_person_id AS person_id,
       a.cina_assessment_team AS team_id,
       a.cina_assessment_worker_id AS worker_id,
       a.cina_assessment_start_date AS start_date,
       today.working_days_to - COALESCE(started.working_days_to, 0) AS working_days
FROM ssd_cin_assessments a
JOIN as_at_dates d ON a.cina_assessment_start_date <= d.as_at
                  AND (a.cina_assessment_auth_date IS NULL OR a.cina_assessment_auth_date > d.as_at)
LEFT JOIN calendar started ON started.day = a.cina_assessment_start_date
LEFT JOIN calendar today ON today.day = d.as_at
