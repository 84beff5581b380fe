"""The areas of a municipality: a code and a polygon each, in the order of the codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

    from geo.arrays import FloatArray, GeometryArray, TextArray

_POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_AREAL = 2  # dimensions


@dataclass(frozen=True, eq=False)
class Areas:
    """Codes (n, sorted, unique) and their polygons (n, EPSG:4326, valid, two-dimensional).

    `repaired` names the codes whose polygon crossed itself and was made valid.
    Make one with `from_arrays`, which brings any input into this form.
    """

    codes: TextArray
    polygons: GeometryArray
    repaired: tuple[str, ...] = ()

    @classmethod
    def from_arrays(
        cls, codes: npt.ArrayLike, polygons: Sequence[BaseGeometry] | GeometryArray
    ) -> Areas:
        """Sort by code, join the parts that share one, repair what crosses itself.

        Census files give one record to each part of an area in several pieces.
        Raises ValueError for unequal lengths or for anything that is not a polygon.
        """
        code_array = np.asarray(codes, dtype=np.str_)
        shapes = np.asarray(polygons, dtype=object)
        if code_array.shape != shapes.shape:
            raise ValueError(f"{code_array.size} codes for {shapes.size} polygons")
        _require_polygons(code_array, shapes)
        shapes = shapely.force_2d(shapes)
        crossed = ~shapely.is_valid(shapes)
        shapes[crossed] = [_polygonal(shape) for shape in shapes[crossed]]
        _require_polygons(code_array, shapes)
        repaired = tuple(str(code) for code in np.unique(code_array[crossed]))
        return cls(*_join_by_key(code_array, shapes), repaired)

    def outline(self) -> BaseGeometry:
        """Return the union of all areas (EPSG:4326)."""
        return shapely.union_all(self.polygons)

    def dissolve(self, groups: Sequence[str]) -> Areas:
        """Join the areas that share a group; `groups` (n) goes with `codes`.

        Raises ValueError when there is not one group for each area.
        """
        return Areas.from_arrays(np.asarray(groups, dtype=np.str_), self.polygons)


def label_points(areas: Areas) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude (n each, EPSG:4326) of a point inside each area.

    It is the centre of the largest circle in the area's largest part, where a label
    or a marker has the most room around it.
    """
    largest = [_largest_part(polygon) for polygon in areas.polygons]
    centres = [_roomiest_point(part) for part in largest]
    return np.asarray(shapely.get_x(centres)), np.asarray(shapely.get_y(centres))


def _require_polygons(codes: TextArray, shapes: GeometryArray) -> None:
    wrong = ~np.isin(shapely.get_type_id(shapes), _POLYGONAL) | shapely.is_empty(shapes)
    if wrong.any():
        raise ValueError(f"not a polygon: {', '.join(codes[wrong])}")


def _polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Make a polygon valid and leave out the lines and points that this can leave."""
    parts = shapely.get_parts(shapely.make_valid(shape, method="structure"))
    parts = shapely.get_parts(parts)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == _AREAL])


def _join_by_key(keys: TextArray, shapes: GeometryArray) -> tuple[TextArray, GeometryArray]:
    names, members = np.unique(keys, return_inverse=True)
    joined = np.empty(names.size, dtype=object)
    for index in range(names.size):
        parts = shapes[members == index]
        joined[index] = parts[0] if parts.size == 1 else shapely.union_all(parts)
    return names, joined


def _largest_part(polygon: BaseGeometry) -> Polygon:
    parts: list[Polygon] = shapely.get_parts(polygon).tolist()
    return max(parts, key=shapely.area)


def _roomiest_point(polygon: Polygon) -> BaseGeometry:
    # A hundredth of the width is closer than any reader of a map can tell.
    west, south, east, north = polygon.bounds
    tolerance = max(east - west, north - south) / 100
    centre = shapely.get_point(shapely.maximum_inscribed_circle(polygon, tolerance=tolerance), 0)
    return centre if polygon.contains(centre) else polygon.representative_point()
