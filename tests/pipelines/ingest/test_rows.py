"""A row that breaks its contract is quarantined with file, line, field, value and rule."""

from __future__ import annotations

import json
from datetime import date

import pytest
import yaml

from pipelines.build import build
from pipelines.contracts import load_catalogue
from pipelines.ingest.rules import RULES, rule_message
from pipelines.warehouse import open_edition

HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID,最終確認日,施設ID,避難所ID"
GOOD = "131148,1,駅前,東京都中野区東町1-2-3,,,DEMO,2024/9/1,,"
BAD = {
    "required": ("131148,2,,中野区東町1-1,,,S,,,", "access_point_name"),
    "pattern": ("1311x,3,名,中野区東町1-1,,,S,,,", "municipality_code"),
    "type_number": ("131148,4,名,中野区東町1-1,北緯35度,139.6,S,,,", "lat"),
    "maximum": ("131148,5,名,中野区東町1-1,50.7,139.6,S,,,", "lat"),
    "minimum": ("131148,6,名,中野区東町1-1,35.7,13.9,S,,,", "lon"),
    "type_date": ("131148,7,名,中野区東町1-1,,,S,4月頃,,", "confirmed_on"),
    "primary_key": ("131148,1,名,中野区東町1-1,,,S,,,", "municipality_code,access_point_id"),
    "foreign_key": ("131148,8,名,中野区東町1-1,,,S,,999,", "facility_id"),
    "column_count": ("131148,9,切れた行", ""),
}


def drop(folder, text, name="wifi.csv"):
    target = folder.inbox / "wifi_access_points"
    target.mkdir(parents=True, exist_ok=True)
    (target / name).write_text(text, "utf-8")
    return target / name


def built(folder):
    report = build(folder, as_of=date(2026, 4, 1))
    return report, open_edition(report.edition, warehouse=folder.warehouse)


@pytest.mark.parametrize("rule", BAD)
def test_each_rule_holds_its_row_back_and_lets_the_others_pass(tiny_data, rule):
    line, field = BAD[rule]
    drop(tiny_data, f"{HEADER}\n{GOOD}\n{line}\n131148,99,最後,,,,S,,,\n")
    report, edition = built(tiny_data)
    assert report.quarantined == 1
    findings = edition.frame("meta.findings", severity="quarantine")
    found = findings[findings.dataset == "wifi_access_points"].iloc[0]
    assert (found.file_name, found.line) == ("wifi_access_points/wifi.csv", 3)
    assert (found.rule, found.field) == (rule, field)
    assert found.message_ja
    assert found.message_en
    assert len(edition.frame("clean.wifi_access_points")) == 2
    edition.close()


def test_the_value_that_was_wrong_is_given(tiny_data):
    drop(tiny_data, f"{HEADER}\n{GOOD}\n{BAD['type_date'][0]}\n")
    _, edition = built(tiny_data)
    assert edition.frame("meta.findings", rule="type_date").value[0] == "4月頃"
    edition.close()


def test_a_row_that_breaks_two_rules_is_counted_once_and_reported_twice(tiny_data):
    drop(tiny_data, f"{HEADER}\n{GOOD}\n1311x,2,,,,,S,,,\n")
    report, edition = built(tiny_data)
    assert report.quarantined == 1
    assert set(edition.frame("meta.findings", severity="quarantine").rule) == {
        "required",
        "pattern",
    }
    edition.close()


@pytest.mark.parametrize("measure", ["wifi_access_points", "wifi_per_10k"])
def test_what_is_counted_is_unknown_where_every_row_is_quarantined(tiny_data, measure):
    drop(tiny_data, f"{HEADER}\n{BAD['pattern'][0]}\n")
    report, edition = built(tiny_data)
    assert report.quarantined == 1
    for level in ("area", "town", "ward"):
        assert edition.frame("mart.measures", level=level, measure=measure).value.isna().all()
    edition.close()


def test_no_row_in_an_area_is_zero_where_any_row_could_be_taken(tiny_data):
    elsewhere = GOOD.replace("中野区東町1-2-3", "渋谷区東1-2-3")
    drop(tiny_data, f"{HEADER}\n{elsewhere}\n{BAD['pattern'][0]}\n")
    report, edition = built(tiny_data)
    assert report.quarantined == 1
    figures = edition.frame("mart.measures", measure="wifi_access_points")
    assert set(figures.value) == {0}
    edition.close()


