"""The legend: what the colours and the signs on the map mean, with the unit and the classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from dashboard.labels import kind_title
from dashboard.maps.palette import MARKS, class_colours
from dashboard.markup import joined, tag
from pipelines.words import NO_DATA, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.translation import Translate
    from dashboard.ward import Measure, MeasureClass, Point

_SIGNS: Final = {
    "circle": Markup('<circle cx="8" cy="8" r="5.5"/>'),
    "triangle": Markup('<path d="M8 2 14 13 2 13Z"/>'),
    "diamond": Markup('<path d="M8 1.5 14.5 8 8 14.5 1.5 8Z"/>'),
    "square": Markup('<path d="M3 3H13V13H3Z"/>'),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One class: its colour ('' for no data), its range in words, how many areas are in it."""

    colour: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Sign:
    """One kind of points: how many the map shows, and how many of them by their address."""

    kind: str
    count: int
    placed: int


def class_rows(
    classes: Sequence[MeasureClass], measure: Measure, *, missing: int, lang: str
) -> tuple[Row, ...]:
    """The classes from the greatest to the least, then データなし where something is missing.

    A class whose ends are equal shows one number: all values equal make one such class.
    """
    colours = class_colours(len(classes))
    rows = [
        Row(colour, _range(one, measure.decimals, lang), one.count)
        for one, colour in zip(classes, colours, strict=True)
    ]
    none = [Row("", NO_DATA[lang], missing)] if missing else []
    return (*reversed(rows), *none)


def sign_rows(kinds: Sequence[str], points: Mapping[str, Iterable[Point]]) -> tuple[Sign, ...]:
    """The kinds of points that are switched on, with how many of them the map shows."""
    drawn = {kind: [point for point in points[kind] if point.drawn] for kind in kinds}
    return tuple(
        Sign(kind, len(of_kind), sum(p.location_source == "address" for p in of_kind))
        for kind, of_kind in drawn.items()
    )


def legend_html(
    rows: Sequence[Row],
    signs: Sequence[Sign],
    *,
    title: str,
    unit: str,
    counted: str,
    reference: str,
    items: Sequence[Markup] = (),
    _: Translate,
) -> Markup:
    """The legend as HTML; `counted` names what the numbers beside the classes count.

    `reference` is the source and date of the residents in the figure, if there are any in it;
    `items` are further signs, made with `sign_item`.
    """
    classes = [_item(_swatch(row.colour), row.text, row.count) for row in rows]
    kinds = [sign_item(sign.kind, kind_title(sign.kind, _), sign.count) for sign in signs]
    placed = [sign for sign in signs if sign.placed]
    if placed:
        by_address = sum(sign.placed for sign in placed)
        kinds.append(sign_item(placed[0].kind, _("白抜き：住所から配置"), by_address, hollow=True))
    kinds += items
    return joined(
        [
            tag("h2", title),
            tag("p", reference, class_="reference") if reference else "",
            tag("p", tag("span", unit), tag("span", _("{level}の数").format(level=counted))),
            tag("ul", *classes),
            tag("ul", *kinds) if kinds else "",
        ]
    )


def badges_html(badges: Sequence[tuple[str, str]]) -> Markup:
    """What must be known on the map itself: 模式図, デモ用・架空, each with what it applies to."""
    return joined(tag("p", tag("b", badge), tag("span", applies)) for badge, applies in badges)


def sign_item(kind: str, text: str, count: int, *, hollow: bool = False) -> Markup:
    """A line of the legend: the sign of a kind of points, filled or hollow, and how many."""
    return _item(_sign(kind, hollow=hollow), text, count)


def number_item(text: str, count: int) -> Markup:
    """A line of the legend for numbered places."""
    return _item(tag("span", "1", class_="number"), text, count)


def _item(mark: Markup, text: str, count: int) -> Markup:
    counted = tag("span", f"{count:,}", class_="count")
    return tag("li", mark, tag("span", text, class_="range"), counted)


def _range(one: MeasureClass, decimals: int, lang: str) -> str:
    lower, upper = number(one.lower, decimals, lang), number(one.upper, decimals, lang)
    return lower if lower == upper else f"{lower} – {upper}"


def _swatch(colour: str) -> Markup:
    if not colour:
        return tag("span", class_="swatch no-data")
    return tag("span", class_="swatch", style=f"background:{colour}")


def _sign(kind: str, *, hollow: bool) -> Markup:
    shape, colour = MARKS[kind]
    fill = "#fff" if hollow else colour
    return Markup(
        '<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"'
        ' fill="{}" stroke="{}" stroke-width="{}">{}</svg>'
    ).format(fill, colour if hollow else "#fff", 2 if hollow else 1, _SIGNS[shape])
