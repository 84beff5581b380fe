"""Links from a figure to the rows and the file behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from dashboard.data_selection import DataSelection, data_address
from dashboard.markup import joined, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

FOLLOWED_WITHIN: Final = Path(__file__).with_name("links.js").read_text(encoding="utf-8")
"""Follows such links without loading the page anew; without it they are links like any other."""


def data_link(text: str, wanted: DataSelection, *, class_: str = "") -> Markup:
    """A link to データ with a choice made, followed within the session."""
    return tag("a", text, href=data_address(wanted), class_=f"within {class_}".strip())


def rows_link(
    datasets: Sequence[str],
    lang: str,
    *,
    place: str = "",
    measure: str = "",
    initiative: str = "",
    indicator: str = "",
) -> Markup | str:
    """A link to the rows of the first data set, of a place, a figure or an ID; nothing for none."""
    if not datasets:
        return ""
    wanted = DataSelection(
        dataset=datasets[0], place=place, measure=measure, initiative=initiative,
        indicator=indicator, lang=lang,
    )  # fmt: skip
    return joined([" ", data_link(translator(lang)("元の行"), wanted, class_="rows-link")])
