"""Published layouts, and of which data set each is: headers as in the 定義書 and as seen."""

from __future__ import annotations

import pytest

from pipelines.check import check_file
from pipelines.contracts import load_catalogue
from pipelines.ingest.file_code import code_in_name
from pipelines.ingest.headers import best_matches
from pipelines.ingest.unreadable import UnreadableFileError

HEAD = "全国地方公共団体コード,ID,地方公共団体名"
ADDRESS = (
    "所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,所在地_市区町村,"
    "所在地_町字,所在地_番地以下,建物名等(方書)"
)
POSITION = "緯度,経度,高度の種別,高度の値"
CONTACT = (
    "電話番号,内線番号,連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,郵便番号"
)
OLD_HEAD = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ"
AGES = [f"{low}-{low + 4}歳の{sex}" for low in range(0, 85, 5) for sex in ("男性", "女性")]
LAYOUTS = {
    "07 older": (
        "wifi_access_points",
        f"{OLD_HEAD},名称_英語,住所,方書,緯度,経度,設置者,電話番号,内線番号,SSID,提供エリア,URL,備考",
    ),
    "07 current": (
        "wifi_access_points",
        f"{HEAD},名称,名称_カナ,名称_英字,{ADDRESS},{POSITION},設置者,{CONTACT},SSID,提供エリア,URL,備考",
    ),
    "01 older": (
        "facilities",
        (
            f"{OLD_HEAD},名称_通称,POIコード,住所,方書,緯度,経度,電話番号,内線番号,法人番号,団体名,"
            "利用可能曜日,開始時間,終了時間,利用可能日時特記事項,説明,バリアフリー情報,URL,備考"
        ),
    ),
    "01 current": (
        "facilities",
        (
            f"{HEAD},名称,名称_カナ,名称_通称,POIコード,{ADDRESS},{POSITION},アクセス方法,駐車場情報,"
            f"{CONTACT},法人番号,団体名,利用可能曜日,開始時間,終了時間,利用可能時間特記事項,説明,"
            "バリアフリー情報,URL,画像,画像_ライセンス,備考"
        ),
    ),
    "04": (
        "area_population",
        (
            "全国地方公共団体コード,地域コード,地方公共団体名,調査年月日,地域名,総人口,男性,女性,"
            f"{','.join(AGES)},85歳以上の男性,85歳以上の女性,世帯数,備考"
        ),
    ),
    "linked csv": (
        "wifi_access_points",
        (
            "#property,prefCode,identification,pref,city,name,fullNameInKana,fullNameInRomaji,address,"
            "katagaki,location,installer,telephoneNumber,extensionNumber,ssid,area,referenceObject,note"
        ),
    ),
    "tokyo evacuation areas": (
        "evacuation_sites",
        (
            "区市町村\nコード,区市町村,施設名,所在地住所,緯度,経度,洪水,崖崩れ、土石流及び地滑り,高潮,"
            "地震,津波,大規模な火事,内水氾濫,火山現象,その他"
        ),
    ),
}
FIVE = "施設名,設置場所,所在地,緯度,経度\n本庁,1階,中野区西町1-1,,\n支所,入口,中野区東町2-1,,\n"


