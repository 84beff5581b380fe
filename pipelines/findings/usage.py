"""Use of public Wi-Fi: evidence.usage_months and evidence.usage_outliers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from pipelines.evidence.usage import (
    CUT,
    GAP,
    Cell,
    Total,
    add_months,
    fill_gaps,
    is_outlier,
    mean_of,
    months_between,
    read_cell,
    score,
)
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, note_missing, write_finding
from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb

    from pipelines.ward import Ward

SUBJECT: Final = "usage"
WINDOW_MONTHS: Final = 12
LEAST_MONTHS: Final = 6
"""Fewer months reported in the window are no level of use."""

_MONTHS: Final = {
    "level": TEXT, "id": TEXT, "name": TEXT, "month": TEXT, "connections": NUMBER, "state": TEXT,
    "users": NUMBER, "users_state": TEXT, "points": WHOLE, "points_reporting": WHOLE,
    "at_least": YES_NO, "users_reporting": WHOLE, "summed": YES_NO,
}  # fmt: skip
_OUTLIERS: Final = {
    "access_point_id": TEXT, "name": TEXT, "metric": TEXT, "window_from": TEXT, "window_to": TEXT,
    "months_reported": WHOLE, "value": NUMBER, "peers": WHOLE, "peers_median": NUMBER,
    "peers_scale": NUMBER, "scale": TEXT, "robust_z": NUMBER, "cut": NUMBER,
}  # fmt: skip
_METRICS: Final = ("connections", "users")
_USAGE: Final = """
    SELECT
        access_point_id, facility_id, month, connections_count, connections_count_state,
        users_people, users_people_state
    FROM clean.wifi_usage
    ORDER BY source_no, source_line
"""
_POINTS: Final = """
    SELECT access_point_id, access_point_name, ties.facility_id
    FROM clean.wifi_access_points
    JOIN evidence.wifi_ties AS ties USING (municipality_code, access_point_id)
    WHERE municipality_code = ?
    ORDER BY access_point_id
"""
_FACILITIES: Final = """
    SELECT facility_id, facility_name FROM clean.facilities
    WHERE municipality_code = ? ORDER BY facility_id
"""

Unit = tuple[str, str]
"""A level and an id: ('access_point', '3'), ('facility', '22'), ('ward', '131148')."""
Series = dict[str, dict[str, Cell]]
"""A series of cells by month, for each metric."""


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.usage_months and evidence.usage_outliers.

    usage_months: a month of an access point, a facility or the ward. `connections` with its `state`
    (value, gap, withheld, unknown), `users` likewise. Where the list gives no series of a facility
    or of the ward, it is `summed` over the series there are: `points_reporting` of `points` stand
    behind the connections (`users_reporting` behind the users, 延べ), and `at_least` says that some
    did not report. usage_outliers: access points whose mean month of the last 12 lies far from
    their peers', with the numbers of the sum.
    """
    del as_of
    code = ward.municipality.code
    series = _read(connection, code)
    if not series:
        note_missing(connection, SUBJECT, "wifi_usage", _NO_USAGE)
        write_finding(connection, "usage_months", [], _MONTHS)
        write_finding(connection, "usage_outliers", [], _OUTLIERS)
        return
    points = connection.execute(_POINTS, [code]).fetchall()
    names: dict[Unit, str] = {("ward", code): ward.municipality.name}
    names |= {("access_point", no): name for no, name, _ in points}
    facilities = connection.execute(_FACILITIES, [code]).fetchall()
    names |= {("facility", no): name for no, name in facilities}
    last = max(month for one in series.values() for month in one["connections"])
    filled = {
        unit: {metric: fill_gaps(one[metric], last) for metric in _METRICS}
        for unit, one in sorted(series.items())
    }
    parts = _parts(filled, {no: facility for no, _, facility in points}, code)
    rows = [row for unit, one in filled.items() for row in _given(unit, names, one)]
    rows += [row for unit, own in parts.items() for row in _summed(unit, names, own)]
    rows.sort(key=lambda row: (row["level"], row["id"], row["month"]))
    write_finding(connection, "usage_months", rows, _MONTHS)
    write_finding(connection, "usage_outliers", _outliers(filled, names, last), _OUTLIERS)


_NO_USAGE: Final = Message(
    "公衆無線LANの利用（月ごとの接続回数）がありません。data/inbox/wifi_usage/ に置いてください（様式は ebpm template wifi_usage）。",
    "There is no usage by month; put it into data/inbox/wifi_usage/ (ebpm template wifi_usage makes the form).",
)


