-- Shops known and accepting at the end of each month, for each cell of each cut and each method;
-- `ever` counts those that left, too. Unprotected: this never leaves the internal file.
-- Changes are added up month by month, so that the work grows with the cells and not with the shops.
WITH flows AS (
    SELECT
        dense_rank() OVER (ORDER BY cut, street_id, industry, area_code, subsidised) AS cell_no, *
    FROM internal.mart.cashless_flows
    WHERE cut <> 'street_area'
),
cells AS (
    SELECT
        cell_no, any_value(cut) AS cut, any_value(street_id) AS street_id,
        any_value(industry) AS industry, any_value(area_code) AS area_code,
        any_value(subsidised) AS subsidised,
        sum(any_taking + any_not) AS any_ever, sum(qr_taking + qr_not) AS qr_ever,
        sum(card_taking + card_not) AS card_ever,
        sum(transit_ic_taking + transit_ic_not) AS transit_ic_ever
    FROM flows
    GROUP BY cell_no
),
events AS (
    SELECT
        cell_no, adopted_no AS event_no,
        any_taking, qr_taking, card_taking, transit_ic_taking,
        0 AS any_gone, 0 AS qr_gone, 0 AS card_gone, 0 AS transit_ic_gone
    FROM flows WHERE adopted_no IS NOT NULL
    UNION ALL
    SELECT
        cell_no, ended_no, 0, 0, 0, 0, any_taking + any_not, qr_taking + qr_not,
        card_taking + card_not, transit_ic_taking + transit_ic_not
    FROM flows WHERE ended_no IS NOT NULL
    UNION ALL
    -- What ended before it began was never accepting.
    SELECT
        cell_no, greatest(adopted_no, ended_no),
        -any_taking, -qr_taking, -card_taking, -transit_ic_taking, 0, 0, 0, 0
    FROM flows WHERE ended_no IS NOT NULL AND adopted_no IS NOT NULL
),
steps AS (
    SELECT
        cell_no,
        greatest(event_no, (SELECT min(month_no) FROM internal.mart.cashless_months)) AS month_no,
        sum(any_taking) AS any_taking, sum(qr_taking) AS qr_taking,
        sum(card_taking) AS card_taking, sum(transit_ic_taking) AS transit_ic_taking,
        sum(any_gone) AS any_gone, sum(qr_gone) AS qr_gone, sum(card_gone) AS card_gone,
        sum(transit_ic_gone) AS transit_ic_gone
    FROM events
    GROUP BY ALL
),
months AS (
    SELECT
        cells.cell_no, months.month_no,
        sum(any_taking) OVER so_far AS any_taking, sum(qr_taking) OVER so_far AS qr_taking,
        sum(card_taking) OVER so_far AS card_taking,
        sum(transit_ic_taking) OVER so_far AS transit_ic_taking,
        sum(any_gone) OVER so_far AS any_gone, sum(qr_gone) OVER so_far AS qr_gone,
        sum(card_gone) OVER so_far AS card_gone, sum(transit_ic_gone) OVER so_far AS transit_ic_gone
    FROM cells
    CROSS JOIN internal.mart.cashless_months AS months
    LEFT JOIN steps ON steps.cell_no = cells.cell_no AND steps.month_no = months.month_no
    WINDOW so_far AS (PARTITION BY cells.cell_no ORDER BY months.month_no)
),
told AS (
    SELECT cell_no, month_no, 'any' AS method, any_taking AS accepting, any_gone AS gone FROM months
    UNION ALL
    SELECT cell_no, month_no, 'qr', qr_taking, qr_gone FROM months
    UNION ALL
    SELECT cell_no, month_no, 'card', card_taking, card_gone FROM months
    UNION ALL
    SELECT cell_no, month_no, 'transit_ic', transit_ic_taking, transit_ic_gone FROM months
)
SELECT
    cut, street_id, industry, area_code, subsidised, method, month_no,
    CASE method
        WHEN 'any' THEN any_ever WHEN 'qr' THEN qr_ever WHEN 'card' THEN card_ever
        ELSE transit_ic_ever
    END::BIGINT AS ever,
    (ever - coalesce(gone, 0))::BIGINT AS known,
    coalesce(accepting, 0)::BIGINT AS accepting
FROM told
JOIN cells USING (cell_no)
WHERE ever > 0
