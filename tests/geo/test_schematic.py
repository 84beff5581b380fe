from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.assign import assign_points
from geo.crs import to_geographic, to_projected
from geo.schematic import schematic_areas


@pytest.fixture(scope="module")
def outline(facts):
    return np.array([(float(row["lon"]), float(row["lat"])) for row in facts("nakano_outline")])


@pytest.fixture(scope="module")
def centroids(facts):
    rows = facts("nakano_areas_2015")
    codes = [row["area_code"] for row in rows]
    return codes, *(
        np.array([float(row[f"centroid_{axis}"]) for row in rows]) for axis in ("lon", "lat")
    )


@pytest.fixture(scope="module")
def drawn(centroids, outline, projected_crs):
    return schematic_areas(*centroids, outline, crs=projected_crs)


def test_two_centroids_share_a_square_half_and_half(projected_crs):
    square = shapely.box(-16_000, -33_000, -15_000, -32_000)
    points = shapely.points([-15_750, -15_250], [-32_500, -32_500])
    ring = shapely.get_coordinates(to_geographic(np.array([square]), crs=projected_crs))
    lon, lat = shapely.get_coordinates(to_geographic(points, crs=projected_crs)).T
    halves = schematic_areas(["west", "east"], lon, lat, ring, crs=projected_crs)
    east, west = to_projected(halves.polygons, crs=projected_crs)
    assert halves.codes.tolist() == ["east", "west"]
    assert east.bounds == pytest.approx((-15_500, -33_000, -15_000, -32_000), abs=0.02)
    assert west.bounds == pytest.approx((-16_000, -33_000, -15_500, -32_000), abs=0.02)


def test_the_ward_has_85_valid_cells_that_share_their_edges(drawn, projected_crs):
    assert drawn.codes.size == 85
    assert drawn.repaired == ()
    assert shapely.is_valid(drawn.polygons).all()
    assert shapely.coverage_is_valid(to_projected(drawn.polygons, crs=projected_crs))


def test_the_cells_are_the_outline_cut_up(drawn, outline, projected_crs):
    cells = to_projected(drawn.polygons, crs=projected_crs)
    ward = to_projected(np.array([shapely.Polygon(outline)]), crs=projected_crs)[0]
    whole = shapely.union_all(cells)
    assert shapely.area(cells).sum() == pytest.approx(whole.area, abs=1)
    # A centimetre along an outline of 20 km.
    assert whole.symmetric_difference(ward).area < 200


def test_each_centroid_in_the_outline_is_in_its_own_cell(drawn, centroids, outline):
    codes, lon, lat = centroids
    inside = shapely.contains_xy(shapely.Polygon(outline), lon, lat)
    found = assign_points(lon[inside], lat[inside], drawn)
    assert inside.sum() >= 84
    assert drawn.codes[found].tolist() == np.array(codes)[inside].tolist()


def test_the_cells_resemble_the_official_areas(drawn, official, projected_crs):
    cells = to_projected(drawn.polygons, crs=projected_crs)
    real = to_projected(official.polygons, crs=projected_crs)
    in_both = shapely.area(shapely.intersection(cells, real))
    in_either = shapely.area(shapely.union(cells, real))
    assert drawn.codes.tolist() == official.codes.tolist()
    assert np.median(in_both / in_either) > 0.7


def test_two_areas_with_one_centroid_are_refused(outline, projected_crs):
    with pytest.raises(ValueError, match="not all different"):
        schematic_areas(["1", "2"], [139.66] * 2, [35.7] * 2, outline, crs=projected_crs)


def test_a_cell_outside_the_outline_is_named(outline, projected_crs):
    lon, lat = [139.66, 139.67, 141.0], [35.70, 35.71, 36.0]
    with pytest.raises(ValueError, match="not a polygon: far"):
        schematic_areas(["1", "2", "far"], lon, lat, outline, crs=projected_crs)


def test_an_outline_that_crosses_itself_is_refused(projected_crs):
    bow_tie = [(139.6, 35.6), (139.7, 35.7), (139.7, 35.6), (139.6, 35.7)]
    with pytest.raises(ValueError, match="not a simple ring"):
        schematic_areas(["1", "2"], [139.61, 139.69], [35.65] * 2, bow_tie, crs=projected_crs)
