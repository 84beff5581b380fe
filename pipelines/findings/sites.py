"""Access points as sites, and at which hours of a week which of them can be used.

evidence.wifi_sites: an access point, tied to its facility and shelter (evidence.wifi_ties);
`hours` are its own where its list gives any, otherwise those of its facility. `counted`: it is in
service on the as-of date and its coordinates were published (a place known by its address alone is
not measured from). `ward_distance_m`: straight-line distance to the ward, 0 inside.
evidence.opening_times: an hour of a weekday (1 Monday … 7 Sunday) and the number of its set of open
sites among the counted ones; number 0, weekday and hour NULL, is any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.crs import project, to_projected
from pipelines.evidence.hours import ANY_TIME, HOURS, WEEKDAYS, Openings, find_openings
from pipelines.evidence.opening import open_state, parse_days, parse_hours
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, note_missing, write_finding
from pipelines.messages import Message
from pipelines.shapes import read_areas

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from geo.arrays import FloatArray, TextArray
    from pipelines.ward import Ward

_HOURS: Final = ("open_days", "open_from", "open_until")
_SITES: Final = """
    SELECT
        points.municipality_code, points.access_point_id, points.access_point_name AS name,
        points.lon, points.lat, points.area_code, points.location_source,
        ties.facility_id, ties.shelter_id, ties.link_source, ties.shelter_link_source,
        ties.in_service, ties.open_days, ties.open_from, ties.open_until
    FROM clean.wifi_access_points AS points
    JOIN evidence.wifi_ties AS ties USING (municipality_code, access_point_id)
    ORDER BY municipality_code, access_point_id
"""
_SITE_COLUMNS: Final = {
    "site_no": WHOLE, "municipality_code": TEXT, "access_point_id": TEXT, "name": TEXT,
    "lon": NUMBER, "lat": NUMBER, "area_code": TEXT, "location_source": TEXT, "counted": YES_NO,
    "in_ward": YES_NO, "facility_id": TEXT, "shelter_id": TEXT, "link_source": TEXT,
    "shelter_link_source": TEXT, "open_days": TEXT, "open_from": TEXT, "open_until": TEXT,
    "hours": TEXT, "ward_distance_m": NUMBER,
}  # fmt: skip
_TIME_COLUMNS: Final = {
    "weekday": WHOLE, "hour": WHOLE, "opening_no": WHOLE,
    "sites_open": WHOLE, "sites_unknown": WHOLE, "sites_closed": WHOLE,
}  # fmt: skip


_NO_HOURS: Final = Message(
    "利用できる曜日と時間がわかるアクセスポイントがないため、曜日・時間を指定した集計ができません。"
    "公共施設一覧の「利用可能曜日」「開始時間」「終了時間」を埋めてください。",
    "The days and hours of no access point are known, so reach at a given hour cannot be told. "
    "Fill in 利用可能曜日, 開始時間 and 終了時間 in the list of facilities.",
)


@dataclass(frozen=True, eq=False)
class Sites:
    """The counted sites: n positions in metres of the ward's CRS, and when each is open."""

    easting: FloatArray
    northing: FloatArray
    openings: Openings


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.wifi_sites and evidence.opening_times."""
    del as_of
    rows = [_site(row) for row in connection.sql(_SITES).to_arrow_table().to_pylist()]
    away = _distances(connection, rows, ward)
    numbered = [
        {"site_no": number, **row, "ward_distance_m": None if np.isnan(metres) else metres}
        for number, (row, metres) in enumerate(zip(rows, away, strict=True), start=1)
    ]
    write_finding(connection, "wifi_sites", numbered, _SITE_COLUMNS)
    counted = [row for row in numbered if row["counted"]]
    openings = _openings(counted)
    write_finding(connection, "opening_times", _times(openings), _TIME_COLUMNS)
    if counted and not any(known.any() for known in openings.known[ANY_TIME + 1 :]):
        note_missing(connection, "opening_times", "facilities", _NO_HOURS)


def read_sites(connection: duckdb.DuckDBPyConnection, ward: Ward) -> Sites:
    """The counted sites of evidence.wifi_sites, in the order of `site_no`."""
    rows = (
        connection.sql("SELECT * FROM evidence.wifi_sites WHERE counted ORDER BY site_no")
        .to_arrow_table()
        .to_pylist()
    )
    easting, northing = project(
        [row["lon"] for row in rows], [row["lat"] for row in rows], crs=ward.geometry.projected_crs
    )
    return Sites(easting, northing, _openings(rows))


def _site(row: dict[str, Any]) -> dict[str, Any]:
    span = "-".join(row[name] for name in _HOURS[1:] if row[name])
    return {
        **row,
        "counted": row["location_source"] == "coordinate" and row["in_service"],
        "in_ward": row["area_code"] is not None,
        "hours": " ".join(part for part in (row["open_days"], span) if part) or None,
    }


def _distances(
    connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]], ward: Ward
) -> list[float]:
    """Metres from each site to the ward, NaN without a position."""
    crs = ward.geometry.projected_crs
    lon, lat = (np.array([row[name] for row in rows], dtype=float) for name in ("lon", "lat"))
    placed = ~np.isnan(lon)
    outline = shapely.union_all(to_projected(read_areas(connection).polygons, crs=crs))
    metres = np.full(len(rows), np.nan)
    at = shapely.points(*project(lon[placed], lat[placed], crs=crs))
    metres[placed] = shapely.distance(at, outline)
    found: list[float] = metres.tolist()
    return found


def _openings(rows: list[dict[str, Any]]) -> Openings:
    states = np.full((len(rows), WEEKDAYS, HOURS), "unknown", dtype="<U7")
    week: dict[tuple[str | None, ...], TextArray] = {}
    for number, row in enumerate(rows):
        texts = row["open_days"], row["open_from"], row["open_until"]
        if texts not in week:
            week[texts] = _week(*texts)
        states[number] = week[texts]
    return find_openings(states)


def _week(open_days: str | None, open_from: str | None, open_until: str | None) -> TextArray:
    days = parse_days(open_days)
    start, end = parse_hours(open_from, open_until) or (None, None)
    return np.array(
        [
            [open_state(days, start, end, weekday, hour) for hour in range(HOURS)]
            for weekday in range(1, WEEKDAYS + 1)
        ],
        dtype="<U7",
    )


def _times(openings: Openings) -> list[dict[str, int | None]]:
    rows: list[dict[str, int | None]] = [_time(openings, ANY_TIME, None, None)]
    for (day, hour), number in np.ndenumerate(openings.number):
        rows.append(_time(openings, int(number), day + 1, hour))
    return rows


def _time(
    openings: Openings, number: int, weekday: int | None, hour: int | None
) -> dict[str, int | None]:
    known, possible = openings.known[number], openings.possible[number]
    return {
        "weekday": weekday,
        "hour": hour,
        "opening_no": number,
        "sites_open": int(known.sum()),
        "sites_unknown": int((possible & ~known).sum()),
        "sites_closed": int((~possible).sum()),
    }
