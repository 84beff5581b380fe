"""CSV and TSV text to lines of cells; the delimiter is decided by parsing, not by the name."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from pipelines.ingest.decode import UnknownEncodingError, find_encoding, utf8_blocks
from pipelines.ingest.readers.found import ReadError
from pipelines.ingest.readers.grid import no_header_among
from pipelines.ingest.readers.header_lines import HEADER_WITHIN, find_header
from pipelines.ingest.readers.line_blocks import LineBlocks, LongLineError
from pipelines.ingest.readers.line_sorter import is_filled
from pipelines.ingest.readers.text_rows import Top, read_records, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from pipelines.contracts import Contract
    from pipelines.ingest.readers.found import FoundTable

_LAYOUTS: Final = {",": "csv", "\t": "tsv", ";": "csv (;)"}
_TOP_CHARACTERS: Final = 1_000_000
_TOP_RECORDS: Final = 1_000_000


def read_delimited(file: BinaryIO, contracts: Sequence[Contract]) -> FoundTable:
    """The table in a text file; raises ReadError."""
    encoding = _find_encoding(file)
    beginning = next(utf8_blocks(file, encoding), b"").decode(errors="ignore")[:_TOP_CHARACTERS]
    try:
        delimiter, top = _decide_delimiter(beginning, contracts)
        if top is None:
            top = _search(file, encoding, contracts)
        blocks = LineBlocks(file, encoding)
        return read_rows(blocks, top, delimiter, layout=_LAYOUTS[delimiter], encoding=encoding)
    except LongLineError as error:
        # A line without an end has a cell or a number of cells that is too large; mostly.
        for _ in read_records([error.begins.decode(errors="ignore")], ",", first_line=error.line):
            pass
        raise


def _find_encoding(file: BinaryIO) -> str:
    try:
        return find_encoding(file)
    except UnknownEncodingError as error:
        file.seek(0)
        raise ReadError("not_text" if b"\0" in file.read(4096) else "encoding") from error


def _decide_delimiter(text: str, contracts: Sequence[Contract]) -> tuple[str, Top | None]:
    """The delimiter by which the top of the text has the best header; a comma where none has."""
    best, best_top = ",", None
    for delimiter in _LAYOUTS:
        if delimiter not in text:
            continue
        top = _read_top(io.StringIO(text, newline=""), delimiter, contracts)
        if top and (
            best_top is None or top.header.matches[0].rank > best_top.header.matches[0].rank
        ):
            best, best_top = delimiter, top
    return best, best_top


def _read_top(lines: Iterable[str], delimiter: str, contracts: Sequence[Contract]) -> Top | None:
    """The lines among which a header can be; None where none is."""
    rows: list[list[str]] = []
    starts: list[int] = []
    nexts: list[int] = []
    filled = 0
    try:
        for line, next_line, cells in read_records(lines, delimiter):
            rows.append(cells)
            starts.append(line)
            nexts.append(next_line)
            filled += any(cell.strip() for cell in cells)
            if filled == HEADER_WITHIN:
                break
    except ReadError:
        # By the wrong delimiter quotation marks need not fit; what was read so far decides.
        pass
    header = find_header(rows, contracts)
    if header is None:
        return None
    return Top(rows[: header.last + 1], starts, nexts[header.last], header)


def _search(file: BinaryIO, encoding: str, contracts: Sequence[Contract]) -> Top:
    """A header further down than one is looked for first; raises ReadError for whatever is wrong.

    Everything is read, because what cannot be read matters more than a header that is missing.
    """
    rows: list[list[str]] = []
    starts: list[int] = []
    nexts: list[int] = []
    filled, seen = 0, False
    for line, next_line, cells in read_records(_lines(file, encoding), ","):
        seen = seen or any(is_filled(cell) for cell in cells)
        if filled < HEADER_WITHIN and len(rows) < _TOP_RECORDS:
            rows.append(cells)
            starts.append(line)
            nexts.append(next_line)
            filled += any(cell.strip() for cell in cells)
    if not seen:
        raise ReadError("empty")
    header = find_header(rows, contracts)
    if header is None:
        raise no_header_among(rows, starts, contracts)
    return Top(rows[: header.last + 1], starts, nexts[header.last], header)


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    for block in LineBlocks(file, encoding):
        yield from block.texts(0)
