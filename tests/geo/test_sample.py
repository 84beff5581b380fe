"""The sample that is shipped: made from the facts, to the byte, and plausible on a map."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
import shapely
import yaml

from geo.addresses import AddressMatcher
from geo.assign import assign_points
from geo.crs import to_projected
from geo.vector import read_geojson
from pipelines.evidence.opening import open_state, parse_days, parse_hours

FILES = {
    "areas": "131148_schematic_areas.geojson",
    "area_population": "131148_population.csv",
    "facilities": "131148_public_facility.csv",
    "evacuation_shelters": "131148_shiteihinanjo.geojson",
    "stations": "131148_stations.csv",
    "wifi_access_points": "131148_public_wireless_lan.csv",
    "wifi_usage": "131148_wifi_usage.csv",
    "area_membership": "131148_area_membership.csv",
    "policy_events": "131148_policy_events_wifi.csv",
}
EVERY_FILE = {
    *(f"{name}/{file}" for name, file in FILES.items()),
    "area_population/131148_population_foreign.csv",
}
# The plan's initiatives, which tests/tools/ looks into.
PLAN_FILES = (
    "departments/departments", "departments/departments_demo", "initiatives/initiatives",
    "initiative_departments/initiative_departments", "initiative_places/initiative_places",
    "initiative_places/initiative_places_later", "initiative_milestones/initiative_milestones",
    "initiative_milestones/plan_timetable", "initiative_budgets/initiative_budgets",
    "initiative_reports/initiative_reports", "indicators/indicators",
    "indicator_values/indicator_values", "indicator_values/indicator_values_other",
    "policy_events/policy_events_initiatives",
)  # fmt: skip
# Streets and merchants, likewise.
CASHLESS = ("shopping_streets", "shopping_street_counts", "cashless_merchants")
EVERY_FILE |= {f"{name}/131148_{name}.csv" for name in CASHLESS}
EVERY_FILE |= {f"{name.replace('/', '/131148_')}.csv" for name in PLAN_FILES}
FACILITY_COLUMNS = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,名称_通称,POIコード,"
    "住所,方書,緯度,経度,電話番号,内線番号,法人番号,団体名,利用可能曜日,開始時間,終了時間,"
    "利用可能日時特記事項,説明,バリアフリー情報,URL,備考"
)
WIFI_COLUMNS = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,名称_英語,住所,方書,"
    "緯度,経度,設置者,電話番号,内線番号,SSID,提供エリア,URL,備考"
)
OWN_WIFI_COLUMNS = "提供開始日,利用可能曜日,開始時間,終了時間"


@pytest.fixture(scope="module")
def rows(sample_dir):
    def read(dataset):
        with (sample_dir / dataset / FILES[dataset]).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="module")
def shelters(sample_dir):
    return read_geojson(sample_dir / "evacuation_shelters" / FILES["evacuation_shelters"])


@pytest.fixture(scope="module")
def matcher(facts):
    areas = facts("nakano_areas_2015")
    return AddressMatcher(
        [row["area_code"] for row in areas],
        [row["area_name"] for row in areas],
        prefecture="東京都",
        municipality="中野区",
    )


def codes_of(rows, areas):
    found = assign_points(
        [float(row["経度"]) for row in rows], [float(row["緯度"]) for row in rows], areas
    )
    assert (found >= 0).all()
    return areas.codes[found].tolist()


def test_making_it_again_gives_the_same_bytes(repository, sample_dir, tmp_path):
    scripts = sorted((repository / "tools").glob("make_*sample.py"))
    assert len(scripts) == 5
    for script in scripts:
        subprocess.run([sys.executable, script, "--to", tmp_path], check=True, capture_output=True)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.as_posix() for path in made} == EVERY_FILE
    for path in made:
        assert (tmp_path / path).read_bytes() == (sample_dir / path).read_bytes(), path


def test_nothing_else_is_shipped(sample_dir):
    shipped = {path.relative_to(sample_dir).as_posix() for path in sample_dir.rglob("*.*")}
    assert shipped == EVERY_FILE | {f"{name.partition('/')[0]}/source.yaml" for name in EVERY_FILE}


def test_the_columns_are_the_published_ones(sample_dir):
    for name, columns in (
        ("facilities", f"{FACILITY_COLUMNS},分類"),
        ("wifi_access_points", f"{WIFI_COLUMNS},施設ID,避難所ID,{OWN_WIFI_COLUMNS}"),
    ):
        content = (sample_dir / name / FILES[name]).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf" + columns.encode() + b"\r\n")
        assert content.count(b"\n") == content.count(b"\r\n")


def test_every_source_is_declared(sample_dir):
    declared = {
        name: yaml.safe_load((sample_dir / name / "source.yaml").read_text(encoding="utf-8"))
        for name in FILES
    }
    statuses = {name: facts["status"] for name, facts in declared.items()}
    assert statuses == dict.fromkeys(FILES, "official") | {
        "areas": "schematic",
        "area_population": "sample",
        "wifi_access_points": "sample",
        "wifi_usage": "sample",
        "area_membership": "sample",
        "policy_events": "sample",
    }
    # What is a fact among the events is declared for its file.
    events = declared["policy_events"]["files"][FILES["policy_events"]]
    assert (events["status"], events["publisher"]) == ("official", "中野区")
    # The census and what is invented name their day; the other sources do not say theirs.
    assert [name for name, facts in declared.items() if "as_of" in facts] == [
        "areas",
        "area_population",
        "wifi_usage",
    ]
    assert {"publisher", "publisher_en", "title", "note", "note_en"} <= set.intersection(
        *(set(facts) for facts in declared.values())
    )


def test_the_areas_carry_the_figures_of_the_census(sample_dir, facts):
    table = read_geojson(sample_dir / "areas" / FILES["areas"])
    columns = table.columns
    expected = facts("nakano_areas_2015")
    assert columns["KEY_CODE"] == [row["area_code"] for row in expected]
    assert columns["AREA"] == [row["area_m2"] for row in expected]
    assert columns["JINKO"] == [row["population_2015"] for row in expected]
    assert columns["SETAI"] == [row["households_2015"] for row in expected]
    assert columns["S_NAME"][0] == "南台１丁目"
    assert sum(int(count) for count in columns["JINKO"]) == 328_215
    assert sum(int(area) for area in columns["AREA"]) == pytest.approx(15.58e6, rel=1e-3)


def test_the_invented_residents_are_people_of_the_census_grown_a_little(rows, sample_dir, facts):
    everyone = rows("area_population")
    path = sample_dir / "area_population" / "131148_population_foreign.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        foreigners = list(csv.DictReader(file))
    census = {row["area_code"]: int(row["population_2015"]) for row in facts("nakano_areas_2015")}
    assert [row["地域コード"] for row in everyone] == list(census)
    ages = [
        name
        for name in everyone[0]
        if name.endswith(("歳の男性", "歳の女性", "以上の男性", "以上の女性"))
    ]
    assert len(ages) == 36
    shares = []
    for all_of, foreign in zip(everyone, foreigners, strict=True):
        assert all_of["備考"] == foreign["備考"] == "デモ用・架空"
        for row in (all_of, foreign):
            total = int(row["総人口"])
            assert sum(int(row[name]) for name in ages) == total
            assert int(row["男性"]) + int(row["女性"]) == total
        assert all(int(foreign[name]) <= int(all_of[name]) for name in ages)
        assert 0.96 < int(all_of["総人口"]) / census[all_of["地域コード"]] < 1.10
        shares.append(int(foreign["総人口"]) / int(all_of["総人口"]))
    assert 0.02 < min(shares) < 0.05
    assert 0.11 < max(shares) < 0.14


def test_the_shapes_shipped_are_a_valid_coverage(schematic, facts, projected_crs):
    cells = to_projected(schematic.polygons, crs=projected_crs)
    outline = [(float(row["lon"]), float(row["lat"])) for row in facts("nakano_outline")]
    ward = to_projected(np.array([shapely.Polygon(outline)]), crs=projected_crs)[0]
    assert schematic.repaired == ()
    assert shapely.coverage_is_valid(cells)
    assert shapely.area(cells).sum() == pytest.approx(ward.area, rel=1e-5)


def test_schools_shelters_and_stations_are_all_there(rows, shelters, facts):
    schools = rows("facilities")
    assert [row["NO"] for row in schools] == [row["facility_id"] for row in facts("nakano_schools")]
    assert len({row["NO"] for row in schools}) == len(schools) == 29
    assert len(set(shelters.columns["共通ID"])) == shelters.geometry.size == 62
    assert len({row["station_name"] for row in rows("stations")}) == 13


def test_schools_and_shelters_stand_where_their_addresses_say(rows, shelters, official, matcher):
    schools = rows("facilities")
    assert codes_of(schools, official) == matcher.match_all(row["住所"] for row in schools)
    found = assign_points(
        shapely.get_x(shelters.geometry), shapely.get_y(shelters.geometry), official
    )
    assert official.codes[found].tolist() == matcher.match_all(shelters.columns["住所"])


def test_no_access_point_can_be_taken_for_a_real_one(rows):
    points = rows("wifi_access_points")
    assert len(points) == 24
    for point in points:
        assert point["名称"].startswith("【デモ】")
        assert point["備考"] == "デモ用・架空"
        assert "架空" in point["設置者"]
        assert point["SSID"] == "DEMO-FREE-WIFI"
        assert point["電話番号"] == point["URL"] == ""


def test_access_points_stand_at_places_that_exist(rows, shelters):
    schools = {row["NO"]: row for row in rows("facilities")}
    ids = shelters.columns["共通ID"]
    for point in rows("wifi_access_points"):
        assert bool(point["施設ID"]) != bool(point["避難所ID"])
        if point["施設ID"]:
            host = schools[point["施設ID"]]
            name, address, place = host["名称"], host["住所"], (host["経度"], host["緯度"])
        else:
            index = ids.index(point["避難所ID"])
            shape = shelters.geometry[index]
            name, address = (shelters.columns[key][index] for key in ("施設・場所名", "住所"))
            place = (shape.x, shape.y)
        assert point["名称"] == f"【デモ】{name} {point['方書']}"
        assert point["住所"] == address
        here = (float(point["経度"]), float(point["緯度"]))
        assert here == pytest.approx(tuple(float(degrees) for degrees in place), abs=1e-6)


def test_access_points_are_spread_and_some_areas_have_none(rows, schematic, matcher):
    points = rows("wifi_access_points")
    in_cells = codes_of(points, schematic)
    by_address = matcher.match_all(row["住所"] for row in points)
    assert None not in by_address
    for codes in (in_cells, by_address):
        assert 20 <= len(set(codes)) <= 24
        assert len({code[:9] for code in codes}) >= 12
    places = shapely.multipoints([(float(row["経度"]), float(row["緯度"])) for row in points])
    west, south, east, north = shapely.total_bounds(schematic.polygons)
    left, bottom, right, top = places.bounds
    assert (right - left) / (east - west) > 0.8
    assert (top - bottom) / (north - south) > 0.8


def test_the_invented_service_says_when_it_began_and_some_of_it_does_not(rows):
    points = rows("wifi_access_points")
    starts = [point["提供開始日"] for point in points]
    assert 1 <= starts.count("") <= 4
    assert min(filter(None, starts)) == "2015-10-01"
    assert max(starts) < "2026-04-01"
    hours = [parse_hours(point["開始時間"], point["終了時間"]) for point in points]
    days = [parse_days(point["利用可能曜日"]) for point in points]
    sunday = [
        open_state(day, *(hour or (None, None)), 7, 20)
        for day, hour in zip(days, hours, strict=True)
    ]
    assert {"open", "closed", "unknown"} == set(sunday)


def test_the_invented_use_has_what_goes_wrong_in_such_lists(rows):
    usage = rows("wifi_usage")
    starts = {point["NO"]: point["提供開始日"] for point in rows("wifi_access_points")}
    assert {row["備考"] for row in usage} == {"デモ用・架空"}
    assert sorted({row["年月"] for row in usage})[::35] == ["2023-04", "2026-03"]
    assert all(f"{row['年月']}-31" >= starts[row["アクセスポイントID"]] for row in usage)
    assert {"×", "…", "-"} == {row["接続回数"] for row in usage if not row["接続回数"].isdigit()}
    assert len(usage) < 36 * 24


def test_the_invented_memberships_cover_part_of_the_ward_and_name_shelters(rows, shelters, facts):
    members = rows("area_membership")
    population = {
        row["area_code"]: int(row["population_2015"]) for row in facts("nakano_areas_2015")
    }
    assert all(row["区分名"].startswith("【デモ】") for row in members)
    districts = [row for row in members if row["区分の種類"] == "区民活動センター圏域"]
    assert [row["町丁目コード"] for row in districts] == list(population)
    assigned = [row for row in members if row["区分の種類"] == "防災会"]
    shares = Counter()
    for row in assigned:
        assert row["避難所ID"] in shelters.columns["共通ID"]
        shares[row["町丁目コード"]] += float(row["割合"])
    assert all(share == pytest.approx(1) for share in shares.values())
    covered = sum(population[code] for code in shares) / sum(population.values())
    assert 0.3 < covered < 0.8
