-- title: Child protection plans six months after they ended
-- grain: one row a plan of this authority, on the day six months after it ended
-- kind: flow
-- column end_date date: when the plan ended
-- column next_referral_date date: when the child was next referred, after the plan ended
SELECT p.cppl_cp_plan_id AS record_id,
       p.cppl_person_id AS person_id,
       CAST(p.cppl_cp_plan_end_date + INTERVAL '6 months' AS DATE) AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       p.cppl_cp_plan_end_date AS end_date,
       n.next_referral_date
FROM ssd_cp_plans p
LEFT JOIN (SELECT k.cppl_cp_plan_id, MIN(r.cine_referral_date) AS next_referral_date
           FROM ssd_cp_plans k
           JOIN ssd_cin_episodes r ON r.cine_person_id = k.cppl_person_id
                                  AND r.cine_referral_date > k.cppl_cp_plan_end_date
           GROUP BY k.cppl_cp_plan_id) n ON n.cppl_cp_plan_id = p.cppl_cp_plan_id
WHERE p.cppl_cp_plan_end_date IS NOT NULL AND COALESCE(p.cppl_cp_plan_ola, 'N') <> 'Y'
