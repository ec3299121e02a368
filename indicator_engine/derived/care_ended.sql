-- title: Ceasing to be looked after
-- grain: one row an end of a period of care, on the day it ended
-- kind: flow
-- column left_to text: where the child went, in groups of the reasons
-- column adopted boolean: whether the child was adopted
-- column entered_date date: when the period of care started
-- column placed_date date: the last day, by the end, on which the child was placed for adoption
SELECT e.clae_cla_episode_id AS record_id,
       e.clae_person_id AS person_id,
       e.clae_cla_episode_ceased_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       CASE WHEN e.clae_cla_episode_ceased_reason IN ('E4A', 'E4B', 'E4') THEN 'home'
            WHEN e.clae_cla_episode_ceased_reason IN ('E43', 'E44', 'E45', 'E46', 'E47', 'E48')
            THEN 'special guardianship order'
            WHEN e.clae_cla_episode_ceased_reason = 'E41' THEN 'child arrangements order'
            WHEN e.clae_cla_episode_ceased_reason IN ('E11', 'E12') THEN 'adopted'
            WHEN e.clae_cla_episode_ceased_reason IS NULL THEN 'unknown'
            ELSE 'other' END AS left_to,
       COALESCE(e.clae_cla_episode_ceased_reason IN ('E11', 'E12'), FALSE) AS adopted,
       COALESCE(c.care_start_date, e.clae_cla_episode_start_date) AS entered_date,
       p.placed_date
FROM ssd_cla_episodes e
JOIN looked_after_days l ON l.person_id = e.clae_person_id AND l.from_date <= e.clae_cla_episode_ceased_date - 1
                        AND (l.to_date IS NULL OR l.to_date > e.clae_cla_episode_ceased_date - 1)
LEFT JOIN (SELECT DISTINCT clae_person_id, clae_cla_episode_start_date FROM ssd_cla_episodes) again
       ON again.clae_person_id = e.clae_person_id
      AND again.clae_cla_episode_start_date = e.clae_cla_episode_ceased_date
LEFT JOIN care_periods c ON c.person_id = e.clae_person_id AND c.cla_id = e.clae_cla_id
LEFT JOIN (SELECT k.clae_cla_episode_id, MAX(m.perm_placed_for_adoption_date) AS placed_date
           FROM ssd_cla_episodes k
           JOIN ssd_permanence m ON m.perm_person_id = k.clae_person_id
                                AND m.perm_placed_for_adoption_date <= k.clae_cla_episode_ceased_date
           GROUP BY k.clae_cla_episode_id) p ON p.clae_cla_episode_id = e.clae_cla_episode_id
WHERE (e.clae_cla_episode_ceased_reason IS NULL OR e.clae_cla_episode_ceased_reason <> 'X1')
  AND e.clae_cla_episode_start_date < e.clae_cla_episode_ceased_date
  AND again.clae_person_id IS NULL
