"""利用: connections and users by month, with what happened; who stands out, not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import cache
from dashboard.charts.figure import CONFIG
from dashboard.charts.usage import is_within, usage_chart
from dashboard.components import about
from dashboard.components.wifi import choices
from dashboard.markup import joined, table, tag
from dashboard.section_files import SectionTable
from dashboard.translation import translator
from dashboard.wifi.selection import METRICS
from dashboard.wifi.usage import LEVELS, WARD_UNIT, read_usage
from dashboard.wifi.usage_words import (
    arithmetic,
    axis_title,
    chart_title,
    definition,
    level_title,
    metric_title,
    month_rows,
    outlier_rows,
    outliers_definition,
    summary,
)
from pipelines.words import date_text, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.ward import Ward
    from dashboard.wifi.selection import WifiSelection
    from dashboard.wifi.usage import Event, Month, Unit, Usage

_NEEDED: Final = ("wifi_usage", "wifi_access_points", "policy_events")


def show(ward: Ward, selection: WifiSelection) -> None:
    """The choices, the chart, the months as a table, the events, and who stands out."""
    lang = selection.lang
    _ = translator(lang)
    found = cache.asked(read_usage, edition=ward.edition, part="wifi-usage", key=())
    about.title(_("利用"), _("月ごとの接続回数と利用者数"))
    if not found.units:
        about.bring(ward, found.missing, _NEEDED[:1], lang)
        return
    unit = found.units.get(selection.usage) or next(iter(found.units.values()))
    _choose(found, unit, selection, _)
    _chart(ward, found, unit, selection, _)
    st.html(_events(found.events, unit.months[selection.metric], lang, _))
    about.take_along(ward, [_months_file(unit, selection, _)], lang)
    st.html(_outliers(found, lang, _))
    if found.outliers:
        about.take_along(ward, [_outliers_file(found, _)], lang)
    about.explain(ward, definition(_), _NEEDED, lang)


def _choose(found: Usage, unit: Unit, selection: WifiSelection, _: Translate) -> None:
    levels = [level for level in LEVELS if found.of_level(level)]
    first = {level: found.of_level(level)[0].key for level in levels}
    with st.container(key="wifi-usage-choices"):
        metric, level, name = st.columns([22, 32, 46], gap="small")
    with metric:
        choices.segments(
            _("数えるもの"), "metric", selection.metric, METRICS, lambda one: metric_title(one, _)
        )
    with level:
        choices.segments(
            _("だれの利用か"), "usage", unit.level, levels, lambda one: level_title(one, _),
            meant=first.__getitem__,
        )  # fmt: skip
    if unit.key != WARD_UNIT:
        names = {one.key: one.name for one in found.of_level(unit.level)}
        with name:
            choices.one_of(
                level_title(unit.level, _), "usage", unit.key, list(names), names.__getitem__
            )


def _chart(ward: Ward, found: Usage, unit: Unit, selection: WifiSelection, _: Translate) -> None:
    title = chart_title(ward, unit, selection, _)
    said = summary(unit, selection, _)
    st.html(joined([tag("h3", title), tag("p", said)]))
    chart = usage_chart(
        unit.months[selection.metric],
        found.events,
        title=axis_title(unit, selection.metric, _),
        lang=selection.lang,
        _=_,
    )
    st.plotly_chart(chart, theme=None, config=CONFIG, key="wifi-usage-chart", alt=f"{title} {said}")


def _events(events: Sequence[Event], months: Sequence[Month], lang: str, _: Translate) -> Markup:
    """The events with their days in words, those outside the months too."""
    if not events:
        return tag(
            "p", _("施策の出来事（policy_events）がないため、線はありません。"), class_="none"
        )
    items = [
        tag(
            "li",
            date_text(event.happened_on, lang),
            " ",
            tag("b", event.name),
            "" if is_within(event, months) else _("（図の期間の外）"),
            tag("small", event.note) if event.note else "",
        )
        for event in events
    ]
    head = tag(
        "summary", _("施策の出来事 {count}（図の期間にあるものは線）").format(count=len(events))
    )
    return tag("details", head, tag("ul", *items, class_="events"))


def _outliers(found: Usage, lang: str, _: Translate) -> Markup:
    heading = tag("h3", _("ほかと大きく違う（良し悪しは判断していません）"))
    said = tag("p", outliers_definition(_))
    if not found.outliers:
        return joined([heading, said, tag("p", _("該当するアクセスポイントはありません。"))])
    titles = (
        _("アクセスポイント"), _("指標"), _("期間"), _("月平均"), _("全体の中央値"), _("計算"),
    )  # fmt: skip
    rows = [
        tag(
            "tr",
            tag("th", one.name, scope="row"),
            tag("td", metric_title(one.metric, _)),
            tag(
                "td",
                f"{one.window_from}–{one.window_to}",
                tag("small", _("報告 {count}か月").format(count=one.months_reported)),
            ),
            tag("td", number(one.value, 1, lang), class_="number"),
            tag(
                "td",
                number(one.peers_median, 1, lang),
                tag("small", _("{count}か所").format(count=one.peers)),
                class_="number",
            ),
            tag("td", arithmetic(one, lang, _)),
        )
        for one in found.outliers
    ]
    return joined([heading, said, table(titles, rows, class_="data n4 n5")])


def _months_file(unit: Unit, selection: WifiSelection, _: Translate) -> SectionTable:
    rows = month_rows(unit, selection.metric, _)
    return SectionTable(
        name=f"wifi_usage_{unit.key.replace(':', '_') or 'ward'}_{selection.metric}",
        title=_("月ごとの利用"),
        header=[str(title) for title in rows[0]],
        rows=rows[1:],
        definition=definition(_),
        datasets=_NEEDED[:2],
    )


def _outliers_file(found: Usage, _: Translate) -> SectionTable:
    rows = outlier_rows(found, _)
    return SectionTable(
        name="wifi_usage_outliers",
        title=_("ほかと大きく違うもの"),
        header=[str(title) for title in rows[0]],
        rows=rows[1:],
        definition=outliers_definition(_),
        datasets=_NEEDED[:2],
    )
