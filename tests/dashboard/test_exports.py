import csv
import io
import json
from dataclasses import replace

import pytest

from dashboard.exports import areas_csv, file_stem, geojson, points_csv
from dashboard.selection import KINDS, Selection
from dashboard.translation import translator

JA = translator("ja")


def table(content):
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_every_row_says_what_its_number_is(tiny):
    rows = table(areas_csv(tiny, Selection(measure="density_per_km2"), JA))
    assert [(row["コード"], row["町丁目"], row["値"], row["順位"]) for row in rows] == [
        ("131148", "中野区", "4500", ""),
        ("13114990101", "東町1丁目", "10000", "1"),
        ("13114990102", "東町2丁目", "4000", "2"),
        ("13114990201", "西町1丁目", "4000", "2"),
        ("13114990202", "西町2丁目", "0", "4"),
    ]
    for row in rows:
        assert row["単位"] == "人/km²"
        assert row["定義"]
        assert row["時点"] == "国勢調査 2015年10月1日"
        assert "国勢調査 2015年10月1日" in row["定義"]
        assert row["状態"]
        assert row["出典"]
        assert row["データの版"] == tiny.edition


def test_unknown_is_an_empty_cell_and_never_zero(tiny):
    rows = table(areas_csv(tiny, Selection(measure="wifi_per_10k"), JA))
    assert [row["値"] for row in rows if row["町丁目"] == "西町2丁目"] == [""]


def test_lines_end_as_excel_writes_them(tiny):
    text = areas_csv(tiny, Selection(measure="population"), JA).decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n") == 6


def test_no_cell_starts_a_formula_and_names_stay(tiny):
    rows = table(points_csv(tiny, Selection(measure="population", layers=KINDS), JA))
    names = [row["名称"] for row in rows]
    assert "<script>alert(1)</script>" in names
    assert "'=cmd()" in names
    assert not [
        cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@", "\t"))
    ]


def test_points_that_are_not_on_the_map_are_in_the_table(tiny):
    rows = table(points_csv(tiny, Selection(measure="population", layers=("facility", "wifi")), JA))
    assert len(rows) == 11
    assert [row["位置の根拠"] for row in rows].count("所在地から") == 1
    assert [row["町丁目"] for row in rows].count("") == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_geojson_holds_the_areas_and_the_visible_points(tiny, lang):
    selection = Selection(measure="wifi_per_10k", layers=("facility", "wifi"), lang=lang)
    collection = json.loads(geojson(tiny, selection, translator(lang)))
    areas = [f for f in collection["features"] if "code" in f["properties"]]
    points = [f for f in collection["features"] if "kind" in f["properties"]]
    assert [f["properties"]["value"] for f in areas] == [8, 0, 10, None]
    assert {f["geometry"]["type"] for f in areas} == {"Polygon"}
    assert len(points) == sum(point.drawn for k in ("facility", "wifi") for point in tiny.points[k])
    measure = tiny.measures["wifi_per_10k"]
    assert collection["unit"] == measure.unit_in(lang)
    assert {"as_of", "status", "source", "definition", "edition"} <= set(collection)


def test_the_file_is_named_after_what_is_in_it(tiny):
    selection = Selection(measure="population")
    assert file_stem(tiny, selection) == "131148_population_area_2026-04-01"
    assert "_town_" in file_stem(tiny, replace(selection, level="town"))


def test_english_headers(tiny):
    rows = table(
        areas_csv(tiny, Selection(measure="population", level="town", lang="en"), translator("en"))
    )
    assert {"Code", "Town", "Value", "Unit", "Source"} <= set(rows[0])
    assert len(rows) == 3
