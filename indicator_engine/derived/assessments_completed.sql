-- title: Assessments completed
-- grain: one row an assessment of a child, on the day it was authorised
-- kind: flow
-- column start_date date: when the assessment started
-- column referral_date date: when the referral it came from was received
-- column working_days integer: working days from its start to its authorisation; the start is day 0
-- column band text: that number in the bands of the published figures
-- column working_days_from_referral integer: working days from the referral to its authorisation
-- column child_seen flag: whether the child was seen
-- column nfa flag: whether it ended with no further action
-- column factors flags: factors identified at its end; none is an empty list
-- column born flag: whether the child was born when it was authorised
-- column previous_completed_date date: when the child's assessment before it was authorised
SELECT a.cina_assessment_id AS record_id,
       a.cina_person_id AS person_id,
       a.cina_assessment_auth_date AS event_date,
       a.cina_assessment_team AS team_id,
       a.cina_assessment_worker_id AS worker_id,
       a.cina_assessment_start_date AS start_date,
       e.cine_referral_date AS referral_date,
       done.working_days_to - started.working_days_to AS working_days,
       CASE WHEN done.working_days_to - started.working_days_to < 1 THEN 'same day'
            WHEN done.working_days_to - started.working_days_to < 11 THEN '1 to 10'
            WHEN done.working_days_to - started.working_days_to < 21 THEN '11 to 20'
            WHEN done.working_days_to - started.working_days_to < 31 THEN '21 to 30'
            WHEN done.working_days_to - started.working_days_to < 41 THEN '31 to 40'
            WHEN done.working_days_to - started.working_days_to < 46 THEN '41 to 45'
            WHEN done.working_days_to - started.working_days_to < 51 THEN '46 to 50'
            WHEN done.working_days_to - started.working_days_to < 61 THEN '51 to 60'
            WHEN done.working_days_to - started.working_days_to >= 61 THEN '61 or more' END AS band,
       done.working_days_to - referred.working_days_to AS working_days_from_referral,
       a.cina_assessment_child_seen AS child_seen,
       a.cina_assessment_outcome_nfa AS nfa,
       COALESCE(f.factors, '') AS factors,
       CASE WHEN q.birth_date <= a.cina_assessment_auth_date THEN 'Y'
            WHEN q.birth_date IS NOT NULL OR q.expected_birth_date IS NOT NULL THEN 'N' END AS born,
       b.previous_completed_date
FROM ssd_cin_assessments a
LEFT JOIN (SELECT cine_referral_id, MIN(cine_referral_date) AS cine_referral_date
           FROM ssd_cin_episodes GROUP BY cine_referral_id) e ON e.cine_referral_id = a.cina_referral_id
LEFT JOIN (SELECT cinf_assessment_id, MAX(cinf_assessment_factors_json) AS factors
           FROM ssd_assessment_factors GROUP BY cinf_assessment_id) f ON f.cinf_assessment_id = a.cina_assessment_id
LEFT JOIN people q ON q.person_id = a.cina_person_id
LEFT JOIN calendar started ON started.day = a.cina_assessment_start_date
LEFT JOIN calendar referred ON referred.day = e.cine_referral_date
LEFT JOIN calendar done ON done.day = a.cina_assessment_auth_date
LEFT JOIN (SELECT cina_person_id, cina_assessment_auth_date,
                  LAG(cina_assessment_auth_date) OVER (PARTITION BY cina_person_id ORDER BY cina_assessment_auth_date)
                  AS previous_completed_date
           FROM (SELECT DISTINCT cina_person_id, cina_assessment_auth_date FROM ssd_cin_assessments
                 WHERE cina_assessment_auth_date IS NOT NULL) days) b
       ON b.cina_person_id = a.cina_person_id AND b.cina_assessment_auth_date = a.cina_assessment_auth_date
WHERE a.cina_assessment_auth_date IS NOT NULL
