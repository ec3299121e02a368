-- title: Health of children looked after
-- grain: one row a child looked after on a day
-- kind: stock
-- column care_start_date date: when the period of care started
-- column last_health_date date: the last health assessment done, initial or review
-- column last_dental_date date: the last dental check done
-- column last_development_date date: the last development check done
-- column immunised flag: whether immunisations were up to date, as last known by the day
-- column sdq_score integer: the latest strengths and difficulties score of the twelve months to the day
-- column last_misuse_date date: when substance misuse was last found
-- column last_conviction_date date: the last conviction
WITH present AS (
    SELECT as_at, record_id, person_id, care_start_date FROM looked_after
), checks AS (
    SELECT n.as_at, n.person_id,
           MAX(CASE WHEN h.clah_health_check_type IN ('HEALTH_INITIAL', 'HEALTH_REVIEW')
                    THEN h.clah_health_check_date END) AS last_health_date,
           MAX(CASE WHEN h.clah_health_check_type = 'DENTAL' THEN h.clah_health_check_date END) AS last_dental_date,
           MAX(CASE WHEN h.clah_health_check_type = 'DEVELOPMENT' THEN h.clah_health_check_date END)
           AS last_development_date
    FROM present n
    JOIN ssd_cla_health h ON h.clah_person_id = n.person_id AND h.clah_health_check_date <= n.as_at
    WHERE h.clah_health_check_status = 'DONE'
    GROUP BY n.as_at, n.person_id
), immunised AS (
    SELECT n.as_at, n.person_id, i.clai_immunisations_status AS status,
           ROW_NUMBER() OVER (PARTITION BY n.as_at, n.person_id
                              ORDER BY i.clai_immunisations_status_date DESC, i.clai_immunisations_status DESC) AS turn
    FROM present n
    JOIN ssd_cla_immunisations i ON i.clai_person_id = n.person_id AND i.clai_immunisations_status_date <= n.as_at
    WHERE i.clai_immunisations_status IS NOT NULL
), scored AS (
    SELECT n.as_at, n.person_id, s.csdq_sdq_score AS score,
           ROW_NUMBER() OVER (PARTITION BY n.as_at, n.person_id
                              ORDER BY s.csdq_sdq_completed_date DESC, s.csdq_table_id DESC) AS turn
    FROM present n
    JOIN ssd_sdq_scores s ON s.csdq_person_id = n.person_id AND s.csdq_sdq_completed_date <= n.as_at
                         AND s.csdq_sdq_completed_date >= CAST(n.as_at - INTERVAL '12 months' AS DATE)
    WHERE s.csdq_sdq_score IS NOT NULL
), misused AS (
    SELECT n.as_at, n.person_id, MAX(m.clas_substance_misuse_date) AS last_misuse_date
    FROM present n
    JOIN ssd_cla_substance_misuse m ON m.clas_person_id = n.person_id AND m.clas_substance_misuse_date <= n.as_at
    GROUP BY n.as_at, n.person_id
), convicted AS (
    SELECT n.as_at, n.person_id, MAX(c.clac_cla_conviction_date) AS last_conviction_date
    FROM present n
    JOIN ssd_cla_convictions c ON c.clac_person_id = n.person_id AND c.clac_cla_conviction_date <= n.as_at
    GROUP BY n.as_at, n.person_id
)
SELECT n.as_at,
       n.record_id,
       n.person_id,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       n.care_start_date,
       k.last_health_date,
       k.last_dental_date,
       k.last_development_date,
       i.status AS immunised,
       s.score AS sdq_score,
       m.last_misuse_date,
       c.last_conviction_date
FROM present n
LEFT JOIN checks k ON k.as_at = n.as_at AND k.person_id = n.person_id
LEFT JOIN immunised i ON i.as_at = n.as_at AND i.person_id = n.person_id AND i.turn = 1
LEFT JOIN scored s ON s.as_at = n.as_at AND s.person_id = n.person_id AND s.turn = 1
LEFT JOIN misused m ON m.as_at = n.as_at AND m.person_id = n.person_id
LEFT JOIN convicted c ON c.as_at = n.as_at AND c.person_id = n.person_id
