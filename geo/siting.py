"""The ground that sites reach now and that candidates would add, cut where any circle runs.

The boundaries of all circles cut each polygon into faces; within a face every point lies in the
same circles. Coverage by any choice of candidates is then a sum over faces, which is the same
number as `geo.reach` for those sites, and a linear one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.reach import Reach

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.arrays import FloatArray, GeometryArray, IndexArray

# Arcs are cut a little outside a polygon, so that they cross its edge and do not end near it.
_MARGIN_M: Final = 1.0
# An area that rounding leaves over and no map shows.
_SLIVER_M2: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Faces of polygons outside today's circles, and what today's circles leave of each polygon."""

    polygon: IndexArray
    """For each of k faces the index of its polygon."""
    area_m2: FloatArray
    """k"""
    covered_by: tuple[tuple[int, ...], ...]
    """For each face the indexes of the candidates whose circle holds it; empty for none."""
    reached_m2: FloatArray
    """For each of m polygons the area that today's sites reach."""


def arrange(
    candidates: tuple[npt.ArrayLike, npt.ArrayLike],
    today: tuple[npt.ArrayLike, npt.ArrayLike],
    polygons: GeometryArray,
    *,
    distance_m: float,
) -> Arrangement:
    """Cut m polygons by the circles of radius `distance_m` around candidates and today's sites.

    `candidates`, `today`: eastings and northings, all in metres of one projected CRS; NaN reaches
    nothing. Raises ValueError like `Reach.around`.
    """
    left = Reach.around(*today, polygons, distance_m=distance_m).unreached()
    new = Reach.around(*candidates, left, distance_m=distance_m)
    sites = _sites_by_circle(new)
    starts = np.searchsorted(new.near_polygon, np.arange(polygons.size + 1))
    polygon: list[int] = []
    areas: list[float] = []
    covered_by: list[tuple[int, ...]] = []
    for index in np.flatnonzero(shapely.area(left) > _SLIVER_M2):
        near = new.near_circle[starts[index] : starts[index + 1]]
        for circles, area_m2 in _faces(left[index], new.circles[near]).items():
            polygon.append(int(index))
            areas.append(area_m2)
            covered_by.append(tuple(sorted(s for c in circles for s in sites[near[c]])))
    return Arrangement(
        np.array(polygon, dtype=np.int32),
        np.array(areas, dtype=np.float64),
        tuple(covered_by),
        shapely.area(polygons) - shapely.area(left),
    )


def _faces(polygon: shapely.Geometry, circles: GeometryArray) -> dict[tuple[int, ...], float]:
    """The area in m2 of a polygon by the set of circles that holds it."""
    west, south, east, north = shapely.bounds(polygon)
    arcs = shapely.clip_by_rect(
        shapely.boundary(circles),
        *(west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M),
    )
    lines = shapely.union_all([shapely.boundary(polygon), *arcs])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = shapely.point_on_surface(faces)
    shapely.prepare(polygon)
    own = shapely.contains(polygon, inner)
    faces, inner = faces[own], inner[own]
    held: list[list[int]] = [[] for _ in faces]
    for face, circle in zip(*shapely.STRtree(circles).query(inner, "within"), strict=True):
        held[face].append(int(circle))
    found: dict[tuple[int, ...], float] = {}
    for circle_set, area_m2 in zip(held, shapely.area(faces), strict=True):
        key = tuple(sorted(circle_set))
        found[key] = found.get(key, 0.0) + float(area_m2)
    return found


def _sites_by_circle(reach: Reach) -> list[list[int]]:
    sites: list[list[int]] = [[] for _ in reach.circles]
    for site, circle in enumerate(reach.circle_of_site):
        if circle >= 0:
            sites[circle].append(site)
    return sites
