"""The plan's initiatives: where each stands, by rule, and what the departments say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.findings.initiatives.columns import TABLES
from pipelines.findings.initiatives.inputs import note_missing_inputs
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pipelines.ward import Ward


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write every table of `columns.TABLES`."""
    del ward, as_of
    note_missing_inputs(connection)
    for table, columns in TABLES.items():
        write_finding(connection, table, [], columns)
