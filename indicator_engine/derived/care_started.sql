-- title: Starting to be looked after
-- grain: one row a start of a period of care, on its first day
-- kind: flow
-- column health_date date: the first initial health assessment done on or after the start
-- column health_due_date planned: the twentieth working day after the start
SELECT e.clae_cla_episode_id AS record_id,
       e.clae_person_id AS person_id,
       e.clae_cla_episode_start_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       h.health_date,
       due.day AS health_due_date
FROM ssd_cla_episodes e
JOIN looked_after_days l ON l.person_id = e.clae_person_id AND l.from_date <= e.clae_cla_episode_start_date
                        AND (l.to_date IS NULL OR l.to_date > e.clae_cla_episode_start_date)
LEFT JOIN (SELECT DISTINCT clae_person_id, clae_cla_episode_ceased_date FROM ssd_cla_episodes) before
       ON before.clae_person_id = e.clae_person_id
      AND before.clae_cla_episode_ceased_date = e.clae_cla_episode_start_date
LEFT JOIN (SELECT k.clae_cla_episode_id, MIN(c.clah_health_check_date) AS health_date
           FROM ssd_cla_episodes k
           JOIN ssd_cla_health c ON c.clah_person_id = k.clae_person_id
                                AND c.clah_health_check_date >= k.clae_cla_episode_start_date
           WHERE c.clah_health_check_type = 'HEALTH_INITIAL' AND c.clah_health_check_status = 'DONE'
           GROUP BY k.clae_cla_episode_id) h ON h.clae_cla_episode_id = e.clae_cla_episode_id
LEFT JOIN calendar started ON started.day = e.clae_cla_episode_start_date
LEFT JOIN numbered_days due ON due.working_days_to = started.working_days_to + 20
WHERE e.clae_cla_episode_start_reason = 'S' AND before.clae_person_id IS NULL
