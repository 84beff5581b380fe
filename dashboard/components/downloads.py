"""What is shown, to take away: made only when somebody asks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import exports
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
    files = [
        (_("{level}の表（CSV）").format(level=level), exports.areas_csv, f"{stem}.csv", "text/csv"),
        (_("地図（GeoJSON）"), exports.geojson, f"{stem}.geojson", "application/geo+json"),
    ]
    if selection.layers:
        points = (_("地点の表（CSV）"), exports.points_csv, f"{stem}_points.csv", "text/csv")
        files.insert(1, points)
    with st.container(key="downloads", horizontal=True, vertical_alignment="center"):
        st.html(_("表示中の内容をダウンロード"))
        for label, make, name, mime in files:
            st.download_button(
                label,
                partial(make, ward, selection, _),
                file_name=name,
                mime=mime,
                key=make.__name__,
                on_click="ignore",
            )
