-- Cells of street × industry, and which are withheld (docs/methods_suppression.ja.md).
-- `own`: too few shops, or needed beside such a one in its line, so that no line of known sum holds
-- one alone. A line is a street; streets whose sum is withheld are one line together. `buffer` is
-- the street ('' included) that has the most industries: as long as another line withholds
-- anything, it withholds its whole split, which keeps sums by industry from telling.
WITH least AS (SELECT value::INTEGER AS shops FROM meta.build WHERE key = 'suppression_least_shops'),
cells AS (
    SELECT method, month_no, street_id, industry, ever, known, accepting
    FROM internal.mart.cashless_counts
    WHERE cut = 'street_industry'
),
buffers AS (
    SELECT method, street_id AS buffer
    FROM cells
    CROSS JOIN least
    -- Every cell is there in every month.
    WHERE month_no = (SELECT max(month_no) FROM internal.mart.cashless_months)
    GROUP BY method, street_id
    QUALIFY row_number() OVER (
        PARTITION BY method
        ORDER BY count_if(ever >= least.shops) DESC, street_id <> '', sum(ever) DESC, street_id
    ) = 1
),
judged AS (
    SELECT
        cells.*,
        CASE WHEN streets.withheld THEN 0 ELSE streets.street_no END AS line,
        cells.street_id = buffers.buffer AS is_buffer,
        cells.known < least.shops OR streets.withheld AS small
    FROM cells
    CROSS JOIN least
    JOIN buffers USING (method)
    JOIN internal.mart.cashless_streets AS streets USING (method, month_no, street_id)
),
counted AS (
    SELECT
        *,
        bool_or(small) OVER in_line AS touched,
        count_if(small AND known > 0) OVER in_line AS together,
        row_number() OVER (
            PARTITION BY method, month_no, line
            ORDER BY small OR known = 0, ever, street_id, industry
        ) AS turn
    FROM judged
    WINDOW in_line AS (PARTITION BY method, month_no, line)
),
own AS (
    SELECT
        * EXCLUDE (touched, together, turn),
        small OR (touched AND together < 2 AND turn = 1) AS own
    FROM counted
)
SELECT
    *,
    own OR (
        is_buffer AND bool_or(own AND NOT is_buffer) OVER (PARTITION BY method, month_no)
    ) AS withheld
FROM own
