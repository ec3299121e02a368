-- title: Child protection plans open
-- grain: one row a plan of this authority open on a day
-- kind: stock
-- column start_date date: when the plan started
-- column duration text: how long it had been open, in bands; the edge belongs to the older band
-- column category text: latest category of abuse
-- column looked_after boolean: whether the child was looked after on the day
-- column days_open integer: days from its start to the day
-- column days_to_first_review integer: days from its start to its first review held by the day
-- column longest_gap_days integer: most days between reviews held by the day, and from the last of them to the day
-- column working_days_open integer: working days from its start to the day, or from 2012 where that is later
-- column working_days_since_seen integer: working days from the last visit under the plan at which the child was seen
WITH plans AS (
    SELECT d.as_at, p.cppl_cp_plan_id AS plan_id, p.cppl_person_id AS person_id,
           p.cppl_cp_plan_start_date AS start_date,
           COALESCE(p.cppl_cp_plan_latest_category, p.cppl_cp_plan_initial_category, 'unknown') AS category
    FROM ssd_cp_plans p
    JOIN as_at_dates d ON p.cppl_cp_plan_start_date <= d.as_at
                      AND (p.cppl_cp_plan_end_date IS NULL OR p.cppl_cp_plan_end_date > d.as_at)
    WHERE COALESCE(p.cppl_cp_plan_ola, 'N') <> 'Y'
), gaps AS (
    SELECT p.as_at, p.plan_id, r.cppr_cp_review_date AS review_date,
           LEAD(r.cppr_cp_review_date) OVER (PARTITION BY p.as_at, p.plan_id ORDER BY r.cppr_cp_review_date)
           AS next_date
    FROM plans p
    JOIN ssd_cp_reviews r ON r.cppr_cp_plan_id = p.plan_id AND r.cppr_cp_review_date BETWEEN p.start_date AND p.as_at
), reviewed AS (
    SELECT as_at, plan_id, MIN(review_date) AS first_date,
           MAX(COALESCE(next_date, as_at) - review_date) AS longest_gap_days
    FROM gaps GROUP BY as_at, plan_id
), seen AS (
    SELECT p.as_at, p.plan_id, MAX(v.cppv_cp_visit_date) AS seen_date
    FROM plans p
    JOIN ssd_cp_visits v ON v.cppv_person_id = p.person_id AND v.cppv_cp_visit_date BETWEEN p.start_date AND p.as_at
    WHERE v.cppv_cp_visit_seen = 'Y'
    GROUP BY p.as_at, p.plan_id
)
SELECT p.as_at,
       p.plan_id AS record_id,
       p.person_id,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       p.start_date,
       CASE WHEN CAST(p.start_date + INTERVAL '24 months' AS DATE) <= p.as_at THEN '24 months and over'
            WHEN CAST(p.start_date + INTERVAL '12 months' AS DATE) <= p.as_at THEN '12 to 24 months'
            WHEN CAST(p.start_date + INTERVAL '6 months' AS DATE) <= p.as_at THEN '6 to 12 months'
            WHEN CAST(p.start_date + INTERVAL '3 months' AS DATE) <= p.as_at THEN '3 to 6 months'
            ELSE 'under 3 months' END AS duration,
       p.category,
       l.person_id IS NOT NULL AS looked_after,
       p.as_at - p.start_date AS days_open,
       r.first_date - p.start_date AS days_to_first_review,
       r.longest_gap_days,
       today.working_days_to - COALESCE(started.working_days_to, 0) AS working_days_open,
       today.working_days_to - visited.working_days_to AS working_days_since_seen
FROM plans p
LEFT JOIN reviewed r ON r.as_at = p.as_at AND r.plan_id = p.plan_id
LEFT JOIN seen s ON s.as_at = p.as_at AND s.plan_id = p.plan_id
LEFT JOIN looked_after_days l ON l.person_id = p.person_id AND l.from_date <= p.as_at
                             AND (l.to_date IS NULL OR l.to_date > p.as_at)
LEFT JOIN calendar started ON started.day = p.start_date
LEFT JOIN calendar visited ON visited.day = s.seen_date
LEFT JOIN calendar today ON today.day = p.as_at
