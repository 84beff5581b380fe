"""A GeoPackage (OGC 12-128): an SQLite file with one or more layers of features."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from shapely.errors import ShapelyError

from geo.vector.table import MAX_FILE_BYTES, VectorFileError, VectorTable, place_in_japan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.arrays import GeometryArray


def list_layers(path: Path) -> dict[str, tuple[str, ...]]:
    """The layers with shapes and the names of their columns, in the order of the file.

    Raises VectorFileError (too_large, truncated, no_geometry).
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise VectorFileError("too_large", f"{path.name}: {size} bytes")
    with _by_its_ending(path) as package:
        listed = _ask(partial(pyogrio.list_layers, package))
        names = [str(name) for name, kind in listed if kind is not None]
        if not names:
            raise VectorFileError("no_geometry", f"{len(listed)} layers")
        return {
            name: tuple(map(str, _ask(partial(pyogrio.read_info, package, layer=name))["fields"]))
            for name in names
        }


def read_geopackage(path: Path, *, layer: str) -> VectorTable:
    """Read one layer; see `list_layers`.

    Whole numbers stay so where some are missing, dates become 2024-09-01. Columns of bytes are
    left out. Raises VectorFileError (truncated, empty, no_crs, unknown_crs, no_geometry,
    outside_japan).
    """
    with _by_its_ending(path) as package:
        meta, table = _ask(partial(pyogrio.raw.read_arrow, package, layer=layer))
    if table.num_rows == 0:
        raise VectorFileError("empty", f"{layer}: 0 features")
    if not meta["crs"]:
        raise VectorFileError("no_crs", layer)
    geometry_name = meta["geometry_name"] or "wkb_geometry"
    columns = {
        name: _as_text(table[name])
        for name in table.column_names
        if name != geometry_name and not pa.types.is_binary(table[name].type)
    }
    return VectorTable(
        columns=columns,
        geometry=place_in_japan(_shapes(table[geometry_name]), crs=str(meta["crs"])),
        crs=str(meta["crs"]),
        encoding="utf-8",
    )


@contextmanager
def _by_its_ending(path: Path) -> Iterator[Path]:
    """The file under a name that ends in .gpkg: GDAL would read a .csv as a CSV."""
    if path.suffix.lower() == ".gpkg":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copyfile(path, Path(folder) / "layers.gpkg"))


def _ask(question: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever pyogrio answers
    """Ask GDAL; what it merely warns about is refused too, as it is of a Shapefile."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            answer = question()
        # pyogrio's errors are RuntimeErrors; Arrow raises ValueErrors for text that is none.
        except (RuntimeError, ValueError) as error:
            raise VectorFileError("truncated", str(error)[:200]) from error
    if warned:
        raise VectorFileError("truncated", str(warned[0].message)[:200])
    return answer


def _shapes(column: pa.ChunkedArray) -> GeometryArray:
    try:
        shapes: GeometryArray = shapely.force_2d(
            shapely.from_wkb(np.array(column.to_pylist(), dtype=object))
        )
    except ShapelyError as error:
        raise VectorFileError("truncated", str(error)) from error
    shapes[shapely.is_empty(shapes)] = None
    return shapes


def _as_text(column: pa.ChunkedArray) -> list[str]:
    return ["" if value is None else _one(value) for value in column.to_pylist()]


def _one(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)
