"""How a table of `evidence` is written: fixed columns, fixed order, fixed rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contracts.ddl import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from pipelines.messages import Message

TEXT: Final = pa.string()
WHOLE: Final = pa.int64()
NUMBER: Final = pa.float64()
YES_NO: Final = pa.bool_()

# The last digits of a sum differ between processors; below these no reader can tell.
DECIMALS: Final = 6
RATIO_DECIMALS: Final = 9
_WHOLE_FROM: Final = 2.0**52
_AS_PUBLISHED: Final = frozenset({"lon", "lat"})


def write_finding(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Mapping[str, Any]] | pa.Table,
    columns: Mapping[str, pa.DataType],
    *,
    decimals: int = DECIMALS,
) -> None:
    """Write evidence.`table` with these columns and types, rows in the order given.

    `rows`: one mapping a row (missing keys are NULL) or an Arrow table. Floats are rounded to
    `decimals`, those of columns ending in `_ratio` to nine; `lon` and `lat` stay as published.
    """
    schema = pa.schema(list(columns.items()))
    if not isinstance(rows, pa.Table):
        rows = pa.Table.from_pylist(list(rows), schema=schema)
    made = _rounded(rows.select(schema.names).cast(schema), decimals)
    connection.register("finding_rows", made)
    connection.execute(f"CREATE TABLE evidence.{quoted(table)} AS SELECT * FROM finding_rows")  # noqa: S608
    connection.unregister("finding_rows")


def create_missing_inputs(connection: duckdb.DuckDBPyConnection) -> None:
    """Make evidence.missing_inputs: subject, data set, and what to bring in both languages."""
    columns = ("subject", "dataset", "message_ja", "message_en")
    write_finding(connection, "missing_inputs", [], dict.fromkeys(columns, TEXT))


def note_missing(
    connection: duckdb.DuckDBPyConnection, subject: str, dataset: str, message: Message
) -> None:
    """Say that `subject` cannot be answered, or only in part, until `dataset` is brought."""
    connection.execute(
        "INSERT INTO evidence.missing_inputs VALUES (?, ?, ?, ?)",
        [subject, dataset, message.ja, message.en],
    )


def _rounded(table: pa.Table, decimals: int) -> pa.Table:
    for number, field in enumerate(table.schema):
        if pa.types.is_floating(field.type) and field.name not in _AS_PUBLISHED:
            digits = RATIO_DECIMALS if field.name.endswith("_ratio") else decimals
            column = table.column(number)
            # A float from here on has no decimals, and Arrow refuses to round the largest.
            small = pc.less(pc.abs(column), _WHOLE_FROM)
            rounded = pc.round(pc.if_else(small, column, 0.0), ndigits=digits)
            # Minus zero is zero.
            column = pc.add(pc.if_else(small, rounded, column), 0.0)
            table = table.set_column(number, field, column)
    return table
