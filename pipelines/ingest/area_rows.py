"""Rows of a boundary file: their polygons, their towns, and whether their figures can be so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import pyarrow as pa
import shapely

from geo.areas import Areas
from geo.crs import measure_area_m2
from pipelines.ingest.checks import Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb
    from shapely.geometry.base import BaseGeometry

    from pipelines.ingest.types import CleanedFile, Severity
    from pipelines.ward import Ward

_CHOME: Final = re.compile(r"[0-9]+丁目$")
_TOWN_CODE_DIGITS: Final = 9
_AREA_TOLERANCE: Final = 0.01
_POLYGONS: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
T = TypeVar("T")
Judged = tuple[Violation, "Severity"]


def area_columns(
    table: pa.Table, files: Sequence[CleanedFile], ward: Ward, kept_out: set[int]
) -> tuple[pa.Table, pa.Table, list[Judged]]:
    """Derived columns, boundaries (area_code, boundary_id, WKB in EPSG:4326) and violations.

    `table` holds the staged rows in order, with area_code, area_name, area_m2, population and
    households as text; `kept_out` are rows that already broke a rule.
    """
    geometry = np.concatenate([file.source.raw.geometry for file in files])
    codes = table["area_code"].to_pylist()
    violations: list[Judged] = []
    for row, code in enumerate(codes):
        if row not in kept_out and (found := _judge(row, code, geometry[row], ward)):
            violations.append((found, "quarantine"))
    out = kept_out | {found.row_no for found, _ in violations}
    kept = [row for row in range(len(codes)) if row not in out]
    shapes = Areas.from_arrays([codes[row] for row in kept], geometry[kept])
    polygons = dict(zip(shapes.codes.tolist(), shapes.polygons, strict=True))
    violations += _compare_areas(table, files, kept, polygons, ward)
    boundary_ids = _per_row(files, lambda file: file.source.declared.boundary_id)
    names = table["area_name"].to_pylist()
    derived = pa.table(
        {
            "row_no": pa.array(kept, pa.int64()),
            "boundary_id": pa.array([boundary_ids[row] for row in kept], pa.string()),
            "town_code": pa.array([codes[row][:_TOWN_CODE_DIGITS] for row in kept], pa.string()),
            "town_name": pa.array([_CHOME.sub("", names[row]) for row in kept], pa.string()),
        }
    )
    boundaries = pa.table(
        {
            "area_code": pa.array([codes[row] for row in kept], pa.string()),
            "boundary_id": derived["boundary_id"],
            "geometry_wkb": pa.array(
                [shapely.to_wkb(polygons[codes[row]]) for row in kept], pa.binary()
            ),
        }
    )
    return derived, boundaries, violations


def store_boundaries(connection: duckdb.DuckDBPyConnection, boundaries: pa.Table) -> None:
    """Write `clean.area_boundaries`."""
    connection.register("boundaries", boundaries)
    connection.execute(
        "CREATE TABLE clean.area_boundaries AS SELECT * FROM boundaries ORDER BY area_code"
    )
    connection.unregister("boundaries")


def _judge(row: int, code: str, shape: BaseGeometry | None, ward: Ward) -> Violation | None:
    if shapely.get_type_id(shape) not in _POLYGONS or not _encloses(shape):
        return Violation(row, "", "", "geometry_missing", "")
    municipality = ward.municipality
    if not code.startswith(municipality.code[:5]):
        return Violation(row, "area_code", code, "other_municipality", municipality.name)
    return None


def _encloses(shape: BaseGeometry | None) -> bool:
    """Whether anything is left of a polygon once it does not cross itself any more."""
    if shapely.is_valid(shape):
        return not shapely.is_empty(shape)
    return bool(shapely.area(shapely.make_valid(shape, method="structure")) > 0)


def _compare_areas(
    table: pa.Table,
    files: Sequence[CleanedFile],
    kept: list[int],
    polygons: dict[str, object],
    ward: Ward,
) -> list[Judged]:
    """Published area against the shape's (not on a schematic map), and figures that are missing."""
    codes, published = table["area_code"].to_pylist(), table["area_m2"].to_pylist()
    schematic = _per_row(files, lambda file: file.source.declared.status == "schematic")
    shapes = np.array([polygons[codes[row]] for row in kept], dtype=object)
    measured = measure_area_m2(shapes, crs=ward.geometry.projected_crs)
    people, homes = table["population"].to_pylist(), table["households"].to_pylist()
    found: list[Judged] = []
    for at, row in enumerate(kept):
        stated = float(published[row])
        if not schematic[row] and abs(stated - measured[at]) > _AREA_TOLERANCE * measured[at]:
            limit = f"{measured[at]:,.0f}"
            violation = Violation(row, "area_m2", published[row], "area_differs", limit)
            found.append((violation, "warning"))
        if people[row] is None or homes[row] is None:
            violation = Violation(row, "population,households", "", "area_without_population", "")
            found.append((violation, "warning"))
    return found


def _per_row(files: Sequence[CleanedFile], value: Callable[[CleanedFile], T]) -> list[T]:
    return [value(file) for file in files for _ in range(file.source.raw.rows)]
