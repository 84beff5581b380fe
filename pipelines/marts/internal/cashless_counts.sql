-- Shops known and accepting at the end of each month, for each cell of each cut and each method;
-- `ever` counts those that left, too. Unprotected: this never leaves the internal file.
WITH flows AS (
    SELECT cut, street_id, industry, area_code, subsidised, adopted_no, ended_no, unnest([
        {'method': 'any', 'taking': any_taking, 'refusing': any_not},
        {'method': 'qr', 'taking': qr_taking, 'refusing': qr_not},
        {'method': 'card', 'taking': card_taking, 'refusing': card_not},
        {'method': 'transit_ic', 'taking': transit_ic_taking, 'refusing': transit_ic_not}
    ], recursive := TRUE)
    FROM internal.mart.cashless_flows
    WHERE cut <> 'street_area'
),
cells AS (
    SELECT
        cut, street_id, industry, area_code, subsidised, method,
        sum(taking + refusing)::BIGINT AS ever
    FROM flows
    GROUP BY ALL
    HAVING ever > 0
),
steps AS (
    SELECT
        cut, street_id, industry, area_code, subsidised, method,
        greatest(event_no, (SELECT min(month_no) FROM internal.mart.cashless_months)) AS month_no,
        sum(gone)::BIGINT AS gone, sum(accepting)::BIGINT AS accepting
    FROM (
        SELECT *, adopted_no AS event_no, 0 AS gone, taking AS accepting
        FROM flows WHERE taking > 0
        UNION ALL
        SELECT
            *, ended_no, taking + refusing, 0
        FROM flows WHERE ended_no IS NOT NULL
        UNION ALL
        -- What ended before it began was never accepting.
        SELECT *, greatest(adopted_no, ended_no), 0, -taking
        FROM flows WHERE ended_no IS NOT NULL AND taking > 0
    )
    GROUP BY ALL
)
SELECT
    cells.cut, cells.street_id, cells.industry, cells.area_code, cells.subsidised, cells.method,
    months.month_no, ever,
    (ever - sum(coalesce(gone, 0)) OVER so_far)::BIGINT AS known,
    (sum(coalesce(steps.accepting, 0)) OVER so_far)::BIGINT AS accepting
FROM cells
CROSS JOIN internal.mart.cashless_months AS months
LEFT JOIN steps
    ON steps.cut = cells.cut AND steps.method = cells.method AND steps.month_no = months.month_no
    AND steps.street_id IS NOT DISTINCT FROM cells.street_id
    AND steps.industry IS NOT DISTINCT FROM cells.industry
    AND steps.area_code IS NOT DISTINCT FROM cells.area_code
    AND steps.subsidised IS NOT DISTINCT FROM cells.subsidised
WINDOW so_far AS (
    PARTITION BY
        cells.cut, cells.method, cells.street_id, cells.industry, cells.area_code, cells.subsidised
    ORDER BY months.month_no
)
