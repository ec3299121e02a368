-- title: Children in need
-- grain: one row an episode of need open on a day
-- kind: stock
-- column referral_date date: when the child was referred
-- column duration text: how long it had been open, in bands; the edge belongs to the older band
-- column allocated boolean: whether a worker was involved with the child on the day
-- column planned_for boolean: whether the child was looked after or had a plan on the day
-- column being_assessed boolean: whether an assessment of the child was open on the day
-- column last_visit_date date: the latest visit of any kind to the child by the day, if in the 200 days before it
-- column social_workers_year integer: social workers involved with the child in the twelve months to the day
-- column last_oversight_date date: when a manager last recorded oversight by the day
WITH episodes AS (
    SELECT d.as_at, e.cine_referral_id AS record_id, e.cine_person_id AS person_id, e.cine_referral_team AS team_id,
           e.cine_referral_worker_id AS worker_id, e.cine_referral_date AS referral_date
    FROM ssd_cin_episodes e
    JOIN as_at_dates d ON e.cine_referral_date <= d.as_at
                      AND (e.cine_close_date IS NULL OR e.cine_close_date > d.as_at)
), children AS (
    SELECT DISTINCT as_at, person_id FROM episodes
), assessed AS (
    SELECT DISTINCT c.as_at, c.person_id
    FROM children c
    JOIN ssd_cin_assessments a ON a.cina_person_id = c.person_id AND a.cina_assessment_start_date <= c.as_at
                              AND (a.cina_assessment_auth_date IS NULL OR a.cina_assessment_auth_date > c.as_at)
), visited AS (
    SELECT c.as_at, c.person_id, MAX(v.visit_date) AS last_visit_date
    FROM children c
    JOIN visits v ON v.person_id = c.person_id AND v.visit_date BETWEEN c.as_at - 200 AND c.as_at
    GROUP BY c.as_at, c.person_id
), workers AS (
    SELECT c.as_at, c.person_id, COUNT(DISTINCT i.invo_professional_id) AS social_workers_year
    FROM children c
    JOIN ssd_involvements i ON i.invo_person_id = c.person_id AND i.invo_involvement_start_date <= c.as_at
                           AND (i.invo_involvement_end_date IS NULL
                                OR i.invo_involvement_end_date > CAST(c.as_at - INTERVAL '12 months' AS DATE))
    WHERE i.invo_professional_role_id = 'SOCIAL_WORKER'
    GROUP BY c.as_at, c.person_id
), overseen AS (
    SELECT c.as_at, c.person_id, MAX(o.lmov_oversight_date) AS last_oversight_date
    FROM children c
    JOIN local_management_oversight o ON o.lmov_person_id = c.person_id AND o.lmov_oversight_date <= c.as_at
    GROUP BY c.as_at, c.person_id
)
SELECT e.as_at,
       e.record_id,
       e.person_id,
       e.team_id,
       e.worker_id,
       e.referral_date,
       CASE WHEN CAST(e.referral_date + INTERVAL '24 months' AS DATE) <= e.as_at THEN '24 months and over'
            WHEN CAST(e.referral_date + INTERVAL '12 months' AS DATE) <= e.as_at THEN '12 to 24 months'
            WHEN CAST(e.referral_date + INTERVAL '6 months' AS DATE) <= e.as_at THEN '6 to 12 months'
            WHEN CAST(e.referral_date + INTERVAL '3 months' AS DATE) <= e.as_at THEN '3 to 6 months'
            ELSE 'under 3 months' END AS duration,
       al.person_id IS NOT NULL AS allocated,
       pt.person_id IS NOT NULL AS planned_for,
       a.person_id IS NOT NULL AS being_assessed,
       v.last_visit_date,
       COALESCE(w.social_workers_year, 0) AS social_workers_year,
       o.last_oversight_date
FROM episodes e
LEFT JOIN allocations al ON al.person_id = e.person_id AND al.from_date <= e.as_at
                        AND (al.to_date IS NULL OR al.to_date > e.as_at)
LEFT JOIN plan_types pt ON pt.person_id = e.person_id AND pt.from_date <= e.as_at
                       AND (pt.to_date IS NULL OR pt.to_date > e.as_at)
LEFT JOIN assessed a ON a.as_at = e.as_at AND a.person_id = e.person_id
LEFT JOIN visited v ON v.as_at = e.as_at AND v.person_id = e.person_id
LEFT JOIN workers w ON w.as_at = e.as_at AND w.person_id = e.person_id
LEFT JOIN overseen o ON o.as_at = e.as_at AND o.person_id = e.person_id
