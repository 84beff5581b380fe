"""What is drawn, as folium elements: one call of the map's script each, with its data as JSON.

folium's own GeoJson and CircleMarker render a template a feature and write names into HTML. Here
a layer is one element with one payload, which is text, so it can be prepared once and kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.maps.palette import MARKS, class_colours
from dashboard.maps.script import script_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.ward import Point, Shape

_DECIMALS: Final = 5  # about a metre
_RADIUS_PX: Final = {"facility": 6.5, "shelter": 4.5, "wifi": 3.4, "station": 4.0}
"""Each kind smaller than the one below it: schools are shelters too and must show behind them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on the map (EPSG:4326), filled or hollow."""

    id: str
    lon: float
    lat: float
    name: str
    detail: str
    hollow: bool


class MapCall(MacroElement):
    """`wardMap.<function>(<parent>, <payload>)` in the script of the map."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "wardMap.{{ this.function }}({{ this._parent.get_name() }}, {{ this.payload }});"
        "{% endmacro %}"
    )

    def __init__(self, function: str, payload: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is typed in part
        self._name = "MapCall"
        self.function = function
        self.payload = payload


class MapLayer(folium.FeatureGroup):
    """One call in a feature group, which streamlit-folium swaps without reloading the map."""

    def __init__(self, function: str, payload: str) -> None:
        super().__init__(name=function)
        self.add_child(MapCall(function, payload))

    def render(self, **_options: object) -> str:
        """Nothing: see `dashboard.maps.base.WardMap.render`."""
        return ""


def areas_payload(
    level: str,
    shapes: Iterable[Shape],
    words: Mapping[str, tuple[int | None, str, str]],
    classes: int,
) -> str:
    """The choropleth of `level`: for each shape its class number (1…, None), value and rank.

    Rows stand in the order of `shapes`, which is the order the map's geometries were sent in.
    """
    rows = [
        [shape.name, (class_no or 0) - 1, value, rank]
        for shape in shapes
        for class_no, value, rank in [words[shape.code]]
    ]
    return script_json({"level": level, "colours": class_colours(classes), "rows": rows})


def points_payload(kind: str, points: Iterable[Point], *, title: str, placed: str) -> str:
    """One kind of points; `placed` says in words that a point stands where its address is."""
    marks = [
        Mark(
            point.key.partition(":")[2],
            point.lon or 0.0,
            point.lat or 0.0,
            point.name,
            point.category,
            point.location_source == "address",
        )
        for point in points
        if point.drawn
    ]
    return marks_payload(kind, marks, title=title, hollow=placed)


def marks_payload(kind: str, marks: Iterable[Mark], *, title: str, hollow: str) -> str:
    """Signs of one kind; `hollow` says in words what a hollow one means."""
    shape, colour = MARKS[kind]
    rows = [
        [
            mark.id,
            round(mark.lon, _DECIMALS),
            round(mark.lat, _DECIMALS),
            mark.name,
            mark.detail,
            int(mark.hollow),
        ]
        for mark in marks
    ]
    return script_json(
        {
            "kind": kind,
            "title": title,
            "shape": shape,
            "colour": colour,
            "radius": _RADIUS_PX[kind],
            "labelled": kind == "station",
            "placed": hollow,
            "rows": rows,
        }
    )


def circles_payload(at: Iterable[tuple[float, float]], *, radius_m: float) -> str:
    """Circles of one radius around points (lon, lat in EPSG:4326)."""
    rows = [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in at]
    return script_json({"radius_m": radius_m, "colour": MARKS["wifi"][1], "rows": rows})


def numbered_payload(rows: Iterable[tuple[int, float, float, str, str]], *, radius_m: float) -> str:
    """Numbered places (number, lon, lat, name, detail), each with its circle."""
    placed = [
        [number, round(lon, _DECIMALS), round(lat, _DECIMALS), name, detail]
        for number, lon, lat, name, detail in rows
    ]
    return script_json({"radius_m": radius_m, "rows": placed})


def chosen_payload(level: str, shapes: Sequence[Shape], found: Point | None) -> str:
    """The outlines and names of the chosen areas, and a ring around a found point."""
    areas = [[s.code, s.name, round(s.lon, _DECIMALS), round(s.lat, _DECIMALS)] for s in shapes]
    ring = (
        {"name": found.name, "lon": found.lon, "lat": found.lat} if found and found.drawn else None
    )
    return script_json({"level": level, "areas": areas, "found": ring})


def frame_payload(*, legend: str, badges: str) -> str:
    """The legend and the badges on the map, as HTML that is already escaped."""
    return script_json({"legend": legend, "badges": badges})
