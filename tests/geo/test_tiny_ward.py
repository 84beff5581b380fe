"""The ward of four areas gives the counts that its README.md writes out."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
import shapely

from geo.addresses import AddressMatcher
from geo.areas import Areas
from geo.assign import assign_points
from geo.crs import measure_area_m2
from geo.vector import read_geojson

EAST_1, EAST_2, WEST_1, WEST_2 = "13114990101", "13114990102", "13114990201", "13114990202"


@pytest.fixture(scope="module")
def table(tiny_ward):
    return read_geojson(tiny_ward / "sample" / "areas" / "tiny_areas.geojson")


@pytest.fixture(scope="module")
def areas(table):
    return Areas.from_arrays(table.columns["KEY_CODE"], table.geometry)


@pytest.fixture(scope="module")
def matcher(table):
    return AddressMatcher(
        table.columns["KEY_CODE"],
        table.columns["S_NAME"],
        prefecture="東京都",
        municipality="中野区",
    )


@pytest.fixture(scope="module")
def rows(tiny_ward):
    def read(dataset):
        path = next((tiny_ward / "sample" / dataset).glob("*.csv"))
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read


def codes_at(areas, lon, lat):
    found = assign_points([float(x or "nan") for x in lon], [float(y or "nan") for y in lat], areas)
    return [None if index < 0 else str(areas.codes[index]) for index in found]


def codes_of(areas, rows):
    return codes_at(areas, [row["経度"] for row in rows], [row["緯度"] for row in rows])


def test_four_squares_that_share_their_edges(areas, projected_crs):
    measured = measure_area_m2(areas.polygons, crs=projected_crs)
    assert areas.codes.tolist() == [EAST_1, EAST_2, WEST_1, WEST_2]
    assert measured == pytest.approx([250_000] * 4, rel=2e-5)
    assert shapely.coverage_is_valid(areas.polygons)
    assert areas.dissolve([code[:9] for code in areas.codes]).codes.size == 2


def test_figures(table):
    figures = {name: [int(text) for text in table.columns[name]] for name in ("JINKO", "SETAI")}
    assert figures == {"JINKO": [2500, 1000, 1000, 0], "SETAI": [1250, 500, 400, 0]}
    assert table.columns["AREA"] == ["250000"] * 4


def test_facilities(areas, matcher, rows):
    facilities = rows("facilities")
    by_place = codes_of(areas, facilities)
    by_address = matcher.match_all(row["住所"] for row in facilities)
    assert by_place == [EAST_1, EAST_2, WEST_1, None, EAST_1, EAST_1]
    assert by_address == [EAST_1, EAST_2, WEST_1, WEST_2, EAST_1, EAST_1]
    assert facilities[1]["名称"] == "<script>alert(1)</script>"
    assert facilities[2]["名称"] == "=cmd()"
    assert Counter(row["分類"] for row in facilities) == {"小中学校": 2, "図書館": 2, "集会施設": 2}


def test_shelters_and_the_one_that_disagrees_with_its_address(tiny_ward, areas, matcher):
    path = tiny_ward / "sample" / "evacuation_shelters" / "131148_shiteihinanjo.geojson"
    shelters = read_geojson(path)
    lon, lat = shapely.get_x(shelters.geometry), shapely.get_y(shelters.geometry)
    assert codes_at(areas, lon, lat) == [EAST_1, WEST_1, EAST_2]
    assert matcher.match_all(shelters.columns["住所"]) == [EAST_1, WEST_1, WEST_1]


def test_access_points_and_the_one_outside(areas, matcher, rows):
    points = rows("wifi_access_points")
    assert codes_of(areas, points) == [EAST_1, EAST_1, WEST_1, WEST_2, None]
    assert matcher.match_all(row["住所"] for row in points) == [
        EAST_1,
        EAST_1,
        WEST_1,
        WEST_2,
        None,
    ]


def test_the_station(areas, rows):
    (station,) = rows("stations")
    assert codes_at(areas, [station["lon"]], [station["lat"]]) == [WEST_1]
