"""Reach in the ward of four squares of 500 m: the answers can be worked out by hand."""

from __future__ import annotations

import math
from datetime import date

import jismesh.utils
import numpy as np
import pytest

from pipelines.build import build
from pipelines.warehouse import open_edition

WIFI = "sample/wifi_access_points/131148_public_wireless_lan.csv"
HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,施設ID,利用可能曜日,開始時間,終了時間,提供開始日\n"
AS_OF = date(2026, 4, 1)
OF_CIRCLE = 256 / (2 * math.pi) * math.sin(2 * math.pi / 256)


def edition_of(folder, rows):
    (folder.root / WIFI).write_text(HEADER + rows, "utf-8")
    report = build(folder, as_of=AS_OF)
    assert report.quarantined == 0
    return open_edition(report.edition, warehouse=folder.warehouse)


@pytest.fixture
def middle(tiny_data):
    """Longitude and latitude of the corner that the four areas share."""
    with edition_of(tiny_data, "131148,1,角,,35.7,139.6,,,,,\n") as edition:
        shapes = edition.frame("mart.shapes", level="ward").iloc[0]
    return shapes.lat, shapes.lon


def ward_row(edition, **equals):
    rows = edition.frame("evidence.reach", level="ward", surface="area", **equals)
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_site_on_the_corner_reaches_a_quarter_circle_of_each_area(tiny_data, middle):
    lat, lon = middle
    with edition_of(tiny_data, f"131148,1,角,,{lat},{lon},,,,,\n") as edition:
        rows = edition.frame("evidence.reach", opening_no=0, basis="known", distance_m=300)
        found = rows.set_index(["level", "code"]).persons_reached
    quarter = math.pi * 300**2 / 4 * OF_CIRCLE / 250_000
    # The corner is known to a centimetre or so.
    assert found["ward", "131148"] == pytest.approx(4500 * quarter, rel=1e-3)
    assert found["town", "131149901"] == pytest.approx(3500 * quarter, rel=2e-3)
    assert found["area", "13114990101"] == pytest.approx(2500 * quarter, rel=2e-3)
    assert found["area", "13114990202"] == 0


def test_the_hours_asked_for_decide_which_sites_count(tiny_data, middle):
    lat, lon = middle
    rows = (
        f"131148,1,昼,,{lat},{lon},,平日,9:00,17:00,\n"
        f"131148,2,不明,,{lat},{lon + 0.002},,,,,\n"
        f"131148,3,来年から,,{lat + 0.002},{lon},,毎日,0:00,24:00,2027-01-01\n"
        "131148,4,所在地だけ,中野区東町1-2-3,,,,毎日,0:00,24:00,\n"
    )
    with edition_of(tiny_data, rows) as edition:
        sites = edition.frame("evidence.wifi_sites")
        assert sites.counted.tolist() == [True, True, False, False]
        times = edition.frame("evidence.opening_times").set_index(["weekday", "hour"])
        counts = ["sites_open", "sites_unknown", "sites_closed"]
        assert times.loc[(1, 9), counts].tolist() == [1, 1, 0]
        assert times.loc[(7, 20), counts].tolist() == [0, 1, 1]
        sunday = int(times.loc[(7, 20), "opening_no"])
        known = ward_row(edition, opening_no=sunday, distance_m=300, basis="known")
        possible = ward_row(edition, opening_no=sunday, distance_m=300, basis="possible")
        always = ward_row(edition, opening_no=0, distance_m=300, basis="known")
    assert known.persons_reached == 0
    assert 0 < possible.persons_reached < always.persons_reached
    assert possible.persons == 4500


def test_a_site_says_how_far_from_the_ward_it_is(tiny_data, middle):
    lat, lon = middle
    # A degree of longitude is 90.4 km here.
    rows = (
        f"131148,1,角,,{lat},{lon},,,,,\n"
        f"131148,2,東,,{lat},{lon + 0.1},,,,,\n"
        f"131148,3,もっと東,,{lat},{lon + 0.2},,,,,\n"
        "131148,4,場所不明,,,,,,,,\n"
    )
    with edition_of(tiny_data, rows) as edition:
        corner, east, further, nowhere = edition.frame("evidence.wifi_sites").ward_distance_m
    assert corner == 0
    assert further - east == pytest.approx(9_040, rel=1e-2)
    assert np.isnan(nowhere)


