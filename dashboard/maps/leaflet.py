"""Leaflet and the script of the map, served by the app itself: a closed network has no CDN.

Streamlit serves the folder of a declared component. The map stands in the frame of
streamlit-folium, which is itself such a folder, so paths relative to that frame also work when
the app lives under a base path.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

import streamlit.components.v1 as components
from xstatic.pkg import leaflet

_STATIC: Final = Path(__file__).parent / "static"

_leaflet = components.declare_component("leaflet", path=leaflet.BASE_DIR)
_ward_map = components.declare_component("ward_map", path=str(_STATIC))


def _address(name: str) -> str:
    # Browsers keep the file for as long as they like; another content is another address.
    version = sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
    return f"../{_ward_map.name}/{name}?v={version}"


SCRIPTS: Final = [
    ("leaflet", f"../{_leaflet.name}/leaflet.js"),
    ("ward_map", _address("ward_map.js")),
]
STYLES: Final = [
    ("leaflet", f"../{_leaflet.name}/leaflet.css"),
    ("ward_map", _address("ward_map.css")),
]
