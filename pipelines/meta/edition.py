"""What an edition is: its contracts, its settings, the digests of its tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.digest import table_digest
from pipelines.meta.table import TEXT, write_table
from pipelines.warehouse import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from pipelines.contracts import Catalogue
    from pipelines.ward import Ward


def write_contracts(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Write meta.contracts: each data set's contract as JSON, so that an old edition explains itself."""
    rows = [
        {
            "dataset": contract.name,
            "contract_json": contract.model_dump_json(by_alias=True, exclude_defaults=True),
        }
        for contract in catalogue.contracts.values()
    ]
    schema = pa.schema([("dataset", TEXT), ("contract_json", TEXT)])
    write_table(connection, "contracts", rows, schema)


def write_build(
    connection: duckdb.DuckDBPyConnection, facts: Mapping[str, str], ward: Ward
) -> None:
    """Write meta.build: what this edition is and the ward's settings it was built with."""
    settings = {
        "schema_version": SCHEMA_VERSION,
        "municipality_code": ward.municipality.code,
        "municipality_name": ward.municipality.name,
        "municipality_name_en": ward.municipality.name_en,
        "projected_crs": ward.geometry.projected_crs,
        "background_tiles": ward.map.background_tiles,
        "background_attribution": ward.map.background_attribution,
        "suppression_least_shops": str(ward.suppression.least_shops),
        "ward_json": json.dumps(ward.model_dump(), ensure_ascii=False),
    }
    rows = [{"key": key, "value": value} for key, value in {**facts, **settings}.items()]
    write_table(connection, "build", rows, pa.schema([("key", TEXT), ("value", TEXT)]))


def write_table_digests(connection: duckdb.DuckDBPyConnection) -> None:
    """Write meta.tables: rows and content digest of every table written so far."""
    names = connection.execute(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_catalog = current_database() AND table_schema IN ('clean', 'evidence', 'mart', 'meta')"
        " ORDER BY ALL"
    ).fetchall()
    rows = [
        {"table_name": f"{schema}.{table}", "digest": table_digest(connection, schema, table)}
        for schema, table in names
    ]
    schema = pa.schema([("table_name", TEXT), ("digest", TEXT)])
    write_table(connection, "tables", rows, schema)
