"""What became of files and rows: sources, findings, repairs, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contracts.ddl import INTERNAL
from pipelines.ingest.repairs import REPAIRS
from pipelines.ingest.rules import rule_message
from pipelines.ingest.steps import STEPS
from pipelines.messages import Message
from pipelines.meta.table import TEXT, record_row, write_arrow, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from pipelines.contracts import Contract
    from pipelines.ingest.types import (
        CleanedFile,
        DatasetResult,
        FileCount,
        Repair,
        SourceFile,
    )

_SOURCES: Final = pa.schema(
    [
        ("source_no", pa.int32()), ("dataset", TEXT), ("file_name", TEXT), ("sha256", TEXT),
        ("bytes", pa.int64()), ("publisher", TEXT), ("publisher_en", TEXT), ("title", TEXT),
        ("licence", TEXT), ("url", TEXT), ("as_of", pa.date32()), ("status", TEXT),
        ("note", TEXT), ("note_en", TEXT), ("encoding", TEXT), ("layout", TEXT),
        ("rows_read", pa.int64()), ("rows_loaded", pa.int64()), ("rows_quarantined", pa.int64()),
        ("rows_left_out", pa.int64()), ("carried_over_from", TEXT), ("unknown_columns", TEXT), ("absent_fields", TEXT),
        ("blank_lines", pa.int64()), ("note_lines", pa.int64()), ("remarks", TEXT),
        ("remarks_en", TEXT),
    ]
)  # fmt: skip
_FINDINGS: Final = pa.schema(
    [
        ("dataset", TEXT), ("source_no", pa.int32()), ("file_name", TEXT), ("line", pa.int64()),
        ("field", TEXT), ("value", TEXT), ("rule", TEXT), ("severity", TEXT),
        ("message_ja", TEXT), ("message_en", TEXT),
    ]
)  # fmt: skip
_CORRECTIONS: Final = pa.schema(
    [
        ("correction_id", TEXT), ("dataset", TEXT), ("key", TEXT), ("field", TEXT),
        ("expected", TEXT), ("value", TEXT), ("reason", TEXT), ("decided_by", TEXT),
        ("decided_on", pa.date32()), ("source_no", pa.int32()), ("line", pa.int64()),
    ]
)  # fmt: skip
_REPAIRS: Final = pa.schema(
    [
        ("source_no", pa.int32()), ("field", TEXT), ("repair", TEXT), ("title", TEXT),
        ("title_en", TEXT), ("values", pa.int64()),
    ]
)  # fmt: skip
HIDDEN: Final = "（非公開）"
"""What stands for a value of a data set whose rows are internal."""
_FINDINGS_AT_ONCE: Final = 100_000
_SAID: Final = ("rule", "field", "limit")
"""What a message follows from."""
_ROW_LIMITS: Final = frozenset({"address_area_mismatch", "outside_but_address_inside"})
"""Rules whose message repeats what was found in the row itself."""


def write_sources(
    connection: duckdb.DuckDBPyConnection,
    results: Sequence[DatasetResult],
    superseded: Sequence[SourceFile],
) -> None:
    """Write meta.sources, meta.findings and meta.repairs.

    The findings of data sets with internal columns stand with their values among the internal rows.
    """
    sources = [_source_row(file, count) for file, count in _counted(results)]
    sources += [row for result in results if result.carried for row in result.carried.sources]
    sources += [_superseded_row(source) for source in superseded]
    write_table(connection, "sources", sources, _SOURCES)
    names = {row["source_no"]: row["file_name"] for row in sources}
    write_arrow(connection, "findings", _reader(results, names))
    internal = [one for one in results if one.contract.internal and len(one.findings)]
    if internal:
        connection.execute(f"CREATE SCHEMA {INTERNAL}.meta")
        whole = _reader(internal, names, public=False)
        write_arrow(connection, "findings", whole, schema=f"{INTERNAL}.meta")
    repairs = [_repair_row(repair) for result in results for repair in result.repairs]
    write_table(connection, "repairs", repairs, _REPAIRS)


def write_corrections(
    connection: duckdb.DuckDBPyConnection, results: Sequence[DatasetResult]
) -> None:
    """Write meta.corrections: what was mended, by whose decision, and where."""
    rows = [
        {
            **applied.correction.model_dump(exclude={"key", "id"}),
            "correction_id": applied.correction.id,
            "key": applied.correction.key_text,
            **(
                dict.fromkeys(("key", "expected", "value"), HIDDEN)
                if result.contract.internal
                else {}
            ),
            "source_no": applied.source_no,
            "line": applied.line,
        }
        for result in results
        for applied in result.corrections
    ]
    write_table(connection, "corrections", rows, _CORRECTIONS)


def _reader(
    results: Sequence[DatasetResult], names: dict[int, str], *, public: bool = True
) -> pa.RecordBatchReader:
    findings = (batch for result in results for batch in _findings(result, names, public=public))
    return pa.RecordBatchReader.from_batches(_FINDINGS, findings)


def _findings(
    result: DatasetResult, names: dict[int, str], *, public: bool
) -> Iterator[pa.RecordBatch]:
    """The findings of a data set; as pages may show them, no value of a row that is internal."""
    contract = result.contract
    hidden = public and contract.internal
    messages: dict[tuple[str, str, str], Message] = {}
    for found in result.findings.table.to_batches(_FINDINGS_AT_ONCE):
        values = found["value"]
        if hidden:
            values = pc.if_else(pc.equal(values, ""), values, HIDDEN)
        said = list(zip(*(found[name].to_pylist() for name in _SAID), strict=True))
        messages |= {
            one: _message(contract, *one, hidden=hidden) for one in set(said) if one not in messages
        }
        columns = {
            **dict(zip(found.schema.names, found.columns, strict=True)),
            "dataset": pa.array([contract.name] * len(found), TEXT),
            "file_name": pa.array(map(names.get, found["source_no"].to_pylist()), TEXT),
            "value": values,
            "message_ja": pa.array([messages[one].ja for one in said], TEXT),
            "message_en": pa.array([messages[one].en for one in said], TEXT),
        }
        yield pa.RecordBatch.from_arrays(
            [columns[name] for name in _FINDINGS.names], schema=_FINDINGS
        )


def _message(contract: Contract, rule: str, field: str, limit: str, *, hidden: bool) -> Message:
    """The message; where values are hidden, without what is of the row."""
    return rule_message(rule, contract, field, "…" if hidden and rule in _ROW_LIMITS else limit)


def _repair_row(repair: Repair) -> dict[str, Any]:
    rule = REPAIRS.get(repair.repair)
    title = STEPS[repair.repair] if rule is None else Message(rule.title, rule.title_en)
    return {**record_row(repair), "title": title.ja, "title_en": title.en}


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
        "blank_lines": source.raw.blank_lines,
        "note_lines": len(source.raw.notes),
        "remarks": "。".join(remark.ja for remark in source.raw.remarks),
        "remarks_en": "; ".join(remark.en for remark in source.raw.remarks),
        **{name: value for name, value in record_row(declared).items() if name != "boundary_id"},
    }