def test_a_sample_row_whose_facility_is_not_in_the_wards_own_list_is_left_out(tiny_data):
    sample = tiny_data.sample / "wifi_access_points"
    declared = yaml.safe_load((sample / "source.yaml").read_text("utf-8"))
    assert declared["status"] == "sample"
    rows = [GOOD, "131148,2,館内,中野区東町1-1,,,S,,1,", "131148,3,図書館,中野区東町1-1,,,S,,2,"]
    (sample / "131148_public_wireless_lan.csv").write_text("\n".join([HEADER, *rows]), "utf-8")
    own = tiny_data.inbox / "facilities"
    own.mkdir(parents=True)
    (own / "own.csv").write_text(
        "都道府県コード又は市区町村コード,NO,名称,POIコード,住所\n131148,900,新しい館,,中野区東町1-1\n",
        "utf-8",
    )
    report, edition = built(tiny_data)
    source = edition.frame("meta.sources", dataset="wifi_access_points").iloc[0]
    assert report.quarantined == 0
    assert (source.rows_loaded, source.rows_left_out) == (1, 2)
    assert source.rows_read == source.rows_loaded + source.rows_left_out
    edition.close()


def test_a_file_without_numbers_gets_keys_from_its_content_and_a_repeated_row_is_found(tiny_data):
    row = "131148,,広場,東京都中野区東町1-2-3,,,DEMO,,,"
    drop(tiny_data, f"{HEADER}\n{row}\n{row.replace('広場', '公園')}\n{row}\n")
    report, edition = built(tiny_data)
    assert report.quarantined == 1
    assert edition.frame("meta.findings", rule="primary_key").line[0] == 4
    assert edition.frame("meta.repairs", repair="generated_key")["values"][0] == 3
    edition.close()


def test_one_coordinate_alone_is_flagged_and_the_address_used(tiny_data):
    drop(tiny_data, f"{HEADER}\n131148,1,駅前,東京都中野区東町1-2-3,35.7,,DEMO,,,\n")
    _, edition = built(tiny_data)
    found = edition.frame("meta.findings", dataset="wifi_access_points")
    assert found.rule.tolist() == ["coordinate_incomplete"]
    assert edition.frame("clean.wifi_access_points").location_source[0] == "address"
    edition.close()


def test_the_newest_boundary_wins_and_the_older_is_counted_as_not_used(tiny_data):
    source = tiny_data.sample / "areas"
    text = (source / "tiny_areas.geojson").read_text("utf-8")
    target = tiny_data.inbox / "areas"
    target.mkdir(parents=True)
    (target / "old_20151001.geojson").write_text(text, "utf-8")
    (target / "new_20201001.geojson").write_text(text, "utf-8")
    _, edition = built(tiny_data)
    sources = edition.frame("meta.sources", dataset="areas").set_index("file_name")
    assert sources.rows_loaded.to_dict() == {
        "areas/new_20201001.geojson": 4,
        "areas/old_20151001.geojson": 0,
    }
    assert sources.rows_left_out["areas/old_20151001.geojson"] == 4
    edition.close()


def test_every_rule_speaks_both_languages(repository):
    contract = load_catalogue(repository / "data").contracts["wifi_access_points"]
    for rule in RULES:
        message = rule_message(rule, contract, "lon,lat", "limit")
        assert message.ja
        assert message.en
        assert "{" not in message.ja + message.en


def test_columns_that_nobody_knows_are_kept_with_their_row(tiny_data):
    drop(
        tiny_data,
        f'{HEADER},設置年度,メモ\n{GOOD},令和5年度,"赤, ""青"""\n{GOOD.replace(",1,", ",2,")},,\n',
    )
    _, edition = built(tiny_data)
    extras = edition.arrow("clean.wifi_access_points")["extras"].to_pylist()
    assert json.loads(extras[0]) == {"設置年度": "令和5年度", "メモ": '赤, "青"'}
    assert extras[1] is None
    assert (
        edition.frame("meta.sources", dataset="wifi_access_points").unknown_columns[0]
        == "設置年度、メモ"
    )
    edition.close()
