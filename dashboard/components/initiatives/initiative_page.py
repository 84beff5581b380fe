"""One initiative as a page of its own: what was promised, where it stands, why, and from which rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import indicator_panel, logic_panel, parts
from dashboard.components.initiatives.initiative_facts import (
    fields_html,
    figures_html,
    history_html,
)
from dashboard.components.initiatives.money_section import money_cells, money_table, money_titles
from dashboard.components.initiatives.outlook_section import outlook_table
from dashboard.components.initiatives.schedule_section import chart_html, milestones_table
from dashboard.initiatives.asked import DATASETS
from dashboard.initiatives.selection import initiatives_address
from dashboard.initiatives.values import (
    FUNDS,
    day_text,
    fund_title,
    funds_of,
    funds_total_text,
    money_text,
)
from dashboard.initiatives.words import direction_title, grade_text
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import fiscal_year_text, status_text

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Review
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_MONEY: Final = ("initiative_budgets",)
_REVIEWS: Final = ("initiative_reports",)


def show(shown: Shown) -> None:
    """The fields beside the figures, then indicators, milestones, reviews, money, model, history."""
    _ = translator(shown.lang)
    one = shown.found.overview[shown.selection.initiative]
    alone = replace(shown, listed=(one,))
    st.html(_way_back(shown, _))
    fields, figures = st.columns([52, 48], gap="medium")
    with fields:
        st.html(fields_html(alone, one))
    with figures:
        parts.heading(alone, _("いまの状態"), "", DATASETS)
        st.html(figures_html(alone, one))
    key = one.initiative_id
    datasets = ("indicators", "indicator_values")
    parts.heading(alone, _("指標と目標"), _("状態と計算"), datasets, initiative=key)
    indicator_panel.show(alone, key)
    _schedule(alone, key, _)
    parts.heading(alone, _("所管課評価"), _("規則による状態と並べて"), _REVIEWS, initiative=key)
    st.html(reviews_html(alone, key))
    parts.heading(alone, _("予算と決算"), _("千円・年度ごと"), _MONEY, initiative=key)
    st.html(joined([money_html(alone, key), funds_html(alone, key)]))
    parts.heading(alone, _("実施イメージ"), _("図・論理の図"), ("indicators",), initiative=key)
    logic_panel.show(alone, key)
    parts.heading(alone, _("計画の中の位置"), "", ("initiative_places",), initiative=key)
    st.html(history_html(alone, one))
    listed = shown.found.milestones_of(key)
    parts.take_along(
        alone, _named(outlook_table(alone), key),
        _named(milestones_table(alone, listed), key),
        _named(money_table(alone), key),
    )  # fmt: skip
    parts.explain(alone, definition(_), DATASETS)


def definition(_: Translate) -> str:
    """What is on the page."""
    return _(
        "取組の状態は、指標と節目の状態から規則で決まります。数字の「元の行」は、その数字のもとになったファイルの行に続きます。"
    )


def reviews_html(shown: Shown, initiative_id: str) -> Markup:
    """Every 年度's report, the newest first, beside the rule."""
    _ = translator(shown.lang)
    found = [one for one in shown.found.reviews if one.initiative_id == initiative_id]
    if not found:
        return parts.nothing(_("年度報告はまだありません。"))
    rows = [_review(shown, one, _) for one in sorted(found, key=lambda r: -r.fiscal_year)]
    titles = (
        _("年度"), _("所管課評価"), _("規則による状態"), _("合うか"), _("実績"), _("課題"),
        _("今後の方向性"), _("報告日"),
    )  # fmt: skip
    return table(titles, rows, class_="data reviews")


def money_html(shown: Shown, initiative_id: str) -> Markup:
    """Every 年度's budget and settlement."""
    _ = translator(shown.lang)
    rows = [
        tag(
            "tr",
            tag("th", fiscal_year_text(one.fiscal_year, shown.lang), scope="row"),
            *money_cells(one, shown.lang, _),
        )
        for one in shown.found.money
        if one.initiative_id == initiative_id
    ]
    if not rows:
        return parts.nothing(_("予算・決算は未設定です。"))
    return table((_("年度"), *money_titles(_)), rows, class_="data money n2 n3 n4 n5 n7")


def funds_html(shown: Shown, initiative_id: str) -> Markup:
    """From where each 年度's money comes; a sum only where all four are known."""
    _ = translator(shown.lang)
    lang = shown.lang
    rows = [
        tag(
            "tr",
            tag("th", fiscal_year_text(one.fiscal_year, lang), scope="row"),
            *(
                parts.number_cell(money_text(value, state, lang, _))
                for _fund, value, state in funds_of(one)
            ),
            parts.number_cell(
                funds_total_text(one, lang, _) or money_text(one.funds_total_thousand_yen, None, lang, _)
            ),
        )
        for one in shown.found.money
        if one.initiative_id == initiative_id
    ]  # fmt: skip
    if not rows:
        return parts.EMPTY
    titles = (_("年度"), *(fund_title(fund, _) for fund in FUNDS), _("財源の計"))
    return joined([tag("h3", _("財源")), table(titles, rows, class_="data n2 n3 n4 n5 n6")])


def _review(shown: Shown, one: Review, _: Translate) -> Markup:
    lang = shown.lang
    year = tag("th", fiscal_year_text(one.fiscal_year, lang), scope="row")
    if one.state != "reported":
        words = {"missing": _("報告なし（期限 {day}）"), "not_due": _("まだ期限前（期限 {day}）")}
        said = words[one.state].format(day=day_text(one.due_on, "日", lang, _))
        return tag("tr", year, tag("td", said, colspan="7", class_="none"))
    agrees = {True: _("合う"), False: _("合わない"), None: "—"}[one.agrees]
    return tag(
        "tr",
        year,
        tag("td", grade_text(one.grade, one.grade_name, one.grade_name_en, lang, _)),
        tag("td", parts.badge(one.rule_status, lang, _) if one.rule_status else "—"),
        tag("td", agrees),
        tag("td", one.achievements or "—"),
        tag("td", one.problems or "—"),
        tag("td", direction_title(one.direction, shown.lang) or "—"),
        tag("td", day_text(one.reported_on, "日", lang, _)),
        class_="current" if one.agrees is False else "",
    )


def _schedule(shown: Shown, initiative_id: str, _: Translate) -> None:
    datasets = ("initiative_milestones",)
    parts.heading(shown, _("工程"), _("節目の計画と実績"), datasets, initiative=initiative_id)
    listed = shown.found.milestones_of(initiative_id)
    if listed:
        st.html(chart_html(shown, [("", listed)]))
    else:
        st.html(parts.nothing(_("この取組の節目は未設定です。")))


def _way_back(shown: Shown, _: Translate) -> Markup:
    back = initiatives_address(replace(shown.selection, initiative=""))
    link = tag("a", _("← 取組の一覧と状況へ"), href=back, class_="within")
    made_up = (
        tag("span", status_text("sample", shown.lang), class_="badge sample")
        if shown.is_sample
        else ""
    )
    return tag("p", joined([link, made_up]), class_="ways")


def _named(one: SectionTable, initiative_id: str) -> SectionTable:
    return replace(one, name=f"{one.name}_{initiative_id}")
