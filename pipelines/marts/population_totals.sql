-- All residents of each 町丁目, 町 and the ward, from every source side by side. Where a part is
-- unknown the sum is; `areas_missing` says of how many areas, `persons_known` what the others add
-- up to. Households are known where the source has them for every area.
SELECT
    levels.level, levels.code, sources.population_key,
    CASE WHEN count(*) = count(persons) THEN sum(persons)::DOUBLE END AS persons,
    coalesce(sum(persons), 0)::DOUBLE AS persons_known,
    count(*) - count(persons) AS areas_missing,
    CASE WHEN count(*) = count(households) THEN sum(households)::DOUBLE END AS households
FROM mart.levels AS levels
CROSS JOIN (SELECT DISTINCT population_key FROM mart.population) AS sources
LEFT JOIN mart.population AS population
    ON population.population_key = sources.population_key
    AND population.area_code = levels.area_code
    AND age_group = '総数' AND sex = '総数' AND nationality = '総数'
GROUP BY ALL
ORDER BY levels.level, levels.code, sources.population_key
