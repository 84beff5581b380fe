"""Features with shapes to a table: attributes as text beside their geometry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from geo.vector import (
    VectorFileError,
    list_layers,
    read_geojson,
    read_geopackage,
    read_shapefile,
    read_shapefile_zip,
)
from pipelines.ingest.chunks import Chunks, RawChunk
from pipelines.ingest.headers import best_matches
from pipelines.ingest.readers.found import FoundTable, ReadError
from pipelines.ingest.readers.miss import no_header
from pipelines.ingest.types import RawTable
from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from geo.vector import VectorTable
    from pipelines.contracts import Contract


_LEAST_COLUMNS: Final = 1
"""A layer has its shapes besides, and its names are a header without doubt."""


def read_features(
    path: Path, layout: str, read: Callable[[Path], VectorTable], contracts: Sequence[Contract]
) -> FoundTable:
    """The features of a file of one layer; raises ReadError."""
    try:
        table = read(path)
    except VectorFileError as error:
        reason = "vector_encoding" if error.reason == "encoding" else error.reason
        raise ReadError(reason, error.detail) from error
    header = tuple(table.columns)
    shown = _with_shapes(contracts)
    matches = best_matches(header, shown, least=_LEAST_COLUMNS)
    if not matches:
        raise no_header([header], shown)
    if not len(table.geometry):
        raise ReadError("no_rows")
    try:
        "".join(header).encode()
        columns = tuple(pa.array(values, pa.string()) for values in table.columns.values())
    except UnicodeEncodeError as error:  # half a surrogate pair, as JSON can write it
        raise ReadError("vector_encoding", repr(error.object[:40])) from error
    lines = np.arange(1, len(table.geometry) + 1, dtype=np.int64)
    chunk = RawChunk(columns, lines, geometry=table.geometry)
    raw = RawTable(header, Chunks([chunk]), layout, table.encoding)
    return FoundTable(raw, matches)


def read_geojson_features(path: Path, contracts: Sequence[Contract]) -> FoundTable:
    """A GeoJSON file."""
    return read_features(path, "geojson", read_geojson, contracts)


def read_shapefile_features(path: Path, contracts: Sequence[Contract]) -> FoundTable:
    """A Shapefile whose parts stand beside it."""
    return read_features(path, "shapefile", read_shapefile, contracts)


def read_zipped_shapefile(path: Path, contracts: Sequence[Contract]) -> FoundTable:
    """The zip of one Shapefile."""
    return read_features(path, "shapefile-zip", read_shapefile_zip, contracts)


def read_geopackage_features(path: Path, contracts: Sequence[Contract]) -> FoundTable:
    """The only layer of a GeoPackage, or the only one whose columns fit a data set."""
    try:
        layers = list_layers(path)
    except VectorFileError as error:
        raise ReadError(error.reason, error.detail) from error
    shown = _with_shapes(contracts)
    fitting = [
        name for name, header in layers.items() if best_matches(header, shown, least=_LEAST_COLUMNS)
    ]
    if len(fitting) > 1:
        raise ReadError("several", "、".join(fitting))
    layer = fitting[0] if fitting else next(iter(layers))
    found = read_features(
        path, "geopackage", lambda file: read_geopackage(file, layer=layer), contracts
    )
    return found if len(layers) == 1 else _naming_others(found, layer, layers)


def _naming_others(found: FoundTable, layer: str, layers: Iterable[str]) -> FoundTable:
    names = "、".join(name for name in layers if name != layer)
    remark = Message(f"読まなかったレイヤー: {names}", f"layers not read: {names}")
    return replace(found, raw=replace(found.raw, part=layer, remarks=(remark,)))


def _with_shapes(contracts: Sequence[Contract]) -> list[Contract]:
    return [contract for contract in contracts if contract.geometry != "none"]
