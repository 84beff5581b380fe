"""The tables by which an edition explains itself: schema `meta`."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipelines.digest import table_digest
from pipelines.warehouse import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from pipelines.contracts import Catalogue
    from pipelines.ingest.types import (
        CleanedFile,
        DatasetResult,
        Declared,
        FileCount,
        Finding,
        Repair,
        SourceFile,
    )
    from pipelines.ward import Ward

_DAYS: Final = {"D": 1, "M": 30.4375, "Y": 365.25}
_TEXT: Final = pa.string()
_STATUS_ORDER: Final = ("official", "supplied", "sample", "schematic", "stale")

_SOURCES: Final = pa.schema(
    [
        ("source_no", pa.int32()), ("dataset", _TEXT), ("file_name", _TEXT), ("sha256", _TEXT),
        ("bytes", pa.int64()), ("publisher", _TEXT), ("publisher_en", _TEXT), ("title", _TEXT),
        ("licence", _TEXT), ("url", _TEXT), ("as_of", pa.date32()), ("status", _TEXT),
        ("note", _TEXT), ("note_en", _TEXT), ("encoding", _TEXT), ("layout", _TEXT),
        ("rows_read", pa.int64()), ("rows_loaded", pa.int64()), ("rows_quarantined", pa.int64()),
        ("rows_left_out", pa.int64()), ("unknown_columns", _TEXT), ("absent_fields", _TEXT),
    ]
)  # fmt: skip
_FINDINGS: Final = pa.schema(
    [
        ("dataset", _TEXT), ("source_no", pa.int32()), ("file_name", _TEXT), ("line", pa.int64()),
        ("field", _TEXT), ("value", _TEXT), ("rule", _TEXT), ("severity", _TEXT),
        ("message_ja", _TEXT), ("message_en", _TEXT),
    ]
)  # fmt: skip
_REPAIRS: Final = pa.schema(
    [("source_no", pa.int32()), ("field", _TEXT), ("repair", _TEXT), ("values", pa.int64())]
)
_DATASETS: Final = pa.schema(
    [
        ("dataset", _TEXT), ("title", _TEXT), ("title_en", _TEXT), ("rows", pa.int64()),
        ("files", pa.int64()), ("as_of", pa.date32()), ("statuses", _TEXT),
        ("stale", pa.bool_()), ("rhythm", _TEXT), ("credit", _TEXT), ("credit_en", _TEXT),
        ("boundary_id", _TEXT),
    ]
)  # fmt: skip


def is_stale(as_of: date | None, rhythm: str, today: date) -> bool:
    """Whether data of `as_of` are older than one and a half times their rhythm (ISO 8601 P1Y)."""
    found = re.fullmatch(r"P(\d+)([YMD])", rhythm)
    if as_of is None or found is None:
        return False
    return today - as_of > timedelta(days=1.5 * int(found[1]) * _DAYS[found[2]])


def write_sources(
    connection: duckdb.DuckDBPyConnection,
    results: Sequence[DatasetResult],
    superseded: Sequence[SourceFile],
) -> None:
    """Write meta.sources, meta.findings and meta.repairs."""
    sources = [_source_row(file, count) for file, count in _counted(results)]
    sources += [_superseded_row(source) for source in superseded]
    _write(connection, "sources", sources, _SOURCES)
    names = {row["source_no"]: row["file_name"] for row in sources}
    findings = [
        {
            "dataset": result.contract.name,
            "source_no": found.source_no,
            "file_name": names[found.source_no],
            "line": found.line,
            "field": found.field,
            "value": found.value,
            "rule": found.rule,
            "severity": found.severity,
            "message_ja": found.message.ja,
            "message_en": found.message.en,
        }
        for result in results
        for found in result.findings
    ]
    _write(connection, "findings", findings, _FINDINGS)
    repairs = [record_row(repair) for result in results for repair in result.repairs]
    _write(connection, "repairs", repairs, _REPAIRS)


def write_datasets(
    connection: duckdb.DuckDBPyConnection, results: Sequence[DatasetResult], today: date
) -> None:
    """Write meta.datasets; a data set that nobody supplied is there with no file."""
    _write(connection, "datasets", [_dataset_row(result, today) for result in results], _DATASETS)


def write_measures(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    results: Sequence[DatasetResult],
    today: date,
) -> None:
    """Write meta.measures; a measure carries the statuses of all data sets it is made from."""
    statuses = {
        row["dataset"]: set(filter(None, row["statuses"].split(",")))
        | ({"stale"} if row["stale"] else set())
        for row in (_dataset_row(result, today) for result in results)
    }
    rows = []
    for order, measure in enumerate(catalogue.measures):
        datasets = catalogue.measure_datasets(measure)
        carried = set().union(*(statuses.get(name, set()) for name in datasets))
        rows.append(
            {
                "measure": measure.name,
                **measure.model_dump(exclude={"name"}),
                "dataset_list": ",".join(datasets),
                "statuses": _in_order(carried),
                "sort_order": order,
            }
        )
    table = pa.Table.from_pylist(rows)
    _write(connection, "measures", rows, table.schema)


def write_contracts(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Write meta.contracts: each data set's contract as JSON, so that an old edition explains itself."""
    rows = [
        {
            "dataset": contract.name,
            "contract_json": contract.model_dump_json(by_alias=True, exclude_defaults=True),
        }
        for contract in catalogue.contracts.values()
    ]
    schema = pa.schema([("dataset", _TEXT), ("contract_json", _TEXT)])
    _write(connection, "contracts", rows, schema)


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
        "ward_json": json.dumps(ward.model_dump(), ensure_ascii=False),
    }
    rows = [{"key": key, "value": value} for key, value in {**facts, **settings}.items()]
    _write(connection, "build", rows, pa.schema([("key", _TEXT), ("value", _TEXT)]))


