"""A file's columns as the contract's columns: still text, repaired, every repair counted."""

from __future__ import annotations

import json
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import shapely

from pipelines.contracts.symbols import STATE_ENDING
from pipelines.ingest.ahead import map_ahead
from pipelines.ingest.coordinates import (
    POINT_REPAIR,
    STAND_IN_REPAIR,
    SWAP_REPAIR,
    repair_coordinates,
)
from pipelines.ingest.file_code import CODE_REPAIR, fill_code
from pipelines.ingest.headers import match_header, propose_fields
from pipelines.ingest.pairs import PAIR_REPAIR, split_pair
from pipelines.ingest.repairs import REPAIRS, repair_column, trim
from pipelines.ingest.symbols import SYMBOL_REPAIR, read_symbols
from pipelines.ingest.told import TOLD_REPAIR, told_values
from pipelines.ingest.types import CleanedFile, Repair
from pipelines.ingest.unpivot import WIDE_REPAIR, unpivot_chunk, unpivot_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.contracts import FieldContract
    from pipelines.ingest.chunks import RawChunk
    from pipelines.ingest.headers import HeaderMatch
    from pipelines.ingest.types import SourceFile

    Counts = Counter[tuple[str, str]]
    """How many values each (field, repair) changed."""

POSITION: Final = ("lon", "lat")
EXTRAS: Final = "extras"
"""The column of what else a file says of a row."""
KEY_REPAIR: Final = "generated_key"
MERGED_REPAIR: Final = "merged_cells"
_STEPS: Final = (
    (WIDE_REPAIR,),
    (TOLD_REPAIR,),
    (PAIR_REPAIR,),
    (MERGED_REPAIR,),
    (SYMBOL_REPAIR, *REPAIRS),
    (STAND_IN_REPAIR, POINT_REPAIR),
    (SWAP_REPAIR,),
    (CODE_REPAIR,),
    (KEY_REPAIR,),
)
"""What is done to a file's values, in order."""


def clean_file(source: SourceFile) -> CleanedFile:
    """A file mapped, repaired and counted in one go."""
    cleaner = Cleaner(source)
    for _ in cleaner.pieces():
        pass
    return cleaner.finish()


