-- What each list of merchants can tell: shops of the ward in it, and how many of them have a place,
-- a street, a method. A list without any address below the municipality has a total and no map.
-- A part that is too small, or leaves too few beside it, is withheld (NULL).
WITH least AS (SELECT value::INTEGER AS shops FROM meta.build WHERE key = 'suppression_least_shops'),
counted AS (
    SELECT
        source_no,
        count(*) AS shops,
        count(area_code) AS placed,
        count_if(location_source = 'coordinate') AS measured,
        count(street_id) AS in_streets,
        count(coalesce(accepts_qr, accepts_card, accepts_transit_ic)) AS with_method,
        count_if(area_code IS NOT NULL OR street_id IS NOT NULL OR address IS NOT NULL) AS addressed
    FROM internal.clean.cashless_merchants
    WHERE municipality_name IS NULL OR ends_with(
        municipality_name, (SELECT value FROM meta.build WHERE key = 'municipality_name')
    )
    GROUP BY source_no
)
SELECT
    source_no,
    CASE WHEN counted.shops >= least.shops THEN counted.shops END AS ward_shops,
    CASE WHEN counted.shops >= least.shops THEN 'value' ELSE 'withheld' END AS ward_shops_state,
    CASE WHEN placed IN (0, counted.shops) OR least(placed, counted.shops - placed) >= least.shops THEN placed END AS placed_shops,
    CASE WHEN measured IN (0, counted.shops) OR least(measured, counted.shops - measured) >= least.shops THEN measured END AS measured_shops,
    CASE WHEN in_streets IN (0, counted.shops) OR least(in_streets, counted.shops - in_streets) >= least.shops THEN in_streets END AS street_shops,
    CASE WHEN with_method IN (0, counted.shops) OR least(with_method, counted.shops - with_method) >= least.shops THEN with_method END AS method_shops,
    addressed > 0 AS can_be_mapped
FROM counted
CROSS JOIN least
ORDER BY source_no
