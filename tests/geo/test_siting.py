from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import to_projected
from geo.reach import reach_shares
from geo.siting import arrange

SQUARES = np.array([shapely.box(x, 0, x + 500, 1000) for x in (0, 500)], dtype=object)
METRES = st.integers(-20_000, 120_000).map(lambda centimetres: centimetres / 100)
POSITIONS = st.lists(st.tuples(METRES, METRES), max_size=8)


def covered_m2(found, chosen, polygons):
    held = np.array([bool(set(chosen) & set(sites)) for sites in found.covered_by], dtype=float)
    new = np.bincount(found.polygon, weights=held * found.area_m2, minlength=len(polygons))
    return found.reached_m2 + new


def test_two_candidates_that_overlap_give_three_sets_and_the_rest():
    found = arrange(([400, 600], [500, 500]), ([], []), SQUARES, distance_m=200)
    assert set(found.covered_by) == {(), (0,), (1,), (0, 1)}
    assert found.area_m2.sum() == pytest.approx(1e6)
    assert found.reached_m2.tolist() == [0, 0]
    one = covered_m2(found, [0], SQUARES).sum()
    assert one == pytest.approx(math.pi * 200**2, rel=2e-4)


def test_a_candidate_at_a_site_of_today_adds_nothing_and_twins_stand_together():
    found = arrange(([300, 700, 700], [500] * 3), ([300], [500]), SQUARES, distance_m=150)
    assert set(found.covered_by) == {(), (1, 2)}


def test_without_candidates_or_with_unknown_positions_all_is_left():
    for candidates in ([], []), ([math.nan], [500]):
        found = arrange(candidates, ([], []), SQUARES, distance_m=150)
        assert set(found.covered_by) == {()}
        assert found.area_m2.sum() == pytest.approx(1e6)


def test_where_today_reaches_all_no_face_is_left():
    found = arrange(([500], [500]), ([500], [500]), SQUARES, distance_m=2000)
    assert found.covered_by == ()
    assert found.reached_m2.tolist() == [500_000, 500_000]


@given(candidates=POSITIONS, today=POSITIONS, distance_m=st.integers(50, 600), seed=st.integers(0))
@settings(max_examples=40)
def test_any_choice_of_faces_is_the_reach_of_its_sites(candidates, today, distance_m, seed):
    new, old = (np.array(pairs).reshape(-1, 2) for pairs in (candidates, today))
    found = arrange(tuple(new.T), tuple(old.T), SQUARES, distance_m=distance_m)
    chosen = np.flatnonzero(np.random.default_rng(seed).random(len(new)) < 0.5)
    sites = np.vstack([old, new[chosen]])
    expected = reach_shares(*sites.T, SQUARES, distance_m=distance_m) * shapely.area(SQUARES)
    # A millionth of a person where 20,000 live on a square kilometre is 5e-5 m2.
    assert covered_m2(found, chosen.tolist(), SQUARES) == pytest.approx(expected, abs=2e-5)


def test_the_official_areas_are_cut_without_a_loss(official, projected_crs):
    polygons = to_projected(official.polygons, crs=projected_crs)
    west, south, east, north = shapely.total_bounds(polygons)
    random = np.random.default_rng(131148)
    new, old = (random.uniform((west, south), (east, north), (n, 2)) for n in (60, 20))
    found = arrange(tuple(new.T), tuple(old.T), polygons, distance_m=300)
    whole = np.bincount(found.polygon, weights=found.area_m2, minlength=len(polygons))
    assert whole + found.reached_m2 == pytest.approx(shapely.area(polygons), abs=1e-6)
    chosen = [3, 14, 15, 59]
    expected = reach_shares(*np.vstack([old, new[chosen]]).T, polygons, distance_m=300)
    assert covered_m2(found, chosen, polygons) / shapely.area(polygons) == pytest.approx(
        expected, abs=1e-12
    )
