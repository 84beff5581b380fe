"""What every section of 施設Wi-Fi has: its definition, its sources, what to bring, its files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.components.links import rows_link
from dashboard.components.taken_along import CSV, XLSX, TakenAlong, buttons
from dashboard.markup import joined, table, tag
from dashboard.wifi.exports import table_csv, table_xlsx
from pipelines.words import as_of_text, status_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.wifi.asked import Shown
    from dashboard.wifi.exports import Taken


def heading(title: str, definition: str) -> Markup:
    """The title of a section with what its figures mean."""
    return joined([tag("h2", title), tag("p", definition, class_="definition")])


def what_to_bring(shown: Shown, *subjects: str) -> Markup:
    """What is missing for some subjects, in words; nothing where all is there."""
    lang = shown.selection.lang
    return joined(
        tag("p", one.message_in(lang), class_="notice") for one in shown.wifi.lacking_for(*subjects)
    )


def sources(shown: Shown, datasets: Iterable[str], _: Translate, *people: str) -> Markup:
    """Where the figures of a section come from, of when they are and what they are worth.

    `people` are sources and dates of residents, as they stand beside a rate.
    """
    lang = shown.selection.lang
    items = [tag("li", text) for text in dict.fromkeys(people) if text]
    for name in dict.fromkeys(datasets):
        one = shown.ward.datasets.get(name)
        if one is None or not one.statuses:
            continue
        badges = [
            tag("span", status_text(status, lang), class_=f"badge {status}")
            for status in one.statuses
        ]
        words = [one.title_in(lang), as_of_text(one.as_of, lang), one.credit_in(lang)]
        text = ("; " if lang == "en" else "・").join(filter(None, words))
        items.append(tag("li", text, " ", *badges, rows_link((name,), lang)))
    return tag("div", tag("b", _("出典")), tag("ul", *items), class_="wifi-sources")


def downloads(shown: Shown, key: str, label: str, make: Callable[[], Taken], _: Translate) -> None:
    """A table as Excel and as CSV, made when asked for."""
    stem = f"{shown.ward.outline.code}_wifi_{key}_{shown.ward.as_of.isoformat()}"
    excel, csv = (partial(made, make) for made in (table_xlsx, table_csv))
    buttons(
        f"wifi-downloads-{key}",
        [
            TakenAlong(_("{table}（Excel）").format(table=label), excel, f"{stem}.xlsx", XLSX),
            TakenAlong(_("{table}（CSV）").format(table=label), csv, f"{stem}.csv", CSV),
        ],
    )


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
