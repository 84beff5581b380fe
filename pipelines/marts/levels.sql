-- Which 町丁目 each figure is added up over: an area itself, a town, the ward.
SELECT 'area' AS level, area_code AS code, area_code FROM clean.areas
UNION ALL
SELECT 'town', town_code, area_code FROM clean.areas
UNION ALL
SELECT 'ward', build.value, area_code
FROM clean.areas
CROSS JOIN meta.build AS build
WHERE build.key = 'municipality_code'
ORDER BY level, code, area_code
