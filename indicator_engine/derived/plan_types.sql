-- title: The plan a child has
-- grain: one row a stretch of days with the same plan; stretches of a child do not overlap
-- kind: part
-- Looked after comes before a child protection plan, that before a child in need plan.
WITH plans AS (
    SELECT person_id, from_date, to_date, 1 AS comes, 'looked after' AS plan_type FROM looked_after_days
    UNION ALL
    SELECT cppl_person_id AS person_id, cppl_cp_plan_start_date AS from_date, cppl_cp_plan_end_date AS to_date,
           2 AS comes, 'child protection plan' AS plan_type
    FROM ssd_cp_plans WHERE cppl_cp_plan_start_date IS NOT NULL AND COALESCE(cppl_cp_plan_ola, 'N') <> 'Y'
    UNION ALL
    SELECT cinp_person_id AS person_id, cinp_cin_plan_start_date AS from_date, cinp_cin_plan_end_date AS to_date,
           3 AS comes, 'child in need plan' AS plan_type
    FROM ssd_cin_plans WHERE cinp_cin_plan_start_date IS NOT NULL
), edges AS (
    SELECT person_id, from_date AS edge FROM plans
    UNION SELECT person_id, to_date AS edge FROM plans WHERE to_date IS NOT NULL
), stretches AS (
    SELECT person_id, edge AS from_date, LEAD(edge) OVER (PARTITION BY person_id ORDER BY edge) AS to_date FROM edges
), ranked AS (
    SELECT s.person_id, s.from_date, s.to_date, p.plan_type,
           ROW_NUMBER() OVER (PARTITION BY s.person_id, s.from_date ORDER BY p.comes) AS turn
    FROM stretches s
    JOIN plans p ON p.person_id = s.person_id AND p.from_date <= s.from_date
                AND (p.to_date IS NULL OR p.to_date > s.from_date)
)
SELECT person_id, from_date, to_date, plan_type FROM ranked WHERE turn = 1
