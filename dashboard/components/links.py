"""Links from a figure to the rows and the file behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.data_selection import DataSelection, data_address
from dashboard.markup import joined, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup


def rows_link(
    datasets: Sequence[str], lang: str, *, place: str = "", measure: str = ""
) -> Markup | str:
    """A link to the rows of the first data set, of a place and for a figure; nothing for none."""
    if not datasets:
        return ""
    wanted = DataSelection(dataset=datasets[0], place=place, measure=measure, lang=lang)
    link = tag("a", translator(lang)("元の行"), href=data_address(wanted), class_="rows-link")
    return joined([" ", link])
