-- title: Episodes of need a year after they closed
-- grain: one row an episode of need, on the day twelve months after it closed
-- kind: flow
-- column close_date date: when it closed
-- column next_referral_date date: when the child was next referred, on the day it closed or after
SELECT e.cine_referral_id AS record_id,
       e.cine_person_id AS person_id,
       CAST(e.cine_close_date + INTERVAL '12 months' AS DATE) AS event_date,
       e.cine_referral_team AS team_id,
       e.cine_referral_worker_id AS worker_id,
       e.cine_close_date AS close_date,
       n.next_referral_date
FROM ssd_cin_episodes e
LEFT JOIN (SELECT k.cine_referral_id, MIN(r.cine_referral_date) AS next_referral_date
           FROM ssd_cin_episodes k
           JOIN ssd_cin_episodes r ON r.cine_person_id = k.cine_person_id
                                  AND r.cine_referral_id <> k.cine_referral_id
                                  AND r.cine_referral_date >= k.cine_close_date
           GROUP BY k.cine_referral_id) n ON n.cine_referral_id = e.cine_referral_id
WHERE e.cine_close_date IS NOT NULL
