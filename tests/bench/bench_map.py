"""The map, server side: ours beside one folium element an area and a point.

Both make all that streamlit-folium sends to the browser, of 85 areas and 3,000 named points, from
the same records, and take turns in one run. Nothing is kept between repetitions.
"""

from __future__ import annotations

import html
import json
import random
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_leaflet_string

from dashboard.maps.base import WardMap, base_payload
from dashboard.maps.layers import MapLayer, areas_payload, points_payload
from dashboard.maps.palette import class_colours
from dashboard.reading import read_ward
from pipelines.build import build
from pipelines.folder import DataFolder
from pipelines.warehouse import open_edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.ward import Ward

REPOSITORY = Path(__file__).resolve().parents[2]
POINTS = 3_000
FASTER, SMALLER = 15, 4
MEASURE = "population"


def run(repetitions: int) -> dict[str, Any]:
    """Time both sides `repetitions` times, alternately; medians in seconds, sizes in bytes."""
    ward = make_ward()
    ours_s, theirs_s, ours_bytes, theirs_bytes = [], [], 0, 0
    for _ in range(repetitions):
        seconds, ours_bytes = measure(lambda: our_map(ward))
        ours_s.append(seconds)
        seconds, theirs_bytes = measure(lambda: element_by_element(ward))
        theirs_s.append(seconds)
    faster = statistics.median(theirs_s) / statistics.median(ours_s)
    smaller = theirs_bytes / ours_bytes
    return {
        "name": "map",
        "compared_with": "one folium.GeoJson an area, one folium.CircleMarker a point",
        "areas": len(ward.shapes["area"]),
        "points": POINTS,
        "repetitions": repetitions,
        "ours_s": round(statistics.median(ours_s), 4),
        "theirs_s": round(statistics.median(theirs_s), 4),
        "ours_bytes": ours_bytes,
        "theirs_bytes": theirs_bytes,
        "times_faster": round(faster, 1),
        "times_smaller": round(smaller, 1),
        "limits": {"times_faster": FASTER, "times_smaller": SMALLER},
        "passed": faster >= FASTER and smaller >= SMALLER,
    }


def make_ward() -> Ward:
    """Read what is shipped, with 3,000 access points drawn over the ward's box."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse"
        data = DataFolder(REPOSITORY / "data", warehouse, Path(folder) / "inbox")
        build(data, as_of=date(2026, 4, 1))
        with open_edition(warehouse=warehouse) as edition:
            ward = read_ward(edition)
    draw = random.Random(131148)  # noqa: S311  (a picture, no secret)
    box = [point for points in ward.points.values() for point in points]
    west, east = min(p.lon for p in box), max(p.lon for p in box)
    south, north = min(p.lat for p in box), max(p.lat for p in box)
    pattern = ward.points["wifi"][0]
    points = tuple(
        replace(
            pattern,
            key=f"wifi:{number}",
            id=str(number),
            name=f"アクセスポイント{number}号",
            lon=draw.uniform(west, east),
            lat=draw.uniform(south, north),
        )
        for number in range(POINTS)
    )
    return replace(ward, points={**ward.points, "wifi": points})


def measure(make: Callable[[], str]) -> tuple[float, int]:
    """Time one making of a map; seconds, and bytes as UTF-8."""
    begun = time.perf_counter()
    script = make()
    return time.perf_counter() - begun, len(script.encode())


def our_map(ward: Ward) -> str:
    """Make what our page sends: shapes once, the choropleth, the points."""
    shapes = ward.shapes["area"].values()
    start = base_payload(
        shapes={"area": shapes}, outline=ward.outline, title="map", labels={}, lang="ja"
    )
    words = {
        shape.code: (figure.class_no, f"{figure.value:,.0f}人", f"85町丁目中{figure.rank}位")
        for shape in shapes
        for figure in [ward.figure("area", shape.code, MEASURE)]
    }
    areas = areas_payload("area", shapes, words, len(ward.classes["area", MEASURE]))
    points = points_payload("wifi", ward.points["wifi"], title="Wi-Fi", placed="")
    base = WardMap(start, outline=ward.outline)
    layers = [MapLayer("areas", areas), MapLayer("points", points)]
    return _get_map_string(base) + "".join(
        _get_feature_group_string(layer, map=base, idx=index) for index, layer in enumerate(layers)
    )


def element_by_element(ward: Ward) -> str:
    """Make the same map the way a first script does: an element each."""
    drawn = folium.Map(location=[ward.outline.lat, ward.outline.lon], tiles=None)
    colours = class_colours(len(ward.classes["area", MEASURE]))
    for shape in ward.shapes["area"].values():
        figure = ward.figure("area", shape.code, MEASURE)
        fill = colours[figure.class_no - 1]
        text = f"{html.escape(shape.name)} {figure.value:,.0f}人 85町丁目中{figure.rank}位"
        folium.GeoJson(
            json.loads(shape.geometry),
            style_function=lambda _feature, fill=fill: {"fillColor": fill, "fillOpacity": 1},
            tooltip=text,
        ).add_to(drawn)
    for point in ward.points["wifi"]:
        folium.CircleMarker(
            [point.lat, point.lon], radius=4, fill=True, tooltip=html.escape(point.name)
        ).add_to(drawn)
    drawn.render()
    return generate_leaflet_string(drawn)
