-- Residents by 町丁目, source, reference date, sex, age and nationality: the published groups and
-- the bands 0-14歳, 15-64歳, 65歳以上, 75歳以上 where the published ones make them up. `derived`
-- tells what was added up or taken away here. A group that an area's source lacks has no row; a
-- number that is withheld or unknown is NULL with its state.
WITH banded AS (
    SELECT
        whole.population_key, area_code, band AS age_group, sex, nationality,
        CASE
            WHEN count(persons) = any_value(parts.groups)
                THEN TRY_CAST(sum(persons) AS BIGINT)
        END AS persons,
        CASE WHEN bool_or(state = 'withheld') THEN 'withheld' END AS state,
        NULL::BIGINT AS households, TRUE AS derived
    FROM mart.population_whole AS whole
    JOIN (
        SELECT
            *, count(*) OVER (PARTITION BY population_key, sex, nationality, band) AS groups
        FROM mart.population_bands
    ) AS parts USING (population_key, sex, nationality, age_group)
    GROUP BY ALL
),
everything AS (
    SELECT * FROM mart.population_whole
    UNION ALL
    SELECT * FROM banded
),
-- A list of where people live may leave out areas where nobody did at the boundary's census.
without_residents AS (
    SELECT
        population_key, area_code, '総数' AS age_group, '総数' AS sex, '総数' AS nationality,
        0 AS persons, 'nil' AS state,
        CASE WHEN areas.households = 0 THEN 0 END AS households, TRUE AS derived
    FROM (
        SELECT DISTINCT population_key FROM everything
        WHERE age_group = '総数' AND sex = '総数' AND nationality = '総数'
    )
    CROSS JOIN clean.areas
    ANTI JOIN (SELECT DISTINCT population_key, area_code FROM mart.population_listed)
        USING (population_key, area_code)
    WHERE areas.population = 0
)
SELECT
    population_key, dataset, population_source, surveyed_on,
    area_code, age_group, sex, nationality, persons,
    CASE
        WHEN persons IS NOT NULL THEN coalesce(state, 'value')
        ELSE coalesce(state, 'unknown')
    END AS state,
    households, derived
FROM (SELECT * FROM everything UNION ALL SELECT * FROM without_residents)
JOIN mart.population_keys USING (population_key)
ORDER BY population_key, area_code
