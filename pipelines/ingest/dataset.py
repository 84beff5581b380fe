"""One data set: its cleaned files checked together, then loaded or quarantined row by row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.contracts.ddl import PROVENANCE, SQL_TYPES, clean_table, create_clean_table, quoted
from pipelines.ingest.area_rows import area_columns, store_boundaries
from pipelines.ingest.checks import Violation, find_missing_parents, find_violations
from pipelines.ingest.doubts import find_doubts
from pipelines.ingest.named_area import name_areas
from pipelines.ingest.place import place_rows
from pipelines.ingest.rules import rule_message
from pipelines.ingest.types import DatasetResult, FileCount, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import duckdb

    from pipelines.contracts import Contract
    from pipelines.ingest.place import Ground
    from pipelines.ingest.types import CleanedFile, Severity
    from pipelines.ward import Ward

_STAGED = "staged"


class _Rows:
    """The staged rows of all files: where each came from, and what was found in it."""

    def __init__(self, files: Sequence[CleanedFile], contract: Contract) -> None:
        self.contract = contract
        self.table = pa.concat_tables([file.table for file in files])
        self.source_no: list[int] = self.table["source_no"].to_pylist()
        self.line: list[int] = self.table["source_line"].to_pylist()
        self.fate: dict[int, Severity] = {}
        self.findings: list[Finding] = []

    def find(self, violation: Violation, severity: Severity) -> None:
        """Note a finding; anything but a warning keeps the row out of the clean table."""
        row = violation.row_no
        if severity != "warning" and self.fate.get(row) != "quarantine":
            self.fate[row] = severity
        self.findings.append(
            Finding(
                source_no=self.source_no[row],
                line=self.line[row],
                field=violation.field,
                value=violation.value,
                rule=violation.rule,
                severity=severity,
                message=rule_message(
                    violation.rule, self.contract, violation.field, violation.limit
                ),
            )
        )

    def counts(self, files: Sequence[CleanedFile]) -> tuple[FileCount, ...]:
        """Where each file's rows went."""
        fates = Counter((self.source_no[row], fate) for row, fate in self.fate.items())
        counts = []
        for file in files:
            number, read = file.source.source_no, file.source.raw.rows
            held, left = fates[number, "quarantine"], fates[number, "left_out"]
            counts.append(FileCount(number, read, read - held - left, held, left))
        return tuple(counts)


def ingest_dataset(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    files: Sequence[CleanedFile],
    *,
    ward: Ward,
    ground: Ground | None,
    known: frozenset[str],
    as_of: date | None = None,
) -> DatasetResult:
    """Check and load all files of one data set into `clean.<name>`.

    `known` are the data sets whose rows are at hand, for foreign keys; `ground` places points;
    `as_of` is the day that what has happened cannot lie after.
    Every row ends in the clean table, in quarantine, or (sample rows whose parent is gone)
    left out; the counts of each file add up.
    """
    connection.execute(create_clean_table(contract))
    if not files:
        return DatasetResult(contract, (), (), (), ())
    rows = _Rows(files, contract)
    _stage(connection, rows.table)
    for violation in find_violations(connection, _STAGED, contract):
        rows.find(violation, "quarantine")
    for violation in find_doubts(connection, _STAGED, contract, as_of):
        rows.find(violation, "warning")
    _judge_parents(connection, rows, files, known)
    derived = _derive(connection, rows, files, ward, ground)
    _load(connection, rows, derived)
    connection.execute(f"DROP TABLE {_STAGED}")
    return DatasetResult(
        contract=contract,
        files=tuple(files),
        counts=rows.counts(files),
        findings=tuple(sorted(rows.findings, key=lambda one: (one.source_no, one.line, one.rule))),
        repairs=tuple(repair for file in files for repair in file.repairs),
    )


def _stage(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    numbered = table.append_column("row_no", pa.array(range(table.num_rows), pa.int64()))
    connection.register("arrived", numbered)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_STAGED} AS SELECT * FROM arrived")  # noqa: S608
    connection.unregister("arrived")


def _judge_parents(
    connection: duckdb.DuckDBPyConnection,
    rows: _Rows,
    files: Sequence[CleanedFile],
    known: frozenset[str],
) -> None:
    """A sample row that refers to what the ward's own list lacks is left out, not an error."""
    samples = {file.source.source_no for file in files if file.source.declared.status == "sample"}
    reachable = rows.contract.model_copy(
        update={
            "foreign_keys": tuple(
                key for key in rows.contract.foreign_keys if key.reference.resource in known
            )
        }
    )
    for violation in find_missing_parents(connection, _STAGED, reachable):
        if rows.fate.get(violation.row_no) == "quarantine":
            continue
        sample = rows.source_no[violation.row_no] in samples
        rows.find(violation, "left_out" if sample else "quarantine")


