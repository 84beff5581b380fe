"""The rows of a delimited text below its header, block by block.

Plain lines are split by Arrow. All others (quoted, ragged, blank, notes) are read one by one, in
their order. What turns out to be a row of one line without quotation marks is split with the plain
ones; the rest is put between them by line. The result is as if all had been read one by one.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from pipelines.ingest.ahead import map_ahead
from pipelines.ingest.chunks import Chunks, RawChunk
from pipelines.ingest.readers.found import FoundTable, ReadError
from pipelines.ingest.readers.line_sorter import LineSorter
from pipelines.ingest.readers.plain_lines import (
    MAX_CELL_CHARACTERS,
    find_plain,
    split_plain,
    splits_alike,
)
from pipelines.ingest.readers.row_columns import RowColumns
from pipelines.ingest.types import RawTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from pipelines.ingest.readers.header_lines import HeaderLines
    from pipelines.ingest.readers.line_blocks import LineBlock, LineBlocks

    Record = tuple[int, int, list[str]]
    """The line a record starts at, the line after it, and its cells."""

_MAX_COLUMNS: Final = 16_384


class UnclosedQuoteError(ReadError):
    """The text ends within quotation marks; `line` is where that record began."""

    def __init__(self, line: int) -> None:
        super().__init__("quotes", _place(line))
        self.line = line


@dataclass(frozen=True)
class Top:
    """The first records of a text down to the header's last, and the line after that (from 1)."""

    rows: Sequence[list[str]]
    lines: Sequence[int]
    next_line: int
    header: HeaderLines


def read_records(lines: Iterable[str], delimiter: str, *, first_line: int = 1) -> Iterator[Record]:
    """Each record of some lines; raises ReadError: huge_cell, quotes, too_large."""
    # One limit for the process; the module knows no other way.
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = first_line
    try:
        for cells in reader:
            next_line = first_line + reader.line_num
            _require_width(cells, line)
            # A blank line is a record without cells; it is counted like one with blank cells.
            yield line, next_line, cells or [""]
            line = next_line
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UnclosedQuoteError(line) from error
        reason = "huge_cell" if "field limit" in str(error) else "quotes"
        raise ReadError(reason, _place(line)) from error


def read_rows(
    blocks: LineBlocks, top: Top, delimiter: str, *, layout: str, encoding: str
) -> FoundTable:
    """The table below a header; raises ReadError (huge_cell, quotes, too_large, no_rows)."""
    header = top.header
    body = _Body(top, delimiter)
    chunks = Chunks()
    for chunk in map_ahead(_SortedBlock.split, body.sort(blocks)):
        if chunk.rows:
            chunks.append(chunk)
    if not chunks.rows:
        raise ReadError("no_rows")
    raw = RawTable(
        header=header.cells,
        chunks=chunks,
        layout=layout,
        encoding=encoding,
        blank_lines=body.sorter.blank,
        header_lines=header.last - header.first + 1,
        notes=tuple(body.sorter.notes),
    )
    return FoundTable(raw, header.matches)


@dataclass(frozen=True)
class _SortedBlock:
    """A block whose lines are known for what they are.

    `plain` are the lines to be split by Arrow, with `evened` cells instead of those of the
    `ragged` ones among them; `others` the rows that were read one by one.
    """

    block: LineBlock
    plain: npt.NDArray[np.bool_]
    evened: dict[int, list[str]]
    ragged: list[int]
    others: RawChunk
    delimiter: str

    def split(self) -> RawChunk:
        """All rows in the order of their lines."""
        width = len(self.others.columns)
        columns, at = split_plain(self.block, self.plain, self.evened, width, self.delimiter)
        ragged = tuple(np.searchsorted(at, self.ragged).tolist())
        split = RawChunk(tuple(columns), at + self.block.first_line, ragged)
        return _merge(split, self.others) if self.others.rows else split


