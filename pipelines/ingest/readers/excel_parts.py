"""What of an Excel book stands beside the values: its sheets, merged cells, formulas, the hidden.

Read from the parts of the .xlsx itself, because the streaming reader of values passes them over.
Source of the names: ECMA-376 (Office Open XML), SpreadsheetML.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from pipelines.ingest.readers.bounds import MAX_SHEET_BYTES, read_member
from pipelines.ingest.readers.found import ReadError

if TYPE_CHECKING:
    import zipfile

WORKBOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN_ROW: Final = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
_HIDDEN_COLUMN: Final = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"')
# A formula that is followed by no value, or by an empty one where no text was the result.
_FORMULA: Final = re.compile(
    rb"<(?:\w+:)?c\b(?P<cell>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:</(?:\w+:)?c>|(?P<empty><(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>))"
)
_PLACE: Final = re.compile(rb'\br="([A-Z]+[0-9]+)"')


@dataclass(frozen=True)
class Sheet:
    """A sheet as the book lists it; `member` is its part in the zip."""

    name: str
    member: str
    hidden: bool


@dataclass(frozen=True)
class Span:
    """Cells merged downwards: one column, from row `first` to row `last` (counted from 1)."""

    column: int
    first: int
    last: int


@dataclass(frozen=True)
class SheetParts:
    """What a sheet has beside its values."""

    spans: tuple[Span, ...]
    hidden_rows: int
    hidden_columns: int
    without_value: str
    """A cell whose formula was never calculated ("C5"), or nothing."""


def list_sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    """The worksheets of a book in their order; raises ReadError where the book is damaged."""
    book = _parse(archive, WORKBOOK)
    targets = {
        link.get("Id", ""): _member(link.get("Target", ""))
        for link in _parse(archive, _LINKS)
        if link.get("Type", "").endswith("/worksheet")
    }
    sheets = []
    for element in book.iter():
        if not element.tag.endswith("}sheet"):
            continue
        link = next((value for key, value in element.items() if key.endswith("}id")), "")
        if link in targets:
            hidden = element.get("state", "visible") != "visible"
            sheets.append(Sheet(element.get("name", ""), targets[link], hidden))
    return sheets


def read_parts(archive: zipfile.ZipFile, sheet: Sheet) -> SheetParts:
    """The merged cells and formulas of a sheet; raises ReadError."""
    try:
        size = archive.getinfo(sheet.member).file_size
    except KeyError as error:
        raise ReadError("truncated", sheet.name) from error
    if size > MAX_SHEET_BYTES:
        raise ReadError("too_large", f"{sheet.name}: {size / 1024**2:,.0f} MiB")
    content = read_member(archive, sheet.member)
    return SheetParts(
        spans=tuple(_spans(content)),
        hidden_rows=len(_HIDDEN_ROW.findall(content)),
        hidden_columns=len(_HIDDEN_COLUMN.findall(content)),
        without_value=_without_value(content),
    )


def _parse(archive: zipfile.ZipFile, member: str) -> ET.Element:
    content = read_member(archive, member)
    # Entities have no place in these parts; without a DOCTYPE none can be declared.
    if b"<!DOCTYPE" in content:
        raise ReadError("truncated", member)
    try:
        return ET.fromstring(content)  # noqa: S314 - see the line above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise ReadError("truncated", member) from error


def _member(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _spans(content: bytes) -> list[Span]:
    """Merged cells of one column; wider ones are titles and notes, which people see once."""
    end = max(content.rfind(b"sheetData>"), 0)
    return [
        Span(_column(left), int(top), int(bottom))
        for left, top, right, bottom in _MERGED.findall(content, end)
        if left == right and len(left) <= 3 and len(bottom) <= 7  # noqa: PLR2004 - XFD1048576
    ]


def _column(letters: bytes) -> int:
    """The position of a column, A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _without_value(content: bytes) -> str:
    for found in _FORMULA.finditer(content):
        text_result = b't="str"' in found["cell"]
        if not (text_result and found["empty"]):
            place = _PLACE.search(found["cell"])
            return place[1].decode() if place else "?"
    return ""
