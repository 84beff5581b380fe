"""Which lines of a file are header, rows, notes and blank: every one is accounted for."""

from __future__ import annotations

import pytest

from pipelines.ingest.clean import clean_file
from pipelines.ingest.discover import FoundFile, read_sources
from pipelines.ingest.readers.miss import no_header
from pipelines.ingest.unreadable import UnreadableFileError

HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID"
ROW = "131148,1,区役所,東京都中野区中野4-11-19,35.707,139.663,NAKANO"
ROW_2 = "131148,2,図書館,東京都中野区中央2-9-7,35.697,139.678,NAKANO"


def only(tables):
    [table] = tables
    return table.raw


def column(raw, name):
    return raw.columns[raw.header.index(name)].to_pylist()


@pytest.mark.parametrize(
    "above",
    [
        "公衆無線LAN一覧",
        "公衆無線LAN一覧,,,,,,",
        "# 出典 中野区\n# 2026-04-01",
        "\n\n令和6年4月1日現在\n\n",
        "名称の一覧（住所順）\n部署,名称",
    ],
)
def test_lines_above_the_header_are_notes_or_blank(read, above):
    raw = only(read(f"{above}\n{HEADER}\n{ROW}\n{ROW_2}\n"))
    lines = above.count("\n") + 1
    assert raw.lines.tolist() == [lines + 2, lines + 3]
    assert len(raw.notes) + raw.blank_lines == lines
    assert raw.header_lines == 1


@pytest.mark.parametrize(
    "note",
    [
        "※このデータは毎月更新する", "※ 更新,,,,,,", "注）施設の都合で休止あり", "注1: 休止中", "（注）休止中",
        "出典: 中野区", "出典　東京都,,", "【備考】屋外を含む", "* 休止中", "Source: Nakano City", "以上",
        "(1行目)\n続き",
    ],
)  # fmt: skip
def test_notes_below_the_rows_are_counted_and_no_rows(read, note):
    quoted = f'"{note}"' if "\n" in note else note
    blank = "\n" if "行目" in note else ""
    raw = only(read(f"{HEADER}\n{ROW}\n{ROW_2}\n{blank}{quoted}\n"))
    assert raw.rows == 2
    assert [one.line for one in raw.notes] == [4 + len(blank)]


def test_a_lone_cell_after_a_blank_line_is_a_note_and_so_is_what_follows_it(read):
    raw = only(read(f"{HEADER}\n{ROW}\n\n令和6年4月1日現在\n情報システム課\n{ROW_2}\n"))
    assert raw.lines.tolist() == [2, 6]
    assert [(one.line, one.text) for one in raw.notes] == [
        (4, "令和6年4月1日現在"),
        (5, "情報システム課"),
    ]
    assert raw.blank_lines == 1


@pytest.mark.parametrize(
    "row",
    [
        "131148,3,※仮設,東京都中野区中野4,,,",  # two values: a row, whatever the signs
        "※131148,3,仮設,,,,",
        "#131148,3,仮設,,,,",
        ",,名前だけの施設,,,,",  # a lone cell right below a row may be a row that lost the rest
        "131148",
    ],
)
def test_what_may_be_a_row_is_one(read, row):
    raw = only(read(f"{HEADER}\n{ROW}\n{row}\n"))
    assert raw.lines.tolist() == [2, 3]
    assert raw.notes == ()


def test_the_example_of_a_form_is_a_note(read):
    raw = only(read(f"{HEADER}\n記入例 131148,1,見本,住所,35,139,S\n{ROW}\n"))
    assert raw.lines.tolist() == [3]
    assert raw.notes[0].text.startswith("記入例 131148 1 見本")


def test_a_header_that_is_printed_on_every_sheet_is_read_once(read):
    raw = only(read(f"{HEADER}\n{ROW}\n{HEADER}\n{ROW_2}\n"))
    assert raw.lines.tolist() == [2, 4]
    assert [one.line for one in raw.notes] == [3]


def test_the_names_of_fields_below_the_header_are_no_row(read, catalogue):
    fields = catalogue.contracts["stations"].read_fields
    titles, names = ",".join(f.title for f in fields), ",".join(f.name for f in fields)
    raw = only(read(f"{titles}\n{names}\n中野,139.66,35.7\n", "stations.csv"))
    assert raw.lines.tolist() == [3]


def test_linked_csv_has_its_header_in_the_property_line(read):
    text = (
        "#LINK,,,,\n#lang,ja,,,\n#property,名称,住所,市区町村コード,緯度\n#object_type_xsd,string,string,string,string\n"
        "1,区役所,東京都中野区中野4,131148,35.7\n,図書館,東京都中野区中央2,131148,35.6\n"
    )
    raw = only(read(text, "131148_public_wireless_lan.csv"))
    assert raw.header[0] == "#property"
    assert raw.lines.tolist() == [5, 6]
    assert [one.line for one in raw.notes] == [1, 2, 4]


def test_a_header_of_two_lines_is_read_as_one(read):
    text = (
        "市区町村コード,名称,所在地,,位置,,SSID\n,,都道府県,連結表記,緯度,経度,\n"
        "131148,区役所,東京都,東京都中野区中野4-11-19,35.707,139.663,NAKANO\n"
    )
    [table] = read(text)
    assert table.contract.name == "wifi_access_points"
    assert table.raw.header == (
        *("市区町村コード", "名称", "所在地_都道府県", "所在地_連結表記"),
        *("緯度", "経度", "SSID"),
    )
    assert (table.raw.header_lines, table.raw.rows) == (2, 1)