class _Body:
    """Sorts the lines of the blocks of a text in their order."""

    def __init__(self, top: Top, delimiter: str) -> None:
        self.delimiter = delimiter
        self.first_line = top.next_line
        self.lowest = top.rows[top.header.last]
        self.sorter = LineSorter(top.header, self.lowest)
        self.columns = RowColumns(top.header.cells)
        for cells, line in zip(top.rows[: top.header.first], top.lines, strict=False):
            self.sorter.pass_above(cells, line)

    def sort(self, blocks: LineBlocks) -> Iterator[_SortedBlock]:
        """Every block; a record that goes on beyond one is left to the next."""
        for block in blocks:
            header_lines = max(0, min(self.first_line - block.first_line, block.lines))
            plain = find_plain(block, self.columns.width, self.lowest[0], self.delimiter)
            plain[:header_lines] = False
            if block.first_line <= self.first_line < block.first_line + block.lines:
                plain[header_lines] = False  # it may be the header in another language
            yield self._sort_others(block, plain, header_lines, blocks)

    def _sort_others(
        self, block: LineBlock, plain: npt.NDArray[np.bool_], begin: int, blocks: LineBlocks
    ) -> _SortedBlock:
        """The lines that are not plain; `plain` loses what is inside of them, and gains rows."""
        rows: list[list[str]] = []
        lines: list[int] = []
        evened: dict[int, list[str]] = {}
        ragged: list[int] = []
        free = begin
        end = block.lines
        try:
            for line, next_line, cells in self._records(block, plain, begin):
                at, after = line - block.first_line, next_line - block.first_line
                if at > free:
                    self.sorter.pass_rows()
                free = after
                plain[at:after] = False
                if not self.sorter.is_row(cells, line, right_below=line == self.first_line):
                    continue
                if after == at + 1 and self.columns.width > 1 and splits_alike(block, at):
                    plain[at] = True
                    if len(cells) != self.columns.width:
                        evened[at] = self.columns.even_out(cells)
                        ragged += [at] if self.columns.is_ragged(cells) else []
                else:
                    rows.append(cells)
                    lines.append(line)
        except UnclosedQuoteError as error:
            if block.final:
                raise
            end = error.line - block.first_line
            plain[end:] = False
            blocks.give_back(block.after(end), error.line)
        if free < end:
            self.sorter.pass_rows()
        others = self.columns.chunk(rows, lines)
        return _SortedBlock(block, plain, evened, ragged, others, self.delimiter)

    def _records(
        self, block: LineBlock, plain: npt.NDArray[np.bool_], begin: int
    ) -> Iterator[Record]:
        """The records that begin at a line that is not plain."""
        free = begin
        for at in np.flatnonzero(~plain[begin:]).tolist():
            if begin + at < free:
                continue
            line = block.first_line + begin + at
            if splits_alike(block, begin + at):
                yield line, line + 1, self._split(block.text(begin + at), line)
                continue
            for record in read_records(block.texts(begin + at), self.delimiter, first_line=line):
                free = record[1] - block.first_line
                yield record
                if free >= block.lines or plain[free]:
                    break

    def _split(self, text: str, line: int) -> list[str]:
        """The cells of a line without quotation marks; raises ReadError for too many."""
        cells = text.rstrip("\r\n").split(self.delimiter)
        _require_width(cells, line)
        return cells


def _merge(split: RawChunk, others: RawChunk) -> RawChunk:
    """The rows of both ways in the order of their lines."""
    lines = np.concatenate([split.lines, others.lines])
    order = np.argsort(lines, kind="stable")
    taken = pa.array(order)
    columns = tuple(
        pa.concat_arrays(pair).take(taken)
        for pair in zip(split.columns, others.columns, strict=True)
    )
    placed = np.empty(len(order), dtype=np.int64)
    placed[order] = np.arange(len(order))
    before = [*split.ragged, *(split.rows + at for at in others.ragged)]
    return RawChunk(columns, lines[order], tuple(sorted(placed[before].tolist())))


def _require_width(cells: Sequence[str], line: int) -> None:
    if len(cells) > _MAX_COLUMNS:
        raise ReadError("too_large", f"{_place(line)}: {len(cells):,} cells")


def _place(line: int) -> str:
    return f"{line}行目・line {line}"
