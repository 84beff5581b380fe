"""The disaster view: evidence.shelter_wifi, 避難所 with and without Wi-Fi and their residents.

Only evacuation_shelters (避難所); evacuation_sites (広域避難場所) are never read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.crs import to_projected
from geo.nearest import nearest_parts
from pipelines.evidence.equipment import lists_ward
from pipelines.evidence.shelters import (
    ASSIGNED,
    ASSOCIATION,
    NEAREST,
    count_assigned,
    count_nearest,
    find_overfull,
    rank_shelters,
)
from pipelines.findings.equipment import NO_OWN_LIST
from pipelines.findings.frames import project_measured, read_clean, to_arrow
from pipelines.findings.surfaces import TOTAL, read_surfaces
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, note_missing, write_finding
from pipelines.messages import Message
from pipelines.shapes import read_areas

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pipelines.ward import Ward

SUBJECT: Final = "shelters"
_SHELTER_WIFI: Final = {
    "method": TEXT, "shelter_id": TEXT, "name": TEXT, "area_code": TEXT, "lon": NUMBER,
    "lat": NUMBER, "location_source": TEXT, "equipped": YES_NO, "access_points": WHOLE,
    "link_source": TEXT, "residents": NUMBER, "rank_without": WHOLE,
}  # fmt: skip
_EQUIPPED: Final = """
    SELECT
        shelter_id, count(*)::BIGINT AS access_points,
        min_by(shelter_link_source, list_position(['id', 'name', 'address'], shelter_link_source))
            AS link_source
    FROM evidence.wifi_ties
    WHERE in_service AND shelter_id IS NOT NULL
    GROUP BY shelter_id
    ORDER BY shelter_id
"""


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.shelter_wifi: a row a shelter and method (`assigned`, `nearest`).

    `assigned` only where a 防災会 names its shelter; then a row without shelter_id carries the
    residents not assigned (割当なし). `equipped` is unknown where no list of access points is there.
    Ordered by method and `rank_without`.
    """
    del as_of
    shelters = _shelters(connection, ward)
    if shelters.empty:
        _note_shelters(connection)
        write_finding(connection, "shelter_wifi", [], _SHELTER_WIFI)
        return
    membership = read_clean(connection, "area_membership")
    persons = _persons(connection, ward)
    frames = []
    if _assigns(membership):
        assigned = count_assigned(membership, persons)
        frames.append(rank_shelters(shelters, assigned, method=ASSIGNED))
        _note_overfull(connection, find_overfull(membership))
    else:
        _note_assignment(connection)
    nearest = _nearest(connection, ward, shelters, persons)
    frames.append(rank_shelters(shelters, nearest, method=NEAREST))
    table = pd.concat([frame.astype(object) for frame in frames])
    write_finding(connection, "shelter_wifi", to_arrow(table, _SHELTER_WIFI), _SHELTER_WIFI)


def _shelters(connection: duckdb.DuckDBPyConnection, ward: Ward) -> pd.DataFrame:
    shelters = read_clean(connection, "evacuation_shelters").sort_values("shelter_id")
    shelters = shelters.rename(columns={"shelter_name": "name"})
    equipped = connection.sql(_EQUIPPED).df()
    frame = shelters.merge(equipped, on="shelter_id", how="left")
    frame["access_points"] = frame["access_points"].fillna(0).astype(int)
    frame["link_source"] = frame["link_source"].fillna("none")
    points = read_clean(connection, "wifi_access_points")
    listed = lists_ward(points, ward.municipality.code)
    frame["equipped"] = (frame["access_points"] > 0).astype(object) if listed else None
    if not listed and len(points):
        note_missing(connection, SUBJECT, "wifi_access_points", NO_OWN_LIST)
    return frame[[name for name in _SHELTER_WIFI if name in frame]]


def _persons(connection: duckdb.DuckDBPyConnection, ward: Ward) -> pd.Series:
    """Residents by area_code, the same that reach is counted in."""
    persons = read_surfaces(connection, ward)[0].spread.persons[TOTAL]
    return pd.Series(persons, index=read_areas(connection).codes.tolist())


def _nearest(
    connection: duckdb.DuckDBPyConnection, ward: Ward, shelters: pd.DataFrame, persons: pd.Series
) -> pd.Series:
    crs = ward.geometry.projected_crs
    areas = read_areas(connection)
    easting, northing = project_measured(shelters, ward)
    parts = nearest_parts(easting, northing, to_projected(areas.polygons, crs=crs))
    counted = count_nearest(parts, persons, shelters["shelter_id"])
    # One whose place is not measured is no one's nearest here, which is not to say nobody's.
    return counted.where(np.isfinite(easting))


def _assigns(membership: pd.DataFrame) -> bool:
    return bool(
        ((membership["group_kind"] == ASSOCIATION) & membership["shelter_id"].notna()).any()
    )


def _note_shelters(connection: duckdb.DuckDBPyConnection) -> None:
    note_missing(
        connection,
        SUBJECT,
        "evacuation_shelters",
        Message(
            "避難所の一覧がありません。data/inbox/evacuation_shelters/ に置いてください。",
            "There is no list of shelters; put it into data/inbox/evacuation_shelters/.",
        ),
    )


def _note_assignment(connection: duckdb.DuckDBPyConnection) -> None:
    note_missing(
        connection,
        SUBJECT,
        "area_membership",
        Message(
            "防災会ごとの避難所の割当がないため、直線最寄り（指定ではない）で数えました。区分の種類「防災会」と避難所IDの行を data/inbox/area_membership/ に置いてください。",
            "No assignment of shelters by 防災会 is there, so the nearest in a straight line (not an assignment) was counted; put rows of the kind 防災会 with a shelter ID into data/inbox/area_membership/.",
        ),
    )


def _note_overfull(connection: duckdb.DuckDBPyConnection, codes: list[str]) -> None:
    if codes:
        shown = "、".join(codes[:5])
        note_missing(
            connection,
            SUBJECT,
            "area_membership",
            Message(
                f"避難所の割当の割合が合計1を超える町丁目が{len(codes)}あります（{shown}）。割合を直してください。",
                f"In {len(codes)} areas the shares assigned to shelters add up to more than 1 ({shown}); correct them.",
            ),
        )