def write_table_digests(connection: duckdb.DuckDBPyConnection) -> None:
    """Write meta.tables: rows and content digest of every table written so far."""
    names = connection.execute(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_catalog = current_database() AND table_schema IN ('clean', 'mart', 'meta')"
        " ORDER BY ALL"
    ).fetchall()
    rows = [
        {"table_name": f"{schema}.{table}", "digest": table_digest(connection, schema, table)}
        for schema, table in names
    ]
    schema = pa.schema([("table_name", _TEXT), ("digest", _TEXT)])
    _write(connection, "tables", rows, schema)


def record_row(record: Finding | Repair | FileCount | Declared) -> dict[str, Any]:
    """A frozen dataclass as a row."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _counted(results: Sequence[DatasetResult]) -> list[tuple[CleanedFile, FileCount]]:
    return [pair for result in results for pair in zip(result.files, result.counts, strict=True)]


def _source_row(file: CleanedFile, count: FileCount) -> dict[str, Any]:
    return {
        **_described(file.source),
        **record_row(count),
        "unknown_columns": "、".join(file.unknown_columns),
        "absent_fields": "、".join(file.absent_fields),
    }


def _superseded_row(source: SourceFile) -> dict[str, Any]:
    """An older file of a data set whose newest file wins: read, counted, not used."""
    rows = source.raw.rows
    return {
        **_described(source),
        "rows_read": rows, "rows_loaded": 0, "rows_quarantined": 0, "rows_left_out": rows,
        "unknown_columns": "", "absent_fields": "",
    }  # fmt: skip


def _described(source: SourceFile) -> dict[str, Any]:
    declared = source.declared
    return {
        "source_no": source.source_no,
        "dataset": source.contract.name,
        "file_name": source.shown_path,
        "sha256": source.sha256,
        "bytes": source.size_bytes,
        "encoding": source.raw.encoding,
        "layout": source.raw.layout,
        **{name: value for name, value in record_row(declared).items() if name != "boundary_id"},
    }


def _dataset_row(result: DatasetResult, today: date) -> dict[str, Any]:
    declared = [file.source.declared for file in result.files]
    dates = [one.as_of for one in declared]
    # The oldest part dates the whole; one part without a date leaves the whole without.
    as_of = min((day for day in dates if day), default=None) if all(dates) else None
    credit, credit_en = (
        zip(*(_credit(file.source) for file in result.files), strict=True) if declared else ((), ())
    )
    return {
        "dataset": result.contract.name,
        "title": result.contract.title,
        "title_en": result.contract.title_en,
        "rows": sum(count.rows_loaded for count in result.counts),
        "files": len(result.files),
        "as_of": as_of,
        "statuses": _in_order({one.status for one in declared}),
        "stale": is_stale(as_of, result.contract.rhythm, today),
        "rhythm": result.contract.rhythm,
        "credit": "、".join(dict.fromkeys(credit)),
        "credit_en": ", ".join(dict.fromkeys(credit_en)),
        "boundary_id": declared[0].boundary_id
        if declared and result.contract.geometry == "polygon"
        else "",
    }


def _credit(source: SourceFile) -> tuple[str, str]:
    """Whom to name: the publisher and the title, else whichever is known, else the file."""
    declared, name = source.declared, source.path.name
    publisher_en = declared.publisher_en or declared.publisher
    if declared.publisher and declared.title:
        return f"{declared.publisher}「{declared.title}」", publisher_en
    known = declared.publisher or declared.title or name
    return known, publisher_en or known


def _in_order(statuses: set[str]) -> str:
    return ",".join(status for status in _STATUS_ORDER if status in statuses)


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Mapping[str, Any]],
    schema: pa.Schema,
) -> None:
    connection.register("meta_rows", pa.Table.from_pylist(list(rows), schema=schema))
    connection.execute(f"CREATE TABLE meta.{table} AS SELECT * FROM meta_rows")  # noqa: S608
    connection.unregister("meta_rows")
