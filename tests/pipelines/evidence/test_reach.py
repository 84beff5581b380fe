from __future__ import annotations

import math

import numpy as np
import pytest

from pipelines.evidence.hours import find_openings
from pipelines.evidence.reach import Place, Places, residents_reached

WARD = Place("ward", "", "w", "区")
GROUP = Place("group", "防災会", "g", "防災会")
EAST = Place("area", "", "e", "東")
WEST = Place("area", "", "x", "西")


@pytest.fixture
def places():
    """Two areas; a group has all of the first and a quarter of the second."""
    members = [
        (WARD, 0, 1.0), (WARD, 1, 1.0), (GROUP, 0, 1.0), (GROUP, 1, 0.25),
        (EAST, 0, 1.0), (WEST, 1, 1.0),
    ]  # fmt: skip
    return Places.of(members, areas=2)


def test_residents_by_place_with_a_group_that_splits_an_area(places):
    persons = np.array([1000.0, 400.0])
    found = residents_reached(
        persons, np.array([0, 1]), np.array([[0.5, 1.0], [0.25, 0.0]]), places
    )
    assert found.persons.tolist() == [1400, 1100, 1000, 400]
    assert found.reached.tolist() == [[600, 1000], [525, 1000], [500, 1000], [100, 0]]
    assert found.ratio[1].tolist() == [525 / 1100, 1000 / 1100]
    assert found.unknown_parts.tolist() == [0, 0, 0, 0]


def test_parts_of_an_area_are_added_up(places):
    persons = np.array([100.0, 300.0, 50.0])
    found = residents_reached(persons, np.array([0, 0, 1]), np.array([[1.0], [0.5], [0.0]]), places)
    assert found.persons.tolist() == [450, 412.5, 400, 50]
    assert found.reached[:, 0].tolist() == [250, 250, 250, 0]


def test_unknown_residents_are_left_out_and_counted_and_never_zero(places):
    persons = np.array([math.nan, 400.0])
    found = residents_reached(persons, np.array([0, 1]), np.array([[1.0], [0.5]]), places)
    assert found.persons[[0, 1, 3]].tolist() == [400, 100, 400]
    assert found.unknown_parts.tolist() == [1, 1, 1, 0]
    assert np.isnan([found.persons[2], found.reached[2, 0], found.ratio[2, 0]]).all()


def test_a_place_without_residents_has_no_ratio(places):
    found = residents_reached(np.array([0.0, 10.0]), np.array([0, 1]), np.ones((2, 1)), places)
    assert (found.persons[2], found.reached[2, 0]) == (0, 0)
    assert np.isnan(found.ratio[2, 0])


def test_hours_with_the_same_sites_open_share_a_number():
    states = np.full((3, 7, 24), "closed", dtype="<U7")
    states[0, :, 9:17] = "open"
    states[1] = "unknown"
    states[2, 6] = "open"
    found = find_openings(states)
    assert found.number[0, 0] == found.number[5, 23] == 1
    assert found.number[0, 9] == found.number[4, 16] == 2
    assert found.number[6, 0] == found.number[6, 23] == 3
    assert found.number[6, 12] == 4
    assert found.sites(2, "known").tolist() == [True, False, False]
    assert found.sites(2, "possible").tolist() == [True, True, False]
    assert found.sites(0, "known").all()
    assert len(found.known) == 5


def test_an_hour_at_which_all_are_open_is_any_time():
    found = find_openings(np.full((2, 7, 24), "open", dtype="<U7"))
    assert (found.number == 0).all()
    assert find_openings(np.empty((0, 7, 24), dtype="<U7")).number.max() == 0
