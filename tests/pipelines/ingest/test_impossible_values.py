"""Values that can be read and cannot be so: held back by name, never turned into another figure."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pytest

from pipelines.build import build
from pipelines.check import check_file
from pipelines.contracts import FieldContract, load_catalogue
from pipelines.ingest.repairs import repair_column
from pipelines.ingest.rules import rule_message
from pipelines.warehouse import open_edition

HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID,最終確認日"
ROW = "131148,1,名,東京都中野区東町1-2-3,35.7,139.66,S,2024-09-01"


@pytest.mark.parametrize("value", ["129²", "1290¹", "①", "½", "㎡", "3⁵", "Ⅳ", "１２³"])
def test_a_footnote_or_a_fraction_never_becomes_a_figure(value):
    field = FieldContract(name="x", title="x", title_en="x", type="integer")
    column, counts = repair_column(pa.array([value], pa.string()), field, ("",))
    assert (column[0].as_py(), counts) == (value, {})


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("35.7", "3²", "type_number"),
        ("35.7", "1e999", "type_number"),
        ("35.7", "-1e999", "type_number"),
        ("35.7", "nan", "type_number"),
        ("35.7", "0x10", "type_number"),
        ("2024-09-01", "0000-01-01", "type_date"),
        ("2024-09-01", "2024-02-30", "type_date"),
    ],
)
def test_what_nothing_can_count_with_is_held_back(tiny_data, tmp_path, old, new, rule):
    path = tmp_path / "wifi.csv"
    path.write_text(f"{HEADER}\n{ROW.replace(old, new)}\n", "utf-8")
    [report] = check_file(path, tiny_data, dataset=None)
    assert report.count.rows_quarantined == 1
    assert rule in {found.rule for found in report.result.findings}


@pytest.fixture
def change(tiny_data):
    """Change the first of the four areas; gives the folder."""

    def changed(**members):
        path = tiny_data.sample / "areas" / "tiny_areas.geojson"
        content = json.loads(path.read_text("utf-8"))
        geometry = members.pop("geometry", None)
        content["features"][0]["properties"] |= members
        content["features"][0]["geometry"] = geometry or content["features"][0]["geometry"]
        path.write_text(json.dumps(content), "utf-8")
        return tiny_data

    return changed


@pytest.mark.parametrize("value", ["1e300", "1e999", "1e12"])
def test_an_area_larger_than_the_country_is_held_back(change, value):
    report = build(change(AREA=value), as_of=date(2026, 4, 1))
    assert report.quarantined == 1


def test_a_count_as_large_as_can_be_is_still_added_up(change):
    folder = change(JINKO="9223372036854775807")
    report = build(folder, as_of=date(2026, 4, 1))
    with open_edition(report.edition, warehouse=folder.warehouse) as edition:
        assert edition.frame("mart.measures", level="ward", measure="population").value[0] > 9e18


WEST, SOUTH, STEP = 139.66, 35.7, 1e-8


@pytest.mark.parametrize(
    "ring",
    [
        [[WEST, SOUTH], [WEST + 0.01, SOUTH], [WEST, SOUTH], [WEST, SOUTH]],
        [[WEST, SOUTH]] * 4,
    ],
)
def test_a_polygon_that_encloses_nothing_is_no_polygon(change, ring):
    folder = change(geometry={"type": "Polygon", "coordinates": [ring]})
    report = build(folder, as_of=date(2026, 4, 1))
    with open_edition(report.edition, warehouse=folder.warehouse) as edition:
        assert edition.frame("meta.findings", rule="geometry_missing").line[0] == 1
        assert len(edition.frame("clean.areas")) == 3


def test_an_area_smaller_than_the_maps_rounding_is_drawn_as_it_is(change):
    ring = [[WEST, SOUTH], [WEST + STEP, SOUTH], [WEST + STEP, SOUTH + STEP], [WEST, SOUTH]]
    report = build(
        change(geometry={"type": "Polygon", "coordinates": [ring]}), as_of=date(2026, 4, 1)
    )
    assert report.quarantined == 0


def test_checking_a_boundary_file_without_an_area_of_the_ward_says_why(tiny_data, tmp_path):
    path = tmp_path / "areas.geojson"
    text = (tiny_data.sample / "areas" / "tiny_areas.geojson").read_text("utf-8")
    path.write_text(text.replace("131149", "131139"), "utf-8")
    [report] = check_file(path, tiny_data, dataset=None)
    assert (report.count.rows_read, report.count.rows_quarantined) == (4, 4)
    assert {found.rule for found in report.result.findings} >= {"other_municipality"}


def test_an_areas_name_in_a_message_is_plain(repository):
    contract = load_catalogue(repository / "data").contracts["facilities"]
    message = rule_message("address_area_mismatch", contract, "address", "東町\x1b[31m\n\x9b")
    assert (message.ja + message.en).isprintable()
