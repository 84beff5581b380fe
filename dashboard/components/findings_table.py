"""取込保留 and what else was noticed: as a table, and to be sent to a department."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import cache, data_exports
from dashboard.components.taken_along import CSV, XLSX, TakenAlong, buttons
from dashboard.data_labels import line_text
from dashboard.data_selection import KINDS
from dashboard.markup import joined, table, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.data_selection import DataSelection
    from dashboard.holdings import Holdings
    from dashboard.ward import Ward

SHOWN: Final = 100
"""How many rows a table of the page has at most; a download has all."""
_LONGEST: Final = 160


def show(ward: Ward, holdings: Holdings, selection: DataSelection) -> None:
    """The findings of the selection and, where there are any, the files to take away."""
    _ = translator(selection.lang)
    html, total = cache.prepared(
        lambda: findings_html(holdings, selection),
        edition=holdings.edition,
        part="findings",
        key=(selection.dataset, selection.file, selection.kind, selection.lang),
    )
    with st.container(key="findings"):
        st.html(html)
    if not total:
        return
    stem = data_exports.findings_stem(ward, selection)
    xlsx, csv = (
        partial(make, ward, holdings, selection, _)
        for make in (data_exports.findings_xlsx, data_exports.findings_csv)
    )
    buttons(
        "findings-downloads",
        [
            TakenAlong(_("担当課に渡す表（Excel）"), xlsx, f"{stem}.xlsx", XLSX),
            TakenAlong(_("担当課に渡す表（CSV）"), csv, f"{stem}.csv", CSV),
        ],
    )


def _shortened(cell: object) -> str:
    """A cell's text, a very long one cut; the downloads have it whole."""
    text = "" if cell is None else str(cell)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def findings_html(holdings: Holdings, selection: DataSelection) -> tuple[Markup, int]:
    """The first findings as HTML, and how many there are in all."""
    _ = translator(selection.lang)
    kinds = (selection.kind,) if selection.kind else KINDS
    # What was held back comes first, whatever its place in the files.
    found = [holdings.chosen_findings(selection, kinds=[kind]) for kind in kinds]
    total = sum(part.num_rows for part in found)
    note = _("{count}件").format(count=f"{total:,}")
    heading = tag("h2", _("取込保留と注意"), tag("small", note))
    if not total:
        calm = _("ここに挙げる行はありません。")
        return joined([heading, tag("p", calm)]), 0
    titles = (
        _("種類"), _("データ"), _("ファイル"), _("行番号"), _("項目"), _("値"), _("内容"),
    )  # fmt: skip
    first = [row for part in found for row in part.slice(0, SHOWN).to_pylist()][:SHOWN]
    body = [
        tag(
            "tr",
            *(tag("td", _shortened(cell)) for cell in line_text(row, holdings, _, selection.lang)),
            class_=row["severity"],
        )
        for row in first
    ]
    parts = [heading, table(titles, body, class_="data findings")]
    if total > SHOWN:
        parts.append(
            tag("p", _("はじめの{shown}件です。全部はダウンロードにあります。").format(shown=SHOWN))
        )
    return joined(parts), total
