"""The facts carried over: equal to the published files they come from."""

from __future__ import annotations

import csv

import shapely

from geo.vector import read_geojson


def test_the_facts_are_those_of_the_published_lists(real_dir, facts):
    published = next((real_dir / "facilities").glob("nakano_131148_schools_*.csv"))
    with published.open(encoding="utf-8-sig", newline="") as file:
        schools = [
            (row["No"], row["名称"], row["名称_カナ"], row["住所"], row["経度"], row["緯度"])
            for row in csv.DictReader(file)
        ]
    keys = ("facility_id", "facility_name", "facility_name_kana", "address", "lon", "lat")
    assert [tuple(row[key] for key in keys) for row in facts("nakano_schools")] == schools
    shelters = read_geojson(real_dir / "facilities" / "gsi_shiteihinanjo_131148.geojson")
    carried = facts("nakano_shelters")
    assert [row["shelter_id"] for row in carried] == shelters.columns["共通ID"]
    assert [row["address"] for row in carried] == shelters.columns["住所"]
    places = shapely.points([(float(row["lon"]), float(row["lat"])) for row in carried])
    assert shapely.equals_exact(places, shelters.geometry, 0).all()


def test_the_facts_are_those_of_the_census_file(official_table, facts):
    columns = official_table.columns
    rows = {row["area_code"]: row for row in facts("nakano_areas_2015")}
    assert sorted(rows) == sorted(columns["KEY_CODE"])
    for code, name, people, homes in zip(
        *(columns[key] for key in ("KEY_CODE", "S_NAME", "JINKO", "SETAI")), strict=True
    ):
        full_width = str.maketrans("0123456789", "０１２３４５６７８９")
        assert rows[code]["area_name"].translate(full_width) == name
        assert (rows[code]["population_2015"], rows[code]["households_2015"]) == (people, homes)
