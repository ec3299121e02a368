-- title: Section 47 enquiries started
-- grain: one row an enquiry about a child, on the day of its strategy discussion
-- kind: flow
-- column nfa flag: whether it ended with no further action
-- column end_date date: when it ended
-- column conference_date date: the first initial conference from it, transfers-in left out
-- column previous_enquiry_date date: the enquiry about the child before it; on one day the lower id comes first
SELECT s.s47e_s47_enquiry_id AS record_id,
       s.s47e_person_id AS person_id,
       s.s47e_s47_start_date AS event_date,
       s.s47e_s47_completed_by_team AS team_id,
       s.s47e_s47_completed_by_worker_id AS worker_id,
       s.s47e_s47_nfa AS nfa,
       s.s47e_s47_end_date AS end_date,
       c.conference_date,
       LAG(s.s47e_s47_start_date) OVER (PARTITION BY s.s47e_person_id
                                        ORDER BY s.s47e_s47_start_date, s.s47e_s47_enquiry_id)
       AS previous_enquiry_date
FROM ssd_s47_enquiry s
LEFT JOIN (SELECT icpc_s47_enquiry_id, icpc_person_id, MIN(icpc_icpc_date) AS conference_date
           FROM ssd_initial_cp_conference
           WHERE COALESCE(icpc_icpc_transfer_in, 'N') <> 'Y'
           GROUP BY icpc_s47_enquiry_id, icpc_person_id) c
       ON c.icpc_s47_enquiry_id = s.s47e_s47_enquiry_id AND c.icpc_person_id = s.s47e_person_id
WHERE s.s47e_s47_start_date IS NOT NULL
