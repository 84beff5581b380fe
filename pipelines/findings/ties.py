"""evidence.wifi_ties: in which facility and at which shelter each access point stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa

from pipelines.evidence.equipment import tie_access_points
from pipelines.evidence.opening import choose_hours
from pipelines.findings.frames import read_clean, to_arrow
from pipelines.findings.table import TEXT, YES_NO, write_finding

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pipelines.ward import Ward

_TIES: Final = {
    "municipality_code": TEXT, "access_point_id": TEXT, "facility_municipality_code": TEXT,
    "facility_id": TEXT, "link_source": TEXT, "shelter_id": TEXT, "shelter_link_source": TEXT,
    "started_on": pa.date32(), "in_service": YES_NO, "open_days": TEXT, "open_from": TEXT,
    "open_until": TEXT, "hours_source": TEXT,
}  # fmt: skip


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.wifi_ties, a row an access point, in the order of files and lines.

    The key of its facility (`facility_municipality_code`, `facility_id`) and its `shelter_id`, each
    with the way it was found; `in_service` (not one that starts after `as_of`); and its hours as
    the lists write them, its own where it has any, else its facility's (`hours_source`:
    access_point, facility, none).
    """
    points, facilities = (
        read_clean(connection, name) for name in ("wifi_access_points", "facilities")
    )
    place = ward.municipality
    ties = tie_access_points(
        points,
        facilities,
        read_clean(connection, "evacuation_shelters"),
        municipality_code=place.code,
        beginnings=(place.prefecture, place.name),
    )
    ties = pd.concat([points[["municipality_code", "access_point_id", "started_on"]], ties], axis=1)
    ties["in_service"] = ~(pd.to_datetime(ties["started_on"]) > pd.Timestamp(as_of))
    hours = choose_hours(points, facilities, ties)
    write_finding(connection, "wifi_ties", to_arrow(pd.concat([ties, hours], axis=1), _TIES), _TIES)


def read_ties(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """evidence.wifi_ties as a frame."""
    frame: pd.DataFrame = connection.sql("FROM evidence.wifi_ties").df()
    return frame
