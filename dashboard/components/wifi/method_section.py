"""方法: formulas, what is taken for granted, the curve of Lorenz with Gini, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import cache
from dashboard.charts.figure import CONFIG
from dashboard.charts.lorenz import lorenz_chart
from dashboard.components import about
from dashboard.labels import level_title
from dashboard.markup import joined, table, tag
from dashboard.section_files import SectionTable
from dashboard.translation import translator
from dashboard.wifi.fairness import read_lorenz
from dashboard.wifi.method_words import SOURCES, fairness_method, methods
from pipelines.words import number

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.ward import Ward
    from dashboard.wifi.fairness import Lorenz
    from dashboard.wifi.selection import WifiSelection

_NEEDED: Final = ("wifi_access_points", "areas")


def show(ward: Ward, selection: WifiSelection) -> None:
    """The formulas beside the curve, then the works cited."""
    _ = translator(selection.lang)
    about.title(_("方法"), _("計算式・前提・出典"))
    st.html(_methods(ward, _))
    found = cache.asked(
        lambda edition: read_lorenz(edition, distance=selection.distance, level=selection.level),
        edition=ward.edition,
        part="wifi-lorenz",
        key=(selection.distance, selection.level),
    )
    _curve(ward, found, selection, _)
    sources = [tag("li", text) for text in SOURCES]
    st.html(joined([tag("h3", _("参考文献")), tag("ol", *sources, class_="works")]))


def _methods(ward: Ward, _: Translate) -> Markup:
    titles = (_("数字"), _("計算式"), _("前提"))
    rows = [
        tag(
            "tr",
            tag("th", one.title, scope="row"),
            tag("td", tag("code", one.formula)),
            tag("td", one.assumptions),
        )
        for one in methods(_)
    ]
    parts = [table(titles, rows, class_="data methods")]
    boundary = ward.datasets.get("areas")
    if boundary and "schematic" in boundary.statuses:
        said = _(
            "いまの地図は模式図（実際の形と面積ではない図）なので、面積で按分する数字はどれも近似です。区の境界ファイルを置くと、正式な数字になります。"
        )
        parts.insert(0, tag("p", said, class_="notice"))  # fmt: skip
    return joined(parts)


def _curve(ward: Ward, found: Lorenz, selection: WifiSelection, _: Translate) -> None:
    lang = selection.lang
    st.html(tag("h3", _("ローレンツ曲線とジニ係数")))
    if found.gini is None:
        st.html(
            tag(
                "p",
                _("誰にも届いていないか、届く割合が分からないため、曲線はありません。"),
                class_="notice",
            )
        )
        return
    said = _("{level}別・{distance}m以内（直線距離）で、ジニ係数は{gini}です（0はどこも同じ割合、1に近いほど偏りが大きい）。曲線が破線から離れるほど、届く住民が一部の所に偏っています。").format(
        level=level_title(selection.level, _),
        distance=selection.distance,
        gini=number(found.gini, 2, lang),
    )  # fmt: skip
    chart, words = st.columns([46, 54], gap="small")
    with chart:
        st.plotly_chart(
            lorenz_chart(found, _=_), theme=None, config=CONFIG, key="wifi-lorenz", alt=said
        )
    with words:
        st.html(tag("p", said, class_="finding"))
        about.take_along(ward, [_file(found, selection, _)], lang)
        about.explain(ward, fairness_method(_).assumptions, _NEEDED, lang)


def _file(found: Lorenz, selection: WifiSelection, _: Translate) -> SectionTable:
    points = zip(found.residents_share, found.reached_share, strict=True)
    return SectionTable(
        name=f"wifi_lorenz_{selection.distance}m_{selection.level}",
        title=_("ローレンツ曲線の表"),
        header=[_("番号"), _("住民の累積（割合）"), _("届く住民の累積（割合）")],
        rows=[[no, x, y] for no, (x, y) in enumerate(points)],
        definition=fairness_method(_).assumptions,
        datasets=_NEEDED,
    )
