"""Which area each point lies in, for a dozen points or for millions.

Most points of a large set lie nowhere near an edge. A fine grid over the areas is prepared
first: a cell of it that no edge comes near lies in one area altogether, so its points need
only a look-up. For the points of all other cells the exact test of GEOS decides, so the answer
is the exact one everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.areas import Areas
    from geo.arrays import FloatArray, GeometryArray, IndexArray

_OUTSIDE = -1
_NEAR_EDGE = -2

# Below this many points, preparing a grid costs more than it saves (measured).
_GRID_FROM_POINTS = 10_000
_MOST_CELLS_PER_SIDE = 1024
# Empty cells all round, so that points outside and NaN can be sent to the rim.
_MARGIN_CELLS = 2
_SAMPLE_SPACING_CELLS = 0.25
_ROUNDING_CELLS = 0.01


def assign_points(lon: npt.ArrayLike, lat: npt.ArrayLike, areas: Areas) -> IndexArray:
    """Index into `areas.codes` of the area that each point lies in, -1 for none.

    `lon`, `lat`: n numbers each (EPSG:4326). A point on an edge belongs to the smallest code
    that touches it; NaN belongs to none. Returns n int32.
    Raises ValueError when `lon` and `lat` are not two lists of one length.
    """
    east = np.asarray(lon, dtype=np.float64)
    north = np.asarray(lat, dtype=np.float64)
    if east.shape != north.shape or east.ndim != 1:
        raise ValueError(f"lon {east.shape} and lat {north.shape} are not two equal lists")
    if areas.codes.size == 0 or east.size < _GRID_FROM_POINTS:
        return _assign_exactly(east, north, areas.polygons)
    cells_per_side = min(int(np.sqrt(east.size)), _MOST_CELLS_PER_SIDE)
    grid = _Grid.over(areas.polygons, cells_per_side=cells_per_side)
    found = grid.look_up(east, north)
    undecided = np.flatnonzero(found == _NEAR_EDGE)
    found[undecided] = _assign_exactly(east[undecided], north[undecided], areas.polygons)
    return found


def _assign_exactly(lon: FloatArray, lat: FloatArray, polygons: GeometryArray) -> IndexArray:
    found = np.full(lon.size, _OUTSIDE, dtype=np.int32)
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    points = shapely.points(lon[known], lat[known])
    hits, indices = shapely.STRtree(polygons).query(points, predicate="intersects")
    # Written from the largest code down: where several touch, the smallest stays.
    order = np.argsort(-indices, kind="stable")
    found[known[hits[order]]] = indices[order]
    return found


@dataclass(frozen=True)
class _Grid:
    """Cells (rows, columns) holding an area's index, _OUTSIDE or _NEAR_EDGE."""

    cells: IndexArray
    west: float
    south: float
    cell_lon: float
    cell_lat: float

    @classmethod
    def over(cls, polygons: GeometryArray, *, cells_per_side: int) -> _Grid:
        west, south, east, north = shapely.total_bounds(polygons)
        inner = cells_per_side - 2 * _MARGIN_CELLS
        cell_lon, cell_lat = (east - west) / inner, (north - south) / inner
        grid = cls(
            cells=np.full((cells_per_side, cells_per_side), _OUTSIDE, dtype=np.int32),
            west=west - _MARGIN_CELLS * cell_lon,
            south=south - _MARGIN_CELLS * cell_lat,
            cell_lon=cell_lon,
            cell_lat=cell_lat,
        )
        grid._mark_edges(polygons)
        grid._fill_between_edges(polygons)
        return grid

    def look_up(self, lon: FloatArray, lat: FloatArray) -> IndexArray:
        """Give each point its cell's value; NaN and far points meet the empty rim."""
        flat = self._flat_index(lon, lat)
        return self.cells.reshape(-1).take(flat)

    def _flat_index(self, lon: FloatArray, lat: FloatArray) -> IndexArray:
        rows = self._position(lat, self.south, self.cell_lat)
        rows *= self.cells.shape[1]
        rows += self._position(lon, self.west, self.cell_lon)
        return rows

    def _position(self, degrees: FloatArray, start: float, width: float) -> IndexArray:
        steps = (degrees - start) * (1 / width)
        # fmax and fmin answer NaN with the bound: the rim, where no area is.
        np.fmax(steps, 0, out=steps)
        np.fmin(steps, self.cells.shape[0] - 1, out=steps)
        return steps.astype(np.int32)

    def _mark_edges(self, polygons: GeometryArray) -> None:
        """Mark every cell that an edge touches.

        Edges are sampled; a small square around each sample covers the edge half-way to the next
        one, and a little more to absorb rounding. Being smaller than a cell, the square touches
        no other cells than its four corners do.
        """
        spacing = _SAMPLE_SPACING_CELLS * min(self.cell_lon, self.cell_lat)
        edges = shapely.segmentize(shapely.boundary(polygons), spacing)
        lon, lat = shapely.get_coordinates(edges).T
        reach = _SAMPLE_SPACING_CELLS / 2 + _ROUNDING_CELLS
        flat = self.cells.reshape(-1)
        for east, north in product((-reach, reach), repeat=2):
            corners = self._flat_index(lon + east * self.cell_lon, lat + north * self.cell_lat)
            flat[corners] = _NEAR_EDGE

    def _fill_between_edges(self, polygons: GeometryArray) -> None:
        """Find the area of each unbroken run of unmarked cells from its first cell.

        No edge comes between neighbours that are both unmarked, so a run lies in one area. From
        one row to the next a run goes through the empty rim, where nothing changes either.
        """
        flat = self.cells.reshape(-1)
        free = flat != _NEAR_EDGE
        begins = free & ~np.concatenate([[False], free[:-1]])
        rows, columns = np.divmod(np.flatnonzero(begins), self.cells.shape[1])
        values = _assign_exactly(
            self.west + (columns + 0.5) * self.cell_lon,
            self.south + (rows + 0.5) * self.cell_lat,
            polygons,
        )
        runs = np.cumsum(begins) - 1
        flat[free] = values[runs[free]]
