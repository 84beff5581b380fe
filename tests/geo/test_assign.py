from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import assign
from geo.areas import Areas
from geo.assign import assign_points

MANY = 60_000


def smallest_area_by_sjoin(lon, lat, areas):
    """Answer the same question with geopandas."""
    geopandas = pytest.importorskip("geopandas")
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=4326)
    polygons = geopandas.GeoDataFrame(geometry=areas.polygons, crs=4326)
    joined = geopandas.sjoin(points, polygons, predicate="intersects")["index_right"]
    expected = np.full(len(points), -1)
    smallest = joined.groupby(level=0).min()
    expected[smallest.index] = smallest
    return expected


def points_around(areas, count, *, seed):
    """Random points in and around the areas, with every vertex and points on the edges."""
    west, south, east, north = shapely.total_bounds(areas.polygons)
    random = np.random.default_rng(seed)
    margin = (east - west) / 50
    edges = shapely.segmentize(shapely.boundary(areas.polygons), margin / 20)
    vertices = shapely.get_coordinates(edges)
    lon = random.uniform(west - margin, east + margin, count)
    lat = random.uniform(south - margin, north + margin, count)
    return np.concatenate([vertices[:, 0], lon]), np.concatenate([vertices[:, 1], lat])


def test_a_point_gets_the_index_of_its_area(four_squares):
    lon, lat = [139.5, 140.5, 139.5, 140.5], [35.5, 35.5, 36.5, 36.5]
    found = assign_points(lon, lat, four_squares)
    assert found.tolist() == [0, 1, 2, 3]
    assert found.dtype == np.int32


def test_a_point_on_an_edge_belongs_to_the_smallest_code(four_squares):
    lon, lat = [140, 140, 139.5, 139.5, 141, 139], [35.5, 36, 36, 35, 37, 37]
    assert assign_points(lon, lat, four_squares).tolist() == [0, 0, 0, 0, 3, 2]


def test_where_areas_overlap_the_smallest_code_is_the_answer():
    areas = Areas.from_arrays(["1", "2"], [shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)])
    assert assign_points([1.5, 2.5], [1.5, 2.5], areas).tolist() == [0, 1]


def test_outside_and_unknown_are_in_none(four_squares):
    lon = [138.0, np.nan, 139.5, np.nan, np.inf, -np.inf, 1e300]
    lat = [35.5, 35.5, np.nan, np.nan, 35.5, 35.5, -1e300]
    assert assign_points(lon, lat, four_squares).tolist() == [-1] * 7


def test_a_hole_belongs_to_none():
    ring = shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)
    areas = Areas.from_arrays(["1"], [ring])
    lon = np.tile([0.5, 1.5, 2.5], MANY // 3)
    found = assign_points(lon, np.full(lon.size, 1.5), areas)
    assert found[:3].tolist() == [0, -1, 0]
    assert (found.reshape(-1, 3) == [0, -1, 0]).all()


def test_no_points_and_no_areas():
    nobody = Areas.from_arrays([], [])
    assert assign_points([], [], nobody).tolist() == []
    assert assign_points([139.5], [35.5], nobody).tolist() == [-1]
    assert (assign_points(np.zeros(MANY), np.zeros(MANY), nobody) == -1).all()


def test_two_lists_of_different_length_are_refused(four_squares):
    with pytest.raises(ValueError, match="not two equal lists"):
        assign_points([139.5], [35.5, 36.5], four_squares)


def test_the_grid_sends_unknown_and_far_points_to_none(four_squares):
    lon, lat = np.full(MANY, 139.5), np.full(MANY, 35.5)
    lon[:6] = [np.nan, np.inf, -np.inf, 0, 1e300, 139.5]
    lat[5] = np.nan
    found = assign_points(lon, lat, four_squares)
    assert (found[:6] == -1).all()
    assert (found[6:] == 0).all()


@pytest.mark.parametrize("areas", ["four_squares", "schematic", "official"])
def test_many_points_get_the_answer_of_geopandas(areas, request):
    areas = request.getfixturevalue(areas)
    lon, lat = points_around(areas, MANY, seed=20151001)
    found = assign_points(lon, lat, areas)
    assert (found == smallest_area_by_sjoin(lon, lat, areas)).all()
    assert set(found) == {-1, *range(areas.codes.size)}


def test_many_and_few_points_get_the_same_answer(schematic, monkeypatch):
    lon, lat = points_around(schematic, 2_000, seed=7)
    few = assign_points(lon, lat, schematic)
    monkeypatch.setattr(assign, "_GRID_FROM_POINTS", 0)
    assert (assign_points(lon, lat, schematic) == few).all()


def test_official_centroids_lie_in_their_areas(official, facts):
    rows = facts("nakano_areas_2015")
    lon = [float(row["centroid_lon"]) for row in rows]
    lat = [float(row["centroid_lat"]) for row in rows]
    found = official.codes[assign_points(lon, lat, official)]
    assert found.tolist() == [row["area_code"] for row in rows]


@st.composite
def cells_and_points(draw):
    """Rectangles that tile a strip, with a point well inside one of them."""
    widths = draw(st.lists(st.floats(0.001, 1), min_size=1, max_size=12))
    edges = 139 + np.concatenate([[0], np.cumsum(widths)])
    index = draw(st.integers(0, len(widths) - 1))
    along, across = draw(st.floats(0.01, 0.99)), draw(st.floats(0.01, 0.99))
    boxes = [shapely.box(edges[n], 35, edges[n + 1], 36) for n in range(len(widths))]
    codes = [f"{n:03d}" for n in range(len(widths))]
    lon = edges[index] + along * (edges[index + 1] - edges[index])
    return Areas.from_arrays(codes, boxes), index, lon, 35 + across


@given(case=cells_and_points(), repeat=st.sampled_from([1, assign._GRID_FROM_POINTS]))
@settings(max_examples=60, deadline=None)
def test_a_point_inside_an_area_is_given_that_area(case, repeat):
    areas, index, lon, lat = case
    found = assign_points(np.full(repeat, lon), np.full(repeat, lat), areas)
    assert (found == index).all()


@given(
    corners=st.lists(
        st.tuples(st.floats(139, 140), st.floats(35, 36)), min_size=3, max_size=9, unique=True
    ),
    seed=st.integers(0, 2**32 - 1),
)
@settings(max_examples=25, deadline=None)
def test_the_grid_agrees_with_the_exact_test_on_any_shape(corners, seed):
    hull = shapely.MultiPoint(corners).convex_hull
    if hull.geom_type != "Polygon" or hull.area < 1e-6:
        return
    areas = Areas.from_arrays(["1", "2"], [hull, shapely.box(139.2, 35.2, 139.5, 35.5)])
    random = np.random.default_rng(seed)
    lon, lat = random.uniform(139, 140, 12_000), random.uniform(35, 36, 12_000)
    exact = assign._assign_exactly(lon, lat, areas.polygons)
    assert (assign_points(lon, lat, areas) == exact).all()
