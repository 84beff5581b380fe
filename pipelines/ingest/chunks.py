"""The rows of a table in pieces, so that a long file is never in memory as a whole."""

from __future__ import annotations

import io
import tempfile
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    import numpy as np
    import numpy.typing as npt

_MEMORY_BYTES: Final = 64 * 1024**2
"""What a table keeps in memory; a longer one goes into a file."""
_LINE: Final = "line"


@dataclass(frozen=True)
class RawChunk:
    """Rows that follow each other.

    `columns` holds one string array a header cell, all of one length; `lines` the line (or the
    feature number) each row starts at; `ragged` the positions among these rows whose number of
    cells is not the header's; `geometry` shapely geometries in EPSG:4326 or None.
    """

    columns: tuple[pa.Array, ...]
    lines: npt.NDArray[np.int64]
    ragged: tuple[int, ...] = ()
    geometry: npt.NDArray[np.object_] | None = None

    @property
    def rows(self) -> int:
        """How many rows these are."""
        return len(self.lines)


class Chunks:
    """Chunks in their order: in memory, or in a nameless file once they are many.

    The file has no name that anyone could open and goes with this object, or with the process
    however it ends: what ward staff drop in is not left behind in a folder for temporary files.
    """

    def __init__(self, chunks: Sequence[RawChunk] = ()) -> None:
        self.rows = 0
        self.has_geometry = False
        self._kept: list[RawChunk] = []
        self._kept_bytes = 0
        self._ragged: list[tuple[int, ...]] = []
        self._file: BinaryIO | None = None
        self._in_file: list[tuple[int, int, pa.Schema, tuple[int, ...]]] = []
        for chunk in chunks:
            self.append(chunk)

    def append(self, chunk: RawChunk) -> None:
        """Add rows at the end; raises OSError where the file cannot be written."""
        self.rows += chunk.rows
        self.has_geometry = self.has_geometry or chunk.geometry is not None
        if self._file is None and chunk.geometry is None:
            self._kept_bytes += sum(column.nbytes for column in chunk.columns)
        if self._file is None and self._kept_bytes <= _MEMORY_BYTES:
            self._kept.append(chunk)
            return
        names = [str(at) for at in range(len(chunk.columns))]
        batch = pa.RecordBatch.from_arrays([*chunk.columns, pa.array(chunk.lines)], [*names, _LINE])
        content = batch.serialize()
        if self._file is None:
            self._file = self._open()
        start = self._file.seek(0, io.SEEK_END)
        self._in_file.append((start, self._file.write(content), batch.schema, chunk.ragged))

    def __iter__(self) -> Iterator[RawChunk]:
        """The chunks from the first on; what is in the file is read anew."""
        yield from self._kept
        for start, size, schema, ragged in self._in_file:
            yield self._read(start, size, schema, ragged)

    def _open(self) -> BinaryIO:
        file = tempfile.TemporaryFile(prefix="ebpm-")  # noqa: SIM115 - open as long as the rows are used
        weakref.finalize(self, file.close)
        return cast("BinaryIO", file)

    def _read(self, start: int, size: int, schema: pa.Schema, ragged: tuple[int, ...]) -> RawChunk:
        if self._file is None:
            raise ValueError(start)
        self._file.seek(start)
        columns = pa.ipc.read_record_batch(pa.py_buffer(self._file.read(size)), schema).columns
        return RawChunk(tuple(columns[:-1]), columns[-1].to_numpy(), ragged)
