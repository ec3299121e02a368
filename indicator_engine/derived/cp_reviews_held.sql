-- title: Child protection reviews held
-- grain: one row a review conference of a plan, on the day it was held
-- kind: flow
-- column quorate flag: whether enough agencies were there
-- column participation text: how the child took part (PN0 to PN7)
SELECT r.cppr_cp_review_id AS record_id,
       r.cppr_person_id AS person_id,
       r.cppr_cp_review_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       r.cppr_cp_review_quorate AS quorate,
       r.cppr_cp_review_participation AS participation
FROM ssd_cp_reviews r
WHERE r.cppr_cp_review_date IS NOT NULL
