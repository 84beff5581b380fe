-- The residents of each 町丁目, 町 and the ward by every source, with the difference to the default
-- source's; unknown where either is.
SELECT
    totals.level, totals.code, totals.population_key,
    totals.persons, totals.persons_known, totals.areas_missing,
    totals.persons - base.persons AS difference,
    CASE WHEN base.persons > 0 THEN 100 * (totals.persons - base.persons) / base.persons END
        AS difference_pct
FROM mart.population_totals AS totals
JOIN mart.population_sources AS sources ON sources.is_default
JOIN mart.population_totals AS base
    ON base.population_key = sources.population_key
    AND base.level = totals.level AND base.code = totals.code
ORDER BY totals.level, totals.code, totals.population_key
