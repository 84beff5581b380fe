"""One column that gives two fields, such as 35.70,139.66, taken apart."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

PAIR_REPAIR: Final = "split_pair"

# Two numbers with a comma or blanks between them, perhaps in brackets; any width of the signs.
_TWO_NUMBERS: Final = (
    r"^\s*[(\[]?\s*(?P<first>[+-]?[0-9]+(?:\.[0-9]*)?)\s*(?:[,;、/]\s*|\s)"
    r"(?P<second>[+-]?[0-9]+(?:\.[0-9]*)?)\s*[)\]]?\s*$"
)


def split_pair(column: pa.Array) -> tuple[pa.Array, pa.Array, int]:
    """The first and the second number of each value, and how many values were taken apart.

    What is not two numbers stays whole in the first, to be judged there.
    """
    text = pc.utf8_normalize(column, form="NFKC")
    parts = pc.extract_regex(text, pattern=_TWO_NUMBERS)
    first, second = pc.struct_field(parts, [0]), pc.struct_field(parts, [1])
    count = len(column) - second.null_count
    return pc.coalesce(first, column), pc.fill_null(second, ""), count
