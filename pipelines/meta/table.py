"""How a table of `meta` is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from pipelines.ingest.types import Declared, FileCount, Repair

TEXT: Final = pa.string()


def record_row(record: Repair | FileCount | Declared) -> dict[str, Any]:
    """A frozen dataclass as a row."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def write_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Mapping[str, Any]],
    schema: pa.Schema,
) -> None:
    """Write meta.`table`; missing keys are NULL."""
    write_arrow(connection, table, pa.Table.from_pylist(list(rows), schema=schema))


def write_arrow(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    content: pa.Table | pa.RecordBatchReader,
    *,
    schema: str = "meta",
) -> None:
    """Write meta.`table`, or that of another `schema`, from columns, in their order."""
    connection.register("meta_rows", content)
    connection.execute(f"CREATE TABLE {schema}.{table} AS SELECT * FROM meta_rows")  # noqa: S608
    connection.unregister("meta_rows")
