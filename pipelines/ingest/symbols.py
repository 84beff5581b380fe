"""What a mark in a table of numbers means: nil, unknown, withheld, negative, or a zero.

Japanese tables use `-`, `…`, `×`, `△` and `0` for five things. Each keeps its meaning: the number
stands in the column, what the cell meant in `<column>_state`.
Source of the marks: 総務省統計局 符号の用法; the five meanings are declared a data set at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.columns import count_changes

if TYPE_CHECKING:
    from pipelines.contracts.types import Meaning

SYMBOL_REPAIR: Final = "symbol"
STATES: Final = ("value", "zero", "nil", "unknown", "withheld")
"""`value` a number; `zero` a number too small for the unit; `nil` none of it (counts as 0);
`unknown` and `withheld` no number."""
_HAS_NO_NUMBER: Final = frozenset({"unknown", "withheld"})


def read_symbols(column: pa.Array, symbols: dict[str, Meaning]) -> tuple[pa.Array, pa.Array, int]:
    """A text column apart: the numbers (text), what each cell meant, and how many were symbols.

    A blank cell has no state. A mark before a number makes it negative where it means that.
    """
    encoded = pc.dictionary_encode(column)
    pairs = [_read(text, symbols) for text in encoded.dictionary.to_pylist()]
    numbers = pa.array([number for number, _ in pairs], pa.string()).take(encoded.indices)
    states = pa.array([state for _, state in pairs], pa.string()).take(encoded.indices)
    return numbers, states, count_changes(column, numbers)


def _read(text: str, symbols: dict[str, Meaning]) -> tuple[str | None, str | None]:
    if not text:
        return text, None
    meaning = symbols.get(text)
    if meaning in _HAS_NO_NUMBER:
        return None, meaning
    if meaning == "nil":
        return "0", "nil"
    if meaning == "zero":
        return text, "zero"
    for mark, means in symbols.items():
        if means == "negative" and text.startswith(mark) and text != mark:
            return f"-{text.removeprefix(mark).strip()}", "value"
    return text, "value"
