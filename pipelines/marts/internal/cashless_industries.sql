-- Industries, and whether their sums over the ward are withheld. A line of cells needs either the
-- buffer to give way in each of its industries, or the sums of its industries withheld: for shops
-- known where the buffer has few of an industry, for shops accepting (a month and method at a time)
-- where all or none of the buffer's accept. Lines whose withheld cells accept all or nothing
-- together have nothing left to keep. One withheld alone gets another beside it.
WITH least AS (SELECT value::INTEGER AS shops FROM meta.build WHERE key = 'suppression_least_shops'),
sums AS (
    SELECT
        method, month_no, industry, sum(ever)::BIGINT AS ever, sum(known)::BIGINT AS known,
        sum(accepting)::BIGINT AS accepting,
        coalesce(sum(known) FILTER (is_buffer), 0)::BIGINT AS buffer_known,
        coalesce(sum(accepting) FILTER (is_buffer), 0)::BIGINT AS buffer_accepting
    FROM internal.mart.cashless_cells
    GROUP BY ALL
),
lines AS (
    SELECT
        cells.method, cells.month_no, cells.line, cells.is_buffer, cells.industry, cells.own,
        -- The buffer cannot give way to itself.
        bool_or(cells.own AND (cells.is_buffer OR buffer_known < least.shops)) OVER in_line
            AS without_buffer,
        bool_or(cells.own AND (
            cells.is_buffer OR buffer_accepting = 0 OR buffer_accepting = buffer_known
        )) OVER in_line AS stuck,
        sum(CASE WHEN cells.own THEN cells.accepting ELSE 0 END) OVER in_line AS own_accepting,
        sum(CASE WHEN cells.own THEN cells.known ELSE 0 END) OVER in_line AS own_known,
        sum(cells.accepting) OVER in_line AS line_accepting,
        sum(cells.known) OVER in_line AS line_known,
        bool_or(cells.own) OVER in_line AS touched
    FROM internal.mart.cashless_cells AS cells
    CROSS JOIN least
    JOIN sums USING (method, month_no, industry)
    WINDOW in_line AS (PARTITION BY cells.method, cells.month_no, cells.line)
),
needed AS (
    SELECT
        method, month_no, industry,
        bool_or(own AND without_buffer) AS known_withheld,
        bool_or(
            (own AND (without_buffer OR (
                stuck AND own_accepting > 0 AND own_accepting < own_known
            )))
            OR (
                is_buffer AND touched AND own_accepting IN (0, own_known)
                AND line_accepting > 0 AND line_accepting < line_known
            )
        ) AS accepting_withheld
    FROM lines
    GROUP BY ALL
),
judged AS (SELECT sums.*, known_withheld, accepting_withheld FROM sums JOIN needed USING (method, month_no, industry)),
first_of_others AS (
    SELECT
        *,
        count_if(known_withheld) OVER a_month AS known_together,
        count_if(accepting_withheld) OVER a_month AS accepting_together,
        row_number() OVER (
            PARTITION BY method, month_no
            ORDER BY known_withheld OR known = 0, buffer_known = 0, ever, industry
        ) AS known_turn,
        row_number() OVER (
            PARTITION BY method, month_no
            ORDER BY accepting_withheld OR known = 0, buffer_known = 0, ever, industry
        ) AS accepting_turn
    FROM judged
    WINDOW a_month AS (PARTITION BY method, month_no)
),
paired AS (
    SELECT
        * REPLACE (
            known_withheld OR (known_together = 1 AND known_turn = 1) AS known_withheld,
            accepting_withheld OR (accepting_together = 1 AND accepting_turn = 1)
                AS accepting_withheld
        )
    FROM first_of_others
)
SELECT
    method, month_no, industry, ever, known, accepting,
    known_withheld, accepting_withheld OR known_withheld AS accepting_withheld
FROM paired
