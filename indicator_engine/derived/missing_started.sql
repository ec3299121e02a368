-- title: Missing episodes started
-- grain: one row an episode, on the day the child went missing
-- kind: flow
-- column missing_type text: missing (M) or away without authority (A)
SELECT m.miss_table_id AS record_id,
       m.miss_person_id AS person_id,
       m.miss_missing_episode_start_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       m.miss_missing_episode_type AS missing_type
FROM ssd_missing m
WHERE m.miss_missing_episode_start_date IS NOT NULL
