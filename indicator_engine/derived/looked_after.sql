-- title: Children looked after
-- grain: one row a child looked after on a day
-- kind: stock
-- column care_start_date date: when the period of care started
-- column legal_status text: the legal status of latest start in force on the day
-- column unaccompanied boolean: whether the child was an unaccompanied asylum-seeking child on the day
-- column placement_group text: the kind of placement on the day, in the published groups
-- column with_parents boolean: whether the child was placed with own parents on the day
-- column distance decimal: miles from home to the placement; 999.9 or nothing where not known
-- column placements_year integer: placements in the twelve months to the day, temporary ones left out
-- column carers_year integer: the same, without moves that kept the carer
-- column placements_two_years integer: placements in the 24 months to the day, temporary ones left out
-- column carer_since_date date: when the child came to the present carer
-- column social_workers_year integer: social workers involved with the child in the twelve months to the day
-- column care_plan_open boolean: whether a care plan was open on the day
-- column working_days_in_care integer: working days from the start of the period of care to the day, or from 2012 where that is later
-- column under_16_in_august boolean: whether under 16 on the 31 August before the school year of the day
-- column term_start_date date: start of the school term of the day: 1 September, 1 January or 1 April
-- column last_pep_date date: when a personal education plan was last completed
-- column last_review_date date: when a review was last held
-- column last_iro_contact_date date: the latest contact with the reviewing officer, as last known
WITH present AS (
    SELECT d.as_at, l.person_id, l.episode_id, l.status AS legal_status,
           COALESCE(c.care_start_date, e.start_date) AS care_start_date,
           CAST(d.as_at - INTERVAL '12 months' AS DATE) AS year_before,
           CAST(d.as_at - INTERVAL '24 months' AS DATE) AS two_years_before
    FROM looked_after_days l
    JOIN as_at_dates d ON l.from_date <= d.as_at AND (l.to_date IS NULL OR l.to_date > d.as_at)
    JOIN (SELECT clae_cla_episode_id, MIN(clae_cla_episode_start_date) AS start_date
          FROM ssd_cla_episodes GROUP BY clae_cla_episode_id) e ON e.clae_cla_episode_id = l.episode_id
    LEFT JOIN care_periods c ON c.person_id = l.person_id AND c.cla_id = l.cla_id
), placed AS (
    SELECT n.as_at, n.person_id, p.placement_type, p.distance,
           ROW_NUMBER() OVER (PARTITION BY n.as_at, n.person_id ORDER BY p.from_date DESC, p.placement_id DESC) AS turn
    FROM present n
    JOIN placements p ON p.person_id = n.person_id AND p.from_date <= n.as_at
                     AND (p.to_date IS NULL OR p.to_date > n.as_at)
), moved AS (
    SELECT n.as_at, n.person_id,
           SUM(CASE WHEN p.from_date > n.year_before OR p.to_date IS NULL OR p.to_date > n.year_before + 1
                    THEN 1 ELSE 0 END) AS placements_year,
           SUM(CASE WHEN p.same_carer = 0
                     AND (p.from_date > n.year_before OR p.to_date IS NULL OR p.to_date > n.year_before + 1)
                    THEN 1 ELSE 0 END) AS carers_year,
           SUM(CASE WHEN p.from_date > n.two_years_before OR p.to_date IS NULL OR p.to_date > n.two_years_before + 1
                    THEN 1 ELSE 0 END) AS placements_two_years,
           MAX(CASE WHEN p.same_carer = 0 THEN p.from_date END) AS carer_since_date
    FROM present n
    JOIN placements p ON p.person_id = n.person_id AND p.from_date <= n.as_at
    WHERE p.is_temporary = 0
    GROUP BY n.as_at, n.person_id
), workers AS (
    SELECT n.as_at, n.person_id, COUNT(DISTINCT i.invo_professional_id) AS social_workers_year
    FROM present n
    JOIN ssd_involvements i ON i.invo_person_id = n.person_id AND i.invo_involvement_start_date <= n.as_at
                           AND (i.invo_involvement_end_date IS NULL OR i.invo_involvement_end_date > n.year_before)
    WHERE i.invo_professional_role_id = 'SOCIAL_WORKER'
    GROUP BY n.as_at, n.person_id
), unaccompanied AS (
    SELECT DISTINCT n.as_at, n.person_id
    FROM present n
    JOIN ssd_immigration_status i ON i.immi_person_id = n.person_id
     AND (i.immi_immigration_status_start_date IS NULL OR i.immi_immigration_status_start_date <= n.as_at)
     AND (i.immi_immigration_status_end_date IS NULL OR i.immi_immigration_status_end_date > n.as_at)
    WHERE i.immi_immigration_status = 'UASC'
), care_plans AS (
    SELECT DISTINCT n.as_at, n.person_id
    FROM present n
    JOIN ssd_cla_care_plan c ON c.lacp_person_id = n.person_id AND c.lacp_cla_care_plan_start_date <= n.as_at
     AND (c.lacp_cla_care_plan_end_date IS NULL OR c.lacp_cla_care_plan_end_date > n.as_at)
), peps AS (
    SELECT n.as_at, n.person_id, MAX(p.lpep_completed_date) AS last_pep_date
    FROM present n
    JOIN local_peps p ON p.lpep_person_id = n.person_id AND p.lpep_completed_date <= n.as_at
    GROUP BY n.as_at, n.person_id
), reviewed AS (
    SELECT n.as_at, n.person_id, MAX(r.event_date) AS last_review_date
    FROM present n
    JOIN cla_reviews_held r ON r.person_id = n.person_id AND r.event_date <= n.as_at
    GROUP BY n.as_at, n.person_id
), contacted AS (
    SELECT n.as_at, n.person_id, MAX(e.clae_cla_last_iro_contact_date) AS last_iro_contact_date
    FROM present n
    JOIN ssd_cla_episodes e ON e.clae_person_id = n.person_id AND e.clae_cla_last_iro_contact_date <= n.as_at
    GROUP BY n.as_at, n.person_id
), terms AS (
    SELECT as_at,
           CAST(CAST(EXTRACT(YEAR FROM as_at) AS INTEGER) AS VARCHAR)
           || CASE WHEN EXTRACT(MONTH FROM as_at) >= 9 THEN '-09-01'
                   WHEN EXTRACT(MONTH FROM as_at) >= 4 THEN '-04-01' ELSE '-01-01' END AS term_start,
           CAST(CAST(EXTRACT(YEAR FROM as_at) AS INTEGER) - CASE WHEN EXTRACT(MONTH FROM as_at) >= 9 THEN 0 ELSE 1 END
                AS VARCHAR) || '-08-31' AS before_school_year
    FROM as_at_dates
)
SELECT n.as_at,
       n.episode_id AS record_id,
       n.person_id,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       n.care_start_date,
       n.legal_status,
       u.person_id IS NOT NULL AS unaccompanied,
       CASE WHEN p.placement_type LIKE 'U%' THEN 'foster care'
            WHEN p.placement_type IN ('K1', 'K2') THEN 'children''s homes and secure homes'
            WHEN p.placement_type IN ('K3', 'H5') THEN 'supported accommodation'
            WHEN p.placement_type IS NULL THEN 'unknown'
            ELSE 'other' END AS placement_group,
       COALESCE(p.placement_type = 'P1', FALSE) AS with_parents,
       p.distance,
       COALESCE(m.placements_year, 0) AS placements_year,
       COALESCE(m.carers_year, 0) AS carers_year,
       COALESCE(m.placements_two_years, 0) AS placements_two_years,
       m.carer_since_date,
       COALESCE(w.social_workers_year, 0) AS social_workers_year,
       cp.person_id IS NOT NULL AS care_plan_open,
       today.working_days_to - COALESCE(started.working_days_to, 0) AS working_days_in_care,
       CAST(q.birth_date + INTERVAL '16 years' AS DATE) > CAST(t.before_school_year AS DATE) AS under_16_in_august,
       CAST(t.term_start AS DATE) AS term_start_date,
       e.last_pep_date,
       r.last_review_date,
       i.last_iro_contact_date
FROM present n
JOIN terms t ON t.as_at = n.as_at
LEFT JOIN people q ON q.person_id = n.person_id
LEFT JOIN placed p ON p.as_at = n.as_at AND p.person_id = n.person_id AND p.turn = 1
LEFT JOIN moved m ON m.as_at = n.as_at AND m.person_id = n.person_id
LEFT JOIN workers w ON w.as_at = n.as_at AND w.person_id = n.person_id
LEFT JOIN unaccompanied u ON u.as_at = n.as_at AND u.person_id = n.person_id
LEFT JOIN care_plans cp ON cp.as_at = n.as_at AND cp.person_id = n.person_id
LEFT JOIN reviewed r ON r.as_at = n.as_at AND r.person_id = n.person_id
LEFT JOIN contacted i ON i.as_at = n.as_at AND i.person_id = n.person_id
LEFT JOIN peps e ON e.as_at = n.as_at AND e.person_id = n.person_id
LEFT JOIN calendar started ON started.day = n.care_start_date
LEFT JOIN calendar today ON today.day = n.as_at
