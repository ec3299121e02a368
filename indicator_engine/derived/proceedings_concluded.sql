-- title: Care proceedings concluded
-- grain: one row a child's proceedings, on the day of the final order
-- kind: flow
-- column issued_date date: when they were issued
SELECT p.lpro_proceedings_id AS record_id,
       p.lpro_person_id AS person_id,
       p.lpro_final_order_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       p.lpro_issued_date AS issued_date
FROM local_proceedings p
WHERE p.lpro_final_order_date IS NOT NULL
