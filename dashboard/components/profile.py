"""The profile beside the map: every measure of what is chosen, against the ward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import cache
from dashboard.charts.strip import strip_image, strip_ticks
from dashboard.components.controls import choose_comparison
from dashboard.components.links import rows_link
from dashboard.components.population import source_rows, source_table
from dashboard.labels import kind_title, rank_text, share_text, value_text
from dashboard.markup import joined, tag
from dashboard.selection import KINDS
from dashboard.sentences import ends
from dashboard.translation import translator
from dashboard.ward import DATASET_OF
from pipelines.words import NO_DATA, status_text

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.selection import Selection
    from dashboard.translation import Translate
    from dashboard.ward import Measure, Point, Shape, Ward


def show(ward: Ward, selection: Selection) -> None:
    """The profile with its switches: the chosen areas side by side, or the ward's own."""
    choose_comparison(ward, selection)
    with st.container(key="profile"):
        show_table(ward, selection)


def show_table(ward: Ward, selection: Selection) -> None:
    """The profile alone, as it is printed."""
    st.html(
        cache.prepared(
            lambda: profile_html(ward, selection),
            edition=ward.edition,
            part="profile",
            key=(selection.level, selection.measure, selection.lang, *selection.areas),
        )
    )


def profile_html(ward: Ward, selection: Selection) -> Markup:
    """The profile as HTML; every name in it is text."""
    _ = translator(selection.lang)
    chosen = [ward.shapes[selection.level][code] for code in selection.areas]
    if not chosen:
        return _overview(ward, selection, _)
    body = [_measure_row(ward, measure, chosen, selection, _) for measure in ward.measures.values()]
    people = source_rows(ward, selection.level, chosen, selection.lang, _)
    places = [_places_row(ward, kind, chosen, selection.lang, _) for kind in KINDS]
    head = tag(
        "tr",
        tag("th", _("指標"), scope="col"),
        *(tag("th", shape.name, tag("small", shape.code), scope="col") for shape in chosen),
        tag("th", ward.name_in(selection.lang), scope="col"),
    )
    side_by_side = "profile compared" if len(chosen) > 1 else "profile"
    return tag(
        "table",
        tag("thead", head),
        tag("tbody", *body),
        tag("tbody", *people, class_="population"),
        tag("tbody", *places),
        class_=side_by_side,
    )


def _measure_row(
    ward: Ward, measure: Measure, chosen: list[Shape], selection: Selection, _: Translate
) -> Markup:
    lang, level = selection.lang, selection.level
    cells = []
    for shape in chosen:
        figure = ward.figure(level, shape.code, measure.name)
        cells.append(
            tag(
                "td",
                tag("b", value_text(figure, measure, lang)),
                tag("small", rank_text(ward, level, shape.code, measure.name, _)),
                tag("small", share_text(figure, measure, lang), class_="below"),
                _strip(ward, measure, shape, selection, _) if len(chosen) == 1 else "",
                rows_link(measure.datasets, lang, place=shape.code, measure=measure.name),
            )
        )
    return tag(
        "tr",
        _measure_head(measure, lang),
        *cells,
        tag(
            "td",
            value_text(ward.ward_figure(measure.name), measure, lang),
            rows_link(measure.datasets, lang, place=ward.outline.code, measure=measure.name),
            class_="ward",
        ),
        class_="current" if measure.name == selection.measure else "",
    )


def _strip(
    ward: Ward, measure: Measure, shape: Shape, selection: Selection, _: Translate
) -> Markup:
    level = selection.level
    values = [ward.figure(level, code, measure.name).value for code in ward.shapes[level]]
    spread = ward.spread(level, measure.name)
    return strip_image(
        strip_ticks(values),
        ward.figure(level, shape.code, measure.name).value,
        spread.highest if spread else None,
        label=_("{measure}の分布と{area}の位置").format(
            measure=measure.title_in(selection.lang), area=shape.name
        ),
    )


def _places_row(ward: Ward, kind: str, chosen: list[Shape], lang: str, _: Translate) -> Markup:
    unknown = "" if ward.is_known(DATASET_OF[kind]) else NO_DATA[lang]
    cells = [
        tag("td", _names(ward.points_by_area.get((shape.code, kind), ()), unknown, _))
        for shape in chosen
    ]
    return tag(
        "tr",
        tag("th", kind_title(kind, _), scope="row"),
        *cells,
        tag("td"),
    )


def _measure_head(measure: Measure, lang: str) -> Markup:
    sample = tag("span", status_text("sample", lang), class_="badge sample")
    reference = measure.reference_in(lang)
    return tag(
        "th",
        measure.title_in(lang),
        sample if "sample" in measure.statuses else "",
        tag("small", reference, class_="reference") if reference else "",
        scope="row",
        title=measure.definition_in(lang),
    )


def _names(points: tuple[Point, ...], unknown: str, _: Translate) -> Markup:
    if not points:
        return tag("span", unknown or _("なし"), class_="none")
    return tag("ul", *(tag("li", point.name, title=point.address) for point in points))


def _overview(ward: Ward, selection: Selection, _: Translate) -> Markup:
    """The ward's own figures and both ends of each, while no area is chosen."""
    head = tag(
        "tr",
        tag("th", _("指標"), scope="col"),
        tag("th", ward.name_in(selection.lang), scope="col"),
        tag("th", _("最大"), scope="col"),
        tag("th", _("最小"), scope="col"),
    )
    rows = [_overview_row(ward, measure, selection, _) for measure in ward.measures.values()]
    hint = _("地図で場所を選ぶと、そのすがたがここに出ます。")
    return joined(
        [
            tag("p", hint, class_="hint"),
            tag("table", tag("thead", head), tag("tbody", *rows), class_="profile"),
            source_table(ward, selection.lang, _),
        ]
    )


def _overview_row(ward: Ward, measure: Measure, selection: Selection, _: Translate) -> Markup:
    both = ends(ward, measure, selection, _) or (("", NO_DATA[selection.lang]),) * 2
    return tag(
        "tr",
        _measure_head(measure, selection.lang),
        tag(
            "td",
            tag("b", value_text(ward.ward_figure(measure.name), measure, selection.lang)),
            rows_link(
                measure.datasets, selection.lang, place=ward.outline.code, measure=measure.name
            ),
        ),
        *(tag("td", where, tag("small", value, class_="below")) for where, value in both),
        class_="current" if measure.name == selection.measure else "",
    )
