from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas import Areas
from geo.crs import to_geographic, to_projected
from geo.schematic import schematic_areas
from geo.simplify import simplify_coverage, to_geojson_text


def total_overlap_m2(polygons, crs):
    """Give the area that belongs to more than one polygon."""
    projected = to_projected(polygons, crs=crs)
    return shapely.area(projected).sum() - shapely.union_all(projected).area


@pytest.mark.parametrize("areas", ["schematic", "official"])
@pytest.mark.parametrize("tolerance_m", [0, 8, 10, 50])
def test_neighbours_stay_neighbours(areas, tolerance_m, request, projected_crs):
    before = request.getfixturevalue(areas).polygons
    after = simplify_coverage(before, tolerance_m=tolerance_m, crs=projected_crs)
    projected = to_projected(after, crs=projected_crs)
    assert after.shape == before.shape
    assert shapely.coverage_is_valid(projected)
    assert total_overlap_m2(after, projected_crs) == pytest.approx(0, abs=0.1)
    kept = shapely.union_all(projected).area
    was = shapely.union_all(to_projected(before, crs=projected_crs)).area
    assert kept == pytest.approx(was, rel=0.005)


def test_official_shapes_become_small_enough_for_a_page(official, projected_crs):
    full = official.polygons
    light = simplify_coverage(full, tolerance_m=10, crs=projected_crs)
    assert shapely.get_num_coordinates(light).sum() < shapely.get_num_coordinates(full).sum() / 3
    assert sum(len(to_geojson_text(polygon)) for polygon in light) < 50_000


def test_no_official_shape_changes_so_that_one_would_see_it(official, projected_crs):
    full = to_projected(official.polygons, crs=projected_crs)
    light = simplify_coverage(official.polygons, tolerance_m=10, crs=projected_crs)
    drawn = to_projected(light, crs=projected_crs)
    in_both = shapely.area(shapely.intersection(full, drawn))
    in_either = shapely.area(shapely.union(full, drawn))
    assert (in_both / in_either).min() > 0.95


@given(
    seeds=st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=15, unique=True
    ),
    tolerance_m=st.floats(0, 300),
)
@settings(max_examples=30, deadline=None)
def test_any_coverage_stays_one(seeds, tolerance_m):
    crs = "EPSG:6677"
    corner_m, step_m = (-16_000, -33_000), 100
    metres = np.array(seeds) * step_m + corner_m
    centroids = shapely.get_coordinates(to_geographic(shapely.points(metres), crs=crs))
    square = shapely.box(*np.subtract(corner_m, 50), *np.add(corner_m, 40 * step_m + 50))
    outline = shapely.get_coordinates(to_geographic(np.array([square]), crs=crs))
    codes = [f"{number:02d}" for number in range(len(seeds))]
    cells = schematic_areas(codes, centroids[:, 0], centroids[:, 1], outline, crs=crs).polygons
    after = simplify_coverage(cells, tolerance_m=tolerance_m, crs=crs)
    assert total_overlap_m2(after, crs) == pytest.approx(0, abs=0.5)
    # What a corner of the square loses is a triangle of about the tolerance squared.
    kept = shapely.union_all(to_projected(after, crs=crs)).area
    assert abs(kept - square.area) <= 4 * tolerance_m**2 + 1


def test_geojson_is_compact_rounded_and_counter_clockwise():
    clockwise = shapely.Polygon([(139.1234567, 35), (139, 36), (140, 36)])
    assert to_geojson_text(clockwise) == (
        '{"type":"Polygon","coordinates":[[[139.12346,35.0],[140.0,36.0],[139.0,36.0],'
        "[139.12346,35.0]]]}"
    )


def test_geojson_drops_heights_and_repeated_corners():
    shape = shapely.Polygon(
        [(139, 35, 9), (140, 35, 9), (140, 35.000001, 9), (140, 36, 9), (139, 36, 9)]
    )
    expected = shapely.box(139, 35, 140, 36)
    assert shapely.from_geojson(to_geojson_text(shape)).normalize() == expected.normalize()
    assert len(json.loads(to_geojson_text(shape))["coordinates"][0]) == 5


def test_geojson_of_parts_of_points_and_with_other_decimals():
    parts = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)])
    assert json.loads(to_geojson_text(parts))["type"] == "MultiPolygon"
    point = '{"type":"Point","coordinates":[139.67,35.71]}'
    assert to_geojson_text(shapely.Point(139.6655, 35.7057), decimals=2) == point


def test_rounding_keeps_shared_corners_shared(official):
    texts = [to_geojson_text(polygon) for polygon in official.polygons]
    rounded = shapely.from_geojson(np.array(texts, dtype=object))
    assert shapely.is_valid(rounded).all()
    assert Areas.from_arrays(official.codes, rounded).outline().geom_type == "Polygon"
