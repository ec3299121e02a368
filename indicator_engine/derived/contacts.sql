-- title: Contacts
-- grain: one row a contact about a child
-- kind: flow
-- column outcomes flags: what the contact led to
-- column source_group text: who made it, in the eleven groups of the published figures on referrals
-- column previous_contact_date date: the latest earlier day on which there was a contact about the child
-- column early_help_date date: when the first early help on or after the contact started
-- column decision_date date: when it was decided what to do
-- column decision_working_days integer: working days from the contact to the decision; the contact is day 0
SELECT c.cont_contact_id AS record_id,
       c.cont_person_id AS person_id,
       c.cont_contact_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       c.cont_contact_outcome_json AS outcomes,
       CASE WHEN c.cont_contact_source_code IN ('1A', '1B', '1C', '1D') THEN 'individual'
            WHEN c.cont_contact_source_code = '2A' THEN 'schools'
            WHEN c.cont_contact_source_code = '2B' THEN 'education services'
            WHEN c.cont_contact_source_code IN ('3A', '3B', '3C', '3D', '3E', '3F') THEN 'health services'
            WHEN c.cont_contact_source_code = '4' THEN 'housing'
            WHEN c.cont_contact_source_code IN ('5A', '5B', '5C') THEN 'local authority services'
            WHEN c.cont_contact_source_code = '6' THEN 'police'
            WHEN c.cont_contact_source_code = '7' THEN 'other legal agency'
            WHEN c.cont_contact_source_code = '8' THEN 'other'
            WHEN c.cont_contact_source_code = '9' THEN 'anonymous'
            ELSE 'unknown' END AS source_group,
       b.previous_contact_date,
       h.early_help_date,
       w.lcde_decision_date AS decision_date,
       decided.working_days_to - received.working_days_to AS decision_working_days
FROM ssd_contacts c
LEFT JOIN (SELECT cont_person_id, cont_contact_date,
                  LAG(cont_contact_date) OVER (PARTITION BY cont_person_id ORDER BY cont_contact_date)
                  AS previous_contact_date
           FROM (SELECT DISTINCT cont_person_id, cont_contact_date FROM ssd_contacts
                 WHERE cont_contact_date IS NOT NULL) days) b
       ON b.cont_person_id = c.cont_person_id AND b.cont_contact_date = c.cont_contact_date
LEFT JOIN (SELECT k.cont_contact_id, MIN(e.earl_episode_start_date) AS early_help_date
           FROM ssd_contacts k
           JOIN ssd_early_help_episodes e ON e.earl_person_id = k.cont_person_id
                                         AND e.earl_episode_start_date >= k.cont_contact_date
           GROUP BY k.cont_contact_id) h ON h.cont_contact_id = c.cont_contact_id
LEFT JOIN (SELECT lcde_contact_id, MIN(lcde_decision_date) AS lcde_decision_date
           FROM local_contact_decisions GROUP BY lcde_contact_id) w ON w.lcde_contact_id = c.cont_contact_id
LEFT JOIN calendar received ON received.day = c.cont_contact_date
LEFT JOIN calendar decided ON decided.day = w.lcde_decision_date
WHERE c.cont_contact_date IS NOT NULL
