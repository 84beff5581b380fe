"""The cleaned rows of a data set's files, put into one table of text where they are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from pipelines.contracts.ddl import quoted
from pipelines.contracts.symbols import STATE_ENDING
from pipelines.ingest.checks import value_of
from pipelines.ingest.clean import EXTRAS, Cleaner

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import duckdb

    from pipelines.contracts import Contract
    from pipelines.contracts.types import FieldContract, GeneratedKey
    from pipelines.ingest.types import CleanedFile, SourceFile

STAGED: Final = "staged"
"""The view of all rows with every column, also those that no file gives."""
STAGED_ROWS: Final = "staged_rows"
"""The temporary table behind it; DuckDB moves to disk what does not fit into its memory."""
_KEY_CHARACTERS: Final = 12
_UNIT: Final = 31
_NUMBERS: Final = (
    ("row_no", pa.int64()),
    ("source_no", pa.int32()),
    ("source_line", pa.int64()),
    ("ragged", pa.bool_()),
)


def stage_files(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    sources: Sequence[SourceFile],
    *,
    also: Collection[str] = (),
) -> list[CleanedFile]:
    """Clean the files and write their rows to `staged`, numbered from 0 in `row_no`.

    Columns: row_no, source_no, source_line, ragged, extras and every read field (and its state)
    as text. Those that no file gives take no room, unless they are among `also`: a correction may
    fill them.
    """
    cleaners = [Cleaner(source) for source in sources]
    given = set(also).union(*(cleaner.given for cleaner in cleaners))
    names = [EXTRAS, *staged_columns(contract)]
    schema = pa.schema([*_NUMBERS, *((name, pa.string()) for name in names if name in given)])
    key = contract.generated_key
    columns = [quoted(name) for name in schema.names if not (key and name == key.field)]
    if key:
        columns.append(_key(contract, key, given))
        given.add(key.field)
    arriving = pa.RecordBatchReader.from_batches(schema, _batches(cleaners, schema))
    connection.register("arriving", arriving)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {STAGED_ROWS} AS SELECT {', '.join(columns)} FROM arriving"  # noqa: S608
    )
    connection.unregister("arriving")
    shown = [quoted(name) for name, _ in _NUMBERS]
    shown += [
        quoted(name) if name in given else f"NULL::VARCHAR AS {quoted(name)}" for name in names
    ]
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {STAGED} AS SELECT {', '.join(shown)} FROM {STAGED_ROWS}"  # noqa: S608
    )
    return [cleaner.finish() for cleaner in cleaners]


def drop_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop them when they are judged and loaded."""
    connection.execute(f"DROP VIEW {STAGED}")
    connection.execute(f"DROP TABLE {STAGED_ROWS}")


def staged_columns(contract: Contract) -> list[str]:
    """The columns of text: every read field, and the state of one with symbols."""
    names = []
    for field in contract.read_fields:
        names += [field.name, *([f"{field.name}{STATE_ENDING}"] if field.symbols else [])]
    return names


def _batches(cleaners: Sequence[Cleaner], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    before = 0
    for cleaner in cleaners:
        for piece in cleaner.pieces():
            _require_blank(piece, schema)
            numbers = pa.array(np.arange(before, before + piece.num_rows))
            before += piece.num_rows
            table = piece.append_column("row_no", numbers).select(schema.names)
            yield from table.cast(schema).to_batches()


def _require_blank(piece: pa.Table, schema: pa.Schema) -> None:
    """Nothing that a file says may be lost on the way; raises ValueError."""
    for name in set(piece.column_names) - set(schema.names):
        if piece[name].null_count < piece.num_rows:
            raise ValueError(name)


def _key(contract: Contract, key: GeneratedKey, given: Collection[str]) -> str:
    """The key of a row that has none: a digest of what identifies the row.

    Equal rows get equal keys, so that a row that stands twice is found as a duplicate.
    """
    parts = [_key_part(contract.field(part)) if part in given else "''" for part in key.made_from]
    digest = f"left(sha256(concat_ws(chr({_UNIT}), {', '.join(parts)})), {_KEY_CHARACTERS})"
    own = quoted(key.field) if key.field in given else "NULL"
    return f"coalesce({own}, 'x' || {digest}) AS {quoted(key.field)}"


def _key_part(field: FieldContract) -> str:
    """A value as it stands in a key: 64 and 64.0 are one number, as text they are two."""
    text = quoted(field.name)
    if field.type != "number":
        return f"coalesce({text}, '')"
    value = value_of(field.type, text)
    whole = f"CASE WHEN {value} = trunc({value}) THEN TRY_CAST({value} AS BIGINT)::VARCHAR END"
    return f"coalesce({whole}, {value}::VARCHAR, {text}, '')"
