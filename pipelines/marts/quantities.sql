-- What is added up, for each 町丁目, 町 and the ward. NULL is unknown: a data set that nobody
-- supplied, or of which not one row could be taken, has no count, and a sum with an unknown part
-- is unknown.
WITH counted AS (
    SELECT areas.area_code, kinds.kind, count(points.id) AS things
    FROM clean.areas AS areas
    CROSS JOIN (VALUES ('facility'), ('shelter'), ('wifi')) AS kinds(kind)
    LEFT JOIN mart.points AS points
        ON points.area_code = areas.area_code AND points.kind = kinds.kind
    GROUP BY ALL
),
by_area AS (
    SELECT code AS area_code, 'population' AS quantity, totals.persons AS value
    FROM mart.population_totals AS totals
    JOIN mart.population_sources USING (population_key)
    WHERE level = 'area' AND is_default
    UNION ALL
    SELECT code, 'households', totals.households
    FROM mart.population_totals AS totals
    JOIN mart.population_sources USING (population_key)
    WHERE level = 'area' AND is_households_default
    UNION ALL
    SELECT area_code, 'area_km2', area_m2 / 1e6 FROM clean.areas
    UNION ALL
    SELECT
        area_code, quantity,
        CASE
            WHEN datasets.files > 0 AND (datasets.rows > 0 OR datasets.rows_quarantined = 0)
            THEN things::DOUBLE
        END
    FROM counted
    JOIN (
        VALUES
            ('facility', 'facilities', 'facilities'),
            ('shelter', 'evacuation_shelters', 'evacuation_shelters'),
            ('wifi', 'wifi_access_points', 'wifi_access_points')
    ) AS named(kind, quantity, dataset) USING (kind)
    JOIN meta.datasets AS datasets USING (dataset)
)
SELECT
    level, code, quantity,
    CASE WHEN count(*) = count(value) THEN round(sum(value::DECIMAL(38, 6)), 6)::DOUBLE END AS value
FROM mart.levels
JOIN by_area USING (area_code)
GROUP BY ALL
ORDER BY level, code, quantity
