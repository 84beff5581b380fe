-- The published groups with those that follow from them: both sexes where men and women are given,
-- all nationalities where Japanese and foreign are, either from the other and all. What has an
-- unknown part is unknown, never smaller.
WITH both_sexes AS (
    SELECT
        population_key, area_code, age_group, sex, nationality, persons, state, households,
        FALSE AS derived
    FROM mart.population_listed
    UNION ALL
    SELECT
        population_key, area_code, age_group, '総数', nationality,
        CASE WHEN count(persons) = 2 THEN TRY_CAST(sum(persons) AS BIGINT) END,
        CASE WHEN bool_or(state = 'withheld') THEN 'withheld' END, NULL, TRUE
    FROM mart.population_listed
    GROUP BY population_key, area_code, age_group, nationality
    HAVING list_sort(list(sex)) = ['女', '男']
),
side_by_side AS (
    SELECT
        population_key, area_code, age_group, sex, list(nationality) AS given,
        any_value(persons) FILTER (nationality = '総数') AS everyone,
        any_value(persons) FILTER (nationality = '日本人') AS japanese,
        any_value(persons) FILTER (nationality = '外国人') AS foreigners,
        CASE WHEN bool_or(state = 'withheld') THEN 'withheld' END AS state
    FROM both_sexes
    GROUP BY population_key, area_code, age_group, sex
    HAVING count(*) = 2
),
all_nationalities AS (
    SELECT * FROM both_sexes
    UNION ALL
    SELECT
        population_key, area_code, age_group, sex, '総数',
        TRY_CAST(japanese::HUGEINT + foreigners AS BIGINT), state, NULL, TRUE
    FROM side_by_side
    WHERE NOT list_contains(given, '総数')
    UNION ALL
    SELECT
        population_key, area_code, age_group, sex, '外国人',
        CASE WHEN everyone >= japanese THEN everyone - japanese END, state, NULL, TRUE
    FROM side_by_side
    WHERE NOT list_contains(given, '外国人')
    UNION ALL
    SELECT
        population_key, area_code, age_group, sex, '日本人',
        CASE WHEN everyone >= foreigners THEN everyone - foreigners END, state, NULL, TRUE
    FROM side_by_side
    WHERE NOT list_contains(given, '日本人')
)
SELECT * FROM all_nationalities
