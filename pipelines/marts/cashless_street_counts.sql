-- What the ward counted itself: shops known (members) and accepting, by street, period and method.
-- The list is public as handed in, its own × is kept as `withheld`; a street of too few members is
-- withheld here, too. More shops accepting than there are members is no number (`inconsistent`).
WITH least AS (SELECT value::INTEGER AS shops FROM meta.build WHERE key = 'suppression_least_shops'),
listed AS (
    SELECT street_id, period, member_shops, member_shops_state, source_no, source_line, unnest([
        {'method': 'any', 'accepting': cashless_shops, 'state': cashless_shops_state},
        {'method': 'qr', 'accepting': qr_shops, 'state': qr_shops_state},
        {'method': 'card', 'accepting': card_shops, 'state': card_shops_state},
        {'method': 'transit_ic', 'accepting': transit_ic_shops, 'state': transit_ic_shops_state}
    ], recursive := TRUE)
    FROM clean.shopping_street_counts
),
read AS (
    SELECT
        street_id, period,
        CASE
            WHEN period LIKE '%-%' THEN 'month' WHEN period LIKE '%Q%' THEN 'quarter'
            ELSE 'fiscal_year'
        END AS period_kind,
        method, source_no, source_line,
        CASE
            WHEN member_shops IS NULL THEN coalesce(member_shops_state, 'unknown')
            WHEN member_shops BETWEEN 1 AND least.shops - 1 THEN 'withheld' ELSE 'value'
        END AS shops_known_state,
        CASE
            WHEN member_shops BETWEEN 1 AND least.shops - 1 THEN 'withheld'
            WHEN accepting IS NULL THEN coalesce(state, 'unknown')
            WHEN accepting > member_shops THEN 'inconsistent' ELSE 'value'
        END AS shops_accepting_state,
        member_shops, accepting
    FROM listed
    CROSS JOIN least
)
SELECT
    street_id, period, period_kind,
    CASE period_kind
        WHEN 'month' THEN period
        -- The last month of a quarter and of a 年度.
        WHEN 'quarter' THEN
            CASE period[6:6]
                WHEN '4' THEN printf('%04d-03', period[1:4]::INTEGER + 1)
                ELSE printf('%s-%02d', period[1:4], 3 + 3 * period[6:6]::INTEGER)
            END
        ELSE printf('%04d-03', period::INTEGER + 1)
    END AS month,
    method,
    CASE WHEN shops_known_state = 'value' THEN member_shops END AS shops_known, shops_known_state,
    CASE WHEN shops_accepting_state = 'value' THEN accepting END AS shops_accepting,
    shops_accepting_state, source_no, source_line
FROM read
ORDER BY street_id, method, month, period_kind, source_no, source_line
