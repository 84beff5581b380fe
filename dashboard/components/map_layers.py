"""The map's layers for a selection, each prepared once and kept as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import cache
from dashboard.labels import kind_title, level_title, rank_text, value_text
from dashboard.maps.base import base_payload
from dashboard.maps.layers import (
    MapLayer,
    areas_payload,
    chosen_payload,
    frame_payload,
    points_payload,
)
from dashboard.maps.legend import badges_html, class_rows, legend_html, sign_rows
from dashboard.selection import LEVELS
from dashboard.sentences import badges
from dashboard.translation import translator

if TYPE_CHECKING:
    from dashboard.selection import Selection
    from dashboard.ward import Ward


def base(ward: Ward, lang: str) -> str:
    """What stays while a reader chooses: the shapes and the labels of the buttons."""
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


def layers(ward: Ward, selection: Selection) -> list[MapLayer]:
    """What changes with the selection, from the bottom to the top."""
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
    legend = legend_html(
        rows,
        sign_rows(selection.layers, ward.points),
        title=measure.title_in(selection.lang),
        unit=measure.unit_in(selection.lang),
        counted=level_title(level, _),
        reference=measure.reference_in(selection.lang),
        _=_,
    )
    return frame_payload(legend=legend, badges=badges_html(badges(ward, selection, _)))
