"""Lines of cells to a table: what is header, row, note or blank; every line is accounted for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from pipelines.ingest.headers import describe_miss, match_header
from pipelines.ingest.readers.found import FoundTable, ReadError
from pipelines.ingest.readers.header_lines import find_header
from pipelines.ingest.types import Note, RawTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.contracts import Contract
    from pipelines.ingest.readers.header_lines import HeaderLines

_NOTE_MARK: Final = re.compile(
    r"[\[(【〔〈]?(※|\*|注\s*\d*\s*[).:】\]]|注意|注記|備考[:)】\]]|出典|出所|資料[:)】\]]|参考|凡例|以上$|"
    r"note|source|remark|\d{1,2}\)|#)",
    re.IGNORECASE,
)
_EXAMPLE: Final = "記入例"
NO_ROW_START: Final = "#＃※*記【[（(\ufeff\u200b\x1a \t\u3000\xa0\v\f\x1c\x1d\x1e\x1f\x85"
"""A first cell that begins with one of these is looked at closely: it may be a note or blank."""
# Signs that look like nothing: zero-width ones, and the end-of-file sign of DOS.
_UNSEEN: Final = "\ufeff\u200b\u200c\u200d\u2060\x1a\0"
_NOTE_CHARACTERS: Final = 200
_SHOWN_CHARACTERS: Final = 80
_MAX_CELLS: Final = 100_000_000


@dataclass(frozen=True)
class Grid:
    """All lines of one table, blank ones too; `lines` is where each of `rows` starts.

    `even` says that every row has as many cells as the sheet has columns, so that none can be
    cut off. `filled` are the columns that a merged cell above reaches, by row position.
    """

    rows: Sequence[list[str]]
    lines: Sequence[int]
    layout: str
    encoding: str
    part: str = ""
    even: bool = False
    filled: Mapping[int, Sequence[int]] = field(default_factory=dict)


@dataclass
class SortedLines:
    """Positions of the rows of a grid that are rows, and what the others are."""

    rows: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    blank: int = 0


def read_grid(grid: Grid, contracts: Sequence[Contract]) -> FoundTable:
    """The rows below the header that fits one of `contracts`, and which those are.

    Raises ReadError: empty, header (nothing fits), no_rows.
    """
    if not any(is_filled(cell) for cells in grid.rows for cell in cells):
        raise ReadError("empty")
    header = find_header(grid.rows, contracts)
    if header is None:
        raise ReadError("header", _describe(grid, contracts))
    found = sort_lines(grid, header)
    if not found.rows:
        raise ReadError("no_rows", grid.part)
    return FoundTable(tabulate(grid, header, found), header.matches)


def is_filled(cell: str) -> bool:
    """Whether a person sees something in the cell."""
    return bool(cell) and bool(cell.strip().strip(_UNSEEN))


def _describe(grid: Grid, contracts: Sequence[Contract]) -> str:
    seen = [
        (line, cells)
        for line, cells in zip(grid.lines, grid.rows, strict=True)
        if any(is_filled(cell) for cell in cells)
    ][:30]
    if near := describe_miss([cells for _, cells in seen], contracts):
        return near
    line, cells = seen[0]
    text = "、".join(" ".join(cell.split()) for cell in cells[:5])
    return f"{line}行目・line {line}: {text[:_SHOWN_CHARACTERS]}"


def sort_lines(grid: Grid, header: HeaderLines) -> SortedLines:
    """What each line of a grid is: header, row, note or blank."""
    found = SortedLines()
    loose = False  # after a blank line or a note, a line of one cell is no row
    for at, cells in enumerate(grid.rows):
        if header.first <= at <= header.last:
            continue
        # Two filled cells of which the first is no mark: a row, without looking further.
        plain = at > header.last and len(cells) > 1 and _plain(cells[0]) and cells[1].strip()
        if plain and not _repeats_header(cells, grid, header, at):
            found.rows.append(at)
            loose = False
            continue
        filled = [cell for cell in cells if is_filled(cell)]
        if not filled:
            found.blank += 1
            loose = True
        elif at < header.first or _is_note(filled, grid, header, at, loose=loose):
            text = " ".join(" ".join(filled).split())
            found.notes.append(Note(grid.lines[at], text[:_NOTE_CHARACTERS]))
            loose = True
        else:
            found.rows.append(at)
            loose = False
    return found


def _plain(cell: str) -> bool:
    return bool(cell) and cell[0] not in NO_ROW_START and bool(cell.strip())


def _is_note(filled: list[str], grid: Grid, header: HeaderLines, at: int, *, loose: bool) -> bool:
    cells = grid.rows[at]
    first = unicodedata.normalize("NFKC", filled[0]).strip().strip(_UNSEEN)
    if first.startswith(_EXAMPLE):
        return True
    if header.marked and cells[0].lstrip(_UNSEEN).startswith("#"):
        return True
    if len(filled) == 1:
        return loose or _NOTE_MARK.match(first) is not None
    return _repeats_header(cells, grid, header, at)


def _repeats_header(cells: list[str], grid: Grid, header: HeaderLines, at: int) -> bool:
    """Whether a line is the header again: word for word, or in another language right below."""
    known = header.matches[0].columns
    lowest = grid.rows[header.last]
    if lowest[0] == cells[0] and cells == lowest:
        return True
    if at != header.last + 1:
        return False
    again = match_header(cells, header.matches[0].contract).columns
    same = sum(1 for name, column in again.items() if known.get(name) == column)
    return same >= max(2, len(known) - 1)


def tabulate(grid: Grid, header: HeaderLines, found: SortedLines) -> RawTable:
    """The rows of a grid as columns, with the counts of everything else."""
    rows = [grid.rows[at] for at in found.rows]
    width = len(header.cells)
    if grid.even:
        width = max([width, *map(len, rows)])
    # Spreadsheets leave commas behind the header's last name; rows need not have them too.
    named = max((at for at, cell in enumerate(header.cells, start=1) if is_filled(cell)), default=0)
    ragged = () if grid.even else _ragged(rows, named, width)
    # Short rows are filled up to the header's width: a small file could become a huge table.
    if width * len(rows) > _MAX_CELLS:
        raise ReadError("too_large", f"{width:,} × {len(rows):,}")
    padded = [row if len(row) == width else (row + [""] * width)[:width] for row in rows]
    columns = tuple(pa.array([row[at] for row in padded], pa.string()) for at in range(width))
    filled = Counter(column for at in found.rows for column in grid.filled.get(at, ()))
    return RawTable(
        header=(*header.cells, *[""] * (width - len(header.cells))),
        columns=columns,
        lines=np.array([grid.lines[at] for at in found.rows], dtype=np.int64),
        layout=grid.layout,
        encoding=grid.encoding,
        ragged=ragged,
        part=grid.part,
        blank_lines=found.blank,
        header_lines=header.last - header.first + 1,
        notes=tuple(found.notes),
        merged=tuple(sorted(filled.items())),
    )


def _ragged(rows: Sequence[list[str]], named: int, width: int) -> tuple[int, ...]:
    """Rows without a cell for each name of the header; blank ones beyond it do no harm."""
    return tuple(
        at
        for at, row in enumerate(rows)
        if len(row) < named or (len(row) > width and any(is_filled(cell) for cell in row[width:]))
    )
