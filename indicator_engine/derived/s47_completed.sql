-- title: Section 47 enquiries completed
-- grain: one row an enquiry about a child, on the day it ended
-- kind: flow
-- column start_date date: the day of the strategy discussion
-- column working_days integer: working days from its start to its end; the start is day 0
SELECT s.s47e_s47_enquiry_id AS record_id,
       s.s47e_person_id AS person_id,
       s.s47e_s47_end_date AS event_date,
       s.s47e_s47_completed_by_team AS team_id,
       s.s47e_s47_completed_by_worker_id AS worker_id,
       s.s47e_s47_start_date AS start_date,
       done.working_days_to - started.working_days_to AS working_days
FROM ssd_s47_enquiry s
LEFT JOIN calendar started ON started.day = s.s47e_s47_start_date
LEFT JOIN calendar done ON done.day = s.s47e_s47_end_date
WHERE s.s47e_s47_end_date IS NOT NULL
