"""What was held back, as Excel for a department: by `ebpm quarantine` and `ebpm check --excel`."""

from __future__ import annotations

import stat

import openpyxl
import pytest
from click.testing import CliRunner

from pipelines.cli import cli

HEADER = "店舗ID,店舗名,QRコード決済"
SHOPS = "M1,ひみつ商店,有\nM2,=1+1,ひみつの値\n"
SPOTS = (
    "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID\n1311x,2,館内,中野区東町1-1,,,S\n"
)
TABLE = ("データ", "ファイル", "行番号", "項目", "値", "内容", "対応（記入欄）")


@pytest.fixture
def ebpm(tiny_data, tmp_path, monkeypatch):
    """Run the command on the ward of four areas, with a shop and an access point held back."""
    for name, text in (("cashless_merchants", f"{HEADER}\n{SHOPS}"), ("wifi_access_points", SPOTS)):
        (tiny_data.inbox / name).mkdir(parents=True)
        (tiny_data.inbox / name / "list.csv").write_text(text, "utf-8")
    monkeypatch.setenv("EBPM_DATA", str(tiny_data.root))
    monkeypatch.delenv("EBPM_WAREHOUSE", raising=False)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture
def built(ebpm):
    assert ebpm("build", "--as-of", "2026-04-01").exit_code == 3
    return ebpm


def rows(path, sheet="取込保留"):
    """What is said about the table, and its rows."""
    lines = list(openpyxl.load_workbook(path)[sheet].values)
    head = next(at for at, line in enumerate(lines) if line[0] in {"データ", "Data"})
    return {line[0]: line[1] for line in lines[: head - 1]}, lines[head:]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_without_being_asked_no_internal_value_is_written(built, tmp_path):
    result = built("quarantine")
    assert result.exit_code == 0, result.output
    path = tmp_path / "131148_quarantine_2026-04-01.xlsx"
    assert f"{path.name}: 取込保留2件" in result.output
    assert "非公開" not in result.output
    about, (header, *found) = rows(path)
    assert header == TABLE
    assert [(row[0], row[1], row[2], row[3], row[4]) for row in found] == [
        (
            "公衆無線LANアクセスポイント",
            "wifi_access_points/list.csv",
            2,
            "全国地方公共団体コード",
            "1311x",
        ),
        ("キャッシュレス加盟店", "cashless_merchants/list.csv", 3, "QRコード決済", "（非公開）"),
    ]
    assert about["版の時点"] == "2026年4月1日時点"
    assert "取り扱い" not in about
    assert mode(path) & 0o040


def test_asked_for_internal_values_are_written_for_the_owner_alone(built, tmp_path):
    result = built("quarantine", "--internal", "--dataset", "cashless_merchants")
    assert result.exit_code == 0, result.output
    path = tmp_path / "131148_cashless_merchants_quarantine_2026-04-01_internal.xlsx"
    assert "非公開の項目の値を含む" in result.output
    assert mode(path) == 0o600
    about, (_, *found) = rows(path)
    assert [row[2:5] for row in found] == [(3, "QRコード決済", "ひみつの値")]
    assert "非公開" in about["取り扱い"]


def test_nothing_internal_in_it_is_no_secret(built, tmp_path):
    path = tmp_path / "own.xlsx"
    assert (
        built(
            "quarantine", "--internal", "--dataset", "wifi_access_points", "--out", path
        ).exit_code
        == 0
    )
    assert mode(path) & 0o040


def test_a_file_that_is_there_is_not_written_over(built, tmp_path):
    path = tmp_path / "kept.xlsx"
    path.write_text("mine")
    result = built("quarantine", "--out", path)
    assert result.exit_code == 1
    assert "上書きはしません" in result.output
    assert "--out" in result.output
    assert path.read_text() == "mine"


def test_in_english_and_of_an_unknown_data_set(built, tmp_path):
    path = tmp_path / "en.xlsx"
    result = built("quarantine", "--out", path, "--lang", "en")
    assert "Quarantined: 2" in result.output
    _, (header, first, _) = rows(path, "Quarantined")
    assert header[0] == "Data"
    assert first[0] == "Public Wi-Fi access points"
    assert built("quarantine", "--dataset", "nothing").exit_code == 1


def test_nothing_held_back_makes_no_file(built, tmp_path):
    result = built("quarantine", "--dataset", "stations")
    assert result.exit_code == 0
    assert "ファイルは作りませんでした" in result.output
    assert list(tmp_path.glob("*.xlsx")) == []


def test_an_internal_file_of_before_asks_for_a_build(built, tiny_data):
    [inside] = tiny_data.warehouse.glob("*.internal.duckdb")
    inside.write_bytes(b"broken")
    result = built("quarantine", "--internal")
    assert result.exit_code == 1
    assert "ebpm build" in result.output


def test_no_edition_at_all_says_what_to_do(ebpm):
    result = ebpm("quarantine")
    assert result.exit_code == 1
    assert "No edition has been built yet" in result.output


def test_a_checked_file_is_written_with_its_values(ebpm, tmp_path):
    shops = tmp_path / "shops.csv"
    shops.write_text(f"{HEADER}\n{SHOPS}M3,,有\n=cmd(),店,無\n=cmd(),店,無\n", "utf-8")
    path = tmp_path / "found.xlsx"
    result = ebpm("check", shops, "--excel", path)
    assert result.exit_code == 3
    assert "found.xlsx: 取込保留3件" in result.output
    assert mode(path) == 0o600
    about, (_, *found) = rows(path)
    assert about["ファイル"] == "shops.csv"
    assert [row[2:5] for row in found] == [
        (3, "QRコード決済", "ひみつの値"), (4, "店舗名", None), (6, "店舗ID", "=cmd()"),
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(path)["取込保留"]
    [formula] = [cell for line in sheet.iter_rows() for cell in line if cell.value == "=cmd()"]
    assert formula.data_type == "s"
    again = ebpm("check", shops, "--excel", path)
    assert again.exit_code == 1
    assert "--excel" in again.output


def test_json_stays_json_beside_the_workbook(ebpm, tmp_path):
    spots = tmp_path / "spots.csv"
    spots.write_text(SPOTS, "utf-8")
    result = ebpm("check", spots, "--format", "json", "--excel", tmp_path / "spots.xlsx")
    assert result.exit_code == 3
    assert result.stdout.startswith("{")
    assert result.stdout.rstrip().endswith("}")
    assert mode(tmp_path / "spots.xlsx") & 0o040
