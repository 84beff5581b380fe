"""見通し: will an indicator meet its target at this pace, how sure, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.charts.indicator import decimals_of
from dashboard.components.initiatives import parts
from dashboard.initiatives.reasons import met_text, outlook_reason
from dashboard.initiatives.values import day_text, value_text
from dashboard.initiatives.words import VERDICT_SIGNS, status_title, verdict_title
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import number, quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.indicator_records import IndicatorStatus, Outlook
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = ("indicator_values", "indicators")
_ORDER: Final = ("unlikely", "open", "likely", None)


def show(shown: Shown) -> None:
    """The answer, and an indicator a line."""
    _ = translator(shown.lang)
    parts.heading(shown, _("見通し"), _("いまのペースで、目標に届くか"), _DATASETS)
    if not shown.found.indicators:
        parts.bring(shown, ("indicators", "indicator_values"))
        return
    st.html(outlook_html(shown))
    parts.take_along(shown, outlook_table(shown))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """How a forecast is made, and what it is not."""
    return _(
        "見通しは、ドリフト付きランダムウォーク（値の間隔が不ぞろいな場合に合わせたもの）による目標期限の値と幅です。値が6つに満たない指標には出しません。80%の幅がすべて目標に届けば「届く見込み」、まったく届かなければ「届かない見込み」、またがれば「どちらとも言えない」です。施策の効果を示すものではありません。「届く日」は、基準値からいままでの平均のペースが続いたときの日です。"
    )


def outlook_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.lang)
    listed = in_order(shown)
    if not listed:
        return parts.nothing(_("この条件に合う指標はありません。"))
    verdicts = [_verdict(shown, one) for one in listed]
    answer = _("目標に届く見込みは{likely}、どちらとも言えないは{open}、届かない見込みは{unlikely}、見通しなしは{none}の指標です。").format(
        likely=verdicts.count("likely"),
        open=verdicts.count("open"),
        unlikely=verdicts.count("unlikely"),
        none=verdicts.count(None),
    )  # fmt: skip
    titles = (
        _("指標名"), _("取組"), _("いまの値"), _("目標"), _("目標期限の見通し（80%の幅）"),
        _("届くか"), _("いまのペースで届く日"), _("見通しの当たり方"), "",
    )  # fmt: skip
    first, more = parts.first_of(listed, _)
    rows = [_row(shown, one, _) for one in first]
    lines = table(titles, rows, class_="data outlook n3 n4 n5")
    return joined([parts.finding(answer), lines, more])


def in_order(shown: Shown) -> Sequence[IndicatorStatus]:
    """The indicators of the initiatives shown: those that will not meet their target first."""
    found = [one for one in shown.found.indicator_status.values() if one.initiative_id in shown.ids]
    places = {one.initiative_id: at for at, one in enumerate(shown.listed)}
    return sorted(
        found,
        key=lambda one: (_ORDER.index(_verdict(shown, one)), places[one.initiative_id or ""]),
    )


def forecast_text(one: Outlook | None, unit: str, lang: str, _: Translate) -> str:
    """The value forecast at the target's date; nothing where there is none."""
    if one is None or one.forecast_at_target is None:
        return ""
    # More digits than the interval can bear would look surer than it is.
    return quantity(
        one.forecast_at_target, unit, min(1, decimals_of([one.forecast_at_target])), lang
    )


def interval_text(one: Outlook | None, lang: str, _: Translate) -> str:
    """`12.3〜45.6`: where the value lies in four of five such cases."""
    if one is None or one.low_80 is None or one.high_80 is None:
        return ""
    digits = min(1, decimals_of([one.low_80, one.high_80]))
    low, high = number(one.low_80, digits, lang), number(one.high_80, digits, lang)
    clipped = _("（取りうる範囲で打ち切り）") if one.clipped else ""
    return _("{low}〜{high}{clipped}").format(low=low, high=high, clipped=clipped)


