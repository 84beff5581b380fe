-- Residents as published: a 町丁目, source, reference date, sex, age group and nationality a row.
-- The boundary's own count stands beside the lists (clean.area_population). A number that is
-- withheld or not given stays NULL with its state; an area that one source gives twice in one
-- group is unknown, as nothing says which row is right or whether they add up.
WITH published AS (
    SELECT
        population_key, area_code, '総数' AS age_group, '総数' AS sex, '総数' AS nationality,
        population AS persons, NULL AS state, households
    FROM clean.areas
    JOIN mart.population_keys ON dataset = 'areas'
    UNION ALL
    SELECT
        population_key, area_code, age_group, sex, nationality,
        population_people, population_people_state, households
    FROM clean.area_population
    JOIN mart.population_keys AS keys
        ON keys.dataset = 'area_population'
        AND keys.population_source = area_population.population_source
        AND keys.surveyed_on = area_population.surveyed_on
    WHERE area_code IN (SELECT area_code FROM clean.areas)
)
SELECT
    population_key, area_code, age_group, sex, nationality,
    CASE WHEN count(*) = 1 THEN any_value(persons) END AS persons,
    CASE
        WHEN count(*) > 1 THEN 'unknown'
        ELSE coalesce(
            any_value(state), CASE WHEN any_value(persons) IS NULL THEN 'unknown' ELSE 'value' END
        )
    END AS state,
    CASE WHEN count(*) = 1 THEN any_value(households) END AS households,
    count(*) AS times_listed
FROM published
GROUP BY population_key, area_code, age_group, sex, nationality
