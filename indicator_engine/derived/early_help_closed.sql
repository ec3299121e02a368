-- title: Early help closed
-- grain: one row a child's episode of early help, on the day it ended
-- kind: flow
-- column start_date date: when it started
-- column next_referral_date date: when the child was next referred, on the day it ended or after
SELECT e.earl_episode_id AS record_id,
       e.earl_person_id AS person_id,
       e.earl_episode_end_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       e.earl_episode_worker_id AS worker_id,
       e.earl_episode_start_date AS start_date,
       n.next_referral_date
FROM ssd_early_help_episodes e
LEFT JOIN (SELECT k.earl_episode_id, MIN(r.cine_referral_date) AS next_referral_date
           FROM ssd_early_help_episodes k
           JOIN ssd_cin_episodes r ON r.cine_person_id = k.earl_person_id
                                  AND r.cine_referral_date >= k.earl_episode_end_date
           GROUP BY k.earl_episode_id) n ON n.earl_episode_id = e.earl_episode_id
WHERE e.earl_episode_end_date IS NOT NULL
