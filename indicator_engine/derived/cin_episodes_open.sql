-- title: Children in need
-- grain: one row an episode of need open on a day
-- kind: stock
-- column referral_date date: when the child was referred
-- column duration text: how long it had been open, in bands; the edge belongs to the older band
-- column allocated boolean: whether a worker was involved with the child on the day
-- column planned_for boolean: whether the child was looked after or had a plan on the day
-- column being_assessed boolean: whether an assessment of the child was open on the day
-- column last_visit_date date: the latest visit of any kind to the child by the day, if in the 400 days before it
-- column last_oversight_date date: when a manager last recorded oversight by the day
SELECT d.as_at,
       e.cine_referral_id AS record_id,
       e.cine_person_id AS person_id,
       e.cine_referral_team AS team_id,
       e.cine_referral_worker_id AS worker_id,
       e.cine_referral_date AS referral_date,
       CASE WHEN CAST(e.cine_referral_date + INTERVAL '24 months' AS DATE) <= d.as_at THEN '24 months and over'
            WHEN CAST(e.cine_referral_date + INTERVAL '12 months' AS DATE) <= d.as_at THEN '12 to 24 months'
            WHEN CAST(e.cine_referral_date + INTERVAL '6 months' AS DATE) <= d.as_at THEN '6 to 12 months'
            WHEN CAST(e.cine_referral_date + INTERVAL '3 months' AS DATE) <= d.as_at THEN '3 to 6 months'
            ELSE 'under 3 months' END AS duration,
       al.person_id IS NOT NULL AS allocated,
       pt.person_id IS NOT NULL AS planned_for,
       b.person_id IS NOT NULL AS being_assessed,
       v.last_visit_date,
       o.last_oversight_date
FROM ssd_cin_episodes e
JOIN as_at_dates d ON e.cine_referral_date <= d.as_at
                  AND (e.cine_close_date IS NULL OR e.cine_close_date > d.as_at)
LEFT JOIN allocations al ON al.person_id = e.cine_person_id AND al.from_date <= d.as_at
                        AND (al.to_date IS NULL OR al.to_date > d.as_at)
LEFT JOIN plan_types pt ON pt.person_id = e.cine_person_id AND pt.from_date <= d.as_at
                       AND (pt.to_date IS NULL OR pt.to_date > d.as_at)
LEFT JOIN (SELECT DISTINCT n.as_at, a.cina_person_id AS person_id
           FROM ssd_cin_assessments a
           JOIN as_at_dates n ON a.cina_assessment_start_date <= n.as_at
                             AND (a.cina_assessment_auth_date IS NULL OR a.cina_assessment_auth_date > n.as_at)) b
       ON b.person_id = e.cine_person_id AND b.as_at = d.as_at
LEFT JOIN (SELECT n.as_at, w.person_id, MAX(w.visit_date) AS last_visit_date
           FROM visits w
           JOIN as_at_dates n ON w.visit_date <= n.as_at AND w.visit_date > n.as_at - 400
           GROUP BY n.as_at, w.person_id) v ON v.person_id = e.cine_person_id AND v.as_at = d.as_at
LEFT JOIN (SELECT n.as_at, m.lmov_person_id, MAX(m.lmov_oversight_date) AS last_oversight_date
           FROM local_management_oversight m
           JOIN as_at_dates n ON m.lmov_oversight_date <= n.as_at
           GROUP BY n.as_at, m.lmov_person_id) o ON o.lmov_person_id = e.cine_person_id AND o.as_at = d.as_at
