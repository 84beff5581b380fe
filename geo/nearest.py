"""Which part of each polygon is nearest to which site, in a straight line (Voronoi)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.arrays import FloatArray, GeometryArray, IndexArray


@dataclass(frozen=True, eq=False)
class NearestParts:
    """Parts of polygons (n), each nearest to one site, by polygon and site.

    The shares of a polygon add up to 1 wherever there is any site.
    """

    polygon: IndexArray
    site: IndexArray
    share: FloatArray
    """Share (0 to 1) of its polygon's area."""


def nearest_parts(
    easting: npt.ArrayLike, northing: npt.ArrayLike, polygons: GeometryArray
) -> NearestParts:
    """Cut m polygons by the nearest of n sites.

    All in metres of one projected CRS. Sites whose position is NaN are nobody's nearest; of sites
    at one place the first has the part. Polygons without area and no sites at all give no parts.
    """
    at = np.column_stack([np.asarray(easting, np.float64), np.asarray(northing, np.float64)])
    known = np.flatnonzero(np.isfinite(at).all(axis=1))
    distinct, first = np.unique(at[known], axis=0, return_index=True)
    if not known.size:
        none = np.empty(0, dtype=np.int32)
        return NearestParts(none, none, np.empty(0, dtype=np.float64))
    cells = _cells(distinct, polygons)
    polygon, cell = shapely.STRtree(cells).query(polygons, predicate="intersects")
    whole_m2 = shapely.area(polygons)[polygon]
    part_m2 = shapely.area(shapely.intersection(polygons[polygon], cells[cell]))
    kept = part_m2 > 0
    site = known[first][cell]
    order = np.lexsort((site[kept], polygon[kept]))
    return NearestParts(
        polygon[kept][order].astype(np.int32),
        site[kept][order].astype(np.int32),
        (part_m2[kept] / whole_m2[kept])[order],
    )


def _cells(sites: FloatArray, polygons: GeometryArray) -> GeometryArray:
    """One cell a site, together covering all polygons."""
    bounds = shapely.total_bounds(polygons)
    west, south = np.minimum(bounds[:2], sites.min(axis=0)) - 1
    east, north = np.maximum(bounds[2:], sites.max(axis=0)) + 1
    field = shapely.box(west, south, east, north)
    if len(sites) == 1:
        return np.array([field], dtype=object)
    cells = shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=field, ordered=True)
    return np.asarray(shapely.get_parts(cells))
