"""The cleaned rows of a data set's files, put into one table of text where they are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from pipelines.contracts.ddl import quoted
from pipelines.contracts.symbols import STATE_ENDING
from pipelines.ingest.checks import value_of
from pipelines.ingest.clean import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from pipelines.contracts import Contract
    from pipelines.contracts.types import FieldContract
    from pipelines.ingest.types import CleanedFile, SourceFile

STAGED: Final = "staged"
"""The temporary table; DuckDB moves to disk what does not fit into its memory."""
_KEY_CHARACTERS: Final = 12
_UNIT: Final = 31


def stage_files(
    connection: duckdb.DuckDBPyConnection, contract: Contract, sources: Sequence[SourceFile]
) -> list[CleanedFile]:
    """Clean the files and write their rows to `staged`, numbered from 0 in `row_no`.

    Columns: row_no, source_no, source_line, ragged, extras and every read field (and its state)
    as text.
    """
    cleaners = [Cleaner(source) for source in sources]
    schema = _schema(contract)
    arriving = pa.RecordBatchReader.from_batches(schema, _batches(cleaners, schema))
    columns = ", ".join(_expression(name, contract) for name in schema.names)
    connection.register("arriving", arriving)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {STAGED} AS SELECT {columns} FROM arriving")  # noqa: S608
    connection.unregister("arriving")
    return [cleaner.finish() for cleaner in cleaners]


def staged_columns(contract: Contract) -> list[str]:
    """The columns of text: every read field, and the state of one with symbols."""
    names = []
    for field in contract.read_fields:
        names += [field.name, *([f"{field.name}{STATE_ENDING}"] if field.symbols else [])]
    return names


def _schema(contract: Contract) -> pa.Schema:
    return pa.schema(
        [
            ("row_no", pa.int64()),
            ("source_no", pa.int32()),
            ("source_line", pa.int64()),
            ("ragged", pa.bool_()),
            *((name, pa.string()) for name in ("extras", *staged_columns(contract))),
        ]
    )


def _batches(cleaners: Sequence[Cleaner], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    before = 0
    for cleaner in cleaners:
        for piece in cleaner.pieces():
            numbers = pa.array(np.arange(before, before + piece.num_rows))
            before += piece.num_rows
            table = piece.append_column("row_no", numbers).select(schema.names)
            yield from table.cast(schema).to_batches()


def _expression(name: str, contract: Contract) -> str:
    """A column, or the key of a row that has none: a digest of what identifies the row.

    Equal rows get equal keys, so that a row that stands twice is found as a duplicate.
    """
    key = contract.generated_key
    if key is None or name != key.field:
        return quoted(name)
    parts = ", ".join(_key_part(contract.field(part)) for part in key.made_from)
    digest = f"left(sha256(concat_ws(chr({_UNIT}), {parts})), {_KEY_CHARACTERS})"
    return f"coalesce({quoted(name)}, 'x' || {digest}) AS {quoted(name)}"


def _key_part(field: FieldContract) -> str:
    """A value as it stands in a key: 64 and 64.0 are one number, as text they are two."""
    text = quoted(field.name)
    if field.type != "number":
        return f"coalesce({text}, '')"
    value = value_of(field.type, text)
    whole = f"CASE WHEN {value} = trunc({value}) THEN TRY_CAST({value} AS BIGINT)::VARCHAR END"
    return f"coalesce({whole}, {value}::VARCHAR, {text}, '')"
