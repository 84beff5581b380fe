"""整備率: evidence.facility_wifi and evidence.equipment, from the lists of facilities and points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from pipelines.evidence.equipment import equip_facilities, lists_ward, rate_equipment
from pipelines.findings.frames import read_clean, to_arrow
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, note_missing, write_finding
from pipelines.findings.ties import read_ties
from pipelines.messages import Message

if TYPE_CHECKING:
    from datetime import date

    import duckdb
    import pandas as pd

    from pipelines.ward import Ward

SUBJECT: Final = "equipment"
"""The subject under which evidence.missing_inputs says what to bring."""

NO_OWN_LIST: Final = Message(
    "区内のアクセスポイントが1つもない一覧（ほかの団体の一覧）だけがあるため、整備の有無はわかりません。区の一覧を data/inbox/wifi_access_points/ に置いてください。",
    "Only lists without any access point in the ward (other bodies' lists) are there, so what is equipped is not known; put the ward's own list into data/inbox/wifi_access_points/.",
)
_FACILITY_WIFI: Final = {
    "municipality_code": TEXT, "facility_id": TEXT, "name": TEXT, "category": TEXT,
    "area_code": TEXT, "lon": NUMBER, "lat": NUMBER, "target": YES_NO, "equipped": YES_NO,
    "access_points": WHOLE, "equipped_since": pa.date32(), "some_start_unknown": YES_NO,
    "planned_points": WHOLE, "link_source": TEXT,
}  # fmt: skip
_EQUIPMENT: Final = {
    "category": TEXT, "fiscal_year": WHOLE, "target": WHOLE, "equipped": WHOLE, "without": WHOLE,
    "start_unknown": WHOLE, "target_unknown": WHOLE, "target_stated": YES_NO, "ratio": NUMBER,
}  # fmt: skip


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.facility_wifi (a facility of the ward) and evidence.equipment.

    facility_wifi: columns of the facility, `target`, `equipped`, `access_points`, `equipped_since`,
    `some_start_unknown`, `planned_points`, `link_source`. equipment: `category` ('' all, NULL
    without one), `fiscal_year` (NULL now), `target`, `equipped`, `without`, `start_unknown`,
    `target_unknown`, `target_stated` (whether the list says which are targets), `ratio`.
    Without a list of facilities, or of access points, the tables have no rows.
    """
    facilities = read_clean(connection, "facilities")
    points = read_clean(connection, "wifi_access_points")
    if not _has_inputs(connection, facilities, points):
        write_finding(connection, "facility_wifi", [], _FACILITY_WIFI)
        write_finding(connection, "equipment", [], _EQUIPMENT)
        return
    code = ward.municipality.code
    listed = lists_ward(points, code)
    equipped = equip_facilities(
        facilities, read_ties(connection), municipality_code=code, as_of=as_of, listed=listed
    )
    stated = bool(facilities[facilities["municipality_code"] == code]["wifi_target"].notna().any())
    rates = rate_equipment(equipped, as_of=as_of).assign(target_stated=stated)
    write_finding(connection, "facility_wifi", to_arrow(equipped, _FACILITY_WIFI), _FACILITY_WIFI)
    write_finding(connection, "equipment", to_arrow(rates, _EQUIPMENT), _EQUIPMENT)
    if not stated:
        _note_targets(connection)
    if not listed:
        note_missing(connection, SUBJECT, "wifi_access_points", NO_OWN_LIST)
    elif points["started_on"].isna().all():
        _note_starts(connection)


def _has_inputs(
    connection: duckdb.DuckDBPyConnection, facilities: pd.DataFrame, points: pd.DataFrame
) -> bool:
    for dataset, frame, title, title_en in (
        ("facilities", facilities, "公共施設一覧", "the list of public facilities"),
        (
            "wifi_access_points",
            points,
            "公衆無線LANアクセスポイント一覧",
            "the list of access points",
        ),
    ):
        if frame.empty:
            note_missing(
                connection,
                SUBJECT,
                dataset,
                Message(
                    f"整備率を出すには{title}が必要です。data/inbox/{dataset}/ に置いてください。",
                    f"The share of equipped facilities needs {title_en}; put it into data/inbox/{dataset}/.",
                ),
            )
    return not (facilities.empty or points.empty)


def _note_targets(connection: duckdb.DuckDBPyConnection) -> None:
    note_missing(
        connection,
        SUBJECT,
        "facilities",
        Message(
            "どの施設が整備対象かの記載がないため、一覧にある区の施設すべてを対象としました。「無線LAN整備対象」の列（有・無）を加えてください。",
            "No list says which facilities are to be equipped, so every facility of the ward in the list is taken as one; add the column 無線LAN整備対象 (有/無).",
        ),
    )


def _note_starts(connection: duckdb.DuckDBPyConnection) -> None:
    note_missing(
        connection,
        SUBJECT,
        "wifi_access_points",
        Message(
            "アクセスポイントの提供開始日がないため、年度別の整備率を出せません。「提供開始日」の列を加えてください。",
            "No access point has its first day of service, so the share by 年度 cannot be given; add the column 提供開始日.",
        ),
    )
