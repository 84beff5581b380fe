"""The files of the edition: what was read of each, what was repaired, what was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import cache
from dashboard.data_labels import edition_text, encoding_title
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import as_of_text

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.data_selection import DataSelection
    from dashboard.holdings import Holding, Holdings
    from dashboard.translation import Translate


def show(holdings: Holdings, selection: DataSelection) -> None:
    """A row for each file of the selection."""
    with st.container(key="files"):
        st.html(
            cache.prepared(
                lambda: files_html(holdings, selection),
                edition=holdings.edition,
                part="files",
                key=(selection.dataset, selection.file, selection.lang),
            )
        )


def files_html(holdings: Holdings, selection: DataSelection) -> Markup:
    """The table as HTML; every name in it is text."""
    _ = translator(selection.lang)
    files = holdings.chosen_files(selection)
    note = _("読み込んだ行 ＝ 取込 ＋ 取込保留 ＋ 除外。どの行もこのどれかに入ります。")
    heading = tag("h2", _("ファイルごとの取込"), tag("small", note))
    if not files:
        return joined([heading, tag("p", _("ファイルはありません。"))])
    titles = (
        _("ファイル"), _("形式"), _("読み込み"), _("取込"), _("取込保留"), _("除外"), _("直したこと"),
        _("使わなかった列・なかった項目"), _("そのほか"),
    )  # fmt: skip
    rows = [_row(holdings, row, selection.lang, _) for row in files]
    edition = tag("p", edition_text(holdings, selection.lang, _))
    return joined([heading, table(titles, rows, class_="data files"), edition])


def _row(holdings: Holdings, row: dict[str, Any], lang: str, _: Translate) -> Markup:
    holding = holdings.datasets[row["dataset"]]
    counts = ("rows_read", "rows_loaded", "rows_quarantined", "rows_left_out")
    told = row["note_en"] if lang == "en" else row["note"]
    return tag(
        "tr",
        tag("th", row["file_name"], tag("small", told or ""), scope="row"),
        tag(
            "td",
            row["layout"].upper(),
            tag("small", encoding_title(row["encoding"])),
            class_="short",
        ),
        *(
            tag("td", f"{row[name]:,}", class_="number held" if _held(row, name) else "number")
            for name in counts
        ),
        tag("td", _repairs(holdings, holding, row["source_no"], lang, _)),
        tag("td", _columns(holding, row, lang, _)),
        tag("td", _beside(row, lang, _)),
    )


def _held(row: dict[str, Any], name: str) -> bool:
    return name == "rows_quarantined" and row[name] > 0


def _repairs(holdings: Holdings, holding: Holding, number: int, lang: str, _: Translate) -> Markup:
    items = [
        tag(
            "li",
            _("{column}：{repair} {count}件").format(
                column=holding.column_title(row["field"], lang),
                repair=row["title_en"] if lang == "en" else row["title"],
                count=f"{row['values']:,}",
            ),
        )
        for row in holdings.repairs.get(number, ())
    ]
    return tag("ul", *items) if items else tag("span", _("なし"), class_="none")


def _columns(holding: Holding, row: dict[str, Any], lang: str, _: Translate) -> Markup:
    absent = ",".join(filter(None, (row["absent_fields"] or "").split("、")))
    parts = [
        (_("使わなかった列：{names}"), row["unknown_columns"]),
        (_("なかった項目：{names}"), holding.column_title(absent, lang)),
    ]
    items = [tag("li", sentence.format(names=names)) for sentence, names in parts if names]
    return tag("ul", *items) if items else tag("span", _("なし"), class_="none")


def _beside(row: dict[str, Any], lang: str, _: Translate) -> Markup:
    """Lines that are no rows, what the reader remarked, and whether an earlier table stands in."""
    texts = []
    if row["blank_lines"] or row["note_lines"]:
        texts.append(
            _("空行 {blank}・表題や注記 {notes}").format(
                blank=row["blank_lines"] or 0, notes=row["note_lines"] or 0
            )
        )
    texts.append(row["remarks_en" if lang == "en" else "remarks"])
    if row["carried_over_from"]:
        texts.append(
            _("前の版 {edition} の表を残しました").format(edition=row["carried_over_from"])
        )
    if row["as_of"]:
        texts.append(as_of_text(row["as_of"], lang))
    items = [tag("li", text) for text in texts if text]
    return tag("ul", *items) if items else tag("span", _("なし"), class_="none")