def _read(connection: duckdb.DuckDBPyConnection, code: str) -> dict[Unit, Series]:
    series: dict[Unit, Series] = {}
    for point, facility, month, count, state, people, people_state in connection.execute(
        _USAGE
    ).fetchall():
        unit = (
            ("access_point", point)
            if point
            else ("facility", facility)
            if facility
            else ("ward", code)
        )
        own = series.setdefault(unit, {metric: {} for metric in _METRICS})
        for metric, cell in (
            ("connections", read_cell(count, state)),
            ("users", read_cell(people, people_state)),
        ):
            # Of two rows for one month neither is known to be the right one.
            twice = own[metric].get(month, cell) != cell
            own[metric][month] = Cell(None, "unknown") if twice else cell
    return series


def _parts(
    series: Mapping[Unit, Series], facility_of: Mapping[str, str | None], code: str
) -> dict[Unit, list[Series]]:
    """What a facility without a series of its own, and the ward without one, are added up from."""
    parts: defaultdict[Unit, list[Series]] = defaultdict(list)
    for (level, no), one in series.items():
        at = ("facility", facility_of.get(no) or "") if level == "access_point" else None
        if at and at[1] and at not in series:
            parts[at].append(one)
        # A facility's own series already holds its access points'.
        if ("ward", code) not in series and level != "ward" and at not in series:
            parts["ward", code].append(one)
    return dict(parts)


def _given(unit: Unit, names: Mapping[Unit, str], one: Series) -> list[dict[str, Any]]:
    rows = []
    for month, connections in one["connections"].items():
        users = one["users"].get(month, GAP)
        heard, seen = connections.value is not None, users.value is not None
        rows.append(
            _row(unit, names, month)
            | {"connections": connections.value, "state": connections.state}
            | {"users": users.value, "users_state": users.state}
            | {"points": 1, "points_reporting": int(heard), "users_reporting": int(seen)}
            | {"at_least": False, "summed": False}
        )
    return rows


def _summed(unit: Unit, names: Mapping[Unit, str], parts: list[Series]) -> list[dict[str, Any]]:
    first = min(min(one["connections"]) for one in parts)
    last = max(max(one["connections"]) for one in parts)
    return [
        _total_row(_row(unit, names, month), *(_total(parts, metric, month) for metric in _METRICS))
        for month in months_between(first, last)
    ]


def _total(parts: list[Series], metric: str, month: str) -> Total:
    # Before its first month a point is not expected to report.
    return add_months(one[metric][month] for one in parts if month in one[metric])


def _total_row(row: dict[str, Any], connections: Total, users: Total) -> dict[str, Any]:
    return {
        **row,
        "connections": connections.value,
        "state": connections.state,
        "users": users.value,
        "users_state": users.state,
        "points": connections.points,
        "points_reporting": connections.points_reporting,
        "users_reporting": users.points_reporting,
        "at_least": connections.at_least,
        "summed": True,
    }


def _row(unit: Unit, names: Mapping[Unit, str], month: str) -> dict[str, Any]:
    return {"level": unit[0], "id": unit[1], "name": names.get(unit, unit[1]), "month": month}


def _outliers(
    series: Mapping[Unit, Series], names: Mapping[Unit, str], last: str
) -> list[dict[str, Any]]:
    window = _window(last)
    rows = []
    for metric in _METRICS:
        means = {
            unit: (mean, sum(cell.value is not None for cell in cells))
            for unit, cells in (
                (unit, [one[metric].get(month, GAP) for month in window])
                for unit, one in series.items()
                if unit[0] == "access_point"
            )
            if (mean := mean_of(cells, LEAST_MONTHS)) is not None
        }
        scores = score(np.array([mean for mean, _ in means.values()]))
        for (unit, (_, months)), found in zip(means.items(), scores, strict=True):
            if is_outlier(found):
                rows.append(
                    {"access_point_id": unit[1], "name": names.get(unit, unit[1])}
                    | {"metric": metric, "window_from": window[0], "window_to": last}
                    | {name: getattr(found, name) for name in found.__dataclass_fields__}
                    | {"months_reported": months, "cut": CUT}
                )
    return sorted(rows, key=lambda row: (row["metric"], -abs(row["robust_z"])))


def _window(last: str) -> list[str]:
    year, month = (int(part) for part in last.split("-"))
    first = year * 12 + month - WINDOW_MONTHS
    return months_between(f"{first // 12:04}-{first % 12 + 1:02}", last)
