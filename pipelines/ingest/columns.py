"""Text columns, value by value, without reading the same value twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable


def map_distinct(column: pa.Array, repair: Callable[[str], str | None]) -> pa.Array:
    """Every value that `repair` has an answer for replaced; each different one is read once."""
    encoded = pc.dictionary_encode(column)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    values = [repair(value) or value for value in encoded.dictionary.to_pylist()]
    return pa.array(values, pa.string()).take(encoded.indices)


def count_changes(before: pa.Array, after: pa.Array) -> int:
    """How many values differ, a blank that got one or lost it included."""
    same = pc.fill_null(pc.equal(before, after), fill_value=False)
    both_blank = pc.and_(pc.is_null(before), pc.is_null(after))
    return len(before) - int(pc.sum(pc.or_(same, both_blank)).as_py() or 0)
