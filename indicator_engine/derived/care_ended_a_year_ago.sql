-- title: Ceasing to be looked after, a year after
-- grain: one row an end of a period of care, on the day twelve months after
-- kind: flow
-- column left_to text: where the child went, in groups of the reasons
-- column ended_date date: when the period of care ended
-- column next_start_date date: when the child next started to be looked after
SELECT e.record_id,
       e.person_id,
       CAST(e.event_date + INTERVAL '12 months' AS DATE) AS event_date,
       e.team_id,
       e.worker_id,
       e.left_to,
       e.event_date AS ended_date,
       n.next_start_date
FROM care_ended e
LEFT JOIN (SELECT k.record_id, MIN(s.event_date) AS next_start_date
           FROM care_ended k
           JOIN care_started s ON s.person_id = k.person_id AND s.event_date > k.event_date
           GROUP BY k.record_id) n ON n.record_id = e.record_id
