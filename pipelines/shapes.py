"""What a map draws: areas, towns and the ward, simplified once a build with shared edges kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from geo.areas import Areas, label_points
from geo.simplify import simplify_coverage, to_geojson_text

if TYPE_CHECKING:
    import duckdb

    from pipelines.ward import Ward


def read_areas(connection: duckdb.DuckDBPyConnection) -> Areas:
    """The boundaries of an edition (EPSG:4326), in full detail."""
    rows = connection.execute(
        "SELECT area_code, geometry_wkb FROM clean.area_boundaries ORDER BY area_code"
    ).fetchall()
    polygons = np.array([shapely.from_wkb(bytes(wkb)) for _, wkb in rows], dtype=object)
    return Areas.from_arrays([code for code, _ in rows], polygons)


def write_shapes(connection: duckdb.DuckDBPyConnection, ward: Ward) -> None:
    """Write mart.shapes: level, code, name, town_name, label point and simplified GeoJSON."""
    areas = read_areas(connection)
    named = connection.execute(
        "SELECT area_code, area_name, town_code, town_name FROM clean.areas ORDER BY area_code"
    ).fetchall()
    towns = {town_code: town_name for _, _, town_code, town_name in named}
    drawn = Areas.from_arrays(
        areas.codes,
        simplify_coverage(
            areas.polygons,
            tolerance_m=ward.geometry.simplify_tolerance_m,
            crs=ward.geometry.projected_crs,
        ),
    )
    levels = {
        "area": (drawn, [(name, town) for _, name, _, town in named]),
        "town": (drawn.dissolve([town for _, _, town, _ in named]), [(towns[code], towns[code]) for code in sorted(towns)]),
        "ward": (drawn.dissolve([ward.municipality.code] * len(named)), [(ward.municipality.name, "")]),
    }  # fmt: skip
    tables = [_level(level, shapes, names) for level, (shapes, names) in levels.items()]
    connection.register("made_shapes", pa.concat_tables(tables))
    connection.execute("CREATE TABLE mart.shapes AS SELECT * FROM made_shapes ORDER BY level, code")
    connection.unregister("made_shapes")


def _level(level: str, shapes: Areas, names: list[tuple[str, str]]) -> pa.Table:
    lon, lat = label_points(shapes)
    return pa.table(
        {
            "level": [level] * len(names),
            "code": shapes.codes.tolist(),
            "name": [name for name, _ in names],
            "town_name": [town for _, town in names],
            "lon": np.round(lon, 6),
            "lat": np.round(lat, 6),
            "geometry_geojson": [to_geojson_text(shape) for shape in shapes.polygons],
        }
    )
