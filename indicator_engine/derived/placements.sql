-- title: Placements
-- grain: one row a placement of a looked-after child
-- kind: part
-- A placement has the same carer as the one before when its episode began with reason T or U.
SELECT p.clap_cla_placement_id AS placement_id,
       COALESCE(p.clap_person_id, c.person_id) AS person_id,
       p.clap_cla_placement_start_date AS from_date,
       p.clap_cla_placement_end_date AS to_date,
       p.clap_cla_placement_type AS placement_type,
       p.clap_cla_placement_distance AS distance,
       CASE WHEN p.clap_cla_placement_type LIKE 'T%' THEN 1 ELSE 0 END AS is_temporary,
       CASE WHEN s.clae_cla_placement_id IS NOT NULL THEN 1 ELSE 0 END AS same_carer
FROM ssd_cla_placement p
LEFT JOIN (SELECT cla_id, MIN(person_id) AS person_id FROM care_periods GROUP BY cla_id) c ON c.cla_id = p.clap_cla_id
LEFT JOIN (SELECT DISTINCT clae_cla_placement_id, clae_cla_episode_start_date
           FROM ssd_cla_episodes WHERE clae_cla_episode_start_reason IN ('T', 'U')) s
       ON s.clae_cla_placement_id = p.clap_cla_placement_id
      AND s.clae_cla_episode_start_date = p.clap_cla_placement_start_date
WHERE p.clap_cla_placement_start_date IS NOT NULL
