from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.crs import to_projected
from geo.mesh import cut_cells, mesh_polygons


def test_a_quarter_cell_by_the_arithmetic_of_the_standard():
    # 53/1.5 degrees north and 139 east; then eighths, tenths of those, halves and halves again:
    # half 1 is the south-west one, 2 south-east, 3 north-west, 4 north-east.
    [cell] = mesh_polygons(["5339452413"])
    south = 53 / 1.5 + 4 * (2 / 3) / 8 + 2 * (2 / 3) / 80 + (2 / 3) / 320
    west = 139 + 5 / 8 + 4 / 80
    assert cell.bounds == pytest.approx(
        (west, south, west + 1 / 320, south + (2 / 3) / 320), abs=1e-9
    )


def test_cells_of_one_size_fill_the_next_larger_one():
    for parent in ("53394524", "533945241"):
        children = mesh_polygons([f"{parent}{n}" for n in (1, 2, 3, 4)])
        [whole] = mesh_polygons([parent])
        assert shapely.union_all(children).symmetric_difference(whole).area == pytest.approx(
            0, abs=1e-15
        )


def test_sizes_can_be_mixed_and_none_is_no_error():
    cells = mesh_polygons(["53394524", "5339452511"])
    assert shapely.area(cells[0]) == pytest.approx(16 * shapely.area(cells[1]))
    assert mesh_polygons([]).size == 0


@pytest.mark.parametrize(
    "code", ["", "5339", "5339852411", "5339452415", "５３３９４５２４", "53394524111"]
)
def test_what_is_no_code_is_named(code):
    with pytest.raises(ValueError, match="not a mesh code"):
        mesh_polygons(["53394524", code])


def test_a_cell_cut_by_areas_and_the_part_in_none():
    cells = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], dtype=object)
    areas = np.array([shapely.box(50, 0, 125, 100), shapely.box(125, 0, 150, 50)], dtype=object)
    found = cut_cells(cells, areas)
    assert found.cell.tolist() == [0, 1, 1]
    assert found.area.tolist() == [0, 0, 1]
    assert found.share_of_cell.tolist() == [0.5, 0.25, 0.125]


def test_the_cells_over_the_official_areas_leave_nothing_out(official, projected_crs):
    codes = sorted(
        f"{parent}{a}{b}"
        for parent in ("53394533", "53394534", "53394535")
        for a in range(1, 5)
        for b in range(1, 5)
    )
    cells = mesh_polygons(codes)
    polygons = to_projected(official.polygons, crs=projected_crs)
    found = cut_cells(to_projected(cells, crs=projected_crs), polygons)
    within = shapely.intersection(shapely.union_all(cells), official.outline())
    [expected] = shapely.area(to_projected(np.array([within], dtype=object), crs=projected_crs))
    assert shapely.area(found.polygons).sum() == pytest.approx(expected, rel=1e-6)
    assert expected > 0
