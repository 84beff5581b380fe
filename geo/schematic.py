"""A map to start with, where only centroids and an outline are known.

Each area becomes the part of the outline that is nearer to its centroid than to any other
(Voronoi cell). It shows who is next to whom; it shows no border, and no area is measured on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.errors import GEOSException

from geo.areas import Areas
from geo.crs import project, to_geographic

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

# Neighbours meet on one grid of a centimetre, so that their common corners are identical.
_GRID_M = 0.01


def schematic_areas(
    codes: Sequence[str],
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    outline: npt.ArrayLike,
    *,
    crs: str,
) -> Areas:
    """Cut `outline` into one cell for each centroid.

    `codes`, `lon`, `lat`: codes and centroids (EPSG:4326) of n areas, two at least. `outline`:
    one ring of (m, 2) lon/lat pairs. Distances are measured in the projected `crs`. Returns n
    areas in EPSG:4326 that cover the outline without overlap; a cell that the outline cuts in two
    has two parts. Raises ValueError for an outline that crosses itself, for two areas with one
    centroid, and for a cell that lies outside the outline.
    """
    pairs = np.asarray(outline, dtype=np.float64)
    ward = shapely.Polygon(np.column_stack(project(pairs[:, 0], pairs[:, 1], crs=crs)))
    if not ward.is_valid:
        raise ValueError(f"the outline is not a simple ring: {shapely.is_valid_reason(ward)}")
    centres = shapely.multipoints(np.column_stack(project(lon, lat, crs=crs)))
    try:
        diagram = shapely.voronoi_polygons(centres, extend_to=ward, ordered=True)
    except GEOSException as error:
        raise ValueError(f"the centroids are not all different: {error}") from error
    cut = shapely.intersection(shapely.get_parts(diagram), ward, grid_size=_GRID_M)
    return Areas.from_arrays(codes, to_geographic(cut, crs=crs))
