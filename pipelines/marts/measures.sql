-- The measures with their rank (1 is the largest; ties share) and their class on the map.
SELECT
    measured.level, measured.code, measured.measure,
    measured.value, measured.numerator, measured.denominator,
    CASE WHEN measured.value IS NOT NULL THEN
        rank() OVER (
            PARTITION BY measured.level, measured.measure ORDER BY measured.value DESC NULLS LAST
        )
    END AS rank,
    count(measured.value) OVER (PARTITION BY measured.level, measured.measure) AS ranked_of,
    classes.class_no
FROM mart.measure_values AS measured
LEFT JOIN mart.measure_classes AS classes
    ON classes.level = measured.level AND classes.measure = measured.measure
    AND measured.value BETWEEN classes.lower AND classes.upper
ORDER BY measured.measure, measured.level, measured.code
