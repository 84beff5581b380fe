"""The legend: what the colours and the signs on the map mean, with the unit and the classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from dashboard.markup import joined, tag
from dashboard.labels import kind_title
from dashboard.maps.palette import MARKS, class_colours
from pipelines.words import NO_DATA, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.translation import Translate
    from dashboard.ward import Measure, MeasureClass

_SIGNS: Final = {
    "circle": '<circle cx="8" cy="8" r="5.5"/>',
    "triangle": '<path d="M8 2 14 13 2 13Z"/>',
    "diamond": '<path d="M8 1.5 14.5 8 8 14.5 1.5 8Z"/>',
    "square": '<path d="M3 3H13V13H3Z"/>',
}


@dataclass(frozen=True, slots=True)
class Row:
    """One class: its colour ('' for no data), its range in words, how many areas are in it."""

    colour: str
    text: str
    count: int


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


def legend_html(  # noqa: PLR0913 - keyword-only, each a line of the legend
    rows: Sequence[Row],
    *,
    title: str,
    unit: str,
    counted: str,
    signs: Sequence[tuple[str, bool]],
    _: Translate,
) -> Markup:
    """The legend as HTML; `signs` are the kinds drawn, each with whether some are hollow.

    `counted` names what the numbers at the right count: 町丁目 or 町.
    """
    classes = joined(
        tag(
            "li",
            _swatch(row.colour),
            tag("span", row.text, class_="range"),
            tag("span", str(row.count), class_="count"),
        )
        for row in rows
    )
    kinds = joined(tag("li", _sign(kind, hollow=False), kind_title(kind, _)) for kind, _h in signs)
    placed = [kind for kind, hollow in signs if hollow]
    note = tag("li", _sign(placed[0], hollow=True), _("白抜き：住所から配置")) if placed else ""
    return joined(
        [
            tag("h2", title),
            tag("p", tag("span", unit), tag("span", _("{level}の数").format(level=counted))),
            tag("ul", classes),
            tag("ul", kinds, note) if signs else "",
        ]
    )


def badges_html(badges: Sequence[tuple[str, str]]) -> Markup:
    """What must be known on the map itself: 模式図, デモ用・架空, each with what it applies to."""
    return joined(tag("p", tag("b", badge), tag("span", applies)) for badge, applies in badges)


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
    ).format(fill, colour if hollow else "#fff", 2 if hollow else 1, Markup(_SIGNS[shape]))
