-- title: Children placed for adoption
-- grain: one row a child, on the day of the placement with adopters
-- kind: flow
-- column early_date date: when the child was placed for fostering for adoption or concurrent planning
SELECT p.perm_table_id AS record_id,
       p.perm_person_id AS person_id,
       p.perm_placed_for_adoption_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       p.perm_adoption_worker_id AS worker_id,
       p.perm_placed_ffa_cp_date AS early_date
FROM ssd_permanence p
WHERE p.perm_placed_for_adoption_date IS NOT NULL
