"""Files as public bodies publish them: the data set is known and every row is there."""

from __future__ import annotations

import json

import pytest

from pipelines.check import check_file
from pipelines.file_report import file_report_json, file_report_text
from pipelines.folder import DataFolder

FILES = {
    # file: data set, encoding, rows, blank lines, lines that are titles or metadata
    "wifi/tokyo_130001_public_wireless_lan_20240901.csv": ("wifi_access_points", "cp932", 737, 0, 0),
    "wifi/yaizu_222127_public_wireless_lan_20260220.csv": ("wifi_access_points", "utf-8", 17, 0, 0),
    "wifi/takamatsu_372013_0064_linkedcsv_old.csv": ("wifi_access_points", "utf-8-sig", 25, 0, 8),
    "wifi/inzai_122319_wifi_original_20210601.csv": ("wifi_access_points", "cp932", 63, 0, 0),
    "facilities/nakano_131148_schools_t131148d0000000054.csv": ("facilities", "utf-8", 29, 0, 0),
    "facilities/gsi_shiteihinanjo_131148.geojson": ("evacuation_shelters", "utf-8", 62, 0, 0),
    # 2,252 lines below the header, the first of them blank
    "facilities/tokyo_130001_evacuation_area.csv": ("evacuation_sites", "utf-8-sig", 2_251, 1, 0),
}  # fmt: skip

HEAD = ["全国地方公共団体コード", "ID", "地方公共団体名"]
ADDRESS = [
    "所在地_全国地方公共団体コード", "町字ID", "所在地_連結表記", "所在地_都道府県", "所在地_市区町村",
    "所在地_町字", "所在地_番地以下", "建物名等(方書)",
]  # fmt: skip
POSITION = ["緯度", "経度", "高度の種別", "高度の値"]
CONTACT = [
    "電話番号", "内線番号", "連絡先メールアドレス", "連絡先FormURL", "連絡先備考（その他、SNSなど）", "郵便番号",
]  # fmt: skip
CURRENT = {
    "wifi_access_points": [
        *HEAD, "名称", "名称_カナ", "名称_英字", *ADDRESS, *POSITION, "設置者", *CONTACT,
        "SSID", "提供エリア", "URL", "備考",
    ],
    "facilities": [
        *HEAD, "名称", "名称_カナ", "名称_通称", "POIコード", *ADDRESS, *POSITION, "アクセス方法",
        "駐車場情報", *CONTACT, "法人番号", "団体名", "利用可能曜日", "開始時間", "終了時間",
        "利用可能日時特記事項", "説明", "バリアフリー情報", "URL", "画像", "画像_ライセンス", "備考",
    ],
}  # fmt: skip
VALUES = {
    "全国地方公共団体コード": "131148", "ID": "1", "地方公共団体名": "東京都中野区", "名称": "区役所",
    "所在地_連結表記": "東京都中野区中野四丁目11-19", "緯度": "35.707", "経度": "139.663",
    "開始時間": "09:00", "終了時間": "17:00",
}  # fmt: skip


@pytest.fixture
def check(repository, tmp_path):
    """What `ebpm check` finds in a file, for a program."""
    folder = DataFolder(repository / "data", tmp_path / "warehouse", tmp_path / "inbox")

    def one(path):
        reports = check_file(path, folder, dataset=None)
        assert file_report_text(reports, "ja")
        assert file_report_text(reports, "en")
        return json.loads(file_report_json(reports))

    return one


@pytest.mark.parametrize("name", FILES)
def test_a_published_file_is_known_and_counted(real_dir, check, name):
    dataset, encoding, rows, blank, notes = FILES[name]
    report = check(real_dir / name)
    assert (report["dataset"], report["encoding"], report["rows_read"]) == (dataset, encoding, rows)
    assert (report["blank_lines"], len(report["notes"])) == (blank, notes)


@pytest.mark.parametrize("dataset", CURRENT)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_current_layout_loads_as_a_csv(check, tmp_path, dataset, encoding):
    header = CURRENT[dataset]
    row = [VALUES.get(name, "") for name in header]
    path = tmp_path / "list.csv"
    path.write_text(f"{','.join(header)}\r\n{','.join(row)}\r\n", encoding)
    report = check(path)
    assert (report["dataset"], report["rows_loaded"], report["findings"]) == (dataset, 1, [])
    assert report["proposals"] == []


@pytest.mark.parametrize("dataset", CURRENT)
def test_the_current_layout_loads_as_a_book(check, book, dataset):
    header = [name.replace("(", "（").replace(")", "）") for name in CURRENT[dataset]]
    row = [VALUES.get(name) for name in CURRENT[dataset]]
    report = check(book({"一覧": [["オープンデータ"], header, row, [], ["※令和6年度版"]]}))
    assert (report["dataset"], report["rows_loaded"], report["findings"]) == (dataset, 1, [])
    assert [note["line"] for note in report["notes"]] == [1, 5]


def test_a_report_of_several_tables_is_a_list_and_a_proposal_is_in_both_forms(
    check, book, tmp_path, repository
):
    path = book({
        "無線LAN": [["市区町村コード", "名称", "所在地_連結標記"], ["131148", "区役所", "中野区中野4"]],
        "駅": [["駅名", "経度", "緯度"], ["中野", 139.666, 35.706]],
    })  # fmt: skip
    reports = {report["file"]: report for report in check(path)}
    assert list(reports) == ["book.xlsx#駅", "book.xlsx#無線LAN"]
    assert reports["book.xlsx#無線LAN"]["proposals"] == [
        {"column": "所在地_連結標記", "field": "address", "known_as": "所在地_連結表記"}
    ]
    folder = DataFolder(repository / "data", tmp_path / "warehouse", tmp_path / "inbox")
    text = file_report_text(check_file(path, folder, dataset=None), "ja")
    assert "「所在地_連結標記」は「所在地_連結表記」のことでしょうか" in text
