"""The indicators of an initiative: status with its arithmetic, every value, and a chart each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.figure import CONFIG
from dashboard.charts.indicator import indicator_chart
from dashboard.components.initiatives import parts
from dashboard.components.initiatives.outlook_section import (
    forecast_text,
    held_back_text,
    interval_text,
    verdict_badge,
)
from dashboard.initiatives.reasons import indicator_reason, met_text, outlook_reason
from dashboard.initiatives.values import day_text, value_text
from dashboard.initiatives.words import better_title, level_title, rhythm_title, status_title
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import fiscal_year_text, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.indicator_records import Indicator, IndicatorStatus, Value
    from dashboard.initiatives.records import Event
    from dashboard.translation import Translate

_DECIMALS = 2


def show(shown: Shown, initiative_id: str) -> None:
    """A table of all, then each with its chart and its values."""
    _ = translator(shown.lang)
    indicators = shown.found.indicators_of(initiative_id)
    if not indicators:
        st.html(parts.nothing(_("この取組の指標は未設定です。")))
        return
    st.html(indicators_html(shown, indicators))
    for at in range(0, len(indicators), 2):
        for column, one in zip(st.columns(2, gap="medium"), indicators[at : at + 2], strict=False):
            with column:
                _panel(shown, one, _)


def indicators_html(shown: Shown, indicators: Sequence[Indicator]) -> Markup:
    """Every indicator with its status and the sum behind it."""
    _ = translator(shown.lang)
    titles = (
        _("指標名"), _("状態"), _("基準値"), _("いまの値"), _("目標"), _("計算"), _("目標に届く日"),
        _("見通し（80%の幅）"), "",
    )  # fmt: skip
    rows = [_row(shown, one, _) for one in indicators]
    return table(titles, rows, class_="data indicators n3 n4 n5")


def sum_text(one: IndicatorStatus, unit: str, lang: str, _: Translate) -> str:
    """The arithmetic of the status: what a year has added, over what it had to add."""
    unjudged = one.status in {"not_applicable", "unset"}
    if unjudged or one.actual_per_year is None or one.required_per_year is None:
        return ""
    actual, required = (
        number(value, _DECIMALS, lang) for value in (one.actual_per_year, one.required_per_year)
    )
    if one.pace_ratio is None:
        return _("1年に{actual}{unit}（必要は{required}{unit}）").format(
            actual=actual, required=required, unit=unit
        )
    return _("1年に{actual}{unit} ÷ 必要な{required}{unit} ＝ {share}").format(
        actual=actual, required=required, unit=unit, share=percent(one.pace_ratio, lang)
    )


def _row(shown: Shown, indicator: Indicator, _: Translate) -> Markup:
    lang, key = shown.lang, indicator.indicator_id
    one, outlook = shown.found.indicator_status.get(key), shown.found.outlooks.get(key)
    small = [better_title(indicator.better, _), rhythm_title(indicator.reporting_rhythm, _)]
    if indicator.level:
        small.insert(0, level_title(indicator.level, _))
    head = tag(
        "th",
        indicator.indicator_name,
        tag("small", (", " if lang == "en" else "・").join(small)),
        scope="row",
    )
    link = tag("td", parts.rows_of("indicator_values", shown, indicator=key))
    if one is None:
        return tag("tr", head, tag("td", parts.badge(None, lang, _), colspan="7"), link)
    forecast = forecast_text(outlook, indicator.unit, lang, _)
    interval = interval_text(outlook, lang, _) if forecast else outlook_reason(outlook, _)
    return tag(
        "tr",
        head,
        tag(
            "td",
            parts.badge(one.status, lang, _),
            tag("small", indicator_reason(one, indicator.unit, lang, _)),
        ),
        _dated(one.baseline_value, one.baseline_state, one.baseline_on, "日", indicator, lang, _),
        _dated(one.value, one.value_state, one.measured_on, "日", indicator, lang, _),
        _dated(one.target_value, one.target_state, one.target_on, "年度", indicator, lang, _),
        tag("td", sum_text(one, indicator.unit, lang, _) or "—"),
        tag("td", met_text(one, lang, _)),
        tag(
            "td",
            joined([forecast, " ", verdict_badge(outlook.verdict if outlook else None, _)])
            if forecast
            else "—",
            tag("small", interval),
        ),
        link,
    )


def _dated(
    value: float | None, state: str | None, on: object, precision: str, indicator: Indicator,
    lang: str, _: Translate,
) -> Markup:  # fmt: skip
    if value is None and state is None:
        return parts.number_cell(_("未設定") if precision == "年度" or on is None else "—")
    when = day_text(on, precision, lang, _) if on else ""  # type: ignore[arg-type]
    text = value_text(value, state, indicator.unit, lang, _)
    return parts.number_cell(text, tag("small", when) if when else "")


def _panel(shown: Shown, indicator: Indicator, _: Translate) -> None:
    lang, key = shown.lang, indicator.indicator_id
    status = shown.found.indicator_status.get(key)
    values = shown.found.values.get(key, ())
    if status is None or not any(one.value is not None for one in values):
        head = tag("h3", indicator.indicator_name)
        st.html(joined([head, parts.nothing(_("値がまだないため、図はありません。"))]))
        return
    heading = tag("h3", indicator.indicator_name, " ", parts.badge(status.status, lang, _))
    st.html(heading)
    chart = indicator_chart(
        values,
        status,
        shown.found.forecasts.get(key, ()),
        events_of(shown, indicator.initiative_id),
        unit=indicator.unit,
        lang=lang,
        _=_,
    )
    said = f"{indicator.indicator_name} {status_title(status.status, lang, _)}"
    st.plotly_chart(chart, theme=None, config=CONFIG, key=f"indicator-{key}", alt=said)
    st.html(_values(shown, indicator, values, _))


def events_of(shown: Shown, initiative_id: str | None) -> list[Event]:
    """The events that are the initiative's own, in the order of time."""
    own = [one for one in shown.found.events if one.initiative_id == initiative_id]
    return sorted(own, key=lambda one: one.happened_on)


