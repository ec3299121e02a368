-- title: Section 47 enquiries awaiting a conference
-- grain: one row an enquiry that found a conference to be needed, and none held by a day
-- kind: stock
-- column start_date date: the day of the strategy discussion
-- column working_days integer: working days from its start to the day, or from 2012 where that is later; the start is day 0
SELECT d.as_at,
       s.s47e_s47_enquiry_id AS record_id,
       s.s47e_person_id AS person_id,
       s.s47e_s47_completed_by_team AS team_id,
       s.s47e_s47_completed_by_worker_id AS worker_id,
       s.s47e_s47_start_date AS start_date,
       today.working_days_to - COALESCE(started.working_days_to, 0) AS working_days
FROM ssd_s47_enquiry s
JOIN as_at_dates d ON s.s47e_s47_end_date <= d.as_at AND s.s47e_s47_start_date <= d.as_at
LEFT JOIN (SELECT icpc_s47_enquiry_id, icpc_person_id, MIN(icpc_icpc_date) AS conference_date
           FROM ssd_initial_cp_conference GROUP BY icpc_s47_enquiry_id, icpc_person_id) c
       ON c.icpc_s47_enquiry_id = s.s47e_s47_enquiry_id AND c.icpc_person_id = s.s47e_person_id
LEFT JOIN calendar started ON started.day = s.s47e_s47_start_date
LEFT JOIN calendar today ON today.day = d.as_at
WHERE STRPOS(s.s47e_s47_outcome_json, '|CP_CONFERENCE_FLAG|') > 0
  AND (c.conference_date IS NULL OR c.conference_date > d.as_at)
