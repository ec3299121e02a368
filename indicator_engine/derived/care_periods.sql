-- title: Periods of care
-- grain: one row a child's period of care, however many episodes it has
-- kind: part
SELECT clae_person_id AS person_id, clae_cla_id AS cla_id,
       MIN(CASE WHEN clae_entered_care_date < clae_cla_episode_start_date THEN clae_entered_care_date
                ELSE clae_cla_episode_start_date END) AS care_start_date
FROM ssd_cla_episodes
WHERE clae_cla_id IS NOT NULL AND clae_cla_episode_start_date IS NOT NULL
GROUP BY clae_person_id, clae_cla_id
