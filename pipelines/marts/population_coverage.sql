-- Each count of residents against the boundary: the ward's total, how many areas it covers, how
-- many rows are in no area, from which files it is.
WITH covered AS (
    SELECT population_key, count(DISTINCT area_code) AS areas_covered
    FROM mart.population
    WHERE age_group = '総数' AND sex = '総数' AND nationality = '総数'
    GROUP BY population_key
),
lists AS (
    SELECT population_key, source_no, source_line, area_code
    FROM clean.area_population
    JOIN mart.population_keys AS keys
        ON keys.dataset = 'area_population'
        AND keys.population_source = area_population.population_source
        AND keys.surveyed_on = area_population.surveyed_on
),
without_area AS (
    SELECT population_key, count(DISTINCT (source_no, source_line)) AS rows_without_area
    FROM lists
    WHERE area_code IS NULL
    GROUP BY population_key
),
files AS (
    SELECT
        population_key, status,
        CASE
            WHEN publisher <> '' AND title <> '' THEN publisher || '「' || title || '」'
            ELSE coalesce(nullif(publisher, ''), nullif(title, ''), file_name)
        END AS credit,
        coalesce(nullif(publisher_en, ''), nullif(publisher, ''), nullif(title, ''), file_name)
            AS credit_en
    FROM (SELECT DISTINCT population_key, source_no FROM lists)
    JOIN meta.sources AS sources USING (source_no)
),
credited AS (
    SELECT
        population_key,
        string_agg(DISTINCT status, ',' ORDER BY status) AS statuses,
        string_agg(DISTINCT credit, '、' ORDER BY credit) AS credit,
        string_agg(DISTINCT credit_en, ', ' ORDER BY credit_en) AS credit_en
    FROM files
    GROUP BY population_key
    UNION ALL
    SELECT population_key, statuses, credit, credit_en
    FROM mart.population_keys
    JOIN meta.datasets AS datasets USING (dataset)
    WHERE dataset = 'areas'
)
SELECT
    keys.population_key, keys.dataset, keys.population_source, keys.surveyed_on, datasets.rhythm,
    credited.statuses, credited.credit, credited.credit_en,
    totals.persons, totals.persons_known, totals.households, boundary.areas,
    coalesce(areas_covered, 0) AS areas_covered,
    coalesce(totals.areas_missing, boundary.areas) AS areas_missing,
    coalesce(rows_without_area, 0) AS rows_without_area
FROM mart.population_keys AS keys
JOIN meta.datasets AS datasets USING (dataset)
JOIN credited USING (population_key)
CROSS JOIN (SELECT count(*) AS areas FROM clean.areas) AS boundary
LEFT JOIN covered USING (population_key)
LEFT JOIN without_area USING (population_key)
LEFT JOIN mart.population_totals AS totals
    ON totals.population_key = keys.population_key AND totals.level = 'ward'
ORDER BY keys.population_key
