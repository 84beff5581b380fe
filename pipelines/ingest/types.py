"""A type for each stage of a file's life, so that a half-read thing cannot be passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    import numpy.typing as npt

    from pipelines.contracts import Contract
    from pipelines.ingest.chunks import Chunks
    from pipelines.ingest.corrections import Applied
    from pipelines.ingest.findings import Findings
    from pipelines.messages import Message

Status = Literal["official", "supplied", "sample", "schematic"]
Severity = Literal["quarantine", "warning", "left_out"]


@dataclass(frozen=True)
class Declared:
    """What a source.yaml, or else the file's name, says about a file."""

    status: Status = "supplied"
    publisher: str = ""
    publisher_en: str = ""
    title: str = ""
    licence: str = ""
    url: str = ""
    as_of: date | None = None
    boundary_id: str = "supplied"
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Note:
    """A line of a file that is neither header nor row: a title, a remark, metadata."""

    line: int
    text: str


@dataclass(frozen=True)
class Proposal:
    """A header that is close to a known one: what it may be meant to say."""

    column: str
    field: str
    known_as: str


@dataclass(frozen=True)
class RawTable:
    """A file as text: every row, every column, nothing judged yet.

    `chunks` hold a column a header cell. `part` is the sheet or the member of a zip. Every line is
    accounted for: rows, `header_lines`, `blank_lines` and `notes` add up to what the file has.
    `merged` counts, by column, the cells that took the value of a merged cell above. `remarks` is
    what else the reader has to say.
    """

    header: tuple[str, ...]
    chunks: Chunks
    layout: str
    encoding: str
    part: str = ""
    blank_lines: int = 0
    header_lines: int = 0
    notes: tuple[Note, ...] = ()
    merged: tuple[tuple[int, int], ...] = ()
    remarks: tuple[Message, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.chunks.rows

    @property
    def has_geometry(self) -> bool:
        """Whether the rows are features with shapes."""
        return self.chunks.has_geometry

    @property
    def columns(self) -> tuple[pa.Array, ...]:
        """The whole columns at once, which only a short table can afford."""
        pieces = zip(*(chunk.columns for chunk in self.chunks), strict=True)
        return tuple(pa.concat_arrays(column) for column in pieces)

    @property
    def lines(self) -> npt.NDArray[np.int64]:
        """The line (or the feature number) each row starts at."""
        return np.concatenate([chunk.lines for chunk in self.chunks])

    @property
    def geometry(self) -> npt.NDArray[np.object_]:
        """The shape of each row, None where it has none."""
        shapes = [
            np.full(chunk.rows, None, dtype=object) if chunk.geometry is None else chunk.geometry
            for chunk in self.chunks
        ]
        return np.concatenate(shapes)

    @property
    def ragged(self) -> tuple[int, ...]:
        """The positions of the rows whose number of cells is not the header's."""
        found: list[int] = []
        before = 0
        for chunk in self.chunks:
            found += (before + at for at in chunk.ragged)
            before += chunk.rows
        return tuple(found)


@dataclass(frozen=True)
class SourceFile:
    """A file with its data set recognised: what it is, and what it says of itself."""

    source_no: int
    path: Path
    shown_path: str
    contract: Contract
    declared: Declared
    raw: RawTable
    sha256: str
    size_bytes: int
    shipped: bool = False
    """Whether it is one of the files that came with the system, not the ward's own."""


@dataclass(frozen=True)
class Repair:
    """How often a named repair changed a value of a column of a file."""

    source_no: int
    field: str
    repair: str
    values: int


@dataclass(frozen=True)
class CleanedFile:
    """A file in the contract's columns, still text, repaired and counted."""

    source: SourceFile
    pieces: Callable[[], Iterator[pa.Table]]
    """The cleaned rows, chunk by chunk, made anew each time."""
    repairs: tuple[Repair, ...]
    unknown_columns: tuple[str, ...]
    absent_fields: tuple[str, ...]
    proposals: tuple[Proposal, ...] = ()
    companions: tuple[str, ...] = ()
    """Columns for reading, which our own forms have."""

    @property
    def table(self) -> pa.Table:
        """The cleaned rows at once, which only a short file can afford."""
        return pa.concat_tables(self.pieces())


@dataclass(frozen=True)
class Finding:
    """One thing found in one row."""

    source_no: int
    line: int
    field: str
    value: str
    rule: str
    severity: Severity
    message: Message


@dataclass(frozen=True)
class FileCount:
    """Where the rows of a file went; read = loaded + quarantined + left out, always."""

    source_no: int
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    rows_left_out: int = 0


@dataclass(frozen=True)
class Carried:
    """What is known of a table that came from an earlier edition."""

    origin: str
    """The edition that first made the table from files."""
    dataset: dict[str, Any]
    """Its row of meta.datasets there."""
    sources: tuple[dict[str, Any], ...]
    """Its rows of meta.sources there, with the numbers they have here."""


@dataclass(frozen=True)
class DatasetResult:
    """What became of a data set's files."""

    contract: Contract
    files: tuple[CleanedFile, ...]
    counts: tuple[FileCount, ...]
    findings: Findings
    repairs: tuple[Repair, ...]
    corrections: tuple[Applied, ...] = ()
    gate: Message | None = None
    """Why the files were not believed; `carried` is then what stands in their place."""
    carried: Carried | None = None

    @property
    def statuses(self) -> frozenset[str]:
        """The statuses of what is in the table."""
        if self.carried:
            return frozenset(filter(None, self.carried.dataset["statuses"].split(",")))
        return frozenset(file.source.declared.status for file in self.files)