def test_a_group_has_its_share_of_each_area(tiny_data, middle):
    lat, lon = middle
    folder = tiny_data.inbox / "area_membership"
    folder.mkdir(parents=True)
    (folder / "防災会.csv").write_text(
        "町丁目コード,区分の種類,区分名,割合\n"
        "13114990101,防災会,東防災会,0.4\n13114990102,防災会,東防災会,1\n",
        "utf-8",
    )
    with edition_of(tiny_data, f"131148,1,角,,{lat},{lon},,,,,\n") as edition:
        rows = edition.frame("evidence.reach", opening_no=0, basis="known", distance_m=500)
        areas = rows[rows.level == "area"].set_index("code").persons_reached
        group = rows[rows.level == "group"].iloc[0]
    assert (group.group_kind, group["name"], group.persons) == ("防災会", "東防災会", 2000)
    assert group.persons_reached == pytest.approx(
        0.4 * areas["13114990101"] + areas["13114990102"], abs=1e-5
    )


def test_without_any_position_nothing_is_said_and_what_to_bring_is(tiny_data):
    with edition_of(tiny_data, "131148,1,所在地だけ,中野区東町1-2-3,,,,,,,\n") as edition:
        assert edition.count("evidence.reach") == 0
        missing = edition.frame("evidence.missing_inputs", subject="reach")
    assert missing.dataset.tolist() == ["wifi_access_points"]


def test_sites_far_from_the_ward_reach_nobody_and_that_is_zero(tiny_data):
    with edition_of(tiny_data, "131148,1,焼津,,34.87,138.32,,,,,\n") as edition:
        row = ward_row(edition, opening_no=0, distance_m=500, basis="known")
    assert (row.persons, row.persons_reached, row.reached_ratio) == (4500, 0, 0)


def test_a_grid_is_cut_by_the_areas_and_stands_beside_them(tiny_data, middle):
    lat, lon = middle
    folder = tiny_data.inbox / "mesh_population"
    folder.mkdir(parents=True)
    # The cells of 250 m round the corner; withheld is left out, never zero.
    [code] = jismesh.utils.to_meshcode(np.array([lat, lat]), np.array([lon, lon]), 5)[:1]
    rows = [
        f"{code},2020-10-01,総数,総数,総数,国勢調査,1000",
        f"{code + 1 if str(code)[-1] in '13' else code - 1},2020-10-01,総数,総数,総数,国勢調査,X",
        f"{code},2015-10-01,総数,総数,総数,国勢調査,7",
    ]
    (folder / "メッシュ.csv").write_text(
        "地域メッシュコード,調査年月日,年齢区分,性別,国籍,人口の種類,人口\n"
        + "\n".join(rows) + "\n",
        "utf-8",
    )  # fmt: skip
    with edition_of(tiny_data, f"131148,1,角,,{lat},{lon},,,,,\n") as edition:
        rows = edition.frame(
            "evidence.reach", opening_no=0, basis="known", distance_m=500, level="ward"
        ).set_index("surface")
    # The cell lies in the ward altogether and within 500 m of its corner.
    assert rows.persons.to_dict() == {"area": 4500, "mesh": pytest.approx(1000, abs=1e-3)}
    assert rows.reached_ratio["mesh"] == pytest.approx(1)
    assert rows.unknown_parts["mesh"] > 0
    assert rows.unknown_parts["area"] == 0


def test_each_group_is_counted_by_its_own_source_and_says_which(sample_warehouse):
    with open_edition(warehouse=sample_warehouse) as edition:
        rows = edition.frame(
            "evidence.reach", opening_no=0, basis="known", distance_m=300, level="ward"
        ).set_index("population_group")
        default = edition.frame("mart.population_sources", is_default=True).iloc[0]
        old = edition.frame(
            "mart.population", age_group="65歳以上", nationality="総数", sex="総数"
        ).persons.sum()
    assert rows.population_key["total"] == default.population_key
    assert rows.persons["total"] == default.persons
    assert {"0-14", "65+", "foreign"} <= set(rows.index)
    assert rows.persons["65+"] == old
    register = rows[rows.population_key == rows.population_key["65+"]]
    ages = register.loc[["0-14", "15-64", "65+"]]
    origins = register.loc[["japanese", "foreign"]]
    assert ages.persons_reached.sum() == pytest.approx(origins.persons_reached.sum(), abs=1e-4)
    assert ((rows.reached_ratio > 0) & (rows.reached_ratio < 1)).all()
