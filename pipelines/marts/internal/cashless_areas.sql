-- 町丁目 ('' is unknown), and which are withheld with their 町: too few shops; or all but too few are
-- in streets that lie in it as a whole, which would leave those few by a subtraction; or it is one
-- of the areas whose shops are a street's but for too few. One in a 町 gets another one beside it.
WITH least AS (SELECT value::INTEGER AS shops FROM meta.build WHERE key = 'suppression_least_shops'),
areas AS (
    SELECT
        method, month_no, counts.area_code, coalesce(town_code, '') AS town_code,
        ever, known, accepting
    FROM internal.mart.cashless_counts AS counts
    LEFT JOIN clean.areas AS named ON named.area_code = counts.area_code
    WHERE cut = 'area'
),
shared AS (
    SELECT
        street_id, area_code,
        coalesce((SELECT any_value(town_code) FROM clean.areas WHERE areas.area_code = flows.area_code), '') AS town_code
    FROM internal.mart.cashless_flows AS flows
    WHERE cut = 'street_area'
),
-- A street that lies in one area, or in one town, as a whole; an area all of whose shops are a street's.
street_in AS (
    SELECT
        street_id,
        CASE WHEN count(*) = 1 THEN any_value(area_code) END AS area_code,
        CASE WHEN count(DISTINCT town_code) = 1 THEN any_value(town_code) END AS town_code
    FROM shared WHERE street_id <> '' GROUP BY street_id
),
area_in AS (
    SELECT area_code, any_value(street_id) AS street_id
    FROM shared GROUP BY area_code HAVING count(*) = 1 AND any_value(street_id) <> ''
),
of_area AS (
    SELECT method, month_no, area_code, sum(known) AS in_streets
    FROM internal.mart.cashless_streets JOIN street_in USING (street_id)
    WHERE NOT withheld GROUP BY ALL
),
of_town AS (
    SELECT method, month_no, town_code, sum(known) AS in_streets
    FROM internal.mart.cashless_streets JOIN street_in USING (street_id)
    WHERE NOT withheld GROUP BY ALL
),
of_street AS (
    SELECT method, month_no, street_id, sum(areas.known) AS in_areas
    FROM areas JOIN area_in USING (area_code) GROUP BY ALL
),
judged AS (
    SELECT
        areas.*,
        areas.known < least.shops
        OR coalesce(areas.known - of_area.in_streets BETWEEN 1 AND least.shops - 1, FALSE)
        OR coalesce(streets.known - of_street.in_areas BETWEEN 1 AND least.shops - 1, FALSE) AS small
    FROM areas
    CROSS JOIN least
    LEFT JOIN of_area USING (method, month_no, area_code)
    LEFT JOIN area_in USING (area_code)
    LEFT JOIN internal.mart.cashless_streets AS streets
        ON streets.method = areas.method AND streets.month_no = areas.month_no
        AND streets.street_id = area_in.street_id
    LEFT JOIN of_street
        ON of_street.method = areas.method AND of_street.month_no = areas.month_no
        AND of_street.street_id = area_in.street_id
),
towns AS (
    SELECT
        judged.method, judged.month_no, judged.town_code, sum(ever) AS ever, sum(known) AS known,
        sum(known) < any_value(least.shops)
        OR (count_if(known > 0) = 1 AND bool_or(small))
        OR coalesce(
            sum(known) - any_value(in_streets) BETWEEN 1 AND any_value(least.shops) - 1, FALSE
        ) AS small
    FROM judged
    CROSS JOIN least
    LEFT JOIN of_town USING (method, month_no, town_code)
    GROUP BY ALL
),
towns_counted AS (
    SELECT
        *,
        bool_or(small) OVER a_month AS touched,
        count_if(small AND known > 0) OVER a_month AS together,
        row_number() OVER (
            PARTITION BY method, month_no ORDER BY small OR known = 0, ever, town_code
        ) AS turn
    FROM towns
    WINDOW a_month AS (PARTITION BY method, month_no)
),
towns_withheld AS (
    SELECT
        method, month_no, town_code,
        small OR (touched AND together < 2 AND turn = 1) AS town_withheld
    FROM towns_counted
),
based AS (
    SELECT
        judged.* EXCLUDE (small), town_withheld,
        CASE WHEN town_withheld THEN '*' ELSE 'town ' || town_code END AS line,
        -- A town that withholds its sum withholds at least one of its areas, or they would tell it.
        small OR (town_withheld AND row_number() OVER (
            PARTITION BY method, month_no, town_code ORDER BY known = 0, NOT small, ever, area_code
        ) = 1) AS based
    FROM judged
    JOIN towns_withheld USING (method, month_no, town_code)
),
counted AS (
    SELECT
        *,
        bool_or(based) OVER in_line AS touched,
        count_if(based AND known > 0) OVER in_line AS together,
        row_number() OVER (
            PARTITION BY method, month_no, line ORDER BY based OR known = 0, ever, area_code
        ) AS turn
    FROM based
    WINDOW in_line AS (PARTITION BY method, month_no, line)
)
SELECT
    method, month_no, area_code, town_code, ever, known, accepting, town_withheld,
    based OR (touched AND together < 2 AND turn = 1) AS withheld
FROM counted
