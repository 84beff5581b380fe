-- One row a thing on the map. A row placed by its address alone is drawn at the middle of its
-- area (mart.shapes) and says so in location_source.
WITH things AS (
    SELECT 'facility' AS kind, municipality_code || '-' || facility_id AS id,
        facility_name AS name, facility_category AS category, address, lon, lat,
        area_code, location_source, source_no, source_line
    FROM clean.facilities
    UNION ALL
    SELECT 'shelter', shelter_id, shelter_name, NULL, address, lon, lat,
        area_code, location_source, source_no, source_line
    FROM clean.evacuation_shelters
    UNION ALL
    SELECT 'wifi', municipality_code || '-' || access_point_id, access_point_name, ssid, address,
        lon, lat, area_code, location_source, source_no, source_line
    FROM clean.wifi_access_points
    UNION ALL
    SELECT 'station', station_name, station_name, NULL, NULL, lon, lat,
        area_code, location_source, source_no, source_line
    FROM clean.stations
)
SELECT
    kind, id, things.name, category, address,
    CASE location_source WHEN 'coordinate' THEN things.lon WHEN 'address' THEN shapes.lon END AS lon,
    CASE location_source WHEN 'coordinate' THEN things.lat WHEN 'address' THEN shapes.lat END AS lat,
    things.area_code, areas.town_code, location_source,
    things.area_code IS NOT NULL AS in_ward,
    sources.status, things.source_no, things.source_line
FROM things
LEFT JOIN clean.areas AS areas ON areas.area_code = things.area_code
LEFT JOIN mart.shapes AS shapes ON shapes.level = 'area' AND shapes.code = things.area_code
JOIN meta.sources AS sources ON sources.source_no = things.source_no
ORDER BY kind, id
