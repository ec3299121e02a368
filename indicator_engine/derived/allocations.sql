-- title: Who a child is allocated to
-- grain: one row a stretch of days on which the same involvement comes first; stretches of a child do not overlap
-- kind: part
WITH held AS (
    SELECT invo_involvements_id AS involvement_id, invo_person_id AS person_id, invo_professional_team AS team_id,
           invo_professional_id AS worker_id, invo_involvement_start_date AS from_date,
           invo_involvement_end_date AS to_date,
           CASE WHEN invo_professional_role_id = 'SOCIAL_WORKER' THEN 0 ELSE 1 END AS comes_after
    FROM ssd_involvements
    WHERE invo_involvement_start_date IS NOT NULL AND invo_person_id IS NOT NULL
      AND (invo_involvement_end_date IS NULL OR invo_involvement_end_date > invo_involvement_start_date)
), edges AS (
    SELECT person_id, from_date AS edge FROM held
    UNION
    SELECT person_id, to_date AS edge FROM held WHERE to_date IS NOT NULL
), stretches AS (
    SELECT person_id, edge AS from_date, LEAD(edge) OVER (PARTITION BY person_id ORDER BY edge) AS to_date FROM edges
), ranked AS (
    SELECT s.person_id, s.from_date, s.to_date, h.team_id, h.worker_id,
           ROW_NUMBER() OVER (PARTITION BY s.person_id, s.from_date
                              ORDER BY h.comes_after, h.from_date DESC, h.involvement_id DESC) AS turn
    FROM stretches s
    JOIN held h ON h.person_id = s.person_id AND h.from_date <= s.from_date
               AND (h.to_date IS NULL OR h.to_date > s.from_date)
)
SELECT person_id, from_date, to_date, team_id, worker_id FROM ranked WHERE turn = 1
