"""The map of 施設Wi-Fi: prepared layers in streamlit-folium, and what a click on it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from streamlit_folium import st_folium

from dashboard.components.map_layers import base
from dashboard.components.wifi.controls import go_to
from dashboard.components.wifi.map_layers import layers
from dashboard.maps.base import WardMap

if TYPE_CHECKING:
    from dashboard.ward import Ward
    from dashboard.wifi.asked import Shown
    from dashboard.wifi.selection import WifiSelection

_KEY: Final = "wifi-map"
_HEIGHT_PX: Final = 480  # until the style of the page gives it the height of the window


def show(shown: Shown) -> None:
    """Draw the map; a click on an area chooses it."""
    ward, selection = shown.ward, shown.selection
    with st.container(key="map"):
        st_folium(
            WardMap(base(ward, selection.lang), outline=ward.outline),
            key=_KEY,
            height=_HEIGHT_PX,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=layers(shown),
            render=False,
            on_change=lambda: _clicked(ward, selection),
        )


def after_click(ward: Ward, selection: WifiSelection, clicked: object) -> WifiSelection:
    """The selection after a click on what the browser says is `clicked`: a GeoJSON feature.

    The browser is believed nothing: a code that the edition does not have changes nothing.
    """
    properties = clicked.get("properties") if isinstance(clicked, Mapping) else None
    if not isinstance(properties, Mapping):
        return selection
    code = str(properties.get("code"))
    if code not in ward.shapes[selection.level]:
        return selection
    return replace(selection, place="" if code == selection.place else code)


def _clicked(ward: Ward, selection: WifiSelection) -> None:
    returned: dict[str, Any] = st.session_state.get(_KEY) or {}
    go_to(ward, after_click(ward, selection, returned.get("last_active_drawing")))
