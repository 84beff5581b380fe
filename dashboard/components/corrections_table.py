"""The corrections applied in this edition: what was wrong, what it became, who decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.data_labels import hidden_value
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import date_text

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.data_selection import DataSelection
    from dashboard.holdings import Holdings
    from dashboard.translation import Translate


def show(holdings: Holdings, selection: DataSelection) -> None:
    """The corrections of the selection; nothing where there is none."""
    if holdings.chosen_corrections(selection):
        with st.container(key="corrections"):
            st.html(corrections_html(holdings, selection))


def corrections_html(holdings: Holdings, selection: DataSelection) -> Markup:
    """The table as HTML; every text in it is text."""
    _ = translator(selection.lang)
    titles = (
        _("データ"), _("行"), _("項目"), _("誤"), _("正"), _("理由"), _("決めた職"), _("決めた日"),
        _("訂正番号"),
    )  # fmt: skip
    rows = [
        tag("tr", *(tag("td", cell) for cell in _cells(holdings, row, selection.lang, _)))
        for row in holdings.chosen_corrections(selection)
    ]
    return joined([tag("h2", _("この版で直した誤り")), table(titles, rows, class_="data")])


def _cells(holdings: Holdings, row: dict[str, Any], lang: str, _: Translate) -> list[str]:
    holding = holdings.datasets[row["dataset"]]

    def value(name: str) -> str:
        return hidden_value(_) if row["hidden"] else (row[name] or _("（空欄）"))

    return [
        holding.dataset.title_in(lang),
        value("key"),
        holding.column_title(row["field"], lang),
        value("expected"),
        value("value"),
        row["reason"],
        row["decided_by"],
        date_text(row["decided_on"], lang),
        row["correction_id"],
    ]
