-- title: People
-- grain: one row a person
-- kind: part
SELECT p.pers_person_id AS person_id,
       MIN(p.pers_dob) AS birth_date,
       MIN(p.pers_expected_dob) AS expected_birth_date,
       MIN(CASE WHEN p.pers_sex IN ('M', 'F') THEN p.pers_sex END) AS sex,
       MIN(CASE WHEN p.pers_ethnicity = 'CHNE' THEN 'Asian'
                WHEN p.pers_ethnicity LIKE 'W%' THEN 'White'
                WHEN p.pers_ethnicity IN ('MWBC', 'MWBA', 'MWAS', 'MOTH') THEN 'Mixed'
                WHEN p.pers_ethnicity IN ('AIND', 'APKN', 'ABAN', 'AOTH') THEN 'Asian'
                WHEN p.pers_ethnicity IN ('BCRB', 'BAFR', 'BOTH') THEN 'Black'
                WHEN p.pers_ethnicity = 'OOTH' THEN 'Other' END) AS ethnicity,
       MIN(d.disability) AS disability
FROM ssd_person p
LEFT JOIN (SELECT disa_person_id,
                  MIN(CASE WHEN disa_disability_code <> 'NONE' THEN 'disabled' ELSE 'not disabled' END) AS disability
           FROM ssd_disability
           WHERE disa_disability_code IS NOT NULL
           GROUP BY disa_person_id) d ON d.disa_person_id = p.pers_person_id
WHERE p.pers_person_id IS NOT NULL
GROUP BY p.pers_person_id
