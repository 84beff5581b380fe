"""What is shown, as files to take away: CSV that Excel opens and nothing runs in, and GeoJSON.

Every row carries its unit, date, status and source, so a file that is cut up or sorted still
says what its numbers are.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.labels import kind_title, level_title, place_source
from dashboard.sentences import as_of
from dashboard.ward import DATASET_OF
from pipelines.words import as_of_text, spreadsheet_safe, statuses_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.selection import Selection
    from dashboard.translation import Translate
    from dashboard.ward import Figure, Shape, Ward

Cell = str | int | float | None


def file_stem(ward: Ward, selection: Selection) -> str:
    """How a file of this selection is called, without its ending."""
    code = ward.outline.code
    return f"{code}_{selection.measure}_{selection.level}_{ward.as_of.isoformat()}"


def areas_csv(ward: Ward, selection: Selection, _: Translate) -> bytes:
    """The measure of every area of the level, the municipality first. UTF-8 with BOM, CRLF."""
    about = _about_measure(ward, selection)
    header = [
        _("コード"), level_title(selection.level, _), _("指標"), _("値"), _("単位"), _("順位"),
        _("順位の対象数"), _("分子"), _("分母"), _("定義"), _("時点"), _("状態"), _("出典"),
        _("データの版"),
    ]  # fmt: skip
    rows = [
        [
            shape.code, shape.name, about["measure"], figure.value, about["unit"], figure.rank,
            figure.ranked_of, figure.numerator, figure.denominator, about["definition"],
            about["as_of"], about["status"], about["source"], ward.edition,
        ]
        for shape, figure in _shown(ward, selection)
    ]  # fmt: skip
    return csv_bytes([header, *rows])


def points_csv(ward: Ward, selection: Selection, _: Translate) -> bytes:
    """The points of the visible layers, those that the map cannot draw included."""
    header = [
        _("種別"), "ID", _("名称"), _("分類"), _("住所"), _("経度"), _("緯度"), _("町丁目コード"),
        _("町丁目"), _("位置の根拠"), _("時点"), _("状態"), _("出典"), _("データの版"),
    ]  # fmt: skip
    areas = ward.shapes["area"]
    rows = [
        [
            kind_title(point.kind, _), point.id, point.name, point.category, point.address,
            point.lon, point.lat, point.area_code,
            areas[point.area_code].name if point.area_code else None,
            place_source(point.location_source, _), *_about_points(ward, point.kind, selection.lang), ward.edition,
        ]
        for kind in selection.layers
        for point in ward.points[kind]
    ]  # fmt: skip
    return csv_bytes([header, *rows])


def geojson(ward: Ward, selection: Selection, _: Translate) -> bytes:
    """The areas with the measure, and the visible points (EPSG:4326), as one FeatureCollection."""
    about = _about_measure(ward, selection)
    areas = [
        _feature(
            json.loads(shape.geometry),
            {
                "code": shape.code,
                "name": shape.name,
                "level": selection.level,
                "value": figure.value,
                "rank": figure.rank,
                "ranked_of": figure.ranked_of,
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                **about,
            },
        )
        for shape, figure in _shown(ward, selection)
        if shape.code != ward.outline.code
    ]
    points = [
        _feature(
            {"type": "Point", "coordinates": [point.lon, point.lat]},
            {
                "kind": point.kind,
                "id": point.id,
                "name": point.name,
                "category": point.category,
                "address": point.address,
                "area_code": point.area_code,
                "location_source": point.location_source,
                **dict(
                    zip(
                        ("as_of", "status", "source"),
                        _about_points(ward, kind, selection.lang),
                        strict=True,
                    )
                ),
            },
        )
        for kind in selection.layers
        for point in ward.points[kind]
        if point.drawn
    ]
    collection = {
        "type": "FeatureCollection",
        "name": file_stem(ward, selection),
        "edition": ward.edition,
        **about,
        "features": [*areas, *points],
    }
    text = json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def _shown(ward: Ward, selection: Selection) -> list[tuple[Shape, Figure]]:
    level, measure = selection.level, selection.measure
    areas = [(s, ward.figure(level, s.code, measure)) for s in ward.shapes[level].values()]
    # The municipality stands above its areas, not among them: it has no rank.
    whole = replace(ward.ward_figure(measure), rank=None, ranked_of=None)
    return [(ward.outline, whole), *areas]


def _about_measure(ward: Ward, selection: Selection) -> dict[str, str]:
    measure, lang = ward.measures[selection.measure], selection.lang
    # The shapes are part of what is shown: a schematic map marks what was taken from it.
    datasets = ward.shown_datasets(measure.name, ())
    statuses = dict.fromkeys(
        (*measure.statuses, *(status for dataset in datasets for status in dataset.statuses))
    )
    return {
        "measure": measure.title_in(lang),
        "unit": measure.unit_in(lang),
        "definition": measure.definition_in(lang),
        "as_of": as_of(ward, measure, lang),
        "status": statuses_text(statuses, lang),
        "source": " / ".join(d.credit_in(lang) for d in datasets if d.credit_in(lang)),
    }


def _about_points(ward: Ward, kind: str, lang: str) -> tuple[str, str, str]:
    dataset = ward.datasets.get(DATASET_OF[kind])
    if dataset is None:
        return as_of_text(None, lang), "", ""
    status = statuses_text(dataset.statuses, lang)
    return as_of_text(dataset.as_of, lang), status, dataset.credit_in(lang)


def _feature(geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as CSV: UTF-8 with BOM, CRLF, no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text)  # CRLF, as RFC 4180 and Excel have it
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> Cell:
    if isinstance(value, str):
        return spreadsheet_safe(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
