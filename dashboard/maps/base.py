"""The folium map under everything: the ward's shapes, Leaflet from the app, no tiles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import folium
from markupsafe import escape

from dashboard.maps import leaflet
from dashboard.maps.layers import MapCall
from dashboard.maps.script import script_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.ward import Shape

_ZOOM: Final = 13


class WardMap(folium.Map):
    """A folium map that asks nothing of any host but the app's own.

    Drawn as SVG, not on a canvas: it prints sharp, every mark is an element that a test can count,
    and with 3,000 points a browser still redraws it in some 40 ms.
    """

    default_js = leaflet.SCRIPTS
    default_css = leaflet.STYLES

    def __init__(self, payload: str, *, outline: Shape) -> None:
        super().__init__(
            location=[round(outline.lat, 5), round(outline.lon, 5)],
            zoom_start=_ZOOM,
            zoom_control=False,
            zoom_snap=0.1,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=120,
            tiles=None,
        )

        self.add_child(MapCall("start", payload))

    def render(self, **_options: object) -> str:
        """Nothing: streamlit-folium sends the elements' scripts, which are ready.

        folium would compile a template an element here, the payload included, for an HTML page
        that nobody reads; on each rerun of the page that took longer than all the rest.
        """
        return ""


def base_payload(
    *,
    shapes: Mapping[str, Iterable[Shape]],
    outline: Shape,
    title: str,
    labels: Mapping[str, str],
    lang: str,
    tiles: str = "",
    attribution: str = "",
) -> str:
    """All that stays while a reader chooses: geometries of every level (EPSG:4326), labels.

    `tiles` is the URL template of a background map, off by default; its `attribution` is shown.
    """
    return script_json(
        {
            "shapes": {
                level: [[shape.code, json.loads(shape.geometry)] for shape in of_level]
                for level, of_level in shapes.items()
            },
            "outline": json.loads(outline.geometry),
            "title": title,
            "labels": dict(labels),
            "lang": lang,
            "tiles": {"url": tiles, "attribution": str(escape(attribution))} if tiles else None,
        }
    )
