"""予算と決算: what each initiative was given and what it spent, by 年度; not set is never 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.components.parts import bar
from dashboard.initiatives.values import FUNDS, fund_title, funds_of, funds_total_text, money_text
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.evidence.progress.budget_totals import total_budgets
from pipelines.words import fiscal_year_text, number, percent

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Money
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate
    from pipelines.evidence.progress.budget_totals import BudgetTotals, Total

DATASETS: Final = ("initiative_budgets", "initiatives")


def show(shown: Shown) -> None:
    """The answer, one 年度 by initiative, and every 年度 in sum."""
    _ = translator(shown.lang)
    parts.heading(shown, _("予算と決算"), _("千円・年度ごと"), DATASETS)
    if not shown.found.money:
        parts.bring(shown, DATASETS[:1])
        return
    st.html(money_html(shown))
    parts.take_along(shown, money_table(shown))
    parts.explain(shown, definition(_), DATASETS)


def definition(_: Translate) -> str:
    """What is divided by what."""
    return _(
        "執行率＝決算÷予算。予算は補正後予算があればそれ、補正がないと書いてあれば（－）当初予算です。補正の欄が空白のときは当初予算と比べ、そのことを示します。合計は分かる取組だけを足し、分からない数を添えます。合計の執行率は、予算と決算が両方分かる取組だけで計算します。"
    )


def money_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.lang)
    year = year_shown(shown)
    if year is None:
        return parts.nothing(_("この条件に合う予算・決算はありません。"))
    rows = [one for one in shown.found.money if one.initiative_id in shown.ids]
    of_year = [one for one in rows if one.fiscal_year == year]
    totals = total_budgets(of_year)
    return joined(
        [
            parts.finding(_answer(totals, year, shown.lang, _)),
            _by_initiative(shown, of_year, totals, _),
            _by_year(shown, rows, _),
        ]
    )


def year_shown(shown: Shown) -> int | None:
    """The chosen 年度; otherwise the newest with a settlement, or else the newest."""
    if shown.selection.fiscal_year:
        return int(shown.selection.fiscal_year)
    rows = [one for one in shown.found.money if one.initiative_id in shown.ids]
    settled = [one.fiscal_year for one in rows if one.settled_thousand_yen is not None]
    return max(settled or [one.fiscal_year for one in rows], default=None)


def money_table(shown: Shown) -> SectionTable:
    """Every 年度 of every initiative shown."""
    _ = translator(shown.lang)
    lang = shown.lang
    rows = [
        (
            one.initiative_id, shown.found.name_of(one.initiative_id), one.fiscal_year,
            *(
                cell
                for value, state in (
                    (one.initial_thousand_yen, one.initial_thousand_yen_state),
                    (one.revised_thousand_yen, one.revised_thousand_yen_state),
                    (one.settled_thousand_yen, one.settled_thousand_yen_state),
                )
                for cell in (value, "" if value is not None else money_text(value, state, lang, _))
            ),
            basis_text(one, _), one.execution_ratio, one.unspent_thousand_yen,
            *(
                cell
                for _fund, value, state in funds_of(one)
                for cell in (value, "" if value is not None else money_text(value, state, lang, _))
            ),
            one.funds_total_thousand_yen, funds_total_text(one, lang, _),
        )
        for one in shown.found.money
        if one.initiative_id in shown.ids
    ]  # fmt: skip
    header = (
        _("取組ID"), _("取組"), _("年度"), _("当初予算（千円）"), _("当初予算の状態"),
        _("補正後予算（千円）"), _("補正後予算の状態"), _("決算（千円）"), _("決算の状態"),
        _("比べた予算"), _("執行率（0〜1）"), _("使わなかった額（千円）"),
        *(
            title.format(fund=fund_title(fund, _))
            for fund in FUNDS
            for title in (_("{fund}（千円）"), _("{fund}の状態"))
        ),
        _("財源の計（千円）"), _("財源の計の状態"),
    )  # fmt: skip
    return parts.file_table("money", _("予算と決算"), header, rows, definition(_), DATASETS)


def basis_text(one: Money, _: Translate) -> str:
    """Which budget the settlement is compared with."""
    if one.basis is None:
        return ""
    if one.basis == "initial" and one.basis_assumed:
        return _("当初予算（補正の記載なし）")
    return {"initial": _("当初予算"), "revised": _("補正後予算")}[one.basis]


def money_cells(one: Money, lang: str, _: Translate) -> tuple[Markup, ...]:
    """The cells of a row: initial, revised, settled, ratio, bar, unspent."""
    amounts = (
        (one.initial_thousand_yen, one.initial_thousand_yen_state),
        (one.revised_thousand_yen, one.revised_thousand_yen_state),
        (one.settled_thousand_yen, one.settled_thousand_yen_state),
    )
    return (
        *(parts.number_cell(money_text(value, state, lang, _)) for value, state in amounts),
        parts.number_cell("—" if one.execution_ratio is None else percent(one.execution_ratio, lang)),
        tag("td", _bar(one.execution_ratio), tag("small", basis_text(one, _))),
        parts.number_cell(
            "—" if one.unspent_thousand_yen is None else number(one.unspent_thousand_yen, 0, lang)
        ),
    )  # fmt: skip


def money_titles(_: Translate) -> tuple[str, ...]:
    """The heads of those cells."""
    return (
        _("当初予算"), _("補正後予算"), _("決算"), _("執行率"), _("比べた予算"),
        _("使わなかった額"),
    )  # fmt: skip


def _answer(totals: BudgetTotals, year: int, lang: str, _: Translate) -> str:
    year_text = fiscal_year_text(year, lang)
    if totals.execution_ratio is None:
        return _("{year}は、予算と決算を比べられる取組がありません。").format(year=year_text)
    sentence = _(
        "{year}の決算は{settled}千円で、予算{basis}千円の{ratio}です（両方分かる{count}の取組）。"
    )
    return sentence.format(
        year=year_text,
        settled=number(totals.compared_settled_thousand_yen, 0, lang),
        basis=number(totals.compared_basis_thousand_yen, 0, lang),
        ratio=percent(totals.execution_ratio, lang),
        count=totals.compared,
    )  # fmt: skip


def _by_initiative(shown: Shown, rows: list[Money], totals: BudgetTotals, _: Translate) -> Markup:
    lang = shown.lang
    by_id = {one.initiative_id: one for one in rows}
    body = []
    for initiative in shown.listed:
        one = by_id.get(initiative.initiative_id)
        head = tag("th", parts.link_to(shown, initiative.initiative_id), scope="row")
        if one is None:
            unset = tag("td", _("未設定"), colspan="6", class_="none")
            body.append(tag("tr", head, unset, tag("td", "")))
            continue
        link = parts.rows_of("initiative_budgets", shown, initiative=one.initiative_id)
        body.append(tag("tr", head, *money_cells(one, lang, _), tag("td", link)))
    compared = "—" if totals.execution_ratio is None else percent(totals.execution_ratio, lang)
    body.append(
        tag(
            "tr",
            tag("th", _("計（分かるものだけ）"), scope="row"),
            _total(totals.initial, lang, _),
            parts.number_cell(""),
            _total(totals.settled, lang, _),
            parts.number_cell(compared),
            tag("td", _bar(totals.execution_ratio)),
            parts.number_cell(""),
            tag("td", ""),
            class_="current",
        )
    )
    titles = (_("取組"), *money_titles(_), "")
    return table(titles, body, class_="data money n2 n3 n4 n5 n7")


def _total(total: Total, lang: str, _: Translate) -> Markup:
    amount = _("未設定") if total.thousand_yen is None else number(total.thousand_yen, 0, lang)
    missing = _("ほか{count}は不明・未設定").format(count=total.unknown) if total.unknown else ""
    return parts.number_cell(amount, tag("small", missing) if missing else "")


def _by_year(shown: Shown, rows: list[Money], _: Translate) -> Markup:
    lang = shown.lang
    body = []
    for year in sorted({one.fiscal_year for one in rows}):
        totals = total_budgets(one for one in rows if one.fiscal_year == year)
        ratio = "—" if totals.execution_ratio is None else percent(totals.execution_ratio, lang)
        chosen = fiscal_year_text(year, lang)
        body.append(
            tag(
                "tr",
                tag(
                    "th",
                    parts.section_link(shown, chosen, "money", fiscal_year=str(year)),
                    scope="row",
                ),
                _total(totals.initial, lang, _),
                _total(totals.basis, lang, _),
                _total(totals.settled, lang, _),
                parts.number_cell(ratio, tag("small", _compared(totals, _))),
            )
        )
    titles = (_("年度"), _("当初予算"), _("比べた予算"), _("決算"), _("執行率"))
    heading = tag("h3", _("年度ごとの計"))
    return joined([heading, table(titles, body, class_="data n2 n3 n4 n5")])


def _compared(totals: BudgetTotals, _: Translate) -> str:
    return _("{count}の取組").format(count=totals.compared) if totals.compared else ""


def _bar(ratio: float | None) -> Markup | str:
    """A bar ends at the whole, the number beside it says by how much more was spent; none is none."""
    return "" if ratio is None else bar(min(1.0, max(0.0, ratio)))