class Cleaner:
    """Maps, repairs and counts the rows of a file, chunk by chunk."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self._header = unpivot_header(source.raw.header, source.contract)
        self._match = match_header(self._header, source.contract)
        self._told = self._told_outside()
        self._counts: Counts = Counter()

    @cached_property
    def given(self) -> frozenset[str]:
        """The columns of text that may hold a value; all others are blank in every piece."""
        contract = self.source.contract
        names = {*self._match.given, *self._told}
        names |= {field.name for field in contract.read_fields if CODE_REPAIR in field.repairs}
        if _has_points(self.source) or not names.isdisjoint(POSITION):
            names.update(POSITION)
        states = [f"{one.name}{STATE_ENDING}" for one in contract.read_fields if one.symbols]
        names.update(state for state in states if state.removesuffix(STATE_ENDING) in names)
        return frozenset(names | ({EXTRAS} if self._match.unknown else set()))

    def pieces(self) -> Iterator[pa.Table]:
        """The cleaned rows of every chunk.

        A table has source_no, source_line, ragged, extras and every read field, all as text but
        the first three. Keys that are to be generated are blank.
        """
        for table, counts in map_ahead(self._clean, self.source.raw.chunks):
            self._counts.update(counts)
            yield table

    def finish(self) -> CleanedFile:
        """The file with the counts of the pieces, which have been asked for once."""
        source, match = self.source, self._match
        # Of a wide table, the columns are others.
        merged = dict(source.raw.merged) if self._header == source.raw.header else {}
        for name, index in match.columns.items():
            self._counts[name, MERGED_REPAIR] = merged.get(index, 0)
        counted = sorted(self._counts, key=self._order)
        given = {*match.given, *(POSITION if _has_points(source) else ())}
        return CleanedFile(
            source=source,
            pieces=Cleaner(source).pieces,
            repairs=tuple(
                Repair(source.source_no, field, repair, self._counts[field, repair])
                for field, repair in counted
                if self._counts[field, repair]
            ),
            unknown_columns=tuple(self._header[at].strip() for at in match.unknown),
            absent_fields=tuple(
                field.name for field in source.contract.read_fields if field.name not in given
            ),
            proposals=propose_fields(self._header, match),
            companions=tuple(self._header[at].strip() for at in match.companions),
        )

    def _order(self, counted: tuple[str, str]) -> tuple[int, int, int]:
        """By the step, then by the column, then by what is done to it."""
        name, repair = counted
        step = next(at for at, repairs in enumerate(_STEPS) if repair in repairs)
        names = [field.name for field in self.source.contract.fields]
        return step, names.index(name), _STEPS[step].index(repair)

    def _told_outside(self) -> dict[str, str]:
        """What is said of all numbers of a wide file outside its columns."""
        unpivot, header = self.source.contract.unpivot, self.source.raw.header
        if unpivot is None:
            return {}
        columns = match_header(header, self.source.contract).columns
        told = told_values(self.source, unpivot)
        return {name: value for name, value in told.items() if name not in columns}

    def _clean(self, raw: RawChunk) -> tuple[pa.Table, Counts]:
        source, contract = self.source, self.source.contract
        counts: Counts = Counter()
        chunk, numbers = unpivot_chunk(raw, source.raw.header, contract, self._told)
        if contract.unpivot:
            counts[contract.unpivot.value, WIDE_REPAIR] = numbers
            counts.update({(name, TOLD_REPAIR): numbers for name in self._told})
        columns = self._columns(chunk, counts)
        if contract.geometry == "point":
            columns["lon"], columns["lat"], mended = repair_coordinates(
                columns["lon"], columns["lat"]
            )
            counts.update(mended)
        self._fill_codes(columns, counts)
        if key := contract.generated_key:
            counts[key.field, KEY_REPAIR] = columns[key.field].null_count
        extras = _extras(self._header, chunk, self._match)
        return pa.table({**_provenance(source, chunk), EXTRAS: extras, **columns}), counts

    def _columns(self, chunk: RawChunk, counts: Counts) -> dict[str, pa.Array]:
        """Every read field, mapped and repaired."""
        contract, columns = self.source.contract, dict[str, pa.Array]()
        positions = _point_text(chunk) if _has_points(self.source) else {}
        written = self._written(chunk, counts)
        for field in contract.read_fields:
            column = written.get(field.name)
            if field.name in positions:
                columns[field.name] = positions[field.name]
                continue
            if column is None:
                blank = pa.nulls(chunk.rows, pa.string())
                columns |= dict.fromkeys(_names_of(field), blank)
                continue
            if field.symbols:
                column, states, marks = read_symbols(trim(column), contract.symbols)
                columns[f"{field.name}{STATE_ENDING}"] = states
                counts[field.name, SYMBOL_REPAIR] = marks
            columns[field.name], repaired = repair_column(column, field, contract.missing_values)
            counts.update({(field.name, name): count for name, count in repaired.items()})
        return columns

    def _written(self, chunk: RawChunk, counts: Counts) -> dict[str, pa.Array]:
        """The fields that the file gives, both of every column that gives two."""
        written = {name: chunk.columns[index] for name, index in self._match.columns.items()}
        for index, pair in self._match.pairs.items():
            first, second, count = split_pair(chunk.columns[index])
            written |= dict(zip(pair.fields, (first, second), strict=True))
            counts[pair.fields[0], PAIR_REPAIR] = count
        return written

    def _fill_codes(self, columns: dict[str, pa.Array], counts: Counts) -> None:
        """The publisher's code, where a row lacks it and the file's name has it."""
        for field in self.source.contract.read_fields:
            if CODE_REPAIR in field.repairs:
                name = f"{self.source.path.name} {self.source.raw.part}"
                columns[field.name], filled = fill_code(columns[field.name], name)
                counts[field.name, CODE_REPAIR] = filled


def _names_of(field: FieldContract) -> tuple[str, ...]:
    """The columns of a field in the cleaned table."""
    return (field.name, f"{field.name}{STATE_ENDING}") if field.symbols else (field.name,)


def _extras(header: tuple[str, ...], chunk: RawChunk, match: HeaderMatch) -> pa.Array:
    """The columns that no field takes, as JSON by their headers; NULL where all are blank."""
    names = [header[at].strip() or f"#{at + 1}" for at in match.unknown]
    if not names:
        return pa.nulls(chunk.rows, pa.string())
    cells = zip(*(chunk.columns[at].to_pylist() for at in match.unknown), strict=True)
    return pa.array([_as_json(names, row) for row in cells], pa.string())


def _as_json(names: list[str], row: tuple[str | None, ...]) -> str | None:
    said = {name: cell for name, cell in zip(names, row, strict=True) if cell and cell.strip()}
    return json.dumps(said, ensure_ascii=False) if said else None


def _provenance(source: SourceFile, chunk: RawChunk) -> dict[str, pa.Array]:
    ragged = np.zeros(chunk.rows, dtype=bool)
    ragged[list(chunk.ragged)] = True
    return {
        "source_no": pa.array(np.full(chunk.rows, source.source_no, dtype=np.int32)),
        "source_line": pa.array(chunk.lines),
        "ragged": pa.array(ragged),
    }


def _has_points(source: SourceFile) -> bool:
    return source.contract.geometry == "point" and source.raw.has_geometry


def _point_text(chunk: RawChunk) -> dict[str, pa.Array]:
    """Longitude and latitude of point features, written with the digits they came with."""
    points = shapely.get_type_id(chunk.geometry) == shapely.GeometryType.POINT
    lon = np.where(points, shapely.get_x(chunk.geometry), np.nan)
    lat = np.where(points, shapely.get_y(chunk.geometry), np.nan)
    return {"lon": _number_text(lon), "lat": _number_text(lat)}


def _number_text(values: np.ndarray) -> pa.Array:
    texts = [None if np.isnan(value) else repr(float(value)) for value in values]
    return pa.array(texts, pa.string())
