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
    SELECT area_code, 'population' AS quantity, population::DOUBLE AS value FROM clean.areas
    UNION ALL
    SELECT area_code, 'households', households::DOUBLE FROM clean.areas
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
),
levels AS (
    SELECT 'area' AS level, area_code AS code, area_code FROM clean.areas
    UNION ALL
    SELECT 'town', town_code, area_code FROM clean.areas
    UNION ALL
    SELECT 'ward', build.value, area_code
    FROM clean.areas
    CROSS JOIN meta.build AS build
    WHERE build.key = 'municipality_code'
)
SELECT
    level, code, quantity,
    CASE WHEN count(*) = count(value) THEN round(sum(value::DECIMAL(38, 6)), 6)::DOUBLE END AS value
FROM levels
JOIN by_area USING (area_code)
GROUP BY ALL
ORDER BY level, code, quantity
