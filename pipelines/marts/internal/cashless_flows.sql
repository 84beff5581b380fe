-- The ward's merchants grouped by when they began to accept and when they left, for each cut of the
-- cube: street × industry, area, subsidised or not, and (without dates) street × area. A blank ''
-- is what the list does not say. A shop is known for a method where the list says whether it takes
-- it and, if so, since when; for `any` where one is taken, or all three are said not to be.
WITH shops AS (
    SELECT
        coalesce(street_id, '') AS street_id,
        coalesce(industry, '') AS industry,
        coalesce(area_code, '') AS area_code,
        coalesce(subsidised, '') AS subsidised,
        year(adopted_on) * 12 + month(adopted_on) - 1 AS adopted_no,
        year(ended_on) * 12 + month(ended_on) - 1 AS ended_no,
        CASE
            WHEN '有' IN (accepts_qr, accepts_card, accepts_transit_ic) THEN TRUE
            WHEN accepts_qr = '無' AND accepts_card = '無' AND accepts_transit_ic = '無' THEN FALSE
        END AS takes_any,
        accepts_qr = '有' AS takes_qr,
        accepts_card = '有' AS takes_card,
        accepts_transit_ic = '有' AS takes_transit_ic
    FROM internal.clean.cashless_merchants
    WHERE municipality_name IS NULL OR ends_with(
        municipality_name, (SELECT value FROM meta.build WHERE key = 'municipality_name')
    )
)
SELECT
    CASE
        WHEN grouping(industry) = 0 THEN 'street_industry'
        WHEN grouping(street_id) = 0 THEN 'street_area'
        WHEN grouping(area_code) = 0 THEN 'area'
        ELSE 'subsidised'
    END AS cut,
    street_id, industry, area_code, subsidised, adopted_no, ended_no,
    count_if(takes_any AND adopted_no IS NOT NULL) AS any_taking,
    count_if(NOT takes_any) AS any_not,
    count_if(takes_qr AND adopted_no IS NOT NULL) AS qr_taking,
    count_if(NOT takes_qr) AS qr_not,
    count_if(takes_card AND adopted_no IS NOT NULL) AS card_taking,
    count_if(NOT takes_card) AS card_not,
    count_if(takes_transit_ic AND adopted_no IS NOT NULL) AS transit_ic_taking,
    count_if(NOT takes_transit_ic) AS transit_ic_not
FROM shops
GROUP BY GROUPING SETS (
    (street_id, industry, adopted_no, ended_no),
    (area_code, adopted_no, ended_no),
    (subsidised, adopted_no, ended_no),
    (street_id, area_code)
)
