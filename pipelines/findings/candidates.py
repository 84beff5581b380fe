"""Where a further access point could stand: evidence.siting_candidates.

The ward's own facilities and the shelters (避難所, never 広域避難場所). A shelter that is a facility
in the list, by name or address, is one place: it stands as the facility, with its `shelter_id`.
`already`: it has an access point in service. Only candidates with published coordinates
(`measured`) can be proposed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipelines.evidence.same_place import NOWHERE, Place, Register
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, write_finding

if TYPE_CHECKING:
    import duckdb

    from pipelines.ward import Ward

_COLUMNS: Final = {
    "candidate_no": WHOLE, "kind": TEXT, "id": TEXT, "name": TEXT, "category": TEXT,
    "address": TEXT, "shelter_id": TEXT, "area_code": TEXT, "lon": NUMBER, "lat": NUMBER,
    "location_source": TEXT, "measured": YES_NO, "already": YES_NO,
}  # fmt: skip
_FACILITIES: Final = """
    SELECT
        'facility' AS kind, facility_id AS id, facility_name AS name,
        facility_category AS category, address, area_code, lon, lat, location_source,
        (municipality_code, facility_id) IN (
            SELECT (facility_municipality_code, facility_id) FROM evidence.wifi_ties
            WHERE in_service AND facility_id IS NOT NULL
        ) AS already
    FROM clean.facilities
    WHERE municipality_code = ?
    ORDER BY id
"""
_SHELTERS: Final = """
    SELECT
        'shelter' AS kind, shelter_id AS id, shelter_name AS name, NULL AS category, address,
        area_code, lon, lat, location_source,
        shelter_id IN (
            SELECT shelter_id FROM evidence.wifi_ties
            WHERE in_service AND shelter_id IS NOT NULL
        ) AS already
    FROM clean.evacuation_shelters
    ORDER BY id
"""


def write_candidates(connection: duckdb.DuckDBPyConnection, ward: Ward) -> list[dict[str, Any]]:
    """Write evidence.siting_candidates and return its rows, numbered from 1."""
    facilities = _read(connection, _FACILITIES, ward.municipality.code)
    shelters = _read(connection, _SHELTERS)
    place = ward.municipality
    register = Register(
        [Place(place.code, one["id"], one["name"], one["address"]) for one in facilities],
        (place.prefecture, place.name),
    )
    apart = []
    for shelter in shelters:
        tie = register.tie(Place(None, shelter["id"], shelter["name"], shelter["address"]), None)
        if tie.place_no == NOWHERE:
            apart.append(shelter)
            continue
        facility = facilities[tie.place_no]
        facility["shelter_id"] = facility.get("shelter_id") or shelter["id"]
        facility["already"] |= shelter["already"]
    rows = [*facilities, *({**one, "shelter_id": one["id"]} for one in apart)]
    numbered = [
        {"candidate_no": number, "measured": row["location_source"] == "coordinate", **row}
        for number, row in enumerate(rows, start=1)
    ]
    write_finding(connection, "siting_candidates", numbered, _COLUMNS)
    return numbered


def _read(
    connection: duckdb.DuckDBPyConnection, statement: str, *values: str
) -> list[dict[str, Any]]:
    relation = connection.sql(statement, params=list(values))
    rows: list[dict[str, Any]] = relation.to_arrow_table().to_pylist()
    return rows
