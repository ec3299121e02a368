-- title: Initial child protection conferences
-- grain: one row a child and conference, on the day it was held
-- kind: flow
-- column transfer_in boolean: whether it was of a child who moved here on a plan
-- column led_to_plan flag: whether it resulted in a child protection plan
-- column enquiry_date date: the day of the strategy discussion of the section 47 enquiry it came from
-- column working_days integer: working days from that day to the conference; that day is day 0
-- column band text: that number in the bands of the published figures
-- column notified_date date: when the authority was told of a child who moved here
-- column working_days_from_notice integer: working days from that day to the conference
SELECT i.icpc_icpc_id AS record_id,
       i.icpc_person_id AS person_id,
       i.icpc_icpc_date AS event_date,
       i.icpc_icpc_team AS team_id,
       i.icpc_icpc_worker_id AS worker_id,
       COALESCE(i.icpc_icpc_transfer_in, 'N') = 'Y' AS transfer_in,
       i.icpc_icpc_outcome_cp_flag AS led_to_plan,
       s.enquiry_date,
       held.working_days_to - started.working_days_to AS working_days,
       CASE WHEN held.working_days_to - started.working_days_to < 11 THEN '0 to 10'
            WHEN held.working_days_to - started.working_days_to < 16 THEN '11 to 15'
            WHEN held.working_days_to - started.working_days_to < 21 THEN '16 to 20'
            WHEN held.working_days_to - started.working_days_to >= 21 THEN '21 or more' END AS band,
       t.notified_date,
       held.working_days_to - told.working_days_to AS working_days_from_notice
FROM ssd_initial_cp_conference i
LEFT JOIN (SELECT s47e_s47_enquiry_id, MIN(s47e_s47_start_date) AS enquiry_date
           FROM ssd_s47_enquiry GROUP BY s47e_s47_enquiry_id) s ON s.s47e_s47_enquiry_id = i.icpc_s47_enquiry_id
LEFT JOIN (SELECT ltra_icpc_id, MIN(ltra_notified_date) AS notified_date
           FROM local_transfer_ins GROUP BY ltra_icpc_id) t ON t.ltra_icpc_id = i.icpc_icpc_id
LEFT JOIN calendar started ON started.day = s.enquiry_date
LEFT JOIN calendar told ON told.day = t.notified_date
LEFT JOIN calendar held ON held.day = i.icpc_icpc_date
WHERE i.icpc_icpc_date IS NOT NULL
