"""A Shapefile: .shp, .shx, .dbf, .prj and perhaps .cpg, as files that stand together."""

from __future__ import annotations

import re
import struct
import tempfile
import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from geo.vector.dbf import parse_dbf
from geo.vector.table import VectorFileError, VectorTable, place_in_japan, read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.arrays import GeometryArray

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")

# Japanese public bodies write cp932 and leave out the .cpg that would say so.
_USUAL_ENCODING = "cp932"
# What a .cpg says, without case and signs. Shift_JIS is what Windows calls its cp932.
_ENCODINGS = {
    **dict.fromkeys(
        ("932", "cp932", "ansi932", "ms932", "sjis", "shiftjis", "windows31j"), "cp932"
    ),
    **dict.fromkeys(("65001", "cp65001", "utf8"), "utf-8"),
    **dict.fromkeys(("20932", "51932", "eucjp"), "euc_jp"),
    **dict.fromkeys(("ascii", "usascii"), "ascii"),
    **dict.fromkeys(("28591", "88591", "iso88591", "latin1"), "latin-1"),
}
_FILE_CODE = 9994
_HEADER_BYTES = 100
_INDEX_BYTES = 8


def read_shapefile(path: Path) -> VectorTable:
    """Read the Shapefile whose .shp is at `path`; its other parts share the stem.

    Attributes are cp932 unless a .cpg names another encoding. Records marked as deleted are
    left out. Raises VectorFileError (missing_part, no_crs, unknown_crs, empty, truncated,
    encoding, no_geometry, outside_japan, too_large).
    """
    if not path.is_file():
        raise VectorFileError("missing_part", path.name)
    siblings = [file for file in path.parent.iterdir() if file.stem == path.stem]
    # Endings may be written in capitals.
    files = {file.suffix.lower(): file for file in siblings} | {".shp": path}
    return parse_shapefile(
        {ending: read_bytes(files[ending]) for ending in PARTS if ending in files}
    )


def parse_shapefile(parts: Mapping[str, bytes]) -> VectorTable:
    """Read a Shapefile from the contents of its parts, by ending; see `read_shapefile`."""
    _require(parts)
    crs = _parse_crs(parts[".prj"])
    encoding = _parse_encoding(parts.get(".cpg"))
    records = _count_records(shp=parts[".shp"], shx=parts[".shx"])
    attributes = parse_dbf(parts[".dbf"], encoding=encoding)
    if attributes.deleted.size != records:
        counts = f".shp {records}, .dbf {attributes.deleted.size} records"
        raise VectorFileError("truncated", counts)
    if attributes.deleted.all():
        raise VectorFileError("empty", "0 records")
    geometry = _parse_geometry(parts)
    if geometry.size != records:
        raise VectorFileError("truncated", f".shp {geometry.size} of {records} shapes")
    return VectorTable(
        columns=attributes.columns,
        geometry=place_in_japan(geometry[~attributes.deleted], crs=crs),
        crs=CRS.from_user_input(crs).name if "[" in crs else crs,
        encoding=encoding,
    )


def _require(parts: Mapping[str, bytes]) -> None:
    for ending in (".shp", ".shx", ".dbf"):
        if ending not in parts:
            raise VectorFileError("missing_part", ending)
    if ".prj" not in parts:
        raise VectorFileError("no_crs", ".prj")
    for ending, content in parts.items():
        if not content:
            raise VectorFileError("empty", ending)


# Recognising a definition takes PROJ twenty times as long as all the rest.
@lru_cache(maxsize=8)
def _parse_crs(content: bytes) -> str:
    """Give the CRS as an authority's code where it is recognised, otherwise as WKT."""
    definition = content.decode("utf-8", errors="replace")
    try:
        crs = CRS.from_wkt(definition)
    except CRSError as error:
        raise VectorFileError("unknown_crs", definition[:80]) from error
    authority = crs.to_authority()
    return ":".join(authority) if authority else definition


def _parse_encoding(content: bytes | None) -> str:
    if content is None:
        return _USUAL_ENCODING
    named = content[:40].decode("ascii", errors="replace").strip()
    plain = re.sub("[^a-z0-9]", "", named.lower())
    if plain not in _ENCODINGS:
        raise VectorFileError("encoding", f".cpg: {named}")
    return _ENCODINGS[plain]


def _count_records(*, shp: bytes, shx: bytes) -> int:
    """Count the records in the index, and make sure that the shapes it points to are there."""
    available, used = _declared_bytes(shp, ".shp"), _declared_bytes(shx, ".shx")
    index = shx[_HEADER_BYTES:used]
    records = len(index) // _INDEX_BYTES
    for start, length in struct.iter_unpack(">ii", index[: records * _INDEX_BYTES]):
        # Both count 16-bit words; a record's own header takes eight bytes more.
        if start < 0 or length < 0 or 2 * start + _INDEX_BYTES + 2 * length > available:
            raise VectorFileError("truncated", ".shp")
    return records


def _declared_bytes(content: bytes, ending: str) -> int:
    """Give the length that a .shp or .shx says it has, if so much is there."""
    if len(content) < _HEADER_BYTES:
        raise VectorFileError("truncated", ending)
    (code,), (words,) = struct.unpack(">i", content[:4]), struct.unpack(">i", content[24:28])
    if code != _FILE_CODE or not _HEADER_BYTES <= 2 * words <= len(content):
        raise VectorFileError("truncated", ending)
    return int(2 * words)


def _parse_geometry(parts: Mapping[str, bytes]) -> GeometryArray:
    """Let GDAL put the rings together; it sees only shapes and index, the rest is read here.

    What GDAL merely warns about is refused too: a shape it had to repair is not to be trusted.
    """
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for ending in (".shp", ".shx"):
            (Path(folder) / f"layer{ending}").write_bytes(parts[ending])
        try:
            _, _, geometry, _ = pyogrio.raw.read(Path(folder) / "layer.shp", columns=[])
            shapes: GeometryArray = shapely.force_2d(shapely.from_wkb(geometry))
        # pyogrio's errors are RuntimeErrors.
        except (RuntimeError, ValueError, ShapelyError) as error:
            raise VectorFileError("truncated", f".shp: {error}") from error
    if warned:
        raise VectorFileError("truncated", f".shp: {warned[0].message}")
    shapes[shapely.is_empty(shapes)] = None
    return shapes
