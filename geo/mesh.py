"""Cells of the standard grid square (地域メッシュ, JIS X 0410) and their pieces inside areas.

A code of 8 digits is a cell of about 1 km, of 9 digits 500 m, of 10 digits 250 m.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import jismesh.utils
import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.arrays import FloatArray, GeometryArray, IndexArray

CODE: Final = re.compile(r"[0-9]{4}[0-7]{2}[0-9]{2}[1-4]{0,2}")
# Neighbours share an edge; rounding leaves slivers along it that nobody lives on.
_SLIVER_M2: Final = 1e-3


@dataclass(frozen=True, eq=False)
class MeshPieces:
    """The pieces of n cells inside m areas: k of them."""

    cell: IndexArray
    area: IndexArray
    polygons: GeometryArray
    share_of_cell: FloatArray
    """Piece area / cell area, 0 to 1."""


def mesh_polygons(codes: Sequence[str]) -> GeometryArray:
    """The cells (n boxes, EPSG:4326) of codes of 8, 9 or 10 digits, of one size or mixed.

    Raises ValueError naming the codes that are none.
    """
    wrong = [code for code in codes if not CODE.fullmatch(code)]
    if wrong:
        raise ValueError(f"not a mesh code: {', '.join(wrong)}")
    cells = np.empty(len(codes), dtype=object)
    digits = np.array([len(code) for code in codes])
    numbers = np.array([int(code) for code in codes], dtype=np.int64)
    for size in np.unique(digits):
        of_size = digits == size
        # One code more than asked for: of a single one jismesh 2.1 makes a scalar by a function
        # that numpy no longer has.
        asked = np.append(numbers[of_size], numbers[of_size][0])
        south, west = jismesh.utils.to_meshpoint(asked, 0, 0)
        north, east = jismesh.utils.to_meshpoint(asked, 1, 1)
        cells[of_size] = shapely.box(west, south, east, north)[:-1]
    return cells


def cut_cells(cells: GeometryArray, areas: GeometryArray) -> MeshPieces:
    """Cut n cells by m areas, all in metres of one projected CRS, ordered by cell and area.

    What of a cell lies in no area is in no piece.
    """
    area, cell = shapely.STRtree(cells).query(areas, predicate="intersects")
    order = np.lexsort((area, cell))
    area, cell = area[order].astype(np.int32), cell[order].astype(np.int32)
    pieces = shapely.intersection(cells[cell], areas[area])
    piece_m2 = shapely.area(pieces)
    kept = piece_m2 > _SLIVER_M2
    share = piece_m2[kept] / shapely.area(cells[cell[kept]])
    return MeshPieces(cell[kept], area[kept], pieces[kept], share)
