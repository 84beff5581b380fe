"""The ground that findings measure on: areas in metres, their residents, and the ward's places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.crs import to_projected
from geo.mesh import cut_cells, mesh_polygons
from pipelines.evidence.population import GROUPS
from pipelines.evidence.reach import Place, Places, Spread
from pipelines.shapes import read_areas

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from geo.arrays import FloatArray, GeometryArray
    from pipelines.ward import Ward

TOTAL: Final = "total"
_MEMBERS: Final = """
    SELECT 'ward', '', $code, $name, area_code, 1.0 FROM clean.areas
    UNION ALL
    SELECT 'group', group_kind, group_name, group_name, area_code, share_ratio
    FROM clean.area_membership
    UNION ALL
    SELECT 'town', '', town_code, town_name, area_code, 1.0 FROM clean.areas
    UNION ALL
    SELECT 'area', '', area_code, area_name, area_code, 1.0 FROM clean.areas
"""
# The rule of pipelines.evidence.population.source_of, before there is an edition to ask.
_SOURCES: Final = """
    SELECT population_key, groups FROM mart.population_sources
    WHERE fits OR is_default ORDER BY sort_order
"""
_PERSONS: Final = """
    SELECT area_code, persons FROM mart.population
    WHERE population_key = ? AND age_group = ? AND nationality = ? AND sex = '総数'
"""
_LEVELS: Final = ("ward", "group", "town", "area")


@dataclass(frozen=True, eq=False)
class Surface:
    """Parts of areas with residents spread evenly over each: whole areas, or pieces of cells."""

    name: str
    polygons: GeometryArray
    """Metres in the ward's projected CRS."""
    spread: Spread
    population_keys: Mapping[str, str] = field(default_factory=dict)
    """For each population group where its numbers come from (a key of mart.population_sources)."""


@dataclass(frozen=True, eq=False)
class Counted:
    """Residents by area (NaN is unknown, in the order of the codes) and their source."""

    population_key: str
    persons: FloatArray


def read_surfaces(connection: duckdb.DuckDBPyConnection, ward: Ward) -> list[Surface]:
    """The surfaces this edition has residents on, by area first; empty without any area."""
    areas = read_areas(connection)
    polygons = to_projected(areas.polygons, crs=ward.geometry.projected_crs)
    counted = read_persons(connection)
    whole = Spread(
        np.arange(areas.codes.size, dtype=np.int32),
        {group: one.persons for group, one in counted.items()},
    )
    keys = {group: one.population_key for group, one in counted.items()}
    surfaces = [Surface("area", polygons, whole, keys)]
    mesh = _read_mesh(connection, polygons, ward)
    return [*surfaces, mesh] if mesh else surfaces


def read_places(connection: duckdb.DuckDBPyConnection, ward: Ward) -> Places:
    """The ward, the groups of `area_membership`, the towns and the areas, in this order."""
    codes = [code for (code,) in connection.execute(_AREA_CODES).fetchall()]
    index = {code: number for number, code in enumerate(codes)}
    municipality = ward.municipality
    rows = connection.execute(
        _MEMBERS, {"code": municipality.code, "name": municipality.name}
    ).fetchall()
    rows.sort(key=lambda row: (_LEVELS.index(row[0]), *row[1:]))
    members = [(Place(*row[:4]), index[row[4]], float(row[5])) for row in rows if row[4] in index]
    return Places.of(members, areas=len(codes))


def _read_mesh(
    connection: duckdb.DuckDBPyConnection, areas: GeometryArray, ward: Ward
) -> Surface | None:
    """The newest grid of residents, each cell cut by the areas; None where no grid is there."""
    rows = connection.execute(_MESH).fetchall()
    if not rows:
        return None
    cells = to_projected(
        mesh_polygons([code for code, _, _ in rows]), crs=ward.geometry.projected_crs
    )
    pieces = cut_cells(cells, areas)
    persons = np.array([np.nan if n is None else n for _, n, _ in rows], dtype=np.float64)
    spread = Spread(pieces.area, {TOTAL: persons[pieces.cell] * pieces.share_of_cell})
    [(surveyed_on,)] = {(day,) for _, _, day in rows}
    return Surface("mesh", pieces.polygons, spread, {TOTAL: f"mesh-{surveyed_on:%Y-%m-%d}"})


# Of two surveys of one day the first by name; of two sizes of cell the smaller one.
_MESH: Final = """
    WITH totals AS (
        SELECT *, length(mesh_code) AS digits FROM clean.mesh_population
        WHERE age_group = '総数' AND sex = '総数' AND nationality = '総数'
    ),
    newest AS (
        SELECT surveyed_on, population_source, digits FROM totals
        ORDER BY surveyed_on DESC, population_source, digits DESC LIMIT 1
    )
    SELECT mesh_code, population_people, surveyed_on
    FROM totals JOIN newest USING (surveyed_on, population_source, digits)
    ORDER BY mesh_code
"""
_AREA_CODES: Final = "SELECT area_code FROM clean.area_boundaries ORDER BY area_code"


def read_persons(connection: duckdb.DuckDBPyConnection) -> dict[str, Counted]:
    """The residents of each group by area, from the source that figures of the group use."""
    codes = [code for (code,) in connection.execute(_AREA_CODES).fetchall()]
    sources = connection.execute(_SOURCES).fetchall()
    found: dict[str, Counted] = {}
    for group, (age_group, nationality) in GROUPS.items():
        keys = [key for key, groups in sources if group in groups.split(",")]
        if not keys:
            continue
        rows = connection.execute(_PERSONS, [keys[0], age_group, nationality]).fetchall()
        persons = dict(rows)
        known = [persons.get(code) for code in codes]
        array = np.array([np.nan if n is None else n for n in known], dtype=np.float64)
        found[group] = Counted(keys[0], array)
    return found
