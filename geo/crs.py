"""Coordinate reference systems: degrees for storing and drawing, metres for measuring.

Coordinates are always longitude (or easting) first, whatever axis order a CRS declares.
No transformation grid is downloaded: Tokyo Datum (EPSG:4301) therefore converts to
within a few metres, the JGD2000/JGD2011 systems and WGS 84 agree to within decimetres.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.arrays import BoolArray, FloatArray, GeometryArray

GEOGRAPHIC = "EPSG:4326"

_JAPAN_WEST_EAST = (122.0, 154.0)
_JAPAN_SOUTH_NORTH = (20.0, 46.0)


def project(lon: npt.ArrayLike, lat: npt.ArrayLike, *, crs: str) -> tuple[FloatArray, FloatArray]:
    """Project EPSG:4326 degrees to metres in `crs`.

    `lon`, `lat`: arrays of one shape. Returns easting and northing in that shape.
    Raises ValueError when `crs` is not a CRS that PROJ knows.
    """
    easting, northing = _transformer(GEOGRAPHIC, crs).transform(
        np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    )
    return np.asarray(easting), np.asarray(northing)


def to_geographic(geometries: GeometryArray, *, crs: str) -> GeometryArray:
    """Transform geometries from `crs` (code or WKT) to EPSG:4326; missing ones stay None.

    Heights are dropped. Raises ValueError when `crs` is not a CRS that PROJ knows.
    """
    return _transform(geometries, _transformer(crs, GEOGRAPHIC))


def to_projected(geometries: GeometryArray, *, crs: str) -> GeometryArray:
    """Transform EPSG:4326 geometries to metres in `crs`; missing ones stay None.

    Raises ValueError when `crs` is not a CRS that PROJ knows.
    """
    return _transform(geometries, _transformer(GEOGRAPHIC, crs))


def measure_area_m2(geometries: GeometryArray, *, crs: str) -> FloatArray:
    """Area in m2 of EPSG:4326 polygons, measured in the projected `crs`.

    Raises ValueError when `crs` is not a CRS that PROJ knows.
    """
    return np.asarray(shapely.area(to_projected(geometries, crs=crs)))


def is_metric(crs: str) -> bool:
    """Whether `crs` is a projected CRS in metres that PROJ knows."""
    try:
        known = CRS.from_user_input(crs)
    except ProjError:
        return False
    return known.is_projected and all(axis.unit_name == "metre" for axis in known.axis_info)


def within_japan(lon: npt.ArrayLike, lat: npt.ArrayLike) -> BoolArray:
    """Whether EPSG:4326 coordinates lie in the box 122-154 E, 20-46 N; NaN does not."""
    east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    west_limit, east_limit = _JAPAN_WEST_EAST
    south_limit, north_limit = _JAPAN_SOUTH_NORTH
    return np.asarray(
        (east >= west_limit)
        & (east <= east_limit)
        & (north >= south_limit)
        & (north <= north_limit)
    )


def _transform(geometries: GeometryArray, transformer: Transformer) -> GeometryArray:
    def transform(pairs: FloatArray) -> FloatArray:
        return np.column_stack(transformer.transform(pairs[:, 0], pairs[:, 1]))

    return shapely.transform(np.asarray(geometries, dtype=object), transform)


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> Transformer:
    try:
        return Transformer.from_crs(
            CRS.from_user_input(source), CRS.from_user_input(target), always_xy=True
        )
    except ProjError as error:
        unknown = source if target == GEOGRAPHIC else target
        raise ValueError(f"unknown coordinate reference system: {unknown}") from error
