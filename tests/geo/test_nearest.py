"""The nearest site by area: squares cut by hand, random points, and geopandas as second judge."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.nearest import nearest_parts

SQUARES = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], dtype=object)


def table(parts):
    return {
        (int(polygon), int(site)): share
        for polygon, site, share in zip(parts.polygon, parts.site, parts.share, strict=True)
    }


def test_two_sites_cut_two_squares_half_way_between_them():
    # At x = 20 and x = 180 the border is x = 100; at 20 and 120 it is x = 70.
    assert table(nearest_parts([20, 180], [50, 50], SQUARES)) == {(0, 0): 1.0, (1, 1): 1.0}
    assert table(nearest_parts([20, 120], [50, 50], SQUARES)) == pytest.approx(
        {(0, 0): 0.7, (0, 1): 0.3, (1, 1): 1.0}
    )


def test_one_site_has_everything_and_none_has_nothing():
    assert table(nearest_parts([-500], [900], SQUARES)) == {(0, 0): 1.0, (1, 0): 1.0}
    assert table(nearest_parts([], [], SQUARES)) == {}
    assert table(nearest_parts([np.nan], [np.nan], SQUARES)) == {}


def test_an_unknown_position_is_nobodys_nearest_and_of_two_at_one_place_the_first_counts():
    parts = nearest_parts([np.nan, 120, 20, 120], [np.nan, 50, 50, 50], SQUARES)
    assert table(parts) == pytest.approx({(0, 1): 0.3, (0, 2): 0.7, (1, 1): 1.0})


SITES = st.lists(
    st.tuples(st.integers(-50, 250), st.integers(-50, 150)), min_size=1, max_size=12
).map(np.array)


@given(SITES)
@settings(max_examples=60)
def test_every_polygon_is_given_away_whole_and_to_the_nearest(sites):
    parts = nearest_parts(sites[:, 0], sites[:, 1], SQUARES)
    assert np.bincount(parts.polygon, parts.share) == pytest.approx([1, 1])
    x, y = np.meshgrid(np.arange(2.5, 200, 5), np.arange(2.5, 100, 5))
    apart = np.hypot(x.ravel()[:, None] - sites[:, 0], y.ravel()[:, None] - sites[:, 1])
    counted = np.bincount(apart.argmin(axis=1), minlength=len(sites)) / x.size
    drawn = np.bincount(parts.site, parts.share / 2, minlength=len(sites))
    # Grid and area differ by cells on the borders; a point between two sites is the first one's.
    assert drawn == pytest.approx(counted, abs=0.12)


def test_the_parts_of_the_ward_are_those_of_a_geopandas_overlay(schematic, facts, projected_crs):
    shelters = facts("nakano_shelters")
    points = gpd.GeoSeries.from_xy(
        [float(row["lon"]) for row in shelters], [float(row["lat"]) for row in shelters], crs=4326
    ).to_crs(projected_crs)
    areas = gpd.GeoDataFrame(geometry=gpd.GeoSeries(schematic.polygons, crs=4326)).to_crs(
        projected_crs
    )
    parts = nearest_parts(points.x, points.y, areas.geometry.to_numpy())
    cells = points.drop_duplicates().voronoi_polygons(extend_to=areas.union_all().buffer(2000))
    cells = gpd.GeoDataFrame(geometry=cells)
    owners = gpd.sjoin(cells[["geometry"]], points.to_frame("geometry"), predicate="contains")
    owners = owners[~owners.index.duplicated()].rename(columns={"index_right": "site"})
    areas["polygon"], areas["whole"] = range(len(areas)), areas.area
    cut = gpd.overlay(areas, owners[["geometry", "site"]], how="intersection")
    cut = cut[cut.area > 1e-6]
    expected = dict(
        zip(zip(cut["polygon"], cut["site"], strict=True), cut.area / cut["whole"], strict=True)
    )
    mine = {key: share for key, share in table(parts).items() if share > 1e-9}
    assert {key: share for key, share in expected.items() if share > 1e-9} == pytest.approx(
        mine, abs=1e-9
    )
