-- Streets ('' is no street), and whether their counts are withheld: those with too few shops, and
-- where it is one alone, another one beside it (the shops of no street before a street).
WITH least AS (SELECT value::INTEGER AS shops FROM meta.build WHERE key = 'suppression_least_shops'),
streets AS (
    SELECT
        method, month_no, street_id, sum(ever)::BIGINT AS ever, sum(known)::BIGINT AS known,
        sum(accepting)::BIGINT AS accepting
    FROM internal.mart.cashless_counts
    WHERE cut = 'street_industry'
    GROUP BY ALL
),
judged AS (SELECT streets.*, known < least.shops AS small FROM streets CROSS JOIN least),
counted AS (
    SELECT
        *,
        bool_or(small) OVER a_month AS touched,
        count_if(small AND known > 0) OVER a_month AS together,
        row_number() OVER (
            PARTITION BY method, month_no ORDER BY small OR known = 0, street_id <> '', ever, street_id
        ) AS turn
    FROM judged
    WINDOW a_month AS (PARTITION BY method, month_no)
)
SELECT
    method, month_no, street_id,
    row_number() OVER (PARTITION BY method, month_no ORDER BY street_id) AS street_no,
    ever, known, accepting,
    small OR (touched AND together < 2 AND turn = 1) AS withheld
FROM counted
