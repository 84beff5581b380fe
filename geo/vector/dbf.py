"""The attribute table of a Shapefile (dBASE III), read as the text it holds.

Read here and not through GDAL because contracts judge what a file says, to the letter:
GDAL would turn 91167.400 into 91167.4 and an unreadable number into nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.vector.table import VectorFileError

if TYPE_CHECKING:
    from geo.arrays import BoolArray

_HEADER_BYTES = 32
_FIELD_BYTES = 32
_NAME_BYTES = 11
_WIDTH_AT = 16
_END_OF_FIELDS = 0x0D
_DELETED = b"*"


@dataclass(frozen=True, eq=False)
class DbfTable:
    """`columns`: text of the records kept; `deleted`: of all n records, which are marked so."""

    columns: dict[str, list[str]]
    deleted: BoolArray


@dataclass(frozen=True)
class _Field:
    name: str
    start: int
    width: int


def parse_dbf(content: bytes, *, encoding: str) -> DbfTable:
    """Read the records of a .dbf that are not marked as deleted.

    Raises VectorFileError: truncated when the content is shorter than its header says,
    encoding when a value is not text in `encoding`.
    """
    if len(content) <= _HEADER_BYTES:
        raise VectorFileError("truncated", ".dbf")
    records = int.from_bytes(content[4:8], "little")
    header = int.from_bytes(content[8:10], "little")
    width = int.from_bytes(content[10:12], "little")
    if width == 0 or len(content) < header + records * width:
        raise VectorFileError("truncated", ".dbf")
    rows = [content[header + n * width : header + (n + 1) * width] for n in range(records)]
    fields = _read_fields(content[:header], encoding=encoding)
    # One damaged width would shift every value behind it.
    if 1 + sum(field.width for field in fields) != width:
        raise VectorFileError("truncated", ".dbf: field widths")
    deleted = np.array([row[:1] == _DELETED for row in rows], dtype=bool)
    columns = {
        field.name: [
            _read_value(rows[n], field, encoding=encoding, record=n)
            for n in np.flatnonzero(~deleted).tolist()
        ]
        for field in fields
    }
    return DbfTable(columns=columns, deleted=deleted)


def _read_fields(header: bytes, *, encoding: str) -> list[_Field]:
    fields: list[_Field] = []
    start = 1  # the first byte of a record is its deletion flag
    for offset in range(_HEADER_BYTES, len(header) - _FIELD_BYTES + 1, _FIELD_BYTES):
        if header[offset] == _END_OF_FIELDS:
            break
        name = header[offset : offset + _NAME_BYTES].split(b"\0", 1)[0]
        width = header[offset + _WIDTH_AT]
        fields.append(_Field(_decode(name, encoding=encoding, place="header"), start, width))
        start += width
    return fields


def _read_value(row: bytes, field: _Field, *, encoding: str, record: int) -> str:
    value = row[field.start : field.start + field.width]
    text = _decode(value, encoding=encoding, place=f"record {record + 1}, {field.name}")
    # Padding: blanks, from some writers zero bytes.
    return text.strip(" \0")


def _decode(value: bytes, *, encoding: str, place: str) -> str:
    try:
        return value.decode(encoding)
    except UnicodeDecodeError as error:
        raise VectorFileError("encoding", f".dbf: {place}") from error
