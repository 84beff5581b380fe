-- The age groups that make up each band, a source, sex and nationality at a time. A band stands
-- here only where groups follow one another from its first year to its last without gap or
-- overlap: 75歳以上 does not follow from 70歳以上. Groups that finer ones divide are not used. A
-- band that the source publishes itself is left as it is.
WITH published AS (
    SELECT DISTINCT population_key, sex, nationality, age_group FROM mart.population_whole
),
ages AS (
    SELECT
        population_key, sex, nationality, age_group,
        TRY_CAST(regexp_extract(age_group, '^[0-9]+') AS INTEGER) AS low,
        CASE
            WHEN age_group LIKE '%以上' THEN 999
            ELSE TRY_CAST(regexp_extract(age_group, '([0-9]+)歳$', 1) AS INTEGER)
        END AS high
    FROM published
    WHERE regexp_matches(age_group, '^[0-9]')
),
finest AS (
    SELECT * FROM ages
    WHERE NOT EXISTS (
        FROM ages AS finer
        WHERE finer.population_key = ages.population_key
            AND finer.sex = ages.sex AND finer.nationality = ages.nationality
            AND finer.age_group <> ages.age_group
            AND finer.low >= ages.low AND finer.high <= ages.high
    )
),
bands(band, first_year, last_year) AS (
    VALUES ('0-14歳', 0, 14), ('15-64歳', 15, 64), ('65歳以上', 65, 999), ('75歳以上', 75, 999),
        ('総数', 0, 999)
),
parts AS (
    SELECT
        population_key, sex, nationality, band, age_group, high, last_year,
        low = coalesce(
            lag(high) OVER (PARTITION BY population_key, sex, nationality, band ORDER BY low, high) + 1,
            first_year
        ) AS follows
    FROM finest
    JOIN bands ON low >= first_year AND high <= last_year
),
whole AS (
    SELECT population_key, sex, nationality, band
    FROM parts
    ANTI JOIN published
        ON published.population_key = parts.population_key AND published.sex = parts.sex
        AND published.nationality = parts.nationality AND published.age_group = parts.band
    GROUP BY ALL
    HAVING bool_and(follows) AND max(high) = any_value(last_year)
)
SELECT population_key, sex, nationality, band, age_group
FROM parts
JOIN whole USING (population_key, sex, nationality, band)
UNION
-- People of unknown age are in no band, but they are people.
SELECT population_key, sex, nationality, band, age_group
FROM whole
JOIN published USING (population_key, sex, nationality)
WHERE band = '総数' AND age_group = '不詳'
ORDER BY population_key, sex, nationality, band, age_group