@pytest.fixture(scope="module")
def contracts(repository):
    return list(load_catalogue(repository / "data").contracts.values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_published_layout_is_of_one_data_set(contracts, layout):
    dataset, header = LAYOUTS[layout]
    matches = best_matches(header.split(","), contracts)
    assert [match.contract.name for match in matches] == [dataset]


def test_every_column_of_the_population_layout_is_used(contracts):
    header = LAYOUTS["04"][1].split(",")
    [match] = best_matches(header, contracts)
    assert [header[at] for at in match.unknown] == ["地方公共団体名"]
    assert len(match.wide) == 3 + len(AGES) + 2


def test_every_column_of_the_current_layouts_that_a_page_needs_is_used(contracts):
    for layout, needed in {
        "07 current": {"address", "building", "lon", "lat", "ssid", "coverage", "access_point_id"},
        "01 current": {"address", "building", "lon", "lat", "open_days", "open_note", "poi_code"},
    }.items():
        [match] = best_matches(LAYOUTS[layout][1].split(","), contracts)
        assert needed <= match.given


def checked(folder, tmp_path, name, text, dataset=None):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    [report] = check_file(path, folder, dataset=dataset)
    return report


def test_a_citys_own_five_columns_are_wifi_by_the_name_of_their_file(tiny_data, tmp_path):
    report = checked(tiny_data, tmp_path, "131148_wifi_original.csv", FIVE)
    assert report.result.contract.name == "wifi_access_points"
    assert report.count.rows_loaded == 2
    counts = {one.repair: one.values for one in report.file.repairs}
    assert counts == {"code_from_file_name": 2, "generated_key": 2}
    assert report.file.table["municipality_code"].to_pylist() == ["131148", "131148"]
    assert report.file.table["installed_at"].to_pylist() == ["1階", "入口"]


def test_without_such_a_name_they_are_a_list_of_anything(tiny_data, tmp_path):
    with pytest.raises(UnreadableFileError) as caught:
        checked(tiny_data, tmp_path, "aed_131148.csv", FIVE)
    assert caught.value.reason == "unsure"
    assert "--dataset" in caught.value.message.ja
    named = checked(tiny_data, tmp_path, "131148.csv", FIVE, "wifi_access_points")
    assert named.count.rows_loaded == 2


def test_a_name_without_a_right_code_leaves_the_rows_to_say_so(tiny_data, tmp_path):
    report = checked(tiny_data, tmp_path, "wifi_131147.csv", FIVE)
    assert (report.count.rows_loaded, report.count.rows_quarantined) == (0, 2)
    assert {found.field for found in report.result.findings} == {"municipality_code"}
    assert {found.rule for found in report.result.findings} == {"required"}


def test_a_header_that_fits_several_is_decided_by_the_files_name(tiny_data, tmp_path):
    text = "市区町村コード,NO,名称,住所,緯度,経度\n131148,1,西町会館,中野区西町1-1,,\n"
    facility = checked(tiny_data, tmp_path, "131148_public_facility.csv", text)
    wifi = checked(tiny_data, tmp_path, "131148_public_wireless_lan.csv", text)
    assert facility.result.contract.name == "facilities"
    assert wifi.result.contract.name == "wifi_access_points"
    with pytest.raises(UnreadableFileError) as caught:
        checked(tiny_data, tmp_path, "list.csv", text)
    assert caught.value.reason == "ambiguous"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("131148_public_wireless_lan.csv", "131148"),
        ("inzai_122319_wifi_original_20210601.csv", "122319"),
        ("011002_list.csv", "011002"),
        ("131147_list.csv", None),
        ("481009_list.csv", None),
        ("wifi_202011.csv", None),
        ("list_20240901.csv", None),
        ("131148_131041.csv", None),
        ("131148_131148.csv", "131148"),
        ("list.csv", None),
    ],
)
def test_a_code_is_taken_from_a_name_only_where_it_is_certain(name, code):
    assert code_in_name(name) == code


def test_an_evacuation_site_is_no_shelter(tiny_data, tmp_path):
    header = LAYOUTS["tokyo evacuation areas"][1]
    header = header.replace("区市町村\nコード", '"区市町村\nコード"')
    row = '131148,中野区,西町公園一帯,"中野区西町1-1",,,,,,1,,1,,,'
    report = checked(tiny_data, tmp_path, "evacuation.csv", f"{header}\n,,,,,,,,,,,,,,\n{row}\n")
    assert report.result.contract.name == "evacuation_sites"
    assert (report.count.rows_read, report.count.rows_loaded) == (1, 1)
    assert report.file.table["earthquake"].to_pylist() == ["有"]
    assert report.file.table["tsunami"].to_pylist() == [None]
    assert report.in_ward == 1
