"""The data sets of the edition: what is there, and what nobody supplied yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import cache
from dashboard.components.bring import what_to_bring
from dashboard.components.links import data_link
from dashboard.data_selection import DataSelection
from dashboard.markup import joined, table, tag
from dashboard.sentences import all_held_text
from dashboard.translation import translator
from pipelines.words import age_text, as_of_text, rhythm_text, status_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from dashboard.holdings import Holding, Holdings
    from dashboard.translation import Translate


def show(holdings: Holdings, selection: DataSelection) -> None:
    """All data sets, or the chosen one, and folded those that are not there."""
    with st.container(key="holdings"):
        st.html(
            cache.prepared(
                lambda: holdings_html(holdings, selection),
                edition=holdings.edition,
                part="holdings",
                key=(selection.dataset, selection.lang),
            )
        )


def holdings_html(holdings: Holdings, selection: DataSelection) -> Markup:
    """The tables as HTML; every name in them is text."""
    lang = selection.lang
    _ = translator(lang)
    if selection.dataset:
        chosen = holdings.datasets[selection.dataset]
        parts = [tag("p", data_link(_("← すべてのデータ"), DataSelection(lang=lang)))]
        if chosen.files:
            parts.append(_table(holdings, (chosen,), lang, _))
        if chosen.stands_in:
            parts.append(tag("p", _("いまはデモ用・模式図です。区のファイルに差し替えるには：")))
        if chosen.stands_in or not chosen.files:
            parts.append(what_to_bring((chosen,), lang))
        return joined(parts)
    stand_ins = tuple(one for one in holdings.supplied if one.stands_in)
    folded = (
        (_("まだ提供のないデータ {count}（何を用意すればよいか）"), holdings.missing),
        (_("デモ用・模式図のデータ {count}（何に差し替えるか）"), stand_ins),
    )
    parts = [_table(holdings, holdings.supplied, lang, _)]
    for summary, these in folded:
        if these:
            head = tag("summary", summary.format(count=len(these)))
            parts.append(tag("details", head, what_to_bring(these, lang)))
    return joined(parts)


def _table(holdings: Holdings, shown: tuple[Holding, ...], lang: str, _: Translate) -> Markup:
    titles = (
        _("データ"), _("状態"), _("行数"), _("取込保留"), _("時点"), _("更新周期と古さ"),
        _("提供元"), _("利用条件"),
    )  # fmt: skip
    rows = [_row(holdings, holding, lang, _, alone=len(shown) == 1) for holding in shown]
    notices = [tag("p", text, class_="notice") for one in shown for text in _notices(one, lang, _)]
    return joined([*notices, table(titles, rows, class_="data")])


def _notices(holding: Holding, lang: str, _: Translate) -> Iterator[str]:
    """What is wrong with a data set as a whole."""
    if gate := holding.gate_en if lang == "en" else holding.gate:
        yield gate
    if holding.all_held:
        title = holding.dataset.title_in(lang)
        yield all_held_text(title, holding.quarantined, _)


def _row(holdings: Holdings, holding: Holding, lang: str, _: Translate, *, alone: bool) -> Markup:
    dataset = holding.dataset
    wanted = DataSelection(dataset=dataset.name, lang=lang)
    title = dataset.title_in(lang)
    badges = [
        tag("span", status_text(status, lang), class_=f"badge {status}")
        for status in dataset.statuses
    ]
    return tag(
        "tr",
        tag("th", title if alone else data_link(title, wanted), scope="row"),
        tag("td", *badges),
        tag("td", f"{dataset.rows:,}", class_="number"),
        tag(
            "td",
            f"{holding.quarantined:,}",
            class_="number held" if holding.quarantined else "number",
        ),
        tag("td", as_of_text(dataset.as_of, lang), class_="short"),
        tag("td", _freshness(holdings, holding, lang, _), class_="short"),
        tag("td", dataset.credit_in(lang) or _("記載なし")),
        tag("td", holding.licences or _("記載なし")),
    )


def _freshness(holdings: Holdings, holding: Holding, lang: str, _: Translate) -> str:
    stale = "stale" in holding.dataset.statuses
    sentence = _("{rhythm}・{age}（古い）") if stale else _("{rhythm}・{age}")
    return sentence.format(
        rhythm=rhythm_text(holding.rhythm, lang),
        age=age_text(holding.dataset.as_of, holdings.as_of, lang),
    )
