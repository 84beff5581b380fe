"""HTML for the parts of a page that are only read: tables, badges, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID: Final = frozenset({"br", "img"})


def tag(name: str, *content: str, **attributes: str) -> Markup:
    """An element; its content and attributes are text unless they are Markup already.

    `class_` and `lang_` style names lose the underscore that keeps them apart from keywords;
    `colspan` and the like go as they are.
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
        if value
    )
    if name in _VOID:
        return Markup("<{}{}>").format(Markup(name), written)  # noqa: S704
    inside = Markup("").join(escape(part) for part in content)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, inside)  # noqa: S704


def table(titles: Iterable[str], rows: Iterable[Markup], *, class_: str) -> Markup:
    """A table with one line of heads; the rows are elements already."""
    head = tag("tr", *(tag("th", title, scope="col") for title in titles))
    return tag("table", tag("thead", head), tag("tbody", *rows), class_=class_)


def joined(parts: Iterable[str]) -> Markup:
    """Parts one after the other; text is escaped, Markup is kept."""
    return Markup("").join(escape(part) for part in parts)
