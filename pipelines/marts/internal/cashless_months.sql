-- The months that a list of merchants speaks of, as year × 12 + month - 1: from the first adoption,
-- at most ten years, to the last whole month before the lists' as-of date (before the build's where
-- a list has none, but not beyond the last thing it tells).
WITH told AS (
    SELECT
        min(adopted_no) FILTER (any_taking + qr_taking + card_taking + transit_ic_taking > 0)
            AS first_no,
        max(greatest(adopted_no, ended_no)) AS last_no
    FROM internal.mart.cashless_flows
    WHERE cut = 'subsidised'
),
dated AS (
    SELECT CASE WHEN count(*) = count(as_of) THEN min(as_of) END AS as_of
    FROM meta.sources
    WHERE dataset = 'cashless_merchants' AND rows_loaded > 0
),
built AS (SELECT value::DATE AS as_of FROM meta.build WHERE key = 'as_of'),
whole AS (
    -- The month before the day after is the last one that was over.
    SELECT
        year(dated.as_of + 1) * 12 + month(dated.as_of + 1) - 2 AS listed_no,
        year(built.as_of + 1) * 12 + month(built.as_of + 1) - 2 AS built_no
    FROM dated CROSS JOIN built
),
bounds AS (
    SELECT
        told.first_no,
        least(coalesce(whole.listed_no, told.last_no, whole.built_no), whole.built_no) AS last_no
    FROM told CROSS JOIN whole
    WHERE EXISTS (SELECT 1 FROM internal.mart.cashless_flows)
)
SELECT
    unnest(range(
        greatest(least(coalesce(first_no, last_no), last_no), last_no - 119), last_no + 1
    ))::INTEGER AS month_no
FROM bounds
