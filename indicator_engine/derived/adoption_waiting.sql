-- title: Children waiting for adoption
-- grain: one row a child with a decision for adoption, not reversed, who was not placed by a day
-- kind: stock
-- column decision_date date: when adoption was decided
SELECT d.as_at,
       p.perm_table_id AS record_id,
       p.perm_person_id AS person_id,
       CAST(NULL AS VARCHAR) AS team_id,
       p.perm_adoption_worker_id AS worker_id,
       p.perm_adm_decision_date AS decision_date
FROM ssd_permanence p
JOIN as_at_dates d ON p.perm_adm_decision_date <= d.as_at
                  AND (p.perm_decision_reversed_date IS NULL OR p.perm_decision_reversed_date > d.as_at)
                  AND (p.perm_placed_for_adoption_date IS NULL OR p.perm_placed_for_adoption_date > d.as_at)
                  AND (p.perm_permanence_order_date IS NULL OR p.perm_permanence_order_date > d.as_at)
