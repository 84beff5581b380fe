"""A Shapefile given as files that stand together: .shp, .shx, .dbf, .prj and perhaps .cpg."""

from __future__ import annotations

import codecs
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from geo.vector.dbf import read_dbf
from geo.vector.table import VectorFileError, VectorTable, place_in_japan, read_bytes

if TYPE_CHECKING:
    from geo.arrays import GeometryArray

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")

# Japanese public bodies write cp932 and leave out the .cpg that would say so.
_USUAL_ENCODING = "cp932"
_CODE_PAGES = {"932": "cp932", "65001": "utf-8"}
_FILE_CODE = 9994
_HEADER_BYTES = 100
_INDEX_BYTES = 8

_Parts = dict[str, Path]


def read_shapefile(path: Path) -> VectorTable:
    """Read the Shapefile whose .shp is at `path`; its other parts share the stem.

    Attributes are cp932 unless a .cpg names another encoding. Records marked as deleted are
    left out. Raises VectorFileError (missing_part, no_crs, unknown_crs, empty, truncated,
    encoding, no_geometry, outside_japan, too_large).
    """
    parts = _find_parts(path)
    crs = _read_crs(parts)
    encoding = _read_encoding(parts)
    records = _count_records(parts)
    attributes = read_dbf(parts[".dbf"], encoding=encoding)
    if attributes.records != records:
        raise VectorFileError("truncated", f".shp {records}, .dbf {attributes.records} records")
    if attributes.kept == 0:
        raise VectorFileError("empty", "0 records")
    geometry = _read_geometry(parts[".shp"])
    if geometry.size != attributes.kept:
        raise VectorFileError("truncated", parts[".shp"].name)
    return VectorTable(
        columns=attributes.columns,
        geometry=place_in_japan(geometry, crs=crs),
        crs=_label(crs),
        encoding=encoding,
    )


def _find_parts(path: Path) -> _Parts:
    """Find the parts by stem; endings may be written in capitals."""
    if not path.is_file():
        raise VectorFileError("missing_part", path.name)
    siblings = [sibling for sibling in path.parent.iterdir() if sibling.stem == path.stem]
    parts = {sibling.suffix.lower(): sibling for sibling in siblings}
    for ending in (".shx", ".dbf"):
        if ending not in parts:
            raise VectorFileError("missing_part", ending)
    if ".prj" not in parts:
        raise VectorFileError("no_crs", ".prj")
    return parts | {".shp": path}


def _read_crs(parts: _Parts) -> str:
    """Give the CRS as an authority's code where it is recognised, otherwise as WKT."""
    definition = read_bytes(parts[".prj"]).decode("utf-8", errors="replace")
    try:
        crs = CRS.from_wkt(definition)
    except CRSError as error:
        raise VectorFileError("unknown_crs", definition[:80]) from error
    authority = crs.to_authority()
    return ":".join(authority) if authority else definition


def _label(crs: str) -> str:
    return CRS.from_user_input(crs).name if "[" in crs else crs


def _read_encoding(parts: _Parts) -> str:
    if ".cpg" not in parts:
        return _USUAL_ENCODING
    named = parts[".cpg"].read_bytes()[:40].decode("ascii", errors="replace").strip()
    page = named.lower().removeprefix("ansi").removeprefix("cp").strip(" -")
    try:
        encoding = codecs.lookup(_CODE_PAGES.get(page, named)).name
    except LookupError as error:
        raise VectorFileError("encoding", f".cpg: {named}") from error
    # Windows writes its own extension of Shift_JIS and calls it Shift_JIS.
    return _USUAL_ENCODING if encoding == "shift_jis" else encoding


def _count_records(parts: _Parts) -> int:
    """Count the records in the index, and make sure that the shapes it points to are there."""
    index = _read_whole(parts[".shx"])
    available = len(_read_whole(parts[".shp"]))
    records = (len(index) - _HEADER_BYTES) // _INDEX_BYTES
    for start, length in struct.iter_unpack(">ii", index[_HEADER_BYTES:]):
        # Both count 16-bit words; a record's own header takes eight bytes more.
        if start < 0 or length < 0 or 2 * start + _INDEX_BYTES + 2 * length > available:
            raise VectorFileError("truncated", parts[".shp"].name)
    return records


def _read_whole(path: Path) -> bytes:
    """Read a .shp or .shx as long as its header says it is."""
    content = read_bytes(path)
    if len(content) < _HEADER_BYTES:
        raise VectorFileError("truncated", path.name)
    code, words = struct.unpack(">i", content[:4])[0], struct.unpack(">i", content[24:28])[0]
    if code != _FILE_CODE or not _HEADER_BYTES <= 2 * words <= len(content):
        raise VectorFileError("truncated", path.name)
    return content[: 2 * words]


def _read_geometry(path: Path) -> GeometryArray:
    try:
        _, _, geometry, _ = pyogrio.raw.read(path, columns=[])
        shapes: GeometryArray = shapely.force_2d(shapely.from_wkb(geometry))
    # pyogrio's own errors are RuntimeErrors; RuntimeWarning is what GDAL only warns about.
    except (RuntimeError, RuntimeWarning, ValueError, ShapelyError) as error:
        raise VectorFileError("truncated", f"{path.name}: {error}") from error
    shapes[shapely.is_empty(shapes)] = None
    return shapes