@pytest.mark.parametrize(("sign", "layout"), [("\t", "tsv"), (",", "csv"), (";", "csv (;)")])
@pytest.mark.parametrize("name", ["list.csv", "list.tsv", "list.txt", "list.xlsx"])
def test_the_delimiter_and_the_form_are_decided_by_the_content(read, sign, layout, name):
    raw = only(read(f"{HEADER}\n{ROW}\n".replace(",", sign), name))
    assert (raw.layout, raw.rows, raw.ragged) == (layout, 1, ())
    assert column(raw, "名称") == ["区役所"]


def test_a_tab_inside_a_comma_separated_field_is_no_delimiter(read):
    raw = only(read(f"{HEADER},備考\t\n{ROW},a\tb \n"))
    assert raw.columns[-1].to_pylist() == ["a\tb "]


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("緯度", '"緯\n度"'),
        HEADER.replace("住所", " 住所\t"),
        HEADER.replace("SSID", "ＳＳＩＤ"),
        HEADER.replace("名称", "名称※"),
        HEADER.replace("名称", "http://imi.go.jp/ns/core/2#名称"),
        HEADER.replace("住所", "https://example.jp/terms/%E4%BD%8F%E6%89%80"),
        HEADER.replace("NO", "\u200bNO"),
        f"_id,{HEADER}",
    ],
)
def test_headers_are_known_however_they_are_written(read, header):
    row = f"7,{ROW}" if header.startswith("_id") else ROW
    [table] = read(f"{header}\n{row}\n")
    assert table.contract.name == "wifi_access_points"
    assert table.raw.rows == 1


def test_the_end_of_file_sign_of_dos_is_a_blank_line(read):
    raw = only(read(f"{HEADER}\r\n{ROW}\r\n\x1a".encode("cp932")))
    assert (raw.rows, raw.blank_lines) == (1, 1)


def test_one_column_of_latitude_and_longitude_is_taken_apart(tmp_path, catalogue):
    path = tmp_path / "131148_public_wireless_lan.csv"
    path.write_text(
        "市区町村コード,名称,住所,緯度経度\n"
        '131148,A,中野,"35.70, 139.66"\n131148,B,中野,（３５．７１，１３９．６７）\n131148,C,中野,不明\n131148,D,中野,\n',
        "utf-8",
    )
    [source] = read_sources(FoundFile(path, path.name, None), catalogue, first_no=1)
    clean = clean_file(source)
    assert clean.table["lat"].to_pylist() == ["35.70", "35.71", "不明", None]
    assert clean.table["lon"].to_pylist() == ["139.66", "139.67", None, None]
    assert [(one.field, one.values) for one in clean.repairs if one.repair == "split_pair"] == [
        ("lat", 2)
    ]
    assert "lat" not in clean.absent_fields


def test_a_near_header_is_proposed_and_nothing_is_guessed(tmp_path, catalogue):
    path = tmp_path / "131148_public_wireless_lan.csv"
    path.write_text(
        "市区町村コード,名称,所在地_連結標記,建物名等（肩書）,謎の列\n131148,A,中野区中野4,1階,x\n",
        "utf-8",
    )
    [source] = read_sources(FoundFile(path, path.name, None), catalogue, first_no=1)
    clean = clean_file(source)
    assert clean.unknown_columns == ("所在地_連結標記", "建物名等（肩書）", "謎の列")
    assert [(one.column, one.field, one.known_as) for one in clean.proposals] == [
        ("所在地_連結標記", "address", "所在地_連結表記"),
        ("建物名等（肩書）", "building", "建物名等(方書)"),
    ]
    assert clean.table["address"].to_pylist() == [None]


def test_a_required_column_with_a_near_name_is_asked_for(read):
    with pytest.raises(UnreadableFileError) as caught:
        read("市区町村コード,アクセスポイント各,住所,SSID,提供エリア\n131148,x,中野,x,y\n")
    assert caught.value.reason == "header"
    assert (
        "「アクセスポイント各」は「アクセスポイント名」のことでしょうか" in caught.value.message.ja
    )


def refused(read, content):
    with pytest.raises(UnreadableFileError) as caught:
        read(content)
    return caught.value


def test_a_file_that_is_like_none_is_told_what_kinds_there_are(read, catalogue):
    # Some known words, and none of what a list of shops or of facilities cannot do without.
    for header in ("所在地,備考,来場者数", "日付,来場者数,天気", "a,b"):
        error = refused(read, f"{header}\nx,y,z\n")
        assert error.reason == "no_kind"
        first, kinds = error.message.ja.splitlines()
        assert f"1行目・line 1: {header.replace(',', '、')}" in first
        assert "「キャッシュレス加盟店」" not in error.message.ja
        assert "--dataset" in first
        assert "ebpm template" in first
        for one in catalogue.contracts.values():
            assert f"{one.title}（{one.name}）" in kinds
            assert f"{one.title_en} ({one.name})" in error.message.en


def test_a_file_that_is_half_of_a_kind_is_told_what_was_recognised_and_what_is_missing(read):
    error = refused(read, "業種,所在地,QRコード決済,色\n小売業,東町,有,赤\n")
    assert error.reason == "header"
    assert "「キャッシュレス加盟店」に足りない列・missing: 店舗名 (Merchant)" in error.message.ja
    assert "認識した列・recognised: 業種、所在地、QRコード決済）" in error.message.ja


def test_of_a_kind_that_was_named_all_that_is_missing_is_told(catalogue):
    error = no_header([["日付", "天気"]], [catalogue.contracts["stations"]])
    assert error.reason == "header"
    assert error.detail.startswith("「駅」に足りない列・missing: ")
    assert "認識" not in error.detail
