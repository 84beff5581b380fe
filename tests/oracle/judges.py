"""The two judges of a table of cleaned text: our SQL in DuckDB, and frictionless.

Both give the set of (row, rule, field), so that they can be compared row by row and rule by rule.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import frictionless
import pyarrow as pa
import yaml

from pipelines.contracts.ddl import create_clean_table, quoted
from pipelines.ingest.checks import contract_checks
from pipelines.ingest.judging import Judging
from pipelines.ingest.parents import keep_held, own_parent_checks, parent_checks
from pipelines.ingest.stage import STAGED
from tests.oracle.tables import RIGHT_ROWS, Table, right_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pipelines.contracts import Contract

CATALOG = Path(__file__).resolve().parents[2] / "data" / "catalog"
Verdict = set[tuple[int, str, str]]
_CONSTRAINT = re.compile(r'^constraint "(\w+)" is ')


def judge_by_checks(table: Table, contracts: dict[str, Contract]) -> Verdict:
    """What the pipeline's own checks find."""
    contract = table.contract
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS internal; CREATE SCHEMA internal.clean")
        connection.execute("CREATE SCHEMA clean")
        parents = [contracts[name] for name in contract.parents if name in contracts]
        for parent in parents:
            _load_parent(connection, parent, contracts)
        _stage(connection, STAGED, table)
        checks = [
            *contract_checks(STAGED, contract),
            *parent_checks(contract, parents),
            *own_parent_checks(contract, STAGED),
        ]
        return {
            (row_no, check.rule, check.field)
            for check in checks
            for row_no, *_ in connection.execute(check.select, check.parameters).fetchall()
        }


def judge_by_frictionless(
    table: Table, contracts: dict[str, Contract], schemas: dict[str, Any] | None = None
) -> Verdict:
    """What frictionless finds with the catalogue's own descriptors (`schemas` in their stead)."""
    contract = table.contract
    parents = [name for name in contract.parents if name in contracts]
    rows = {name: _right_rows(contracts[name], contracts) for name in parents}
    rows[contract.name] = table.rows
    package = frictionless.Package.from_descriptor(
        {
            "name": "oracle",
            "resources": [
                {
                    "name": name,
                    "data": [[one.name for one in contracts[name].read_fields], *cells],
                    "schema": (schemas or {}).get(name) or _schema(contracts[name]),
                }
                for name, cells in rows.items()
            ],
        }
    )
    with package.get_resource(contract.name) as resource:
        assert resource.header.valid, resource.header.errors
        return {found for row in resource.row_stream for found in _findings(row, contract)}


def _findings(row: frictionless.Row, contract: Contract) -> Iterator[tuple[int, str, str]]:
    """The errors of a row under our rules' names; any other kind of error is a KeyError."""
    row_no = row.row_number - 2  # it counts from 1, the header included
    broken = {error.field_name for error in row.errors if hasattr(error, "field_name")}
    for error in row.errors:
        if error.type == "type-error":
            yield row_no, f"type_{contract.field(error.field_name).type}", error.field_name
        elif error.type == "constraint-error":
            yield row_no, _CONSTRAINT.match(error.note)[1], error.field_name
        elif error.type in {"extra-cell", "missing-cell"}:
            yield row_no, "column_count", ""
        elif error.type == "foreign-key":
            yield row_no, "foreign_key", ",".join(error.field_names)
        else:
            assert error.type == "primary-key", error.type
            # It compares keys with blank parts too; to us such a row is the part's own error.
            blank = {name for name in contract.primary_key if row[name] is None}
            assert blank <= broken, (row_no, blank)
            if not blank:
                yield row_no, "primary_key", ",".join(contract.primary_key)


def _schema(contract: Contract) -> dict[str, Any]:
    """The catalogue's descriptor of the columns that files give."""
    schema = yaml.safe_load((CATALOG / f"{contract.name}.yaml").read_text("utf-8"))
    schema["fields"] = [one for one in schema["fields"] if not one.get("derived")]
    return schema


def _right_rows(contract: Contract, contracts: dict[str, Contract]) -> list[list[str | None]]:
    return [right_row(contract, contracts, at) for at in range(RIGHT_ROWS)]


def _load_parent(
    connection: duckdb.DuckDBPyConnection, parent: Contract, contracts: dict[str, Contract]
) -> None:
    connection.execute(create_clean_table(parent))
    rows = _right_rows(parent, contracts)
    _stage(connection, STAGED, Table(parent, rows, [None] * len(rows)))
    names = ", ".join(quoted(field.name) for field in parent.read_fields)
    connection.execute(f"INSERT INTO clean.{parent.name} BY NAME SELECT {names} FROM {STAGED}")  # noqa: S608
    judging = Judging(connection, parent)
    keep_held(connection, parent, [field.name for field in parent.read_fields])
    judging.close()


def _stage(connection: duckdb.DuckDBPyConnection, name: str, table: Table) -> None:
    """As ingestion stages the files of a data set: a ragged row has what cells it has."""
    fields = table.contract.read_fields
    whole = [[*row, *[None] * len(fields)][: len(fields)] for row in table.rows]
    columns = {
        field.name: pa.array([row[at] for row in whole], pa.string())
        for at, field in enumerate(fields)
    }
    arrived = pa.table(
        {"row_no": pa.array(range(len(whole)), pa.int64()), "ragged": table.ragged, **columns}
    )
    connection.register("arrived", arrived)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM arrived")
    connection.unregister("arrived")
