"""What every reader of vector files returns, and the one way in which it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from geo.crs import to_geographic, within_japan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.arrays import GeometryArray

Reason = Literal[
    "empty",
    "not_geojson",
    "truncated",
    "no_crs",
    "unknown_crs",
    "outside_japan",
    "missing_part",
    "bad_archive",
    "too_large",
    "encoding",
    "no_geometry",
]

# A national boundary file of 町丁 by prefecture is about 50 MB; beyond this something is wrong.
MAX_FILE_BYTES = 512 * 1024 * 1024


class VectorFileError(Exception):
    """A vector file that cannot be used as a whole.

    `reason` is one of a closed list, for choosing the words that the reader sees. `detail` says
    where: the part of the file, the feature (counted from 1), the value. It names no folder.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        """Keep why and where."""
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail


@dataclass(frozen=True, eq=False)
class VectorTable:
    """The features of one file, n of them.

    `columns`: each attribute's n values as text, exactly as the file has them; missing is "".
    `geometry`: n shapely geometries in EPSG:4326, two-dimensional, None where there is none.
    `crs`: the CRS found in the file ("EPSG:4612"). `encoding`: of the text ("cp932").
    """

    columns: Mapping[str, list[str]]
    geometry: GeometryArray
    crs: str
    encoding: str


def read_bytes(path: Path) -> bytes:
    """Read a whole file; refuses an empty one and one past MAX_FILE_BYTES."""
    size = path.stat().st_size
    if size == 0:
        raise VectorFileError("empty", path.name)
    if size > MAX_FILE_BYTES:
        raise VectorFileError("too_large", f"{path.name}: {size} bytes")
    return path.read_bytes()


def place_in_japan(geometry: GeometryArray, *, crs: str) -> GeometryArray:
    """Bring geometries from `crs` to EPSG:4326 and make sure that they are in Japan.

    Raises VectorFileError: no_geometry where no feature has one, unknown_crs, outside_japan
    for the first feature with a corner outside 122-154 E, 20-46 N.
    """
    if shapely.is_missing(geometry).all():
        raise VectorFileError("no_geometry", f"{geometry.size} features")
    try:
        placed = to_geographic(geometry, crs=crs)
    except ValueError as error:
        raise VectorFileError("unknown_crs", crs) from error
    pairs, features = shapely.get_coordinates(placed, return_index=True)
    outside = np.flatnonzero(~within_japan(pairs[:, 0], pairs[:, 1]))
    if outside.size:
        lon, lat = pairs[outside[0]]
        feature = int(features[outside[0]]) + 1
        raise VectorFileError("outside_japan", f"feature {feature}: lon {lon:.6g}, lat {lat:.6g}")
    return placed
