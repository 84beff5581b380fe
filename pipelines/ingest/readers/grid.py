"""Lines of cells to a table: what is header, row, note or blank; every line is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from pipelines.ingest.chunks import Chunks
from pipelines.ingest.readers.found import FoundTable, ReadError
from pipelines.ingest.readers.header_lines import find_header
from pipelines.ingest.readers.line_sorter import LineSorter, is_filled
from pipelines.ingest.readers.miss import no_header
from pipelines.ingest.readers.row_columns import RowColumns
from pipelines.ingest.types import RawTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.contracts import Contract
    from pipelines.ingest.readers.header_lines import HeaderLines

_DESCRIBED_LINES: Final = 30


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


def read_grid(grid: Grid, contracts: Sequence[Contract]) -> FoundTable:
    """The rows below the header that fits one of `contracts`, and which those are.

    Raises ReadError: empty, header or no_kind (nothing fits), no_rows.
    """
    if not any(is_filled(cell) for cells in grid.rows for cell in cells):
        raise ReadError("empty")
    header = find_header(grid.rows, contracts)
    if header is None:
        raise no_header_among(grid.rows, grid.lines, contracts)
    sorter = LineSorter(header, grid.rows[header.last])
    kept = list(_kept(grid, header, sorter))
    if not kept:
        raise ReadError("no_rows", grid.part)
    return FoundTable(_tabulate(grid, header, sorter, kept), header.matches)


def no_header_among(
    rows: Sequence[list[str]], lines: Sequence[int], contracts: Sequence[Contract]
) -> ReadError:
    """Why none of the first filled lines of a table is a header."""
    filled = (
        (line, cells)
        for line, cells in zip(lines, rows, strict=True)
        if any(is_filled(cell) for cell in cells)
    )
    seen = list(islice(filled, _DESCRIBED_LINES))
    place = f"{seen[0][0]}行目・line {seen[0][0]}" if seen else ""
    return no_header([cells for _, cells in seen], contracts, place=place)


def _kept(grid: Grid, header: HeaderLines, sorter: LineSorter) -> Iterator[int]:
    """The positions of the lines that are rows."""
    for at, cells in enumerate(grid.rows):
        if at < header.first:
            sorter.pass_above(cells, grid.lines[at])
        elif at > header.last and sorter.is_row(
            cells, grid.lines[at], right_below=at == header.last + 1
        ):
            yield at


def _tabulate(grid: Grid, header: HeaderLines, sorter: LineSorter, kept: Sequence[int]) -> RawTable:
    """The rows of a grid as columns, with the counts of everything else."""
    rows = [grid.rows[at] for at in kept]
    columns = RowColumns(
        header.cells, width=max(map(len, rows)) if grid.even else 0, even=grid.even
    )
    filled = Counter(column for at in kept for column in grid.filled.get(at, ()))
    return RawTable(
        header=(*header.cells, *[""] * (columns.width - len(header.cells))),
        chunks=Chunks([columns.chunk(rows, [grid.lines[at] for at in kept])]),
        layout=grid.layout,
        encoding=grid.encoding,
        part=grid.part,
        blank_lines=sorter.blank,
        header_lines=header.last - header.first + 1,
        notes=tuple(sorter.notes),
        merged=tuple(sorted(filled.items())),
    )
