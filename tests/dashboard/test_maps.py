import json
import re
from dataclasses import replace

import pytest
from streamlit_folium import (
    _get_feature_group_string,
    _get_map_string,
    generate_leaflet_string,
)

from dashboard.components import map_layers
from dashboard.components.map_panel import after_click
from dashboard.maps.base import WardMap, base_payload
from dashboard.maps.layers import MapLayer, areas_payload, chosen_payload, points_payload
from dashboard.maps.palette import class_colours
from dashboard.maps.script import script_json
from dashboard.selection import KINDS, LEVELS, Selection
from dashboard.translation import translator
from dashboard.ward import Point, Shape

EVIL = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{ 7*7 }}{% for x in y %}{# #}",
    "{{'alert'}}",
    '"quoted" \\ back\u2028slash',
    "=cmd()|' /C calc'!A0",
    "`${alert(1)}`",
)
SQUARE = '{"type":"Polygon","coordinates":[[[139.1,35.1],[139.2,35.1],[139.2,35.2],[139.1,35.1]]]}'


def everything(ward, selection):
    """All that streamlit-folium sends to the browser for a selection."""
    base = WardMap(map_layers.base(ward, selection.lang), outline=ward.outline)
    script = _get_map_string(base)
    layers = map_layers.layers(ward, selection)
    return script + "".join(
        _get_feature_group_string(layer, map=base, idx=index) for index, layer in enumerate(layers)
    )


def calls(script):
    """The calls of the map's script: (function, payload as Python), in order."""
    found = re.findall(r"^wardMap\.(\w+)\(\w+, (.*)\);$", script, re.MULTILINE)
    return [(function, json.loads(payload)) for function, payload in found]


def a_point(name, **changes):
    point = Point(
        key=f"facility:{name}", kind="facility", id=name, name=name, category=name, address=name,
        lon=139.15, lat=35.15, area_code="1", town_code="1", location_source="coordinate", in_ward=True,
    )  # fmt: skip
    return replace(point, **changes)


def test_the_map_holds_all_85_areas_and_every_point_once(sample_ward):
    selection = Selection(measure="population", layers=KINDS)
    start, areas, *points, chosen, frame = calls(everything(sample_ward, selection))
    assert [name for name, _ in (start, areas, chosen, frame)] == [
        "start",
        "areas",
        "chosen",
        "frame",
    ]
    assert len(start[1]["shapes"]["area"]) == len(areas[1]["rows"]) == 85
    assert {shape[1]["type"] for shape in start[1]["shapes"]["area"]} <= {"Polygon", "MultiPolygon"}
    assert {name: len(payload["rows"]) for _, payload in points for name in [payload["kind"]]} == {
        "facility": 29, "shelter": 62, "wifi": 24, "station": 13,
    }  # fmt: skip


def test_rows_and_shapes_stand_in_one_order(sample_ward):
    script = everything(sample_ward, Selection(measure="population"))
    by_name = dict(calls(script))
    names = [
        sample_ward.shapes["area"][code].name for code, _ in by_name["start"]["shapes"]["area"]
    ]
    assert [row[0] for row in by_name["areas"]["rows"]] == names


@pytest.mark.parametrize("level", LEVELS)
def test_the_map_names_no_host(sample_ward, level):
    selection = Selection(measure="wifi_per_10k", level=level, layers=KINDS)
    base = WardMap(map_layers.base(sample_ward, "ja"), outline=sample_ward.outline)
    links = [address for _, address in (*base.default_js, *base.default_css)]
    assert all(link.startswith("../") for link in links)
    assert not re.search(r"https?:|//[a-z]", everything(sample_ward, selection))


def test_the_frame_is_reloaded_only_for_another_language_or_other_shapes(sample_ward):
    assert map_layers.base(sample_ward, "ja") == map_layers.base(sample_ward, "ja")
    assert map_layers.base(sample_ward, "ja") != map_layers.base(sample_ward, "en")


@pytest.mark.parametrize("name", EVIL)
def test_any_name_survives_as_text_and_never_as_code(name):
    shape = Shape("1", name, 139.15, 35.15, SQUARE)
    payloads = {
        "areas": areas_payload("area", [shape], {"1": (1, name, name)}, 1),
        "points": points_payload("facility", [a_point(name)], title=name, placed=name),
        "chosen": chosen_payload("area", [shape], a_point(name)),
        "start": base_payload(
            shapes={"area": [shape]}, outline=shape, title=name, labels={"whole": name}, lang="ja",
            tiles="https://tiles.example/{z}/{x}/{y}.png", attribution=name,
        ),
    }  # fmt: skip
    base = WardMap(payloads["start"], outline=shape)
    script = generate_leaflet_string(base) + "".join(
        _get_feature_group_string(MapLayer(function, payload), map=base)
        for function, payload in payloads.items()
    )
    assert not re.search(r"[<>&'\u2028\u2029]|\{\{|\{%|\{#", "".join(payloads.values()))
    written = dict(calls(script))
    assert written["areas"]["rows"][0][0] == name
    assert written["points"]["rows"][0][3] == name
    assert written["chosen"]["found"]["name"] == name


def test_script_json_refuses_what_is_no_number():
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json(float("nan"))


def test_an_address_is_hollow_and_no_place_is_not_drawn():
    points = [
        a_point("seen"),
        a_point("placed", location_source="address"),
        a_point("nowhere", lon=None, lat=None, area_code=None, location_source="none"),
        a_point("elsewhere", in_ward=False, area_code=None),
    ]
    rows = json.loads(points_payload("facility", points, title="", placed=""))["rows"]
    assert [(row[3], row[-1]) for row in rows] == [("seen", 0), ("placed", 1)]


def test_classes_get_as_many_colours_from_light_to_dark():
    def lightness(colour):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for count in range(10):
        colours = class_colours(count)
        assert len(colours) == count
        assert [lightness(c) for c in colours] == sorted(map(lightness, colours), reverse=True)


def test_a_click_chooses_what_the_edition_has_and_nothing_else(sample_ward):
    selection = Selection(measure="population")
    area = {"properties": {"level": "area", "code": "13114003004"}}
    assert after_click(sample_ward, selection, area).areas == ("13114003004",)
    point = sample_ward.points["facility"][0]
    clicked = {"properties": {"kind": "facility", "id": point.key.partition(":")[2]}}
    marked = after_click(sample_ward, selection, clicked)
    assert (marked.found, marked.areas) == (point.key, (point.area_code,))
    for nonsense in (
        None,
        [],
        {"properties": None},
        {"properties": {"code": "x"}},
        {"properties": {"code": ["y"]}},
    ):
        assert after_click(sample_ward, selection, nonsense) == selection


def test_the_badges_stand_on_the_map(sample_ward):
    selection = Selection(measure="population", layers=("wifi",))
    badges = dict(calls(everything(sample_ward, selection)))["frame"]["badges"]
    assert "模式図" in badges
    assert "デモ用・架空" in badges
    english = dict(calls(everything(sample_ward, replace(selection, lang="en"))))["frame"]["badges"]
    assert translator("en")("境界は実際と異なります") in english
