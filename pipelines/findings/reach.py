"""Residents within a distance of a public access point (formula: `pipelines.evidence.reach`).

evidence.reach: for each surface, population group, set of open sites, distance, basis (`known`:
sites known to be open; `possible`: those whose hours are unknown as well) and place its persons,
those reached and their ratio; `unknown_parts` parts of the place whose residents are not known are
left out of both. `population_key`: which source the group's numbers are from; groups can come from
another one than the total, so a group's persons are compared with its own source alone.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from geo.reach import Reach
from pipelines.evidence.hours import BASES
from pipelines.evidence.reach import residents_reached
from pipelines.findings.sites import read_sites
from pipelines.findings.surfaces import read_places, read_surfaces
from pipelines.findings.table import NUMBER, TEXT, WHOLE, note_missing, write_finding
from pipelines.messages import Message

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pipelines.evidence.reach import Places
    from pipelines.findings.sites import Sites
    from pipelines.findings.surfaces import Surface
    from pipelines.ward import Ward

_COLUMNS: Final = {
    "surface": TEXT, "population_group": TEXT, "population_key": TEXT, "opening_no": WHOLE, "distance_m": NUMBER,
    "basis": TEXT, "level": TEXT, "group_kind": TEXT, "code": TEXT, "name": TEXT,
    "persons": NUMBER, "persons_reached": NUMBER, "reached_ratio": NUMBER, "unknown_parts": WHOLE,
}  # fmt: skip


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.reach; without a rows where there is no site that could be measured from."""
    del as_of
    sites = read_sites(connection, ward)
    if sites.easting.size == 0:
        note_missing(connection, "reach", "wifi_access_points", _NO_SITES)
        write_finding(connection, "reach", [], _COLUMNS)
        return
    places = read_places(connection, ward)
    tables = [_reach(surface, sites, places, ward) for surface in read_surfaces(connection, ward)]
    write_finding(connection, "reach", pa.concat_tables(tables), _COLUMNS)


_NO_SITES: Final = Message(
    "緯度・経度のある公衆無線LANアクセスポイントが1つもないため、届く住民の数を計算できません。"
    "座標の入った一覧を data/inbox/wifi_access_points/ に置いてください。",
    "No access point with coordinates is known, so the residents within reach cannot be counted. "
    "Put a list with coordinates into data/inbox/wifi_access_points/.",
)


def _reach(surface: Surface, sites: Sites, places: Places, ward: Ward) -> pa.Table:
    openings = range(len(sites.openings.known))
    questions = list(product(openings, ward.reach.distances_m, BASES))
    shares = _shares(surface, sites, ward.reach.distances_m)
    answers = np.column_stack([shares[question] for question in questions])
    return pa.concat_tables(
        _table(surface, group, questions, answers, places) for group in surface.spread.persons
    )


def _shares(
    surface: Surface, sites: Sites, distances_m: tuple[float, ...]
) -> dict[tuple[int, float, str], np.ndarray]:
    found = {}
    for distance_m in distances_m:
        reach = Reach.around(sites.easting, sites.northing, surface.polygons, distance_m=distance_m)
        for number, basis in product(range(len(sites.openings.known)), BASES):
            among = sites.openings.sites(number, basis)
            found[number, distance_m, basis] = reach.shares(among)
    return found


def _table(
    surface: Surface,
    group: str,
    questions: list[tuple[int, float, str]],
    answers: np.ndarray,
    places: Places,
) -> pa.Table:
    spread = surface.spread
    found = residents_reached(spread.persons[group], spread.area, answers, places)
    asked, seen = len(questions), places.places
    each = {
        name: np.repeat(np.array([question[n] for question in questions]), len(seen))
        for n, name in enumerate(("opening_no", "distance_m", "basis"))
    }
    every = {
        name: [getattr(place, name) for place in seen] * asked
        for name in ("level", "group_kind", "code", "name")
    }
    size = asked * len(seen)
    return pa.table(
        {
            "surface": pa.array([surface.name] * size, TEXT),
            "population_group": pa.array([group] * size, TEXT),
            "population_key": pa.array([surface.population_keys[group]] * size, TEXT),
            **{name: pa.array(values) for name, values in each.items()},
            **{name: pa.array(values, TEXT) for name, values in every.items()},
            "persons": _known(np.tile(found.persons, asked)),
            "persons_reached": _known(found.reached.T.reshape(-1)),
            "reached_ratio": _known(found.ratio.T.reshape(-1)),
            "unknown_parts": np.tile(found.unknown_parts, asked),
        }
    )


def _known(values: np.ndarray) -> pa.Array:
    return pa.array(values, NUMBER, mask=np.isnan(values))