def _values(shown: Shown, indicator: Indicator, values: Sequence[Value], _: Translate) -> Markup:
    """Every value as reported, corrected ones too; folded."""
    lang, outlook = shown.lang, shown.found.outlooks.get(indicator.indicator_id)
    rows = [
        tag(
            "tr",
            tag("th", _period(one, lang, _), scope="row"),
            parts.number_cell(value_text(one.value, one.value_state, indicator.unit, lang, _)),
            tag("td", day_text(one.reported_on, "日", lang, _)),
            tag("td", use_title(one.use, _)),
            tag(
                "td",
                shown.found.file_of(one.source_no),
                tag("small", _("{line}行目").format(line=one.source_line)),
            ),
        )
        for one in values
    ]
    titles = (_("時点"), _("値"), _("報告日"), _("使い方"), _("ファイル"))
    about = [
        (_("定義"), indicator.definition),
        (_("数値の出典"), indicator.value_source),
        (_("見通しの当たり方"), held_back_text(outlook, lang, _)),
    ]
    notes = [tag("p", tag("b", title), " ", text) for title, text in about if text]
    head = tag("summary", _("報告された値 {count}（訂正前の値も）").format(count=len(values)))
    folded = tag("details", head, table(titles, rows, class_="data n2"))
    return joined([*notes, folded])


def use_title(use: str, _: Translate) -> str:
    """What became of a value."""
    return {
        "used": _("使った"),
        "corrected": _("訂正された"),
        "conflict": _("食い違い（使わない）"),
        "future": _("版の時点より後"),
        "repeated": _("同じ値の重複"),
        "blank": _("空欄"),
    }[use]


def _period(one: Value, lang: str, _: Translate) -> str:
    when = day_text(one.measured_on, "日", lang, _)
    period = one.period
    if period and period.isdigit():
        period = fiscal_year_text(int(period), lang)
    return _("{day}（{period}）").format(day=when, period=period) if period else when
