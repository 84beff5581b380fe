from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.areas import Areas, label_points


def test_areas_are_in_the_order_of_their_codes():
    areas = Areas.from_arrays(["2", "1"], [shapely.box(1, 0, 2, 1), shapely.box(0, 0, 1, 1)])
    assert areas.codes.tolist() == ["1", "2"]
    assert areas.polygons[0].equals(shapely.box(0, 0, 1, 1))


def test_parts_that_share_a_code_become_one_area():
    parts = [shapely.box(0, 0, 1, 1), shapely.box(5, 0, 6, 1), shapely.box(2, 0, 3, 1)]
    areas = Areas.from_arrays(["1", "1", "2"], parts)
    assert areas.codes.tolist() == ["1", "2"]
    assert shapely.area(areas.polygons).tolist() == [2, 1]


def test_a_polygon_that_crosses_itself_is_repaired_and_named():
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    areas = Areas.from_arrays(["1", "2"], [bow_tie, shapely.box(5, 5, 6, 6)])
    assert areas.repaired == ("1",)
    assert shapely.is_valid(areas.polygons).all()
    assert shapely.area(areas.polygons[0]) == 2


def test_the_input_is_left_as_it_was():
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    given = np.array([bow_tie], dtype=object)
    Areas.from_arrays(["1"], given)
    assert given[0] is bow_tie


def test_heights_are_dropped():
    areas = Areas.from_arrays(["1"], [shapely.force_3d(shapely.box(0, 0, 1, 1))])
    assert not shapely.has_z(areas.polygons[0])


@pytest.mark.parametrize(
    "shape",
    [
        None,
        shapely.Point(0, 0),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.Polygon(),
        shapely.Polygon([(0, 0), (1, 1), (0, 0), (0, 0)]),
    ],
)
def test_what_is_not_a_polygon_is_named(shape):
    with pytest.raises(ValueError, match="not a polygon: 7"):
        Areas.from_arrays(["7"], [shape])


def test_each_code_needs_its_polygon():
    with pytest.raises(ValueError, match="2 codes for 1 polygons"):
        Areas.from_arrays(["1", "2"], [shapely.box(0, 0, 1, 1)])


def test_the_outline_is_all_areas_together(four_squares):
    assert four_squares.outline().equals(shapely.box(139, 35, 141, 37))


def test_dissolving_joins_what_shares_a_group(four_squares):
    halves = four_squares.dissolve(["south", "south", "north", "north"])
    assert halves.codes.tolist() == ["north", "south"]
    assert halves.polygons[1].equals(shapely.box(139, 35, 141, 36))


def test_dissolving_needs_a_group_for_each_area(four_squares):
    with pytest.raises(ValueError, match="1 codes for 4 polygons"):
        four_squares.dissolve(["all"])


def test_a_label_stands_in_the_largest_part_with_room_around_it():
    small, large = shapely.box(0, 0, 1, 1), shapely.box(5, 0, 9, 4)
    lon, lat = label_points(Areas.from_arrays(["1", "1"], [small, large]))
    assert lon == pytest.approx([7], abs=0.1)
    assert lat == pytest.approx([2], abs=0.1)


@pytest.mark.parametrize("areas", ["four_squares", "schematic", "official"])
def test_every_label_lies_in_its_area(areas, request):
    areas = request.getfixturevalue(areas)
    points = shapely.points(*label_points(areas))
    assert shapely.contains_properly(areas.polygons, points).all()


def test_official_towns_are_the_nineteen_of_the_ward(official):
    towns = official.dissolve([code[:9] for code in official.codes])
    assert towns.codes.size == 19
    assert towns.outline().symmetric_difference(official.outline()).area == pytest.approx(0)
