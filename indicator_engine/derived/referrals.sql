-- title: Referrals
-- grain: one row a referral of a child
-- kind: flow
-- column nfa flag: whether no further action was taken on the referral
-- column source_group text: who referred, in the eleven groups of the published figures
-- column previous_referral_date date: the latest earlier day on which the child was referred
-- column close_date date: when the episode closed
-- column close_reason text: why it closed (RC1 to RC9)
-- column first_assessment_date date: when the first assessment from this referral started
-- column decision_date date: when it was decided what to do
-- column decision_working_days integer: working days from the referral to the decision; the referral is day 0
-- column next_working_day planned: the first working day after the referral
SELECT r.cine_referral_id AS record_id,
       r.cine_person_id AS person_id,
       r.cine_referral_date AS event_date,
       r.cine_referral_team AS team_id,
       r.cine_referral_worker_id AS worker_id,
       r.cine_referral_nfa AS nfa,
       CASE WHEN r.cine_referral_source_code IN ('1A', '1B', '1C', '1D') THEN 'individual'
            WHEN r.cine_referral_source_code = '2A' THEN 'schools'
            WHEN r.cine_referral_source_code = '2B' THEN 'education services'
            WHEN r.cine_referral_source_code IN ('3A', '3B', '3C', '3D', '3E', '3F') THEN 'health services'
            WHEN r.cine_referral_source_code = '4' THEN 'housing'
            WHEN r.cine_referral_source_code IN ('5A', '5B', '5C') THEN 'local authority services'
            WHEN r.cine_referral_source_code = '6' THEN 'police'
            WHEN r.cine_referral_source_code = '7' THEN 'other legal agency'
            WHEN r.cine_referral_source_code = '8' THEN 'other'
            WHEN r.cine_referral_source_code = '9' THEN 'anonymous'
            ELSE 'unknown' END AS source_group,
       b.previous_referral_date,
       r.cine_close_date AS close_date,
       r.cine_close_reason AS close_reason,
       f.first_assessment_date,
       w.decision_date,
       decided.working_days_to - received.working_days_to AS decision_working_days,
       following.day AS next_working_day
FROM ssd_cin_episodes r
LEFT JOIN (SELECT cine_person_id, cine_referral_date,
                  LAG(cine_referral_date) OVER (PARTITION BY cine_person_id ORDER BY cine_referral_date)
                  AS previous_referral_date
           FROM (SELECT DISTINCT cine_person_id, cine_referral_date FROM ssd_cin_episodes
                 WHERE cine_referral_date IS NOT NULL) days) b
       ON b.cine_person_id = r.cine_person_id AND b.cine_referral_date = r.cine_referral_date
LEFT JOIN (SELECT a.cina_referral_id, a.cina_person_id, MIN(a.cina_assessment_start_date) AS first_assessment_date
           FROM ssd_cin_assessments a
           JOIN ssd_cin_episodes e ON e.cine_referral_id = a.cina_referral_id AND e.cine_person_id = a.cina_person_id
           WHERE a.cina_assessment_start_date >= e.cine_referral_date
           GROUP BY a.cina_referral_id, a.cina_person_id) f
       ON f.cina_referral_id = r.cine_referral_id AND f.cina_person_id = r.cine_person_id
LEFT JOIN (SELECT lrde_referral_id, MIN(lrde_decision_date) AS decision_date
           FROM local_referral_decisions GROUP BY lrde_referral_id) w ON w.lrde_referral_id = r.cine_referral_id
LEFT JOIN calendar received ON received.day = r.cine_referral_date
LEFT JOIN calendar decided ON decided.day = w.decision_date
LEFT JOIN numbered_days following ON following.working_days_to = received.working_days_to + 1
WHERE r.cine_referral_date IS NOT NULL
