-- title: Social work posts and workers
-- grain: one row for the authority on a day
-- kind: stock
-- breakdowns: team
-- column posts_fte decimal: full-time posts of the establishment on the day
-- column in_post_fte decimal: full-time equivalents of workers in post, agency left out, as last known
-- column agency_fte decimal: full-time equivalents of agency workers, as last known
-- column vacancies_fte decimal: posts less workers in post, not below nothing
-- column leavers_fte decimal: full-time equivalents of those who left in the twelve months to the day
-- column days_available decimal: working days of the twelve months to the day, times workers in post
-- column days_lost decimal: days lost to absence in the twelve months to the day
WITH posts AS (
    SELECT d.as_at, SUM(e.lest_posts_fte) AS posts_fte
    FROM as_at_dates d
    JOIN local_establishment e ON e.lest_from_date <= d.as_at AND (e.lest_to_date IS NULL OR e.lest_to_date > d.as_at)
    GROUP BY d.as_at
), present AS (
    SELECT SUM(CASE WHEN prof_agency_worker_flag = 'Y' THEN 0 ELSE prof_full_time_equivalency END) AS in_post_fte,
           SUM(CASE WHEN prof_agency_worker_flag = 'Y' THEN prof_full_time_equivalency ELSE 0 END) AS agency_fte
    FROM ssd_professionals
), leavers AS (
    SELECT d.as_at, SUM(l.llea_fte) AS leavers_fte
    FROM as_at_dates d
    JOIN local_leavers l ON l.llea_leaving_date <= d.as_at
                        AND l.llea_leaving_date > CAST(d.as_at - INTERVAL '12 months' AS DATE)
    GROUP BY d.as_at
), absences AS (
    SELECT d.as_at, SUM(a.labs_days_lost) AS days_lost
    FROM as_at_dates d
    JOIN local_absences a ON a.labs_date <= d.as_at AND a.labs_date > CAST(d.as_at - INTERVAL '12 months' AS DATE)
    GROUP BY d.as_at
)
SELECT d.as_at,
       'authority' AS record_id,
       CAST(NULL AS VARCHAR) AS person_id,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       p.posts_fte,
       n.in_post_fte,
       n.agency_fte,
       CASE WHEN p.posts_fte > COALESCE(n.in_post_fte, 0) THEN p.posts_fte - COALESCE(n.in_post_fte, 0)
            WHEN p.posts_fte IS NOT NULL THEN 0 END AS vacancies_fte,
       COALESCE(l.leavers_fte, 0) AS leavers_fte,
       n.in_post_fte * (today.working_days_to - before.working_days_to) AS days_available,
       COALESCE(a.days_lost, 0) AS days_lost
FROM as_at_dates d
CROSS JOIN present n
LEFT JOIN posts p ON p.as_at = d.as_at
LEFT JOIN leavers l ON l.as_at = d.as_at
LEFT JOIN absences a ON a.as_at = d.as_at
LEFT JOIN calendar today ON today.day = d.as_at
LEFT JOIN calendar before ON before.day = CAST(d.as_at - INTERVAL '12 months' AS DATE)
