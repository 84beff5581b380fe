"""Findings: what the evidence functions say of this edition, written to the schema `evidence`.

One module a subject. Each reads clean tables (or findings made before it), calls pure functions of
`pipelines.evidence` and writes its tables with `findings.table`. What is missing becomes a table
without rows and a row of `evidence.missing_inputs`, never a zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.findings import (
    cashless,
    clusters,
    equipment,
    fairness,
    initiatives,
    reach,
    scale_check,
    shelters,
    sites,
    siting,
    ties,
    usage,
)
from pipelines.findings.table import create_missing_inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import duckdb

    from pipelines.ward import Ward

    Subject = Callable[[duckdb.DuckDBPyConnection, Ward, date], None]

# In the order they need one another.
_SUBJECTS: Final[tuple[Subject, ...]] = (
    ties.write,
    equipment.write,
    shelters.write,
    sites.write,
    reach.write,
    siting.write,
    fairness.write,
    clusters.write,
    scale_check.write,
    usage.write,
    initiatives.write,
    cashless.write,
)


def write_findings(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Make every table of the schema `evidence` from `clean` and `mart`."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS evidence")
    create_missing_inputs(connection)
    for write in _SUBJECTS:
        write(connection, ward, as_of)
