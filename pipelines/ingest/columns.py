"""Text columns, value by value, without reading the same value twice."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

# A column whose first values are this few is worth asking for all of its different ones.
_LOOKED_AT: Final = 256
_FEW: Final = 32
_SHARE: Final = 0.1


def map_distinct(column: pa.Array, repair: Callable[[str], str | None]) -> pa.Array:
    """Every value that `repair` has an answer for replaced; each different one is read once."""
    encoded = pc.dictionary_encode(column)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    values = [repair(value) or value for value in encoded.dictionary.to_pylist()]
    return pa.array(values, pa.string()).take(encoded.indices)


def encode_few(column: pa.Array, *, surely: bool = False) -> pa.DictionaryArray | None:
    """The column by its different values, where they are few; None where that gains nothing.

    `surely` they are few, whatever the first ones look like.
    """
    if len(column) <= _LOOKED_AT:
        return None
    if not surely and len(pc.unique(column[:_LOOKED_AT])) > _FEW:
        return None
    encoded = pc.dictionary_encode(column)
    return encoded if len(encoded.dictionary) <= _SHARE * len(column) else None


def blank_out(column: pa.Array, words: Collection[str]) -> pa.Array:
    """The column without the values that are one of a few words."""
    if not words or column.null_count == len(column):
        return column
    found = reduce(pc.or_, (pc.equal(column, word) for word in words))
    return pc.if_else(found, pa.scalar(None, pa.string()), column) if count_true(found) else column


def find_changes(before: pa.Array, after: pa.Array) -> pa.Array:
    """Which values differ, a blank that got one or lost it included."""
    same = pc.fill_null(pc.equal(before, after), fill_value=False)
    both_blank = pc.and_(pc.is_null(before), pc.is_null(after))
    return pc.invert(pc.or_(same, both_blank))


def count_changes(before: pa.Array, after: pa.Array) -> int:
    """How many values differ."""
    return 0 if after.equals(before) else count_true(find_changes(before, after))


def count_true(mask: pa.Array) -> int:
    """How many are true; a blank is not."""
    return int(pc.sum(mask).as_py() or 0)
