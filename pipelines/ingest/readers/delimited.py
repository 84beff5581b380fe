"""CSV and TSV text to lines of cells; the delimiter is decided by parsing, not by the name."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Final

from pipelines.ingest.decode import UnknownEncodingError, decode_text
from pipelines.ingest.readers.found import ReadError
from pipelines.ingest.readers.grid import Grid, read_grid
from pipelines.ingest.readers.header_lines import find_header
from pipelines.ingest.readers.long_text import MAX_CELL_CHARACTERS, Top, read_long

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.contracts import Contract
    from pipelines.ingest.readers.found import FoundTable

_LAYOUTS: Final = {",": "csv", "\t": "tsv", ";": "csv (;)"}
LONG_CHARACTERS: Final = 500_000
_TOP_LINES: Final = 60
_TOP_CHARACTERS: Final = 1_000_000
_MAX_COLUMNS: Final = 16_384


def read_delimited(content: bytes, contracts: Sequence[Contract]) -> FoundTable:
    """The table in a text file; raises ReadError."""
    try:
        text, encoding = decode_text(content)
    except UnknownEncodingError as error:
        raise ReadError("not_text" if b"\0" in content[:4096] else "encoding") from error
    delimiter, top = _decide_delimiter(text, contracts)
    layout = _LAYOUTS[delimiter]
    if top and len(text) >= LONG_CHARACTERS and len(top.header.cells) <= _MAX_COLUMNS:
        found = read_long(text, top, delimiter, layout, encoding)
        if found is not None:
            return found
    rows, lines = [], []
    for line, cells in _records(text, delimiter):
        if len(cells) > _MAX_COLUMNS:
            raise ReadError("too_large", f"{line}行目・line {line}: {len(cells):,} cells")
        rows.append(cells)
        lines.append(line)
    return read_grid(Grid(rows, lines, layout, encoding), contracts)


def _decide_delimiter(text: str, contracts: Sequence[Contract]) -> tuple[str, Top | None]:
    """The delimiter by which the top of the text has the best header; a comma where none has."""
    best, best_top = ",", None
    for delimiter in _LAYOUTS:
        if delimiter not in text:
            continue
        rows, lines = _read_top(text[:_TOP_CHARACTERS], delimiter)
        header = find_header(rows, contracts)
        if header and (
            best_top is None or header.matches[0].rank > best_top.header.matches[0].rank
        ):
            best, best_top = delimiter, Top(rows, lines, header)
    return best, best_top


def _read_top(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        for line, cells in islice(_records(text, delimiter), _TOP_LINES):
            rows.append(cells)
            lines.append(line)
    except ReadError:
        # By the wrong delimiter quotation marks need not fit; what was read so far decides.
        return rows, lines
    return rows, lines


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record and the line it starts at; raises ReadError: huge_cell, quotes."""
    # One limit for the process; the module knows no other way.
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            # A blank line is a record without cells; it is counted like one with blank cells.
            yield line, cells or [""]
            line = reader.line_num + 1
    except csv.Error as error:
        reason = "huge_cell" if "field limit" in str(error) else "quotes"
        raise ReadError(reason, f"{line}行目・line {line}") from error
