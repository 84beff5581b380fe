import pytest

from dashboard.components.wifi.map_panel import after_click
from dashboard.wifi.selection import (
    WifiAllowed,
    WifiSelection,
    parse_wifi,
    wifi_address,
    wifi_query,
)

NUMABUKURO_1 = "13114009001"
ALLOWED = WifiAllowed(
    distances=("300", "500"),
    groups=("total", "65+"),
    times=frozenset({"7-20", "1-9"}),
    places={"area": frozenset({NUMABUKURO_1}), "town": frozenset({"131140090"})},
    most_sites=10,
    candidate_numbers=("4", "9"),
    usage_units=("facility:22",),
)
CHOSEN = WifiSelection(
    distance="500",
    time="7-20",
    group="65+",
    map="next",
    section="next",
    candidates="shelter",
    sites="10",
    without="4,9",
    usage="facility:22",
    metric="users",
    place=NUMABUKURO_1,
    lang="en",
)


@pytest.mark.parametrize("selection", [WifiSelection(distance="300"), CHOSEN])
def test_a_selection_comes_back_from_its_url(selection):
    assert parse_wifi(wifi_query(selection, ALLOWED), ALLOWED) == (selection, ())


def test_the_default_has_no_parameters():
    assert wifi_address(WifiSelection(distance="300"), ALLOWED) == "wifi"
    assert wifi_address(CHOSEN, ALLOWED).startswith("wifi?distance=500&time=7-20&group=65%2B&")


def test_what_the_edition_does_not_have_is_named_and_left_out():
    query = {
        "distance": "299", "time": "8-20", "group": "cats", "map": "x", "section": "'; drop",
        "sites": "11", "place": "131140090", "without": "4,77", "foreign": "kept",
    }  # fmt: skip
    selection, unknown = parse_wifi(query, ALLOWED)
    assert selection == WifiSelection(distance="300", without="4")
    assert unknown == (
        "distance", "time", "group", "map", "section", "sites", "without", "place",
    )  # fmt: skip


def test_another_level_has_no_place_yet():
    assert CHOSEN.at_level("town").place == ""
    assert CHOSEN.at_level("area") is CHOSEN


@pytest.mark.parametrize(
    ("clicked", "place"),
    [
        ({"properties": {"code": NUMABUKURO_1}}, NUMABUKURO_1),
        ({"properties": {"code": "13114999999"}}, ""),
        ({"properties": {"kind": "wifi", "id": "1"}}, ""),
        ({"properties": None}, ""),
        ("<script>", ""),
        (None, ""),
    ],
)
def test_a_click_chooses_an_area_of_the_edition_only(sample_ward, clicked, place):
    nothing = WifiSelection(distance="300")
    assert after_click(sample_ward, nothing, clicked).place == place


def test_a_second_click_takes_the_choice_back(sample_ward):
    chosen = WifiSelection(distance="300", place=NUMABUKURO_1)
    assert after_click(sample_ward, chosen, {"properties": {"code": NUMABUKURO_1}}).place == ""
