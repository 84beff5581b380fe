"""The data sets of the edition: what is there, and what nobody supplied yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import cache
from dashboard.data_selection import DataSelection, data_address
from dashboard.markup import joined, tag
from dashboard.translation import translator
from pipelines.words import age_text, as_of_text, rhythm_text, status_text

if TYPE_CHECKING:
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
        back = tag("a", _("← すべてのデータ"), href=data_address(DataSelection(lang=lang)))
        body = (
            _table(holdings, (chosen,), lang, _) if chosen.files else _to_bring((chosen,), lang, _)
        )
        return joined([tag("p", back), body])
    parts = [_table(holdings, holdings.supplied, lang, _)]
    if holdings.missing:
        summary = _("まだ提供のないデータ {count}（何を用意すればよいか）").format(
            count=len(holdings.missing)
        )
        bring = _to_bring(holdings.missing, lang, _)
        parts.append(tag("details", tag("summary", summary), bring))
    return joined(parts)


def _table(holdings: Holdings, shown: tuple[Holding, ...], lang: str, _: Translate) -> Markup:
    titles = (
        _("データ"), _("状態"), _("行数"), _("取込保留"), _("時点"), _("更新周期と古さ"),
        _("提供元"), _("利用条件"),
    )  # fmt: skip
    head = tag("tr", *(tag("th", title, scope="col") for title in titles))
    rows = [_row(holdings, holding, lang, _, alone=len(shown) == 1) for holding in shown]
    notices = [
        tag("p", gate, class_="notice")
        for holding in shown
        if (gate := holding.gate_en if lang == "en" else holding.gate)
    ]
    return joined([*notices, tag("table", tag("thead", head), tag("tbody", *rows), class_="data")])


def _row(holdings: Holdings, holding: Holding, lang: str, _: Translate, *, alone: bool) -> Markup:
    dataset = holding.dataset
    address = data_address(DataSelection(dataset=dataset.name, lang=lang))
    title = dataset.title_in(lang)
    badges = [
        tag("span", status_text(status, lang), class_=f"badge {status}")
        for status in dataset.statuses
    ]
    return tag(
        "tr",
        tag("th", title if alone else tag("a", title, href=address), scope="row"),
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
    return _("{rhythm}・{age}").format(
        rhythm=rhythm_text(holding.rhythm, lang),
        age=age_text(holding.dataset.as_of, holdings.as_of, lang),
    )


def _to_bring(missing: tuple[Holding, ...], lang: str, _: Translate) -> Markup:
    head = tag(
        "tr",
        *(
            tag("th", title, scope="col")
            for title in (_("データ"), _("内容"), _("もとになる資料"), _("用意のしかた"))
        ),
    )
    rows = [
        tag(
            "tr",
            tag("th", one.dataset.title_in(lang), scope="row"),
            tag("td", one.description_en if lang == "en" else one.description),
            tag("td", (", " if lang == "en" else "、").join(one.usual_sources)),
            tag("td", _how_to_bring(one.dataset.name, _)),
        )
        for one in missing
    ]
    return tag("table", tag("thead", head), tag("tbody", *rows), class_="data")


def _how_to_bring(name: str, _: Translate) -> Markup:
    parts = _("{command} で記入用のExcelを作り、{folder} に置きます").split("{")
    words = {"command": f"ebpm template {name}", "folder": f"data/inbox/{name}/"}
    return joined(
        piece
        for part in parts
        for key, closed, rest in [part.partition("}")]
        for piece in ((tag("code", words[key]), rest) if closed else (part,))
    )
