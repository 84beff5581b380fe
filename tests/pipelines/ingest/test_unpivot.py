"""The wide layout 04 becomes one number a row, with the line it stands in."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipelines.build import build
from pipelines.check import check_file
from pipelines.file_report import file_report_text
from pipelines.warehouse import open_edition

HEAD = "全国地方公共団体コード,地域コード,地方公共団体名,調査年月日,地域名"
WIDE = f"{HEAD},総人口,男性,女性,0-4歳の男性,0－4歳の女性,85歳以上の男性,85歳以上の女性,世帯数,備考"
EAST = "131148,13114990101,東京都中野区,2025-01-01,東町１丁目,100,48,52,3,4,1,,60,"
WEST = "131148,2002,東京都中野区,2025/1/1,西町二丁目,0,0,0,0,0,0,0,0,空き地"
AWAY = "131041,,東京都新宿区,2025-01-01,東町１丁目,9,4,5,0,0,0,0,3,"
SEXES = ["総数", "男", "女", "男", "女", "男", "女"]
AGES = ["総数", "総数", "総数", "0-4歳", "0-4歳", "85歳以上", "85歳以上"]


@pytest.fixture
def wide_file(tiny_data):
    tiny_data.inbox.mkdir()
    path = tiny_data.inbox / "131148_population.csv"
    path.write_text(f"{WIDE}\n{EAST}\n{WEST}\n{AWAY}\n", "utf-8")
    return path


@pytest.mark.usefixtures("wide_file")
def test_each_number_is_a_row_with_what_its_header_says(tiny_data):
    report = build(tiny_data, as_of=date(2026, 4, 1))
    assert report.quarantined == 0
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        rows = edition.frame("clean.area_population")
        findings = edition.frame("meta.findings", dataset="area_population")
        source = edition.frame("meta.sources", dataset="area_population").iloc[0]
    east = rows[rows.source_line == 2]
    assert east.age_group.tolist() == AGES
    assert east.sex.tolist() == SEXES
    people = [None if pd.isna(value) else int(value) for value in east.population_people]
    assert people == [100, 48, 52, 3, 4, 1, None]
    assert east.households.tolist()[0] == 60
    assert east.households.isna().tolist() == [False] + [True] * 6
    assert set(east.nationality) == {"総数"}
    assert set(rows.population_source) == {"住民基本台帳"}
    assert set(rows.surveyed_on.astype(str).str[:10]) == {"2025-01-01"}
    assert (source.rows_read, source.rows_loaded) == (21, 21)
    # By its code, by its name, and not at all: once for the line, not for each of its numbers.
    areas = rows.fillna({"area_code": "none"}).groupby("source_line").area_code.unique()
    assert areas.map(list).to_dict() == {2: ["13114990101"], 3: ["13114990202"], 4: ["none"]}
    assert [(one.rule, one.line) for one in findings.itertuples()] == [("area_unknown", 4)]


def test_the_report_says_that_numbers_were_made_rows(tiny_data, wide_file):
    [report] = check_file(wide_file, tiny_data, dataset=None)
    assert report.result.contract.name == "area_population"
    assert (report.count.rows_read, report.count.rows_loaded) == (21, 21)
    assert "横に並んだ数を1行に1つにした 21件" in file_report_text([report], "ja")
    assert report.file.unknown_columns == ("地方公共団体名",)


def test_a_number_that_is_none_is_held_back_alone(tiny_data, wide_file):
    wide_file.write_text(f"{WIDE}\n{EAST.replace(',48,', ',約50,')}\n", "utf-8")
    [report] = check_file(wide_file, tiny_data, dataset=None)
    assert (report.count.rows_loaded, report.count.rows_quarantined) == (6, 1)
    [found] = report.result.findings
    assert (found.line, found.field, found.value) == (2, "population_people", "約50")


def test_a_line_that_was_cut_off_is_held_back_whole(tiny_data, wide_file):
    wide_file.write_text(f"{WIDE}\n{EAST}\n131148,13114990102\n", "utf-8")
    [report] = check_file(wide_file, tiny_data, dataset=None)
    assert (report.count.rows_loaded, report.count.rows_quarantined) == (7, 7)


def test_the_long_layout_is_read_as_it_is(tiny_data, wide_file):
    wide_file.write_text(
        f"{HEAD},年齢区分,性別,国籍,人口の種類,人口\n"
        "131148,13114990101,中野区,2025-01-01,東町１丁目,0-4歳,男,外国人,国勢調査,7\n",
        "utf-8",
    )
    [report] = check_file(wide_file, tiny_data, dataset=None)
    assert report.count.rows_loaded == 1
    assert not [one for one in report.file.repairs if one.repair == "wide_to_long"]


def test_the_same_area_age_and_sex_twice_is_found(tiny_data, wide_file):
    wide_file.write_text(f"{WIDE}\n{EAST}\n{EAST}\n", "utf-8")
    [report] = check_file(wide_file, tiny_data, dataset=None)
    assert (report.count.rows_loaded, report.count.rows_quarantined) == (7, 7)
    assert {found.rule for found in report.result.findings} == {"primary_key"}
