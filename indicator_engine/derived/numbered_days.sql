-- title: Working days by number
-- grain: one row a number, with the first day that has it
-- kind: part
SELECT working_days_to, MIN(day) AS day FROM calendar GROUP BY working_days_to
