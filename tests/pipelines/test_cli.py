from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from pipelines import cli as cli_module
from pipelines.cli import cli
from pipelines.warehouse import current_edition_name

WIFI = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID\n"
GOOD = "131148,1,駅前,東京都中野区東町1-2-3,,,DEMO\n"
BAD = "1311x,2,館内,中野区東町1-1,,,DEMO\n"


@pytest.fixture
def ebpm(tiny_data, monkeypatch):
    """Run the command on the ward of four areas; gives the result."""
    monkeypatch.setenv("EBPM_DATA", str(tiny_data.root))
    monkeypatch.delenv("EBPM_WAREHOUSE", raising=False)
    return lambda *arguments: CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture
def wifi_file(tmp_path):
    path = tmp_path / "wifi.csv"
    path.write_text(WIFI + GOOD + BAD, "utf-8")
    return path


def test_build_says_what_became_of_every_file(ebpm):
    result = ebpm("build", "--as-of", "2026-04-01")
    assert result.exit_code == 0
    assert "読み込み 6 = 取込 6 + 取込保留 0" in result.output
    again = ebpm("build", "--as-of", "2026-04-01", "--lang", "en")
    assert again.exit_code == 0
    assert "as before" in again.output


def test_build_with_rows_held_back_ends_with_three(ebpm, tiny_data, wifi_file):
    tiny_data.inbox.mkdir()
    wifi_file.rename(tiny_data.inbox / "wifi.csv")
    result = ebpm("build", "--as-of", "2026-04-01")
    assert result.exit_code == 3
    assert "取込保留 1" in result.output
    assert "3行目" in result.output


def test_an_unreadable_file_ends_with_one_in_both_languages(ebpm, tiny_data):
    assert ebpm("build", "--as-of", "2026-04-01").exit_code == 0
    before = current_edition_name(tiny_data.warehouse)
    (tiny_data.inbox / "facilities").mkdir(parents=True)
    (tiny_data.inbox / "facilities" / "letter.csv").write_text("拝啓\n", "utf-8")
    result = ebpm("build", "--as-of", "2026-04-02")
    assert result.exit_code == 1
    assert "見出しの行が見つかりません" in result.output
    assert "no header line was recognised" in result.output
    assert "Traceback" not in result.output
    assert current_edition_name(tiny_data.warehouse) == before


def test_check_reports_every_row_and_changes_nothing(ebpm, tiny_data, wifi_file):
    result = ebpm("check", wifi_file)
    assert result.exit_code == 3
    assert "読み込み 2 = 取込 1 + 取込保留 1" in result.output
    assert "全国地方公共団体コード" in result.output
    assert not tiny_data.warehouse.exists()


def test_check_for_programs(ebpm, wifi_file):
    result = ebpm("check", wifi_file, "--format", "json")
    report = json.loads(result.stdout)
    assert report["dataset"] == "wifi_access_points"
    assert (report["rows_read"], report["rows_loaded"], report["rows_quarantined"]) == (2, 1, 1)
    assert report["rows_in_ward"] == 1
    assert report["findings"][0]["line"] == 3
    assert report["findings"][0]["rule"] == "pattern"


def test_check_prints_no_control_characters_of_a_file(ebpm, tmp_path):
    path = tmp_path / "wifi.csv"
    path.write_text(WIFI + "\x1b[31m,9,名,,,,S\n", "utf-8")
    result = ebpm("check", path)
    assert result.exit_code == 3
    assert "\x1b" not in result.output


def test_check_of_a_named_data_set(ebpm, wifi_file):
    assert ebpm("check", wifi_file, "--dataset", "facilities", "--lang", "en").exit_code == 3
    unknown = ebpm("check", wifi_file, "--dataset", "wifi")
    assert unknown.exit_code == 1
    assert "wifi_access_points" in unknown.output


def test_wrong_usage_ends_with_two(ebpm):
    assert ebpm("build", "--as-of", "yesterday").exit_code == 2
    assert ebpm("explode").exit_code == 2


def test_status_before_and_after(ebpm, tiny_data):
    assert ebpm("status").exit_code == 1
    ebpm("build", "--as-of", "2026-04-01")
    same = ebpm("status", "--as-of", "2026-04-01")
    assert same.exit_code == 0
    assert "版と同じです" in same.output
    (tiny_data.sample / "stations" / "131148_stations.csv").write_text(
        "station_name,lon,lat\n新駅,139.66,35.7\n", "utf-8"
    )
    changed = ebpm("status", "--as-of", "2026-04-01", "--lang", "en")
    assert "changed since" in changed.output


@pytest.fixture
def served(monkeypatch):
    """What `run` would serve, without serving it."""
    calls = []
    monkeypatch.setattr(
        cli_module, "serve", lambda folder, **options: calls.append((folder, options))
    )
    return calls


def test_run_builds_once_and_serves_on_localhost(ebpm, served, tiny_data):
    first = ebpm("run", "--as-of", "2026-04-01")
    assert first.exit_code == 0
    assert served[0][1] == {"host": "127.0.0.1", "port": 8501}
    second = ebpm("run", "--as-of", "2026-04-01")
    assert second.output == ""
    assert len((tiny_data.warehouse / "log.jsonl").read_text("utf-8").splitlines()) == 1


@pytest.mark.usefixtures("served")
def test_a_file_dropped_into_the_inbox_is_in_the_next_edition(ebpm, tiny_data):
    ebpm("run", "--as-of", "2026-04-01")
    before = current_edition_name(tiny_data.warehouse)
    tiny_data.inbox.mkdir()
    (tiny_data.inbox / "131148_public_wireless_lan.csv").write_text(WIFI + GOOD, "utf-8")
    result = ebpm("run", "--as-of", "2026-04-01")
    assert "取込 1" in result.output
    assert current_edition_name(tiny_data.warehouse) != before


def test_run_with_a_bad_file_serves_the_edition_before(ebpm, served, tiny_data):
    ebpm("run", "--as-of", "2026-04-01")
    tiny_data.inbox.mkdir()
    (tiny_data.inbox / "letter.csv").write_text("拝啓\n", "utf-8")
    result = ebpm("run", "--as-of", "2026-04-01")
    assert result.exit_code == 0
    assert "前の版を表示します" in result.output
    assert len(served) == 2


def test_run_with_a_bad_file_and_no_edition_ends_with_one(ebpm, served, tiny_data):
    tiny_data.inbox.mkdir()
    (tiny_data.inbox / "letter.csv").write_text("拝啓\n", "utf-8")
    assert ebpm("run").exit_code == 1
    assert served == []
