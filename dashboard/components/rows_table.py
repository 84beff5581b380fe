"""The rows behind a figure: which they are, from which file and line, to take away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import cache, data_exports
from dashboard.components.findings_table import SHOWN
from dashboard.components.links import data_link
from dashboard.components.taken_along import CSV, XLSX, TakenAlong, buttons
from dashboard.data_selection import DataSelection
from dashboard.labels import value_text
from dashboard.markup import joined, table, tag
from dashboard.rows_behind import RowsBehind, key_name, level_of, place_name, read_rows
from dashboard.translation import translator

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.exports import Cell
    from dashboard.holdings import Holdings
    from dashboard.translation import Translate
    from dashboard.ward import Ward
    from pipelines.warehouse import Edition

_ONE_LINE: Final = 28
"""Longer values are broken into lines."""


def show(ward: Ward, holdings: Holdings, selection: DataSelection) -> None:
    """The rows of the chosen data set; nothing while none is chosen or it has no file."""
    if not selection.dataset or not holdings.datasets[selection.dataset].files:
        return
    html, shown = cache.asked(
        lambda edition: _read(ward, holdings, selection, edition=edition),
        edition=holdings.edition,
        part="rows",
        key=(
            selection.dataset, selection.place, selection.measure, selection.initiative,
            selection.indicator, selection.file, selection.lang,
        ),
    )  # fmt: skip
    with st.container(key="rows"):
        st.html(html)
    if shown:
        _downloads(ward, holdings, selection)


def rows_html(
    ward: Ward, holdings: Holdings, selection: DataSelection, found: RowsBehind, name: str = ""
) -> Markup:
    """The rows as HTML; every value in them is text. `name` is of the initiative or indicator."""
    _ = translator(selection.lang)
    holding = holdings.datasets[selection.dataset]
    parts = [
        tag("h2", _title(ward, holdings, selection, name, _), tag("small", _count(found, _))),
        *_ways_on(ward, holdings, selection, _),
    ]
    if holding.internal:
        parts.append(
            tag("p", _("このデータは非公開です。行の中身は画面にもダウンロードにも出しません。"))
        )
        return joined(parts)
    titles = [_("ファイル"), _("行番号")]
    titles += [column.title_in(selection.lang) for column in holding.public_columns]
    body = [
        tag("tr", tag("td", _file(str(name)), title=str(name)), *map(_value, row))
        for name, *row in found.rows
    ]
    if body:
        parts.append(tag("div", table(titles, body, class_="data rows"), class_="wide"))
    if found.total > len(found.rows):
        parts.append(
            tag("p", _("はじめの{shown}件です。全部はダウンロードにあります。").format(shown=SHOWN))
        )
    return joined(parts)


def _file(name: str) -> str:
    """The file's own name; the folder it lies in is the data set."""
    return name.rpartition("/")[2]


def _value(cell: Cell) -> Markup:
    text = "" if cell is None else str(cell)
    return tag("td", text, class_="long" if len(text) > _ONE_LINE else "")


def _read(
    ward: Ward, holdings: Holdings, selection: DataSelection, *, edition: Edition
) -> tuple[Markup, int]:
    found = read_rows(edition, ward, holdings, selection, first=SHOWN)
    name = key_name(edition, selection)
    return rows_html(ward, holdings, selection, found, name), len(found.rows)


def _title(
    ward: Ward, holdings: Holdings, selection: DataSelection, name: str, _: Translate
) -> str:
    lang = selection.lang
    dataset = holdings.datasets[selection.dataset].dataset.title_in(lang)
    if name:
        return _("{dataset}の元の行（{place}）").format(dataset=dataset, place=name)
    if not selection.place:
        return _("{dataset}の元の行").format(dataset=dataset)
    place = place_name(ward, selection.place, lang)
    if not selection.measure:
        return _("{dataset}の元の行（{place}）").format(dataset=dataset, place=place)
    measure = ward.measures[selection.measure]
    figure = ward.figure(level_of(ward, selection.place), selection.place, measure.name)
    return _("{place}の{measure} {value} の元の行（{dataset}）").format(
        place=place,
        measure=measure.title_in(lang),
        value=value_text(figure, measure, lang),
        dataset=dataset,
    )


def _count(found: RowsBehind, _: Translate) -> str:
    return _("{count}行").format(count=f"{found.total:,}")


def _ways_on(
    ward: Ward, holdings: Holdings, selection: DataSelection, _: Translate
) -> list[Markup]:
    """Links to the other data sets of the same figure, and to all rows of this one."""
    links = []
    others = ward.measures[selection.measure].datasets if selection.measure else ()
    for name in others:
        if name != selection.dataset and name in holdings.datasets:
            title = holdings.datasets[name].dataset.title_in(selection.lang)
            text = _("同じ値のもう一つの元：{dataset}").format(dataset=title)
            links.append((text, replace(selection, dataset=name, file="")))
    if selection.narrowed:
        everywhere = DataSelection(dataset=selection.dataset, lang=selection.lang)
        text = _("場所で絞らずに見る") if selection.place else _("すべての行を見る")
        links.append((text, everywhere))
    anchors = [data_link(text, wanted) for text, wanted in links]
    return [tag("p", *anchors, class_="ways")] if anchors else []


def _downloads(ward: Ward, holdings: Holdings, selection: DataSelection) -> None:
    _ = translator(selection.lang)
    stem = data_exports.rows_stem(ward, selection)
    xlsx, csv = (
        partial(make, ward, holdings, selection, _)
        for make in (data_exports.rows_xlsx, data_exports.rows_csv)
    )
    buttons(
        "rows-downloads",
        [
            TakenAlong(_("元の行（Excel）"), xlsx, f"{stem}.xlsx", XLSX),
            TakenAlong(_("元の行（CSV）"), csv, f"{stem}.csv", CSV),
        ],
    )
