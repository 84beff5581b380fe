"""A file to text rows: its type is decided by its first bytes, its data set by its header."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.ingest.headers import believed
from pipelines.ingest.privacy import find_private
from pipelines.ingest.readers.archive import archive_kind, read_archive
from pipelines.ingest.readers.delimited import read_delimited
from pipelines.ingest.readers.excel import read_excel
from pipelines.ingest.readers.found import ReadError
from pipelines.ingest.readers.records import is_features, parse_json, read_records
from pipelines.ingest.readers.vector import (
    read_geojson_features,
    read_geopackage_features,
    read_shapefile_features,
    read_zipped_shapefile,
)
from pipelines.ingest.unreadable import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.contracts import Contract
    from pipelines.ingest.readers.found import FoundTable
    from pipelines.ingest.types import RawTable

MAX_BYTES: Final = 2 * 1024**3
MAX_JSON_BYTES: Final = 512 * 1024**2
_SHAPEFILE_MAGIC: Final = b"\x00\x00\x27\x0a"
_ZIP_MAGICS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_GEOPACKAGE_MAGIC: Final = b"SQLite format 3\0"
_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_BOOK: Final = "EncryptedPackage".encode("utf-16-le")
_TEXT_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FIRST_BYTES: Final = 4096


@dataclass(frozen=True)
class ReadTable:
    """The rows of one table of a file and the data set they belong to."""

    raw: RawTable
    contract: Contract


def read_tables(path: Path, contracts: Sequence[Contract]) -> list[ReadTable]:
    """The tables of a file, each with the one of `contracts` it belongs to.

    A file has one table; a book may have one a sheet, a zip one of each data set.
    Raises UnreadableFileError, naming the file and what to do, for anything it cannot read.
    """
    try:
        tables = _read(path, contracts, nested=False)
        return [_decide(path, table, named=len(contracts) == 1) for table in tables]
    except ReadError as error:
        kinds = contracts if error.reason == "no_kind" else ()
        raise UnreadableFileError(path, error.reason, error.detail, kinds) from error
    except OSError as error:
        raise UnreadableFileError(path, "access", error.strerror or "") from error


def _read(path: Path, contracts: Sequence[Contract], *, nested: bool) -> list[FoundTable]:
    first = _first_bytes(path)
    if first.startswith(_ZIP_MAGICS):
        return _read_zip(path, contracts, nested=nested)
    if first.startswith(_OLE_MAGIC):
        encrypted = _ENCRYPTED_BOOK in path.read_bytes()
        raise ReadError("password" if encrypted else "old_excel")
    if first.startswith(_SHAPEFILE_MAGIC):
        return [read_shapefile_features(path, contracts)]
    if first.startswith(_GEOPACKAGE_MAGIC):
        return [read_geopackage_features(path, contracts)]
    if _is_json(first):
        return [_read_json(path, contracts)]
    if path.suffix.lower() in {".dbf", ".shx", ".prj"}:
        raise ReadError("missing_part")
    with path.open("rb") as file:
        return [read_delimited(file, contracts)]


def _first_bytes(path: Path) -> bytes:
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(_FIRST_BYTES)
    if not first:
        raise ReadError("empty")
    if size > MAX_BYTES:
        raise ReadError("too_large", f"{size / 1024**2:,.0f} MiB")
    return first


def _read_zip(path: Path, contracts: Sequence[Contract], *, nested: bool) -> list[FoundTable]:
    kind = archive_kind(path)
    if kind == "excel":
        return read_excel(path, contracts)
    if kind not in {"archive", "shapefile"}:
        raise ReadError(kind)
    if nested:
        raise ReadError("nested")
    if kind == "shapefile":
        return [read_zipped_shapefile(path, contracts)]
    return read_archive(path, lambda member: _read(member, contracts, nested=True))


def _is_json(first: bytes) -> bool:
    """Whether a text begins with a bracket, in whatever encoding it is."""
    for mark in _TEXT_MARKS:
        first = first.removeprefix(mark)
    return first.lstrip(b" \t\r\n\0").startswith((b"{", b"["))


def _read_json(path: Path, contracts: Sequence[Contract]) -> FoundTable:
    size = path.stat().st_size
    if size > MAX_JSON_BYTES:
        raise ReadError("too_large", f"{size / 1024**2:,.0f} MiB")
    content = path.read_bytes()
    try:
        document, encoding = parse_json(content)
    except ReadError as error:
        # A title in brackets may stand above a CSV.
        try:
            return read_delimited(io.BytesIO(content), contracts)
        except ReadError:
            raise error from None
    if is_features(document):
        return read_geojson_features(path, contracts)
    return read_records(document, encoding, contracts)


def _decide(path: Path, table: FoundTable, *, named: bool) -> ReadTable:
    """One data set for a table: its header decides, then whatever else speaks for one."""
    matches = believed(table.matches, f"{path.name} {table.raw.part}", named=named)
    if len(matches) != 1:
        fitting = "、".join(match.contract.name for match in matches or table.matches)
        raise ReadError("ambiguous" if matches else "unsure", fitting)
    contract = matches[0].contract
    if private := find_private(table.raw, contract.name):
        column, kind = private
        where = f"{table.raw.part} " if table.raw.part else ""
        raise ReadError("private", f"{where}「{column}」: {kind.ja}・{kind.en}")
    return ReadTable(table.raw, contract)
