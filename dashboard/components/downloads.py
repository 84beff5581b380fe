"""What is shown, to take away: made only when somebody asks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard import exports
from dashboard.components.taken_along import CSV, GEOJSON, TakenAlong, buttons
from dashboard.labels import level_title
from dashboard.translation import translator

if TYPE_CHECKING:
    from dashboard.selection import Selection
    from dashboard.ward import Ward


def show(ward: Ward, selection: Selection) -> None:
    """One row of buttons: the areas and the points as CSV, both as GeoJSON."""
    _ = translator(selection.lang)
    stem = exports.file_stem(ward, selection)
    level = level_title(selection.level, _)
    areas, points, drawn = (
        partial(make, ward, selection, _)
        for make in (exports.areas_csv, exports.points_csv, exports.geojson)
    )
    files = [
        TakenAlong(_("{level}の表（CSV）").format(level=level), areas, f"{stem}.csv", CSV),
        TakenAlong(_("地図（GeoJSON）"), drawn, f"{stem}.geojson", GEOJSON),
    ]
    if selection.layers:
        files.insert(1, TakenAlong(_("地点の表（CSV）"), points, f"{stem}_points.csv", CSV))
    buttons("downloads", files, title=_("表示中の内容をダウンロード"))
