-- title: Episodes of need closed
-- grain: one row an episode of need, on the day it closed
-- kind: flow
-- column close_reason text: why it closed
SELECT e.cine_referral_id AS record_id,
       e.cine_person_id AS person_id,
       e.cine_close_date AS event_date,
       e.cine_referral_team AS team_id,
       e.cine_referral_worker_id AS worker_id,
       CASE WHEN e.cine_close_reason IN ('RC1', 'RC2', 'RC3', 'RC4', 'RC5', 'RC6', 'RC7', 'RC8', 'RC9')
            THEN e.cine_close_reason ELSE 'unknown' END AS close_reason
FROM ssd_cin_episodes e
WHERE e.cine_close_date IS NOT NULL
