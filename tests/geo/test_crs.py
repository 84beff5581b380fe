from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import measure_area_m2, project, to_geographic, to_projected, within_japan

NAKANO = (139.66568, 35.70574)


def test_the_origin_of_zone_nine_projects_to_zero(projected_crs):
    # 平面直角座標系 IX系: 36°N 139°50′E
    easting, northing = project([139 + 50 / 60], [36.0], crs=projected_crs)
    assert easting == pytest.approx([0], abs=1e-3)
    assert northing == pytest.approx([0], abs=1e-3)


def test_east_is_the_first_coordinate(projected_crs):
    easting, northing = project([139.8334, 139.8433], [36.0, 36.0], crs=projected_crs)
    assert easting[1] - easting[0] == pytest.approx(892, abs=2)
    assert abs(northing[1] - northing[0]) < 1


@pytest.mark.parametrize("crs", ["EPSG:4612", "EPSG:6668", "EPSG:4326"])
def test_geographic_systems_of_japan_stay_where_they_are(crs):
    moved = to_geographic(np.array([shapely.Point(NAKANO)]), crs=crs)[0]
    assert (moved.x, moved.y) == pytest.approx(NAKANO, abs=1e-6)


def test_missing_geometries_stay_missing(projected_crs):
    there = to_projected(np.array([None, shapely.Point(NAKANO)]), crs=projected_crs)
    back = to_geographic(there, crs=projected_crs)
    assert back[0] is None
    assert (back[1].x, back[1].y) == pytest.approx(NAKANO, abs=1e-9)


def test_heights_are_dropped(projected_crs):
    flat = to_projected(np.array([shapely.Point(*NAKANO, 40.0)]), crs=projected_crs)
    assert not shapely.has_z(flat[0])


def test_an_area_is_measured_in_metres(projected_crs):
    corners = to_geographic(
        np.array([shapely.box(-16000, -33000, -15900, -32800)]), crs=projected_crs
    )
    assert measure_area_m2(corners, crs=projected_crs) == pytest.approx([20_000], rel=1e-9)


def test_official_areas_agree_with_the_census_and_with_geopandas(official_table, projected_crs):
    geopandas = pytest.importorskip("geopandas")
    measured = measure_area_m2(official_table.geometry, crs=projected_crs)
    published = np.array(official_table.columns["AREA"], dtype=float)
    series = geopandas.GeoSeries(official_table.geometry, crs=4326)
    assert measured == pytest.approx(published, rel=1e-6)
    assert measured == pytest.approx(series.to_crs(projected_crs).area.to_numpy(), rel=1e-12)
    assert measured.sum() == pytest.approx(15.58e6, rel=1e-3)


def test_official_areas_agree_with_the_facts_carried_over(official, facts, projected_crs):
    carried = {row["area_code"]: float(row["area_m2"]) for row in facts("nakano_areas_2015")}
    measured = measure_area_m2(official.polygons, crs=projected_crs)
    assert dict(zip(official.codes, measured, strict=True)) == pytest.approx(carried, abs=0.6)


@pytest.mark.parametrize("crs", ["", "EPSG:999999", "nonsense", 'LOCAL_CS["somewhere"]'])
def test_an_unknown_system_is_named(crs):
    with pytest.raises(ValueError, match="unknown coordinate reference system"):
        project([139.0], [35.0], crs=crs)


def test_the_box_of_japan():
    lon = [122.0, 154.0, 139.7, 139.7, 35.7, 0.0, np.nan, np.inf]
    lat = [20.0, 46.0, 35.7, 46.1, 139.7, 0.0, 35.7, 35.7]
    expected = [True, True, True, False, False, False, False, False]
    assert within_japan(lon, lat).tolist() == expected


@given(
    lon=st.floats(138.0, 141.5, allow_nan=False),
    lat=st.floats(34.0, 37.5, allow_nan=False),
)
def test_there_and_back_is_the_same_place(lon, lat):
    easting, northing = project([lon], [lat], crs="EPSG:6677")
    back = to_geographic(shapely.points(easting, northing), crs="EPSG:6677")[0]
    assert (back.x, back.y) == pytest.approx((lon, lat), abs=1e-9)
