"""What a mark in a table of numbers means: nil, unknown, withheld, negative, or a zero.

Japanese tables use `-`, `…`, `×`, `△` and `0` for five things. Each keeps its meaning: the number
stands in the column, what the cell meant in `<column>_state`, and sums say what they could not see.
Source of the marks: 総務省統計局 符号の用法; the five meanings are declared a data set at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.columns import count_changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.contracts.types import Meaning

SYMBOL_REPAIR: Final = "symbol"
STATE_ENDING: Final = "_state"
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


def add_up(cells: Iterable[tuple[float | None, str | None]]) -> tuple[float | None, str | None]:
    """The sum of cells (number, state), and what it means.

    Nil counts as 0. One withheld or unknown cell makes the sum so; a sum that is not known is
    never a smaller number. Nothing but nil adds up to nil, nothing at all to nothing.
    """
    rows = list(cells)
    states = {state for _, state in rows}
    for state in ("withheld", "unknown"):
        if state in states:
            return None, state
    if None in states:
        return None, "unknown" if len(states) > 1 else None
    if not rows:
        return None, None
    total = sum(number or 0 for number, _ in rows)
    return total, "nil" if states == {"nil"} else "value"


def write_cell(number: str | None, state: str | None, symbols: dict[str, Meaning]) -> str:
    """A cell as the data set's tables show it, with the first mark declared for its meaning."""
    if state in (None, "value", "zero") or state not in symbols.values():
        text = number or ""
        negative = _mark("negative", symbols)
        return f"{negative}{text[1:]}" if negative and text.startswith("-") else text
    return _mark(state, symbols)


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


def _mark(meaning: str, symbols: dict[str, Meaning]) -> str:
    return next((mark for mark, means in symbols.items() if means == meaning), "")
