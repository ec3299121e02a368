-- title: Missing episodes ended
-- grain: one row an episode, on the day the child was found
-- kind: flow
-- column missing_type text: missing (M) or away without authority (A)
-- column offered text: whether a return interview was offered (Y, N or NA)
-- column accepted text: whether it was accepted (Y, N or NA)
-- column interview_date date: when it was held
SELECT m.miss_table_id AS record_id,
       m.miss_person_id AS person_id,
       m.miss_missing_episode_end_date AS event_date,
       CAST(NULL AS VARCHAR) AS team_id,
       CAST(NULL AS VARCHAR) AS worker_id,
       m.miss_missing_episode_type AS missing_type,
       m.miss_missing_rhi_offered AS offered,
       m.miss_missing_rhi_accepted AS accepted,
       i.interview_date
FROM ssd_missing m
LEFT JOIN (SELECT lrin_missing_id, MIN(lrin_interview_date) AS interview_date
           FROM local_return_interviews GROUP BY lrin_missing_id) i ON i.lrin_missing_id = m.miss_table_id
WHERE m.miss_missing_episode_end_date IS NOT NULL
