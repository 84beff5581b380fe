"""Clean tables as frames, and frames as Arrow tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from geo.crs import project
from pipelines.contracts.ddl import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import pandas as pd

    from geo.arrays import FloatArray
    from pipelines.ward import Ward


def read_clean(connection: duckdb.DuckDBPyConnection, dataset: str) -> pd.DataFrame:
    """A clean table in the order of its files and lines."""
    frame: pd.DataFrame = connection.sql(
        f"SELECT * FROM clean.{quoted(dataset)} ORDER BY source_no, source_line"  # noqa: S608
    ).df()
    return frame


def to_arrow(frame: pd.DataFrame, columns: Mapping[str, pa.DataType]) -> pa.Table:
    """A frame as an Arrow table of these columns and types; NaN and NaT are NULL."""
    return pa.table(
        {
            name: pa.array(frame[name].tolist(), kind, from_pandas=True)
            for name, kind in columns.items()
        }
    )


def project_measured(frame: pd.DataFrame, ward: Ward) -> tuple[FloatArray, FloatArray]:
    """Easting and northing of rows in the ward's CRS, NaN where no coordinates were published."""
    measured = frame["location_source"] == "coordinate"
    lon, lat = (
        frame[name].where(measured).to_numpy(dtype=float, na_value=float("nan"))
        for name in ("lon", "lat")
    )
    return project(lon, lat, crs=ward.geometry.projected_crs)