def held_back_text(one: Outlook | None, lang: str, _: Translate) -> str:
    """How far the method was from values held back, beside simply keeping the last one."""
    if one is None or not one.held_back_n or one.held_back_mean_abs_error is None:
        return ""
    # An error under one unit is told to two digits, so that a small one is not shown as none.
    digits = 1 if one.held_back_mean_abs_error >= 1 else 2
    text = _("隠した{n}つの値で平均{error}外れた（最後の値のままなら{naive}）")
    return text.format(
        n=one.held_back_n,
        error=number(one.held_back_mean_abs_error, digits, lang),
        naive=number(one.last_value_mean_abs_error, digits, lang),
    )


def verdict_badge(verdict: str | None, _: Translate) -> Markup:
    """The verdict as a sign and a word."""
    sign = tag("i", VERDICT_SIGNS[verdict], aria_hidden="true")
    return tag("span", sign, verdict_title(verdict, _), class_=f"status {verdict or 'none'}")


def _verdict(shown: Shown, one: IndicatorStatus) -> str | None:
    found = shown.found.outlooks.get(one.indicator_id)
    return found.verdict if found else None


def _row(shown: Shown, one: IndicatorStatus, _: Translate) -> Markup:
    lang, indicator = shown.lang, shown.found.indicators[one.indicator_id]
    outlook = shown.found.outlooks.get(one.indicator_id)
    when = day_text(one.measured_on, "日", lang, _) if one.measured_on else ""
    target_on = day_text(one.target_on, "年度", lang, _) if one.target_on else ""
    forecast = forecast_text(outlook, indicator.unit, lang, _)
    why = interval_text(outlook, lang, _) if forecast else outlook_reason(outlook, _)
    verdict = outlook.verdict if outlook else None
    return tag(
        "tr",
        tag(
            "th",
            indicator.indicator_name,
            tag("small", status_title(one.status, lang, _)),
            scope="row",
        ),
        tag("td", parts.link_to(shown, one.initiative_id, short=True)),
        parts.number_cell(
            value_text(one.value, one.value_state, indicator.unit, lang, _), tag("small", when)
        ),
        parts.number_cell(
            _("未設定")
            if one.target_value is None and one.target_state is None
            else value_text(one.target_value, one.target_state, indicator.unit, lang, _),
            tag("small", target_on),
        ),
        parts.number_cell(forecast or "—", tag("small", why)),
        tag("td", verdict_badge(verdict, _)),
        tag("td", met_text(one, lang, _)),
        tag("td", held_back_text(outlook, lang, _)),
        tag("td", parts.rows_of("indicator_values", shown, indicator=one.indicator_id)),
    )


def outlook_table(shown: Shown) -> SectionTable:
    """Every indicator with its outlook."""
    _ = translator(shown.lang)
    rows = []
    for one in in_order(shown):
        indicator = shown.found.indicators[one.indicator_id]
        found = shown.found.outlooks.get(one.indicator_id)
        numbers = (
            (
                found.forecast_at_target, found.low_80, found.high_80, found.low_95, found.high_95,
                found.values_used,
            )
            if found
            else (None,) * 6
        )  # fmt: skip
        rows.append(
            (
                one.indicator_id, indicator.indicator_name, one.initiative_id,
                shown.found.name_of(one.initiative_id), one.value, indicator.unit,
                one.measured_on.isoformat() if one.measured_on else None, one.target_value,
                one.target_fiscal_year, *numbers, verdict_title(_verdict(shown, one), _),
                outlook_reason(found, _), met_text(one, shown.lang, _),
            )
        )  # fmt: skip
    header = (
        _("指標ID"), _("指標名"), _("取組ID"), _("取組"), _("いまの値"), _("単位"), _("時点"),
        _("目標"), _("目標年度"), _("目標期限の見通し"), _("80%の下端"), _("80%の上端"),
        _("95%の下端"), _("95%の上端"), _("使った値の数"), _("届くか"), _("見通しがない理由"),
        _("いまのペースで届く日"),
    )  # fmt: skip
    return parts.file_table("outlook", _("指標の見通し"), header, rows, definition(_), _DATASETS)
