"""Where the header of a table is: one line, or two of which the upper one heads groups."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipelines.ingest.headers import best_matches, known_names, normalise_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.contracts import Contract
    from pipelines.ingest.headers import HeaderMatch

HEADER_WITHIN: Final = 30
"""Filled lines from the top among which the header is looked for."""


@dataclass(frozen=True)
class HeaderLines:
    """The header's cells, from which lines they come, and what they fit."""

    first: int
    last: int
    cells: tuple[str, ...]
    matches: Sequence[HeaderMatch]

    @property
    def marked(self) -> bool:
        """Whether `#` in the first cell marks metadata, as in Linked CSV."""
        return self.cells[0].startswith("#")


def find_header(rows: Sequence[list[str]], contracts: Sequence[Contract]) -> HeaderLines | None:
    """The line, or the two lines, that fit a contract best; None where nothing fits.

    Two lines are taken together only where that names more columns than either does alone.
    """
    top = _top(rows)
    best: HeaderLines | None = None
    found = [*_single(rows, top, contracts), *_double(rows, top, contracts)]
    for candidate in sorted(found, key=lambda one: one.last):
        if (
            best is None
            or (
                candidate.matches[0].rank > best.matches[0].rank
                # A better header further down is another table's: the lines between are rows.
                and not any(_is_row(cells) for cells in rows[best.last + 1 : candidate.first])
            )
        ):
            best = candidate
    return best


def _is_row(cells: Sequence[str]) -> bool:
    """Whether a line holds more than a title does."""
    return sum(1 for cell in cells if cell.strip()) > 1


def _top(rows: Sequence[list[str]]) -> list[int]:
    top: list[int] = []
    for at, cells in enumerate(rows):
        if any(cell.strip() for cell in cells):
            top.append(at)
            if len(top) == HEADER_WITHIN:
                break
    return top


def _single(
    rows: Sequence[list[str]], top: Sequence[int], contracts: Sequence[Contract]
) -> Iterator[HeaderLines]:
    for at in top:
        if matches := best_matches(rows[at], contracts):
            yield HeaderLines(at, at, _shown(rows[at]), matches)


def _double(
    rows: Sequence[list[str]], top: Sequence[int], contracts: Sequence[Contract]
) -> Iterator[HeaderLines]:
    for upper, lower in pairwise(top):
        if lower != upper + 1:
            continue
        for contract in contracts:
            cells = _joined(rows[upper], rows[lower], known_names(contract))
            if matches := best_matches(cells, [contract]):
                yield HeaderLines(upper, lower, _shown(cells), matches)


def _joined(upper: Sequence[str], lower: Sequence[str], known: frozenset[str]) -> list[str]:
    """A name a column: of 所在地 over 連結表記, the one that is known (所在地_連結表記).

    A group's head stands over its first column only; it goes for those to the right of it too.
    """
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    cells, head = [], ""
    for group, own in zip(above, below, strict=True):
        head = group if group.strip() else head
        if not own.strip():
            cells.append(group)
            continue
        joined = f"{head.strip()}_{own.strip()}"
        names = (own, joined, f"{head.strip()}{own.strip()}")
        cells.append(next((name for name in names if normalise_header(name) in known), joined))
    return cells


def _shown(cells: Sequence[str]) -> tuple[str, ...]:
    """Header cells without line breaks, as they are shown to people."""
    return tuple(" ".join(cell.split()) for cell in cells)
