"""A logic model as a drawing: columns by level, boxes with their status, arrows with their evidence.

SVG of our own, to be shown as an image: Streamlit takes SVG elements out of HTML, and an image runs
nothing. Every text is escaped. Signs and words carry the status, dashes the missing evidence, so it
reads in grey; it scales with the page and prints.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from markupsafe import Markup, escape

from dashboard.charts.figure import BLUE, FAINT, INK, LINE, PALE, SOFT
from dashboard.markup import tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WIDTH: Final = 176
_GAP: Final = 56
_BETWEEN: Final = 18
_PAD: Final = 8
_HEAD: Final = 30
_LINE_PX: Final = 17
_MOST_LINES: Final = 5
_LETTERS_A_LINE: Final = 24
"""Half-width letters of 13 px that fit into a box."""
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONT: Final = "BIZ UDPGothic, Noto Sans JP, Noto Sans CJK JP, Meiryo, sans-serif"


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its column's name, what stands in it, and its status in words with a sign."""

    id: str
    level: str
    label: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow; a blank grade is an arrow for which nothing is stated."""

    start: str
    end: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    box: Box
    column: int
    x: float
    y: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def logic_model_svg(
    levels: Sequence[str], boxes: Sequence[Box], links: Sequence[Link], *, title: str, summary: str
) -> str:
    """The drawing as SVG text. `levels` are the columns from left to right, in words.

    Columns without a box are left out; arrows to a box that is not there are not drawn.
    """
    filled = [level for level in levels if any(box.level == level for box in boxes)]
    placed = _place(filled, boxes)
    height = max((one.y + one.height for one in placed.values()), default=_HEAD) + _PAD
    width = max(1, len(filled)) * (_WIDTH + _GAP) - _GAP + 2
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" '
            f'width="{width}" height="{height:g}" role="img" font-family="{_FONT}" font-size="13">'
        ),
        f"<title>{escape(title)}</title><desc>{escape(summary)}</desc>",
        f'<rect width="{width}" height="{height:g}" fill="#FFFFFF"/>',
        (
            f'<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
            f'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="{INK}"/></marker></defs>'
        ),
        *(_column(at, level) for at, level in enumerate(filled)),
        *(_arrow(link, placed) for link in links),
        *(_box(one) for one in placed.values()),
        *(_grade(link, placed) for link in links),
        "</svg>",
    ]
    # An image with a sign that XML does not know is not shown at all.
    return _NOT_XML.sub("", "".join(parts))


def logic_model_image(svg: str, *, label: str) -> Markup:
    """The drawing as an image whose words are `label`."""
    return tag("img", class_="logic-model", alt=label, src=f"data:image/svg+xml,{quote(svg)}")


def wrap(text: str, letters: int = _LETTERS_A_LINE, most: int = _MOST_LINES) -> tuple[str, ...]:
    """Lines of at most so many half-width letters; what does not fit ends in an ellipsis.

    Latin words stay whole where they fit on a line of their own.
    """
    lines, line = [], ""
    for piece in _pieces(" ".join(text.split())):
        if width(line + piece) <= letters:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        rest = piece.lstrip()
        while width(rest) > letters:
            cut = _fitting(rest, letters)
            lines.append(rest[:cut])
            rest = rest[cut:]
        line = rest
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    return (*lines[: most - 1], f"{last[: _fitting(last, letters - 2)]}…")


def width(text: str) -> int:
    """How many half-width letters wide a text is."""
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in text)


def _pieces(text: str) -> Iterator[str]:
    """What may stand at the end of a line: a full-width letter, or a run of others."""
    run = ""
    for letter in text:
        if unicodedata.east_asian_width(letter) in "FW":
            if run:
                yield run
                run = ""
            yield letter
        elif letter == " ":
            yield run + letter
            run = ""
        else:
            run += letter
    if run:
        yield run


def _fitting(text: str, letters: int) -> int:
    """How many letters of a text fit, at least one."""
    used = 0
    for at, letter in enumerate(text):
        used += width(letter)
        if used > letters:
            return max(1, at)
    return len(text)


def _place(levels: Sequence[str], boxes: Sequence[Box]) -> dict[str, _Placed]:
    """Boxes one under the other in the column of their level; columns are centred to the tallest."""
    columns: list[list[tuple[Box, tuple[str, ...], float]]] = []
    for level in levels:
        sized = []
        for box in boxes:
            if box.level == level:
                lines = wrap(box.label)
                rows = len(lines) + (1 if box.status else 0)
                sized.append((box, lines, rows * _LINE_PX + 2 * _PAD + 2.0))
        columns.append(sized)
    tall = max((_tall(column) for column in columns), default=0.0)
    placed = {}
    for at, column in enumerate(columns):
        y = _HEAD + (tall - _tall(column)) / 2
        for box, lines, high in column:
            placed[box.id] = _Placed(box, at, at * (_WIDTH + _GAP) + 1, y, high, lines)
            y += high + _BETWEEN
    return placed


def _tall(column: Sequence[tuple[Box, tuple[str, ...], float]]) -> float:
    return sum(high for _box, _lines, high in column) + _BETWEEN * max(0, len(column) - 1)


def _column(at: int, level: str) -> str:
    x = at * (_WIDTH + _GAP) + 1
    return (
        f'<text x="{x + _WIDTH / 2:g}" y="16" text-anchor="middle" font-weight="700" '
        f'fill="{INK}">{escape(level)}</text>'
        f'<path d="M{x} 22.5h{_WIDTH}" stroke="{LINE}"/>'
    )


def _box(one: _Placed) -> str:
    fill = PALE if one.box.status else "#FFFFFF"
    rows = [
        (
            f'<rect x="{one.x:g}" y="{one.y:g}" width="{_WIDTH}" height="{one.height:g}" rx="4" '
            f'fill="{fill}" stroke="{BLUE if one.box.status else SOFT}"/>'
        )
    ]
    y = one.y + _PAD + 13
    for line in one.lines:
        rows.append(f'<text x="{one.x + _PAD:g}" y="{y:g}" fill="{INK}">{escape(line)}</text>')
        y += _LINE_PX
    if one.box.status:
        rows.append(
            f'<text x="{one.x + _PAD:g}" y="{y:g}" font-weight="700" fill="{INK}">'
            f"{escape(one.box.status)}</text>"
        )
    return "".join(rows)


def _ends(link: Link, placed: Mapping[str, _Placed]) -> tuple[_Placed, _Placed] | None:
    start, end = placed.get(link.start), placed.get(link.end)
    return (start, end) if start and end and start is not end else None


def _arrow(link: Link, placed: Mapping[str, _Placed]) -> str:
    ends = _ends(link, placed)
    if ends is None:
        return ""
    start, end = ends
    dash = "" if link.grade else ' stroke-dasharray="5 4"'
    if start.column == end.column:
        side = start.x + _WIDTH
        path = (
            f"M{side:g} {start.middle:g}C{side + 34:g} {start.middle:g} {side + 34:g} "
            f"{end.middle:g} {side:g} {end.middle:g}"
        )
    else:
        forward = start.column < end.column
        x1 = start.x + _WIDTH if forward else start.x
        x2 = end.x if forward else end.x + _WIDTH
        bend = (_GAP / 2) if forward else -(_GAP / 2)
        path = (
            f"M{x1:g} {start.middle:g}C{x1 + bend:g} {start.middle:g} {x2 - bend:g} "
            f"{end.middle:g} {x2:g} {end.middle:g}"
        )
    return (
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.5"{dash} '
        'marker-end="url(#head)"/>'
    )


def _grade(link: Link, placed: Mapping[str, _Placed]) -> str:
    """The letter on a white disc at the middle of its arrow; a question mark where none is stated."""
    ends = _ends(link, placed)
    if ends is None:
        return ""
    start, end = ends
    x, y = (start.x + _WIDTH + end.x) / 2, (start.middle + end.middle) / 2
    if start.column == end.column:
        x = start.x + _WIDTH + 25
    elif start.column > end.column:
        x = (start.x + end.x + _WIDTH) / 2
    elif end.column - start.column > 1:
        # Its middle may lie on a box; the first gap is free.
        x, y = start.x + _WIDTH + _GAP / 2, start.middle + (end.middle - start.middle) * 0.08
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="10" fill="{FAINT if link.grade else "#FFFFFF"}" '
        f'stroke="{INK}"/><text x="{x:g}" y="{y + 4.5:g}" text-anchor="middle" font-weight="700" '
        f'fill="{INK}">{escape(link.grade[:2] or "?")}</text>'
    )
