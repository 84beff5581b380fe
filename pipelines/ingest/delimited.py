"""CSV text to rows: title lines above the header and `#` lines are stepped over, lines counted."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from pipelines.ingest.headers import best_matches, describe_miss
from pipelines.ingest.types import RawTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.contracts import Contract
    from pipelines.ingest.headers import HeaderMatch

_HEADER_WITHIN: Final = 30
_MAX_CELL_CHARACTERS: Final = 1_000_000
_SHOWN_CHARACTERS: Final = 80


class DelimitedError(ValueError):
    """The text is not a table; `reason` is one of those of UnreadableFileError."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class _Record:
    line: int
    cells: list[str]


def read_delimited(
    text: str, encoding: str, contracts: Sequence[Contract]
) -> tuple[RawTable, list[HeaderMatch]]:
    """The rows below the header that fits one of `contracts`, and which those are.

    Blank lines and lines that start with `#` are no rows. Raises DelimitedError.
    """
    records = [record for record in _records(text) if any(cell.strip() for cell in record.cells)]
    if not records:
        raise DelimitedError("empty")
    at, matches = _find_header(records, contracts)
    header = records[at].cells
    rows = [record for record in records[at + 1 :] if not record.cells[0].startswith("#")]
    if not rows:
        raise DelimitedError("no_rows")
    return _table(header, rows, encoding), matches


def _records(text: str) -> list[_Record]:
    # One limit for the process; the module knows no other way.
    csv.field_size_limit(_MAX_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records = []
    line = 1
    try:
        for cells in reader:
            records.append(_Record(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        reason = "huge_cell" if "field limit" in str(error) else "quotes"
        raise DelimitedError(reason, f"{line}行目・line {line}") from error
    return records


def _find_header(
    records: list[_Record], contracts: Sequence[Contract]
) -> tuple[int, list[HeaderMatch]]:
    best: tuple[int, list[HeaderMatch]] = (-1, [])
    for at, record in enumerate(records[:_HEADER_WITHIN]):
        matches = best_matches(record.cells, contracts)
        if matches and (not best[1] or matches[0].rank > best[1][0].rank):
            best = (at, matches)
    if best[1]:
        return best
    near = describe_miss((record.cells for record in records[:_HEADER_WITHIN]), contracts)
    raise DelimitedError("header", near or _first_cells(records[0]))


def _first_cells(record: _Record) -> str:
    seen = "、".join(" ".join(cell.split()) for cell in record.cells[:5])
    return f"{record.line}行目・line {record.line}: {seen[:_SHOWN_CHARACTERS]}"


def _table(header: list[str], rows: list[_Record], encoding: str) -> RawTable:
    width = len(header)
    ragged = tuple(at for at, row in enumerate(rows) if not _fits(row.cells, width))
    padded = [(row.cells + [""] * width)[:width] for row in rows]
    columns = tuple(pa.array(cells, pa.string()) for cells in zip(*padded, strict=True))
    return RawTable(
        header=tuple(header),
        columns=columns,
        lines=np.array([row.line for row in rows], dtype=np.int64),
        layout="csv",
        encoding=encoding,
        ragged=ragged,
    )


def _fits(cells: list[str], width: int) -> bool:
    """Whether a row has the header's cells; blank ones beyond them do no harm."""
    return len(cells) >= width and not any(cell.strip() for cell in cells[width:])
