"""A file's columns as the contract's columns: still text, repaired, every repair counted."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import shapely

from pipelines.ingest.coordinates import repair_coordinates
from pipelines.ingest.file_code import CODE_REPAIR, fill_code
from pipelines.ingest.headers import match_header, propose_fields
from pipelines.ingest.pairs import PAIR_REPAIR, split_pair
from pipelines.ingest.repairs import repair_column, trim
from pipelines.ingest.symbols import STATE_ENDING, SYMBOL_REPAIR, read_symbols
from pipelines.ingest.types import CleanedFile, Repair, SourceFile
from pipelines.ingest.unpivot import unpivot_file

if TYPE_CHECKING:
    from pipelines.contracts.types import GeneratedKey
    from pipelines.ingest.headers import HeaderMatch

KEY_REPAIR: Final = "generated_key"
MERGED_REPAIR: Final = "merged_cells"
_KEY_CHARACTERS: Final = 12


def clean_file(source: SourceFile) -> CleanedFile:
    """Map, repair and count.

    The table has source_no, source_line, ragged, extras and every read field, all as text but
    the first three.
    """
    source, repairs = unpivot_file(source)
    contract, raw = source.contract, source.raw
    match = match_header(raw.header, contract)
    columns: dict[str, pa.Array] = {}
    positions = _point_text(source)
    halves, split = _halves(source, match)
    repairs += [*split, *_merged(source, match)]
    for field in contract.read_fields:
        if field.name in positions:
            columns[field.name] = positions[field.name]
            continue
        if field.name not in match.columns and field.name not in halves:
            # The state first, as where there is a column: tables of several files are put together.
            if field.symbols:
                columns[f"{field.name}{STATE_ENDING}"] = pa.nulls(raw.rows, pa.string())
            columns[field.name] = pa.nulls(raw.rows, pa.string())
            continue
        written = halves.get(field.name)
        if written is None:
            written = raw.columns[match.columns[field.name]]
        if field.symbols:
            written, states, marks = read_symbols(trim(written), contract.symbols)
            columns[f"{field.name}{STATE_ENDING}"] = states
            if marks:
                repairs.append(Repair(source.source_no, field.name, SYMBOL_REPAIR, marks))
        column, counts = repair_column(written, field, contract.missing_values)
        columns[field.name] = column
        repairs += [
            Repair(source.source_no, field.name, name, count) for name, count in counts.items()
        ]
    repairs += _mend_coordinates(columns, source)
    repairs += _fill_codes(columns, source)
    if contract.generated_key:
        generated = _generate_keys(columns, contract.generated_key)
        if generated:
            field_name = contract.generated_key.field
            repairs.append(Repair(source.source_no, field_name, KEY_REPAIR, generated))
    return CleanedFile(
        source=source,
        table=pa.table({**_provenance(source), "extras": _extras(source, match), **columns}),
        repairs=tuple(repairs),
        unknown_columns=tuple(raw.header[at].strip() for at in match.unknown),
        absent_fields=tuple(
            field.name
            for field in contract.read_fields
            if field.name not in match.given and field.name not in positions
        ),
        proposals=propose_fields(raw.header, match),
    )


def _extras(source: SourceFile, match: HeaderMatch) -> pa.Array:
    """The columns that no field takes, as JSON by their headers; NULL where all are blank."""
    names = [source.raw.header[at].strip() or f"#{at + 1}" for at in match.unknown]
    if not names:
        return pa.nulls(source.raw.rows, pa.string())
    cells = zip(*(source.raw.columns[at].to_pylist() for at in match.unknown), strict=True)
    return pa.array([_as_json(names, row) for row in cells], pa.string())


def _as_json(names: list[str], row: tuple[str | None, ...]) -> str | None:
    said = {name: cell for name, cell in zip(names, row, strict=True) if cell and cell.strip()}
    return json.dumps(said, ensure_ascii=False) if said else None


def _halves(source: SourceFile, match: HeaderMatch) -> tuple[dict[str, pa.Array], list[Repair]]:
    """Both fields of every column that gives two."""
    halves: dict[str, pa.Array] = {}
    repairs = []
    for index, pair in match.pairs.items():
        first, second, count = split_pair(source.raw.columns[index])
        halves |= dict(zip(pair.fields, (first, second), strict=True))
        if count:
            repairs.append(Repair(source.source_no, pair.fields[0], PAIR_REPAIR, count))
    return halves, repairs


def _merged(source: SourceFile, match: HeaderMatch) -> list[Repair]:
    """Cells that took the value of a merged cell above, in the columns that are used."""
    merged = dict(source.raw.merged)
    return [
        Repair(source.source_no, name, MERGED_REPAIR, merged[index])
        for name, index in match.columns.items()
        if index in merged
    ]


def _provenance(source: SourceFile) -> dict[str, pa.Array]:
    ragged = np.zeros(source.raw.rows, dtype=bool)
    ragged[list(source.raw.ragged)] = True
    return {
        "source_no": pa.array(np.full(source.raw.rows, source.source_no, dtype=np.int32)),
        "source_line": pa.array(source.raw.lines),
        "ragged": pa.array(ragged),
    }


def _point_text(source: SourceFile) -> dict[str, pa.Array]:
    """Longitude and latitude of point features, written with the digits they came with."""
    geometry = source.raw.geometry
    if source.contract.geometry != "point" or geometry is None:
        return {}
    points = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    lon = np.where(points, shapely.get_x(geometry), np.nan)
    lat = np.where(points, shapely.get_y(geometry), np.nan)
    return {"lon": _number_text(lon), "lat": _number_text(lat)}


def _number_text(values: np.ndarray) -> pa.Array:
    return pa.array([None if np.isnan(value) else repr(float(value)) for value in values])


def _mend_coordinates(columns: dict[str, pa.Array], source: SourceFile) -> list[Repair]:
    if source.contract.geometry != "point":
        return []
    columns["lon"], columns["lat"], counts = repair_coordinates(columns["lon"], columns["lat"])
    return [Repair(source.source_no, field, name, count) for (field, name), count in counts.items()]


def _fill_codes(columns: dict[str, pa.Array], source: SourceFile) -> list[Repair]:
    """The publisher's code, where a row lacks it and the file's name has it."""
    repairs = []
    for field in source.contract.read_fields:
        if CODE_REPAIR in field.repairs:
            name = f"{source.path.name} {source.raw.part}"
            columns[field.name], filled = fill_code(columns[field.name], name)
            if filled:
                repairs.append(Repair(source.source_no, field.name, CODE_REPAIR, filled))
    return repairs


def _generate_keys(columns: dict[str, pa.Array], key: GeneratedKey) -> int:
    """Fill blank keys with a digest of what identifies the row; returns how many were blank.

    Equal rows get equal keys, so that a row that stands twice is found as a duplicate.
    """
    own = columns[key.field].to_pylist()
    blank = sum(1 for value in own if value is None)
    if blank:
        parts = zip(*(columns[name].to_pylist() for name in key.made_from), strict=True)
        columns[key.field] = pa.array(
            [
                value if value is not None else _digest(row)
                for value, row in zip(own, parts, strict=True)
            ],
            pa.string(),
        )
    return blank


def _digest(values: tuple[str | None, ...]) -> str:
    text = "\x1f".join("" if value is None else value for value in values)
    return f"x{hashlib.sha256(text.encode()).hexdigest()[:_KEY_CHARACTERS]}"
