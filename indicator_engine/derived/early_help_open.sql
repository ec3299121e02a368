-- title: Early help open
-- grain: one row a child's episode of early help open on a day
-- kind: stock
-- column start_date date: when it started
SELECT d.as_at,
       e.earl_episode_id AS record_id,
       e.earl_person_id AS person_id,
       CAST(NULL AS VARCHAR) AS team_id,
       e.earl_episode_worker_id AS worker_id,
       e.earl_episode_start_date AS start_date
FROM ssd_early_help_episodes e
JOIN as_at_dates d ON e.earl_episode_start_date <= d.as_at
                  AND (e.earl_episode_end_date IS NULL OR e.earl_episode_end_date > d.as_at)
