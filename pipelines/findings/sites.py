"""Access points as sites, and at which hours of a week which of them can be used.

evidence.wifi_sites: an access point; `counted` where its coordinates were published (a place known
by its address alone is not measured from); `hours` as the list of facilities has them.
evidence.opening_times: an hour of a weekday (1 Monday … 7 Sunday) and the number of its set of open
sites; number 0, weekday and hour NULL, is any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.crs import project
from pipelines.evidence.hours import ANY_TIME, HOURS, WEEKDAYS, Openings, find_openings
from pipelines.evidence.opening import open_state, parse_days, parse_hours
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, write_finding

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from geo.arrays import FloatArray, TextArray
    from pipelines.ward import Ward

_SITES: Final = """
    SELECT
        row_number() OVER (ORDER BY points.municipality_code, points.access_point_id) AS site_no,
        points.municipality_code, points.access_point_id, points.access_point_name AS name,
        points.lon, points.lat, points.area_code, points.location_source,
        points.location_source = 'coordinate' AND points.lon IS NOT NULL
            AND points.lat IS NOT NULL AS counted,
        points.area_code IS NOT NULL AS in_ward,
        points.facility_id, points.shelter_id,
        CASE WHEN points.facility_id IS NOT NULL OR points.shelter_id IS NOT NULL
            THEN 'id' ELSE 'none' END AS link_source,
        facilities.open_days, facilities.open_from, facilities.open_until,
        nullif(concat_ws(' ', facilities.open_days,
            nullif(concat_ws('-', facilities.open_from, facilities.open_until), '')), '') AS hours
    FROM clean.wifi_access_points AS points
    LEFT JOIN clean.facilities AS facilities
        ON facilities.facility_id = points.facility_id
        AND facilities.municipality_code = points.municipality_code
    ORDER BY site_no
"""
_SITE_COLUMNS: Final = {
    "site_no": WHOLE, "municipality_code": TEXT, "access_point_id": TEXT, "name": TEXT,
    "lon": NUMBER, "lat": NUMBER, "area_code": TEXT, "location_source": TEXT, "counted": YES_NO,
    "in_ward": YES_NO, "facility_id": TEXT, "shelter_id": TEXT, "link_source": TEXT, "hours": TEXT,
}  # fmt: skip
_TIME_COLUMNS: Final = {
    "weekday": WHOLE, "hour": WHOLE, "opening_no": WHOLE,
    "sites_open": WHOLE, "sites_unknown": WHOLE, "sites_closed": WHOLE,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sites:
    """The counted sites: n positions in metres of the ward's CRS, and when each is open."""

    easting: FloatArray
    northing: FloatArray
    openings: Openings


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.wifi_sites and evidence.opening_times."""
    del ward, as_of
    write_finding(connection, "wifi_sites", _read(connection), _SITE_COLUMNS)
    rows = [row for row in _read(connection) if row["counted"]]
    write_finding(connection, "opening_times", _times(_openings(rows)), _TIME_COLUMNS)


def read_sites(connection: duckdb.DuckDBPyConnection, ward: Ward) -> Sites:
    """The counted sites of this edition, in the order of `site_no`."""
    rows = [row for row in _read(connection) if row["counted"]]
    easting, northing = project(
        [row["lon"] for row in rows], [row["lat"] for row in rows], crs=ward.geometry.projected_crs
    )
    return Sites(easting, northing, _openings(rows))


def _read(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.sql(_SITES).to_arrow_table().to_pylist()
    return rows


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
