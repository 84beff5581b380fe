"""分析者向け: clusters of reach, and where 町丁目 and 町 disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import cache
from dashboard.components import about
from dashboard.labels import level_title
from dashboard.markup import joined, table, tag
from dashboard.section_files import SectionTable
from dashboard.translation import translator
from dashboard.wifi.analysis import read_analysis
from dashboard.wifi.analysis_words import (
    cluster_answer,
    cluster_rows,
    definition,
    how,
    local_answer,
    p_text,
    quadrant_title,
    scale_definition,
    scale_rows,
    verdict,
)
from pipelines.words import number

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.ward import Ward
    from dashboard.wifi.analysis import Analysis, ClusterArea
    from dashboard.wifi.selection import WifiSelection

_NEEDED: Final = ("wifi_access_points", "areas")


def show(ward: Ward, selection: WifiSelection) -> None:
    """Clusters at the chosen distance and level, then every statement by area and by town."""
    _ = translator(selection.lang)
    found = cache.asked(
        lambda edition: read_analysis(edition, distance=selection.distance, level=selection.level),
        edition=ward.edition,
        part="wifi-analysis",
        key=(selection.distance, selection.level),
    )
    about.title(_("分析者向け"), _("住民総数・いつでも・直線距離による届く割合について"))
    if found.summary is None:
        about.bring(ward, found.missing, _NEEDED, selection.lang)
        return
    st.html(_clusters(found, selection, _))
    if found.areas:
        about.take_along(ward, [_clusters_file(found, selection, _)], selection.lang)
    st.html(_scale(found, selection, _))
    about.take_along(ward, [_scale_file(found, selection, _)], selection.lang)
    about.explain(ward, definition(_), _NEEDED, selection.lang)


def _clusters(found: Analysis, selection: WifiSelection, _: Translate) -> Markup:
    summary = found.summary
    if summary is None:
        return joined([])
    parts = [
        tag("h3", _("地理的な集まり（クラスター）")),
        tag("p", cluster_answer(summary, selection, _), class_="finding"),
    ]
    if summary.moran_i is not None:
        parts.append(tag("p", how(summary, selection, _)))
    if found.areas:
        parts.append(tag("p", local_answer(found, selection, _)))
        parts.append(_areas(found, selection, _))
    return joined(parts)


def _areas(found: Analysis, selection: WifiSelection, _: Translate) -> Markup:
    """The areas of local clusters, and all of them folded."""
    titles = (level_title(selection.level, _), _("区分"), "z", _("隣の平均"), "p", "q")
    shown, every = (
        table(titles, [_area(one, selection, _) for one in areas], class_="data n3 n4 n5 n6")
        for areas in (found.significant, found.areas)
    )
    head = tag("summary", _("すべての{level}").format(level=level_title(selection.level, _)))
    folded = tag("details", head, every)
    return joined([shown, folded] if found.significant else [folded])


def _area(one: ClusterArea, selection: WifiSelection, _: Translate) -> Markup:
    lang = selection.lang
    chances = [
        "—" if value is None else p_text(value, lang) for value in (one.p_value, one.q_value)
    ]
    places = ["—" if value is None else number(value, 2, lang) for value in (one.z, one.lag)]
    return tag(
        "tr",
        tag("th", one.name, scope="row"),
        tag("td", quadrant_title(one.quadrant, _)),
        *(tag("td", text, class_="number") for text in (*places, *chances)),
    )


def _scale(found: Analysis, selection: WifiSelection, _: Translate) -> Markup:
    lang = selection.lang
    compared = [one for one in found.agreements if one.agree is not None]
    apart = [one for one in found.agreements if one.agree is False]
    if not compared:
        answer = _("比べられるものがありません。")
    elif apart:
        answer = _("{count}のうち{apart}で、町丁目別と町別の結論が違います。").format(
            count=len(compared), apart=len(apart)
        )
    else:
        answer = _("{count}のすべてで、町丁目別と町別の結論は同じです。").format(
            count=len(compared)
        )
    titles = (_("一致"), _("町丁目別と町別を比べた文"))
    rows = [
        tag(
            "tr",
            tag("th", verdict(one.agree, _), scope="row"),
            tag("td", one.sentence.text(lang)),
            class_="current" if one.agree is False else "",
        )
        for one in (*apart, *(one for one in found.agreements if one.agree is not False))
    ]
    return joined(
        [
            tag("h3", _("規模の確認（町丁目と町）")),
            tag("p", answer, class_="finding"),
            tag("p", scale_definition(_)),
            table(titles, rows, class_="data scale") if rows else "",
        ]
    )


def _clusters_file(found: Analysis, selection: WifiSelection, _: Translate) -> SectionTable:
    rows = cluster_rows(found, selection, _)
    return SectionTable(
        name=f"wifi_clusters_{selection.distance}m_{selection.level}",
        title=_("クラスターの表"),
        header=[str(title) for title in rows[0]],
        rows=rows[1:],
        definition=definition(_),
        datasets=_NEEDED,
    )


def _scale_file(found: Analysis, selection: WifiSelection, _: Translate) -> SectionTable:
    rows = scale_rows(found, selection.lang, _)
    return SectionTable(
        name=f"wifi_scale_{selection.distance}m",
        title=_("規模の確認"),
        header=[str(title) for title in rows[0]],
        rows=rows[1:],
        definition=scale_definition(_),
        datasets=_NEEDED,
    )
