"""A file to text rows: its type is decided by its first bytes, its data set by its header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from geo.vector import VectorFileError, read_geojson, read_shapefile, read_shapefile_zip
from pipelines.ingest.decode import UnknownEncodingError, decode_text
from pipelines.ingest.delimited import DelimitedError, read_delimited
from pipelines.ingest.headers import HeaderMatch, best_matches, describe_miss
from pipelines.ingest.types import RawTable
from pipelines.ingest.unreadable import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geo.vector import VectorTable
    from pipelines.contracts import Contract

MAX_BYTES: Final = 2 * 1024**3
_SHAPEFILE_MAGIC: Final = b"\x00\x00\x27\x0a"
_ZIP_MAGIC: Final = b"PK\x03\x04"
_EXCEL_MARK: Final = b"[Content_Types].xml"
_FIRST_BYTES: Final = 4096


def read_file(path: Path, contracts: Sequence[Contract]) -> tuple[RawTable, Contract]:
    """The rows of a file and the one of `contracts` they belong to.

    Raises UnreadableFileError, naming the file and what to do, for anything it cannot read.
    """
    first = _first_bytes(path)
    if first.startswith(_SHAPEFILE_MAGIC):
        raw, matches = _vector(path, "shapefile", read_shapefile, contracts)
    elif first.startswith(_ZIP_MAGIC):
        if _EXCEL_MARK in first:
            raise UnreadableFileError(path, "excel")
        raw, matches = _vector(path, "shapefile-zip", read_shapefile_zip, contracts)
    elif first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        raw, matches = _vector(path, "geojson", read_geojson, contracts)
    else:
        raw, matches = _delimited(path, contracts)
    if len(matches) > 1:
        names = "、".join(match.contract.name for match in matches)
        raise UnreadableFileError(path, "ambiguous", names)
    return raw, matches[0].contract


def _first_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size == 0:
            raise UnreadableFileError(path, "empty")
        if size > MAX_BYTES:
            raise UnreadableFileError(path, "too_large", f"{size / 1024**2:,.0f} MiB")
        with path.open("rb") as file:
            return file.read(_FIRST_BYTES)
    except OSError as error:
        raise UnreadableFileError(path, "access", error.strerror or "") from error


def _vector(
    path: Path,
    layout: str,
    read: Callable[[Path], VectorTable],
    contracts: Sequence[Contract],
) -> tuple[RawTable, list[HeaderMatch]]:
    try:
        table = read(path)
    except VectorFileError as error:
        raise UnreadableFileError(path, error.reason, error.detail) from error
    header = tuple(table.columns)
    shown = [contract for contract in contracts if contract.geometry != "none"]
    matches = best_matches(header, shown)
    if not matches:
        near = describe_miss([header], shown)
        raise UnreadableFileError(path, "header", near or "、".join(header[:5]))
    if not len(table.geometry):
        raise UnreadableFileError(path, "no_rows")
    columns = tuple(pa.array(values, pa.string()) for values in table.columns.values())
    lines = np.arange(1, len(table.geometry) + 1, dtype=np.int64)
    return (
        RawTable(header, columns, lines, layout, table.encoding, geometry=table.geometry),
        matches,
    )


def _delimited(path: Path, contracts: Sequence[Contract]) -> tuple[RawTable, list[HeaderMatch]]:
    if path.suffix.lower() in {".dbf", ".shx", ".prj"}:
        raise UnreadableFileError(path, "missing_part")
    try:
        text, encoding = decode_text(path.read_bytes())
        return read_delimited(text, encoding, contracts)
    except OSError as error:
        raise UnreadableFileError(path, "access", error.strerror or "") from error
    except UnknownEncodingError as error:
        reason = "not_text" if b"\0" in _first_bytes(path) else "encoding"
        raise UnreadableFileError(path, reason) from error
    except DelimitedError as error:
        raise UnreadableFileError(path, error.reason, error.detail) from error
