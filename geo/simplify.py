"""Lighter shapes for drawing: fewer vertices, the same neighbours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_geographic, to_projected

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.arrays import GeometryArray


def simplify_coverage(polygons: GeometryArray, *, tolerance_m: float, crs: str) -> GeometryArray:
    """Simplify EPSG:4326 polygons (n) that share edges, so that they still share them.

    `tolerance_m` is about the length of what disappears, measured in the projected `crs`
    (Visvalingam-Whyatt, through GEOS). Returns n polygons in EPSG:4326, for drawing only:
    counts and areas use the full shapes. Polygons that overlap or leave slits between them
    are simplified all the same, each as well as its neighbours allow.
    """
    projected = to_projected(polygons, crs=crs)
    return to_geographic(shapely.coverage_simplify(projected, tolerance_m), crs=crs)


def to_geojson_text(geometry: BaseGeometry, *, decimals: int = 5) -> str:
    """Write a geometry (EPSG:4326) as a compact GeoJSON geometry object.

    Five decimals are about one metre. Rounding a shared vertex gives the same vertex in both
    neighbours. Exterior rings run counter-clockwise, as RFC 7946 asks.
    """
    oriented = shapely.orient_polygons(shapely.force_2d(geometry))
    rounded = shapely.transform(oriented, lambda pairs: np.round(pairs, decimals))
    try:
        slim = shapely.remove_repeated_points(rounded)
    except shapely.GEOSException:  # smaller than the rounding: nothing of it would be left
        slim = oriented
    return json.dumps(slim.__geo_interface__, separators=(",", ":"))
