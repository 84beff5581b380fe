-- Each measure of each area: one quantity, or one over another times `per`. Nothing divided by
-- nothing is unknown, not zero.
SELECT
    top.level, top.code, measures.measure,
    CASE
        WHEN measures.denominator IS NULL THEN top.value
        WHEN bottom.value > 0 THEN top.value / bottom.value * measures.per
    END AS value,
    top.value AS numerator,
    bottom.value AS denominator
FROM meta.measures AS measures
JOIN mart.quantities AS top ON top.quantity = measures.numerator
LEFT JOIN mart.quantities AS bottom
    ON bottom.quantity = measures.denominator
    AND bottom.level = top.level AND bottom.code = top.code
ORDER BY measures.sort_order, top.level, top.code