def _derive(
    connection: duckdb.DuckDBPyConnection,
    rows: _Rows,
    files: Sequence[CleanedFile],
    ward: Ward,
    ground: Ground | None,
) -> pa.Table:
    """Columns that no file gives, for the rows that are loaded, by row_no."""
    if rows.contract.geometry == "polygon":
        derived, boundaries, violations = area_columns(rows.table, files, ward, set(rows.fate))
        for violation, severity in violations:
            rows.find(violation, severity)
        store_boundaries(connection, boundaries)
        return derived
    kept = [row for row in range(len(rows.line)) if row not in rows.fate]
    row_no = pa.array(kept, pa.int64())
    if rows.contract.area_from and ground is not None:
        return _name_areas(connection, rows, row_no, ground, ward)
    if rows.contract.geometry != "point" or ground is None:
        return pa.table({"row_no": row_no})
    return _place(connection, rows, row_no, ground)


def _name_areas(
    connection: duckdb.DuckDBPyConnection, rows: _Rows, row_no: pa.Array, ground: Ground, ward: Ward
) -> pa.Table:
    named = rows.contract.area_from
    if named is None:
        raise ValueError(rows.contract.name)
    code = "municipality_code" if rows.contract.has("municipality_code") else "NULL"
    connection.register("kept", pa.table({"row_no": row_no}))
    published = connection.sql(
        f"SELECT {code}, {quoted(named.code)}, {quoted(named.name)}"  # noqa: S608
        f" FROM {_STAGED} JOIN kept USING (row_no) ORDER BY row_no"
    ).fetchall()
    connection.unregister("kept")
    areas = name_areas(published, ground, municipality=ward.municipality.code)
    lines = set()
    for row, area, (_, _, name) in zip(
        row_no.to_pylist(), areas.to_pylist(), published, strict=True
    ):
        line = rows.source_no[row], rows.line[row]
        # Once for a line of a wide table, not for every number in it.
        if area is None and line not in lines:
            lines.add(line)
            rows.find(Violation(row, named.name, name or "", "area_unknown", ""), "warning")
    return pa.table({"row_no": row_no, "area_code": areas})


def _place(
    connection: duckdb.DuckDBPyConnection, rows: _Rows, row_no: pa.Array, ground: Ground
) -> pa.Table:
    connection.register("kept", pa.table({"row_no": row_no}))
    address = "address" if rows.contract.has("address") else "NULL"
    code = "municipality_code" if rows.contract.has("municipality_code") else "NULL"
    placing = connection.sql(
        "SELECT CAST(lon AS DOUBLE) AS lon, CAST(lat AS DOUBLE) AS lat,"  # noqa: S608
        f" CAST({address} AS VARCHAR) AS address, CAST({code} AS VARCHAR) AS code"
        f" FROM {_STAGED} JOIN kept USING (row_no) ORDER BY row_no"
    ).to_arrow_table()
    connection.unregister("kept")
    placed = place_rows(
        placing["lon"].to_numpy(),
        placing["lat"].to_numpy(),
        placing["address"].to_pylist(),
        ground,
        publishers=placing["code"].to_pylist(),
    )
    numbers = row_no.to_pylist()
    for flag in placed.flags:
        fields = ",".join(name for name in flag.field.split(",") if rows.contract.has(name))
        rows.find(
            Violation(numbers[flag.row], fields, flag.value, flag.rule, flag.limit), "warning"
        )
    return pa.table(
        {
            "row_no": row_no,
            "area_code": placed.area_code,
            "location_source": placed.location_source,
            "area_source": placed.area_source,
        }
    )


def _load(connection: duckdb.DuckDBPyConnection, rows: _Rows, derived: pa.Table) -> None:
    given = {*derived.column_names, *rows.table.column_names}
    columns = []
    for field in rows.contract.fields:
        if field.derived and field.name not in given:
            columns.append(f"NULL::{SQL_TYPES[field.type]}")
        else:
            columns.append(f"CAST({quoted(field.name)} AS {SQL_TYPES[field.type]})")
    connection.register("derived", derived)
    connection.execute(
        f"INSERT INTO {clean_table(rows.contract)} SELECT {', '.join(columns)},"  # noqa: S608
        f" {', '.join(PROVENANCE)} FROM {_STAGED} JOIN derived USING (row_no) ORDER BY row_no"
    )
    connection.unregister("derived")
