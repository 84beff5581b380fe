-- Merchants as everybody may see them: shops known and accepting at the end of a month, by level
-- and method. Where a dimension does not apply it is NULL; '' is what the list does not say (for a
-- street: no street). A number withheld is NULL with the state `withheld`, never zero; a cell that
-- never had a shop has no row. Everything that pages, files and notebooks show comes from here.
WITH least AS (SELECT value::INTEGER AS shops FROM meta.build WHERE key = 'suppression_least_shops'),
levels AS (
    SELECT
        'street_industry' AS level, street_id, industry, NULL AS area_code, NULL AS town_code,
        NULL AS subsidised, method, month_no, known, accepting,
        withheld AS known_withheld, withheld AS accepting_withheld
    FROM internal.mart.cashless_cells
    UNION ALL
    SELECT
        'street', street_id, NULL, NULL, NULL, NULL, method, month_no, known, accepting,
        withheld, withheld
    FROM internal.mart.cashless_streets
    UNION ALL
    SELECT
        'industry', NULL, industry, NULL, NULL, NULL, method, month_no, known, accepting,
        known_withheld, accepting_withheld
    FROM internal.mart.cashless_industries
    UNION ALL
    SELECT
        'area', NULL, NULL, area_code, town_code, NULL, method, month_no, known, accepting,
        withheld, withheld
    FROM internal.mart.cashless_areas
    UNION ALL
    SELECT
        'town', NULL, NULL, NULL, town_code, NULL, method, month_no, sum(known), sum(accepting),
        bool_or(town_withheld), bool_or(town_withheld)
    FROM internal.mart.cashless_areas
    GROUP BY ALL
    UNION ALL
    SELECT
        'subsidised', NULL, NULL, NULL, NULL, subsidised, method, month_no, known, accepting,
        withheld, withheld
    FROM internal.mart.cashless_subsidies
    UNION ALL
    SELECT
        'ward', NULL, NULL, NULL, NULL, NULL, method, month_no, sum(known), sum(accepting),
        sum(known) < any_value(least.shops), sum(known) < any_value(least.shops)
    FROM internal.mart.cashless_streets
    CROSS JOIN least
    GROUP BY method, month_no
)
SELECT
    level, street_id, industry, area_code, town_code, subsidised, method,
    printf('%04d-%02d', month_no // 12, month_no % 12 + 1) AS month,
    CASE WHEN NOT known_withheld THEN known::BIGINT END AS shops_known,
    CASE WHEN known_withheld THEN 'withheld' ELSE 'value' END AS shops_known_state,
    CASE WHEN NOT accepting_withheld THEN accepting::BIGINT END AS shops_accepting,
    CASE WHEN accepting_withheld THEN 'withheld' ELSE 'value' END AS shops_accepting_state
FROM levels
ORDER BY level, method, street_id, industry, area_code, town_code, subsidised, month_no
