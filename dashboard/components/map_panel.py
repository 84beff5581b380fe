"""The map: prepared layers in streamlit-folium, and what a click on it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from streamlit_folium import st_folium

from dashboard.components.controls import go_to
from dashboard.components.map_layers import base, layers
from dashboard.maps.base import WardMap

if TYPE_CHECKING:
    from dashboard.selection import Selection
    from dashboard.ward import Ward

_KEY: Final = "map"
_HEIGHT_PX: Final = 480  # until the style of the page gives it the height of the window


def show(ward: Ward, selection: Selection) -> None:
    """Draw the map of the selection; a click changes the selection."""
    with st.container(key="map"):
        st_folium(
            WardMap(base(ward, selection.lang), outline=ward.outline),
            key=_KEY,
            height=_HEIGHT_PX,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=layers(ward, selection),
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
    code = str(properties.get("code"))
    return selection.choose(code) if code in ward.shapes[selection.level] else selection


def _clicked(ward: Ward, selection: Selection) -> None:
    returned: dict[str, Any] = st.session_state.get(_KEY) or {}
    go_to(ward, after_click(ward, selection, returned.get("last_active_drawing")))
