"""What sections of every page are made of: bars, rows, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.markup import table, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup


def bar(ratio: float | None) -> Markup:
    """A share of 0 to 1 as a bar; nothing for what is not known."""
    if ratio is None:
        return tag("span", class_="bar none")
    return tag("span", tag("i", style=f"width:{100 * ratio:.1f}%"), class_="bar")


def row(head: str, *cells: str) -> Markup:
    """A row of a table, its first cell the head."""
    return tag("tr", tag("th", head, scope="row"), *(tag("td", cell) for cell in cells))


def listing(
    titles: Sequence[str], rows: Iterable[Markup], *, numbers: Sequence[int] = ()
) -> Markup:
    """A table; the columns whose places (the head is 1) are in `numbers` are set as numbers."""
    marks = " ".join(f"n{place}" for place in numbers)
    return table(titles, rows, class_=f"data {marks}".strip())
