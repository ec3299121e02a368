-- title: Social workers
-- grain: one row a social worker with at least one child allocated on a day
-- kind: stock
-- breakdowns: team worker
-- column cases integer: children to whom the worker was allocated on the day
-- column fte decimal: the worker's share of full time
-- column agency_fte decimal: that share if employed through an agency, else nothing
WITH held AS (
    SELECT d.as_at, i.invo_professional_id AS worker_id, i.invo_person_id AS person_id, i.invo_professional_team AS team_id
    FROM ssd_involvements i
    JOIN as_at_dates d ON i.invo_involvement_start_date <= d.as_at
                      AND (i.invo_involvement_end_date IS NULL OR i.invo_involvement_end_date > d.as_at)
    WHERE i.invo_professional_role_id = 'SOCIAL_WORKER' AND i.invo_professional_id IS NOT NULL
      AND i.invo_person_id IS NOT NULL
), teams AS (
    SELECT as_at, worker_id, team_id,
           ROW_NUMBER() OVER (PARTITION BY as_at, worker_id ORDER BY COUNT(*) DESC, team_id) AS turn
    FROM held WHERE team_id IS NOT NULL
    GROUP BY as_at, worker_id, team_id
)
SELECT h.as_at,
       h.worker_id AS record_id,
       CAST(NULL AS VARCHAR) AS person_id,
       t.team_id,
       h.worker_id,
       h.cases,
       p.fte,
       CASE WHEN p.agency = 'Y' THEN p.fte ELSE 0 END AS agency_fte
FROM (SELECT as_at, worker_id, COUNT(DISTINCT person_id) AS cases FROM held GROUP BY as_at, worker_id) h
LEFT JOIN teams t ON t.as_at = h.as_at AND t.worker_id = h.worker_id AND t.turn = 1
LEFT JOIN (SELECT prof_professional_id, MAX(prof_full_time_equivalency) AS fte, MAX(prof_agency_worker_flag) AS agency
           FROM ssd_professionals GROUP BY prof_professional_id) p ON p.prof_professional_id = h.worker_id
