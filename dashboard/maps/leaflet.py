"""Leaflet and the script of the map, served by the app itself: a closed network has no CDN.

Streamlit serves the folder of a declared component. The map stands in the frame of
streamlit-folium, which is itself such a folder, so paths relative to that frame also work when
the app lives under a base path.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit.components.v1 as components
from xstatic.pkg import leaflet

_STATIC: Final = Path(__file__).parent / "static"

_leaflet = components.declare_component("leaflet", path=leaflet.BASE_DIR)
_ward_map = components.declare_component("ward_map", path=str(_STATIC))

SCRIPTS: Final = [
    ("leaflet", f"../{_leaflet.name}/leaflet.js"),
    ("ward_map", f"../{_ward_map.name}/ward_map.js"),
]
STYLES: Final = [
    ("leaflet", f"../{_leaflet.name}/leaflet.css"),
    ("ward_map", f"../{_ward_map.name}/ward_map.css"),
]
