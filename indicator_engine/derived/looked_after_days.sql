-- title: Days on which a child is looked after
-- grain: one row a stretch of days in one episode under one legal status; stretches of a child do not overlap
-- kind: part
-- Out: the short-break series V3 and V4 by the legal status of latest start in force, and 18 or over. A child without
-- a date of birth is kept. (data-standards 13a, H1)
WITH episodes AS (
    SELECT clae_cla_episode_id AS episode_id, clae_person_id AS person_id, clae_cla_id AS cla_id,
           clae_cla_episode_start_date AS from_date, clae_cla_episode_ceased_date AS to_date
    FROM ssd_cla_episodes
    WHERE clae_cla_episode_start_date IS NOT NULL AND clae_person_id IS NOT NULL
), statuses AS (
    SELECT lega_legal_status_id AS status_id, lega_person_id AS person_id, lega_legal_status AS status,
           lega_legal_status_start_date AS from_date, lega_legal_status_end_date AS to_date
    FROM ssd_legal_status
    WHERE lega_legal_status_start_date IS NOT NULL
), adults AS (
    SELECT person_id, CAST(birth_date + INTERVAL '18 years' AS DATE)
           + CASE WHEN EXTRACT(MONTH FROM birth_date) = 2 AND EXTRACT(DAY FROM birth_date) = 29 THEN 1 ELSE 0 END AS day
    FROM people WHERE birth_date IS NOT NULL
), edges AS (
    SELECT person_id, from_date AS edge FROM episodes
    UNION SELECT person_id, to_date AS edge FROM episodes WHERE to_date IS NOT NULL
    UNION SELECT person_id, from_date AS edge FROM statuses
    UNION SELECT person_id, to_date AS edge FROM statuses WHERE to_date IS NOT NULL
    UNION SELECT person_id, day AS edge FROM adults
), stretches AS (
    SELECT person_id, edge AS from_date, LEAD(edge) OVER (PARTITION BY person_id ORDER BY edge) AS to_date FROM edges
), in_episode AS (
    SELECT s.person_id, s.from_date, s.to_date, e.episode_id, e.cla_id,
           ROW_NUMBER() OVER (PARTITION BY s.person_id, s.from_date ORDER BY e.from_date DESC, e.episode_id DESC) AS turn
    FROM stretches s
    JOIN episodes e ON e.person_id = s.person_id AND e.from_date <= s.from_date
                   AND (e.to_date IS NULL OR e.to_date > s.from_date)
), under_status AS (
    SELECT s.person_id, s.from_date, l.status,
           ROW_NUMBER() OVER (PARTITION BY s.person_id, s.from_date ORDER BY l.from_date DESC, l.status_id DESC) AS turn
    FROM stretches s
    JOIN statuses l ON l.person_id = s.person_id AND l.from_date <= s.from_date
                   AND (l.to_date IS NULL OR l.to_date > s.from_date)
)
SELECT i.person_id, i.from_date, i.to_date, i.episode_id, i.cla_id, u.status
FROM in_episode i
LEFT JOIN under_status u ON u.person_id = i.person_id AND u.from_date = i.from_date AND u.turn = 1
LEFT JOIN adults a ON a.person_id = i.person_id
WHERE i.turn = 1
  AND (u.status IS NULL OR u.status NOT IN ('V3', 'V4'))
  AND (a.day IS NULL OR i.from_date < a.day)
