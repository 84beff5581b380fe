from __future__ import annotations

import math

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import to_projected
from geo.reach import Reach, reach_shares

SQUARE = np.array([shapely.box(0, 0, 1000, 1000)], dtype=object)
# A regular polygon of 256 corners has this share of its circle's area.
OF_CIRCLE = 256 / (2 * math.pi) * math.sin(2 * math.pi / 256)


def pair_by_pair(easting, northing, polygons, distance_m):
    """Each buffer with each polygon in geopandas, the pieces of a polygon united."""
    shapes = geopandas.GeoSeries(polygons)
    circles = geopandas.GeoSeries(geopandas.points_from_xy(easting, northing)).buffer(
        distance_m, quad_segs=64
    )
    pieces = [[polygon.intersection(circle) for circle in circles] for polygon in shapes]
    return np.array([shapely.union_all(row).area for row in pieces]) / shapes.area.to_numpy()


def test_a_circle_inside_a_square_reaches_its_area():
    [share] = reach_shares([500], [500], SQUARE, distance_m=300)
    assert share == pytest.approx(math.pi * 300**2 / 1e6 * OF_CIRCLE, abs=1e-12)
    assert pytest.approx(1, abs=1.1e-4) == OF_CIRCLE


@pytest.mark.parametrize(
    ("east", "north", "quarters"), [(0, 0, 1), (1000, 1000, 1), (500, 0, 2), (500, 500, 4)]
)
def test_a_circle_on_a_corner_counts_by_its_quarters(east, north, quarters):
    [share] = reach_shares([east], [north], SQUARE, distance_m=300)
    assert share == pytest.approx(quarters / 4 * math.pi * 0.09 * OF_CIRCLE, abs=1e-12)


def test_two_circles_apart_add_up_and_two_at_one_place_do_not():
    one = reach_shares([250], [250], SQUARE, distance_m=200)
    apart = reach_shares([250, 750], [250, 750], SQUARE, distance_m=200)
    same = reach_shares([250, 250], [250, 250], SQUARE, distance_m=200)
    assert apart == pytest.approx(2 * one)
    assert same.tolist() == one.tolist()


def test_no_site_a_far_site_and_an_unknown_position_reach_nothing():
    for east, north in ([], []), ([9e6], [0]), ([math.nan], [500]), ([500], [math.inf]):
        assert reach_shares(east, north, SQUARE, distance_m=300).tolist() == [0]


def test_an_unknown_position_does_not_shift_the_others():
    reach = Reach.around([math.nan, 500, 500], [0, 500, 500], SQUARE, distance_m=300)
    assert reach.shares(np.array([True, False, False])).tolist() == [0]
    assert reach.shares(np.array([False, False, True]))[0] > 0


def test_a_polygon_far_within_a_circle_is_reached_whole():
    assert reach_shares([500], [500], SQUARE, distance_m=800).tolist() == [1]


def test_no_polygons_and_no_distance():
    assert reach_shares([1], [1], np.array([], dtype=object), distance_m=300).size == 0
    for distance_m in (0, -1, math.nan):
        with pytest.raises(ValueError, match="reaches nothing"):
            reach_shares([1], [1], SQUARE, distance_m=distance_m)


def grid_of_squares(side=4, width=250):
    return np.array(
        [
            shapely.box(x * width, y * width, (x + 1) * width, (y + 1) * width)
            for x in range(side)
            for y in range(side)
        ],
        dtype=object,
    )


# To the centimetre: GEOS divides by zero, harmlessly, where coordinates differ by 1e-297 m.
METRES = st.integers(-40_000, 140_000).map(lambda centimetres: centimetres / 100)
POSITIONS = st.lists(st.tuples(METRES, METRES), min_size=1, max_size=12)


@given(positions=POSITIONS, distance_m=st.floats(10, 600))
@settings(max_examples=40)
def test_the_same_as_pair_by_pair_for_any_sites(positions, distance_m):
    east, north = np.array(positions).T
    squares = grid_of_squares()
    ours = reach_shares(east, north, squares, distance_m=distance_m)
    assert ours == pytest.approx(pair_by_pair(east, north, squares, distance_m), abs=1e-9)


@given(positions=POSITIONS, distance_m=st.floats(10, 600), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_farther_and_more_sites_never_reach_fewer(positions, distance_m, seed):
    east, north = np.array(positions).T
    squares = grid_of_squares()
    reach = Reach.around(east, north, squares, distance_m=distance_m)
    some = np.random.default_rng(seed).random(east.size) < 0.5
    assert (reach.shares(some) <= reach.shares() + 1e-9).all()
    farther = reach_shares(east, north, squares, distance_m=distance_m * 1.3)
    assert (reach.shares() <= farther + 1e-9).all()


@given(positions=POSITIONS, seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_what_is_remembered_is_what_a_fresh_answer_is(positions, seed):
    east, north = np.array(positions).T
    squares = grid_of_squares()
    reach = Reach.around(east, north, squares, distance_m=300)
    random = np.random.default_rng(seed)
    for _ in range(4):
        some = random.random(east.size) < 0.6
        fresh = reach_shares(east[some], north[some], squares, distance_m=300)
        assert reach.shares(some) == pytest.approx(fresh, abs=1e-12)


def test_against_points_thrown_at_the_official_polygons(official, projected_crs):
    polygons = to_projected(official.polygons, crs=projected_crs)
    west, south, east, north = shapely.total_bounds(polygons)
    random = np.random.default_rng(131148)
    sites = random.uniform((west, south), (east, north), (40, 2))
    thrown = random.uniform((west, south), (east, north), (400_000, 2))
    points = shapely.points(thrown)
    hits, inside = shapely.STRtree(polygons).query(points, predicate="within")
    nearest_m = np.min([np.hypot(*(thrown[hits] - site).T) for site in sites], axis=0)
    for distance_m in (300, 500):
        shares = reach_shares(*sites.T, polygons, distance_m=distance_m)
        counted = np.bincount(inside, minlength=len(polygons))
        reached = np.bincount(inside, weights=nearest_m <= distance_m, minlength=len(polygons))
        area_m2 = shapely.area(polygons)
        whole = (shares * area_m2).sum() / area_m2.sum()
        assert whole == pytest.approx(reached.sum() / counted.sum(), abs=0.005)
        # A single area holds some thousand of the points: four standard errors.
        error = 4 * np.sqrt(0.25 / counted)
        assert (np.abs(shares - reached / counted) <= error).all()


def test_pair_by_pair_on_the_official_polygons(official, projected_crs):
    polygons = to_projected(official.polygons, crs=projected_crs)
    west, south, east, north = shapely.total_bounds(polygons)
    sites = np.random.default_rng(7).uniform((west, south), (east, north), (60, 2))
    ours = reach_shares(*sites.T, polygons, distance_m=300)
    assert ours == pytest.approx(pair_by_pair(*sites.T, polygons, 300), abs=1e-9)
