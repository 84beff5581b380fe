-- Shops that used the subsidy, that did not, and of which the list does not say ('').
WITH least AS (SELECT value::INTEGER AS shops FROM meta.build WHERE key = 'suppression_least_shops'),
judged AS (
    SELECT method, month_no, subsidised, ever, known, accepting, known < least.shops AS small
    FROM internal.mart.cashless_counts
    CROSS JOIN least
    WHERE cut = 'subsidised'
),
counted AS (
    SELECT
        *,
        bool_or(small) OVER a_month AS touched,
        count_if(small AND known > 0) OVER a_month AS together,
        row_number() OVER (
            PARTITION BY method, month_no ORDER BY small OR known = 0, ever, subsidised
        ) AS turn
    FROM judged
    WINDOW a_month AS (PARTITION BY method, month_no)
)
SELECT
    method, month_no, subsidised, known, accepting,
    small OR (touched AND together < 2 AND turn = 1) AS withheld
FROM counted
