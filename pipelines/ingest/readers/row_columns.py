"""Rows of cells as columns: short ones filled up, and known for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from pipelines.ingest.chunks import RawChunk
from pipelines.ingest.readers.found import ReadError
from pipelines.ingest.readers.line_sorter import is_filled

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_CELLS: Final = 100_000_000


class RowColumns:
    """Makes chunks of `width` columns under a header; `even` rows cannot have been cut off."""

    def __init__(self, header: Sequence[str], *, width: int = 0, even: bool = False) -> None:
        self.width = max(width, len(header))
        # Spreadsheets leave commas behind the header's last name; rows need not have them too.
        filled = (at for at, cell in enumerate(header, start=1) if is_filled(cell))
        self._named = max(filled, default=0)
        self._even = even
        self._rows = 0

    def chunk(self, rows: Sequence[list[str]], lines: Sequence[int]) -> RawChunk:
        """The rows that start at `lines`; raises ReadError for more cells than memory holds."""
        padded = [self.even_out(row) for row in rows]
        columns = zip(*padded, strict=True) if padded else [()] * self.width
        return RawChunk(
            columns=tuple(pa.array(column, pa.string()) for column in columns),
            lines=np.array(lines, dtype=np.int64),
            ragged=() if self._even else self._ragged(rows),
        )

    def even_out(self, row: list[str]) -> list[str]:
        """A row with a cell for each column; raises ReadError for more cells than memory holds."""
        self._rows += 1
        # Short rows are filled up to the header's width: a small file could become a huge table.
        if self.width * self._rows > _MAX_CELLS:
            raise ReadError("too_large", f"{self.width:,} × {self._rows:,}")
        return row if len(row) == self.width else (row + [""] * self.width)[: self.width]

    def _ragged(self, rows: Sequence[list[str]]) -> tuple[int, ...]:
        """Rows without a cell for each name of the header; blank ones beyond it do no harm."""
        return tuple(at for at, row in enumerate(rows) if self.is_ragged(row))

    def is_ragged(self, row: Sequence[str]) -> bool:
        """Whether a row has too few cells, or filled ones beyond the last column."""
        over = len(row) > self.width and any(is_filled(cell) for cell in row[self.width :])
        return len(row) < self._named or over
