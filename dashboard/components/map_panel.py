"""The map: prepared layers in streamlit-folium, and what a click on it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from streamlit_folium import st_folium

from dashboard import cache
from dashboard.components.controls import go_to
from dashboard.labels import kind_title, level_title, rank_text, value_text
from dashboard.maps.base import WardMap, base_payload
from dashboard.maps.layers import (
    MapLayer,
    areas_payload,
    chosen_payload,
    frame_payload,
    points_payload,
)
from dashboard.maps.legend import badges_html, class_rows, legend_html
from dashboard.selection import LEVELS
from dashboard.sentences import badges
from dashboard.translation import translator

if TYPE_CHECKING:
    from dashboard.selection import Selection
    from dashboard.ward import Ward

_KEY: Final = "map"
_HEIGHT_PX: Final = 480  # until the style of the page gives it the height of the window


def show(ward: Ward, selection: Selection) -> None:
    """Draw the map of the selection; a click changes the selection."""
    with st.container(key="map"):
        st_folium(
            WardMap(_base(ward, selection.lang), outline=ward.outline),
            key=_KEY,
            height=_HEIGHT_PX,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=_layers(ward, selection),
            render=False,
            on_change=lambda: _clicked(ward, selection),
        )


def after_click(ward: Ward, selection: Selection, clicked: object) -> Selection:
    """The selection after a click on what the browser says is `clicked`: a GeoJSON feature.

    The browser is believed nothing: a code or a point that the edition does not have changes
    nothing.
    """
    properties = clicked.get("properties") if isinstance(clicked, Mapping) else None
    if not isinstance(properties, Mapping):
        return selection
    point = ward.points_by_key.get(f"{properties.get('kind')}:{properties.get('id')}")
    if point is not None:
        return selection.mark(point.key, point.code_at(selection.level))
    code = properties.get("code")
    return selection.choose(code) if code in ward.shapes[selection.level] else selection


def _clicked(ward: Ward, selection: Selection) -> None:
    returned: dict[str, Any] = st.session_state.get(_KEY) or {}
    go_to(ward, after_click(ward, selection, returned.get("last_active_drawing")))


def _base(ward: Ward, lang: str) -> str:
    _ = translator(lang)
    return cache.prepared(
        lambda: base_payload(
            shapes={level: ward.shapes[level].values() for level in LEVELS},
            outline=ward.outline,
            title=_("{ward}の地図").format(ward=ward.name_in(lang)),
            labels={"zoomIn": _("拡大"), "zoomOut": _("縮小"), "whole": _("全体を表示")},
            lang=lang,
            tiles=str(ward.build.get("background_tiles") or ""),
            attribution=str(ward.build.get("background_attribution") or ""),
        ),
        edition=ward.edition,
        part="base",
        key=(lang,),
    )


def _layers(ward: Ward, selection: Selection) -> list[MapLayer]:
    level, measure, lang = selection.level, selection.measure, selection.lang
    areas = cache.prepared(
        lambda: _areas(ward, selection),
        edition=ward.edition,
        part="areas",
        key=(level, measure, lang),
    )
    frame = cache.prepared(
        lambda: _frame(ward, selection),
        edition=ward.edition,
        part="frame",
        key=(level, measure, lang, *selection.layers),
    )
    chosen = [ward.shapes[level][code] for code in selection.areas]
    found = ward.points_by_key.get(selection.found)
    return [
        MapLayer("areas", areas),
        *(MapLayer("points", _points(ward, kind, lang)) for kind in selection.layers),
        MapLayer("chosen", chosen_payload(level, chosen, found)),
        MapLayer("frame", frame),
    ]


def _areas(ward: Ward, selection: Selection) -> str:
    _ = translator(selection.lang)
    level, measure = selection.level, ward.measures[selection.measure]
    figures = {code: ward.figure(level, code, measure.name) for code in ward.shapes[level]}
    words = {
        code: (
            figure.class_no,
            f"{measure.title_in(selection.lang)} {value_text(figure, measure, selection.lang)}",
            rank_text(ward, level, code, measure.name, _),
        )
        for code, figure in figures.items()
    }
    classes = len(ward.classes.get((level, measure.name), ()))
    return areas_payload(level, ward.shapes[level].values(), words, classes)


def _points(ward: Ward, kind: str, lang: str) -> str:
    _ = translator(lang)
    return cache.prepared(
        lambda: points_payload(
            kind, ward.points[kind], title=kind_title(kind, _), placed=_("住所から配置")
        ),
        edition=ward.edition,
        part="points",
        key=(kind, lang),
    )


def _frame(ward: Ward, selection: Selection) -> str:
    _ = translator(selection.lang)
    measure, level = ward.measures[selection.measure], selection.level
    classes = ward.classes.get((level, measure.name), ())
    rows = class_rows(
        classes, measure, missing=ward.missing(level, measure.name), lang=selection.lang
    )
    drawn = [(kind, [p for p in ward.points[kind] if p.drawn]) for kind in selection.layers]
    legend = legend_html(
        rows,
        title=measure.title_in(selection.lang),
        unit=measure.unit_in(selection.lang),
        counted=level_title(level, _),
        signs=[
            (kind, any(p.location_source == "address" for p in points)) for kind, points in drawn
        ],
        _=_,
    )
    return frame_payload(legend=legend, badges=badges_html(badges(ward, selection, _)))
