-- The counts of residents that there are: the boundary's own, and each source and reference date
-- of clean.area_population.
WITH boundary AS (
    SELECT
        min(boundary_id) AS boundary_id,
        coalesce(
            min(boundary_id) = max(boundary_id)
            AND regexp_full_match(min(boundary_id), 'census-(19|20)[0-9]{2}'),
            FALSE
        ) AS of_census
    FROM clean.areas
),
counts AS (
    SELECT
        'areas' AS dataset, 'boundary' AS kind,
        CASE WHEN of_census THEN '国勢調査' ELSE '境界データ' END AS population_source,
        -- A census is as of 1 October of its year.
        CASE
            WHEN of_census THEN make_date(right(boundary.boundary_id, 4)::INTEGER, 10, 1)
            ELSE datasets.as_of
        END AS surveyed_on
    FROM boundary
    CROSS JOIN meta.datasets AS datasets
    WHERE datasets.dataset = 'areas'
    UNION ALL
    SELECT DISTINCT
        'area_population',
        CASE population_source
            WHEN '住民基本台帳' THEN 'register' WHEN '国勢調査' THEN 'census' ELSE 'estimate'
        END,
        population_source, surveyed_on
    FROM clean.area_population
)
SELECT kind || coalesce('-' || surveyed_on, '') AS population_key, *
FROM counts
ORDER BY population_key
