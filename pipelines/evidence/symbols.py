"""Numbers with a meaning beside them, added up and written again without losing it.

`<column>_state` says what a cell meant: value, zero, nil, unknown or withheld. Source of the marks:
総務省統計局 符号の用法; which mark means what is declared a data set at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

STATE_ENDING: Final = "_state"
_MARKED: Final = frozenset({"nil", "unknown", "withheld"})
Cell = str | int | float | None


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


def write_cell(number: str | None, state: str | None, symbols: Mapping[str, str]) -> str:
    """A cell as the data set's tables show it, with the first mark declared for its meaning."""
    if state in (None, "value", "zero") or state not in symbols.values():
        text = number or ""
        negative = _mark("negative", symbols)
        return f"{negative}{text[1:]}" if negative and text.startswith("-") else text
    return _mark(state, symbols)


def write_row(
    columns: Sequence[str], row: Sequence[Cell], symbols: Mapping[str, str]
) -> list[Cell]:
    """A row with the marks back in the cells that had no number; numbers stay numbers.

    A zero that stood for nil reads as its mark, a blank that was withheld as its own.
    """
    cells = dict(zip(columns, row, strict=True))
    return [
        _mark(str(state), symbols) or value
        if (state := cells.get(f"{name}{STATE_ENDING}")) in _MARKED
        else value
        for name, value in cells.items()
    ]


def _mark(meaning: str, symbols: Mapping[str, str]) -> str:
    return next((mark for mark, means in symbols.items() if means == meaning), "")
