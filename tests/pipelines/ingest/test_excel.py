"""Excel books as departments make them and as a gateway leaves them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

import pytest

from pipelines.ingest.clean import clean_file
from pipelines.ingest.discover import FoundFile, read_sources
from pipelines.ingest.readers.cells import cell_text
from pipelines.ingest.unreadable import UnreadableFileError

HEADER = ["市区町村コード", "NO", "名称", "住所", "緯度", "経度", "最終確認日"]
ROW = ["131148", 1, "区役所", "東京都中野区中野4-11-19", 35.707, 139.67219976118, date(2024, 9, 1)]
ROW_2 = ["131148", 2, "図書館", "東京都中野区中央2-9-7", 35.697, 139.678, datetime(2024, 9, 2)]  # noqa: DTZ001


def rewrite(path, change):
    """Pass every part of a book through `change(name, content)`; None drops the part."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)
    return path


def in_sheet(pattern, replacement):
    return lambda name, content: (
        re.sub(pattern, replacement, content) if name.startswith("xl/worksheets/") else content
    )


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", ""),
        ("名称", "General", "名称"),
        ("一行目_x000D_\n二行目", "General", "一行目\n二行目"),
        ("#REF!", "General", "#REF!"),
        (True, "General", "true"),
        (1234, "General", "1234"),
        (1234.0, "#,##0", "1234"),
        (131140000001111, "General", "131140000001111"),
        (0.1 + 0.2, "General", "0.3"),
        (139.67219976118, "General", "139.67219976118"),
        (1e-7, "General", "0.0000001"),
        (1e20, "General", "100000000000000000000"),
        (0.125, "0.0%", "12.5%"),
        (7, '0"%目"', "7"),
        (37201, "000000", "037201"),
        (31, "000", "031"),
        (date(2024, 9, 1), "yyyy-mm-dd", "2024-09-01"),
        (datetime(2024, 9, 1), '[$-411]ggge"年"m"月"d"日"', "2024-09-01"),  # noqa: DTZ001
        (datetime(2024, 9, 1, 13, 5), "yyyy/m/d h:mm", "2024-09-01 13:05"),  # noqa: DTZ001
        (time(9, 0), "h:mm", "09:00"),
        (time(9, 0, 30), "h:mm:ss", "09:00:30"),
        (timedelta(hours=24), "[h]:mm", "24:00"),
        (datetime(1900, 1, 1), "h:mm", "00:00"),  # noqa: DTZ001
    ],
)
def test_a_cell_is_the_text_that_people_see(value, number_format, text):
    assert cell_text(value, number_format) == text


def test_titles_above_notes_below_and_blank_lines(read, book):
    rows = [
        ["公衆無線LANアクセスポイント一覧"], ["令和6年9月1日現在", None, None, "情報システム課"], [],
        HEADER, ROW, [], ROW_2, [], ["※休止中のものを除く"], ["", "出典: 中野区"],
    ]  # fmt: skip
    [table] = read(book({"一覧": rows}))
    raw = table.raw
    assert (table.contract.name, raw.layout, raw.part) == ("wifi_access_points", "xlsx", "一覧")
    assert raw.lines.tolist() == [5, 7]
    assert [one.line for one in raw.notes] == [1, 2, 9, 10]
    assert raw.rows + raw.header_lines + raw.blank_lines + len(raw.notes) == 10
    assert [column.to_pylist()[0] for column in raw.columns] == [
        *("131148", "1", "区役所", "東京都中野区中野4-11-19"),
        *("35.707", "139.67219976118", "2024-09-01"),
    ]
    assert raw.ragged == ()


def test_merged_headers_of_two_lines_and_cells_merged_over_rows(book, catalogue):
    rows = [
        ["市区町村コード", "名称", "所在地", None, "位置", None],
        [None, None, "都道府県", "連結表記", "緯度", "経度"],
        ["131148", "A", "東京都", "中野4", 35.7, 139.66],
        [None, "B", None, "中野5", 35.71, 139.67],
    ]

    def merge(workbook):
        for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "A3:A4", "C3:C4"):
            workbook["無線LAN"].merge_cells(cells)

    path = book({"無線LAN": rows}, merge)
    [source] = read_sources(FoundFile(path, path.name, None), catalogue, first_no=3)
    assert (source.source_no, source.shown_path) == (3, "book.xlsx#無線LAN")
    assert source.raw.header[2:4] == ("所在地_都道府県", "所在地_連結表記")
    clean = clean_file(source)
    assert clean.table["municipality_code"].to_pylist() == ["131148", "131148"]
    assert clean.table["address"].to_pylist() == ["中野4", "中野5"]
    assert [(one.field, one.values) for one in clean.repairs if one.repair == "merged_cells"] == [
        ("municipality_code", 1)
    ]


def test_a_sheet_of_each_data_set_and_sheets_that_are_none(read, book):
    stations = [["駅名", "経度", "緯度"], ["中野", 139.666, 35.706]]
    path = book({
        "説明": [["この表の読み方"], ["列", "意味"]],
        "無線LAN": [HEADER, ROW, ROW_2],
        "駅": stations,
        "空": [],
    })  # fmt: skip
    wifi, station = read(path)
    assert [wifi.contract.name, station.contract.name] == ["wifi_access_points", "stations"]
    assert (wifi.raw.part, wifi.raw.rows, station.raw.part, station.raw.rows) == (
        *("無線LAN", 2),
        *("駅", 1),
    )
    assert wifi.raw.remarks[0].ja == "読まなかったシート: 説明、空"


def test_two_sheets_of_one_data_set_are_two_tables(read, book):
    tables = read(book({"北": [HEADER, ROW], "南": [HEADER, ROW_2]}, name="公衆無線LAN.xlsx"))
    assert [table.contract.name for table in tables] == ["wifi_access_points"] * 2


def test_hidden_sheets_are_not_read_and_hidden_rows_and_columns_are(read, book):
    def hide(workbook):
        workbook["選択肢"].sheet_state = "hidden"
        workbook["一覧"].row_dimensions[3].hidden = True
        workbook["一覧"].column_dimensions["B"].hidden = True

    [table] = read(book({"選択肢": [HEADER, ROW], "一覧": [HEADER, ROW, ROW_2]}, hide))
    assert (table.raw.part, table.raw.rows) == ("一覧", 2)
    assert [remark.ja for remark in table.raw.remarks] == [
        "非表示の行1・列1も読みました",
        "非表示なので読まなかったシート: 選択肢（要るものなら、再表示して保存し直してください）",
    ]


def test_a_book_of_hidden_sheets_alone_is_empty(read, book):
    def hide(workbook):
        workbook["一覧"].sheet_state = "hidden"
        workbook["表紙"].sheet_state = "visible"

    with pytest.raises(UnreadableFileError) as caught:
        read(book({"表紙": [], "一覧": [HEADER, ROW]}, hide))
    assert caught.value.reason == "empty"


def test_formulas_give_the_value_that_was_calculated(read, book):
    path = book({"一覧": [HEADER, [*ROW[:2], "=A2", *ROW[3:]]]})
    with pytest.raises(UnreadableFileError) as caught:
        read(path)
    assert (caught.value.reason, "一覧: C2" in caught.value.message.ja) == ("formula", True)
    calculated = rewrite(
        path,
        in_sheet(
            rb'<c r="C2"[^>]*><f>A2</f><v ?/?>(</v>)?</c>',
            '<c r="C2" t="str"><f>A2</f><v>区役所</v></c>'.encode(),
        ),
    )
    [table] = read(calculated)
    assert table.raw.columns[2].to_pylist() == ["区役所"]


def test_a_formula_whose_result_is_no_text_is_blank(read, book):
    path = rewrite(
        book({"一覧": [HEADER, [*ROW[:2], "名", *ROW[3:]], ["131148", 2, "=IF(A1=0,1,)", "中野"]]}),
        in_sheet(
            rb'<c r="C3"[^>]*><f>([^<]*)</f><v ?/?>(</v>)?</c>',
            rb'<c r="C3" t="str"><f>\1</f><v></v></c>',
        ),
    )
    [table] = read(path)
    assert table.raw.columns[2].to_pylist() == ["名", ""]


def test_an_error_in_a_cell_is_text(read, book):
    [table] = read(book({"一覧": [HEADER, [*ROW[:3], "#REF!", *ROW[4:]]]}))
    assert table.raw.columns[3].to_pylist() == ["#REF!"]


def test_readings_above_kanji_are_no_part_of_the_text(read, book):
    path = book({"一覧": [HEADER, ROW]})
    reading = "<t>区役所</t><rPh sb='0' eb='3'><t>クヤクショ</t></rPh>".encode()
    rewrite(
        path,
        lambda name, content: (
            content.replace("<t>区役所</t>".encode(), reading)
            if "sharedStrings" in name
            else content
        ),
    )
    [table] = read(path)
    assert table.raw.columns[2].to_pylist() == ["区役所"]


def test_a_size_that_is_not_true_costs_nothing(read, book):
    path = rewrite(
        book({"一覧": [HEADER, ROW]}),
        in_sheet(rb'<dimension ref="[^"]*"', rb'<dimension ref="A1:XFD1048576"'),
    )
    [table] = read(path)
    assert (table.raw.rows, len(table.raw.header)) == (1, 7)


@pytest.mark.parametrize(
    ("pattern", "replacement", "reason"),
    [
        (rb'<row r="2"', b'<row r="99999999999"', "too_large"),
        (rb'r="C2"', b'r="ZZZZZZ2"', "truncated"),
        (rb"<sheetData>", b"<sheetData><row", "truncated"),
        (rb"</worksheet>", b"", "truncated"),
    ],
)
def test_a_damaged_sheet_is_refused(read, book, pattern, replacement, reason):
    path = rewrite(book({"一覧": [HEADER, ROW]}), in_sheet(pattern, replacement))
    with pytest.raises(UnreadableFileError) as caught:
        read(path)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
)
@pytest.mark.parametrize("content", [None, b"", b"<a", b"<!DOCTYPE a><a/>", b"\xff\xfe"])
def test_a_book_with_a_broken_part_is_refused(read, book, part, content):
    path = rewrite(
        book({"一覧": [HEADER, ROW]}),
        lambda name, own: content if name == part else own,
    )
    with pytest.raises(UnreadableFileError):
        read(path)


def test_a_book_cut_off_is_refused(read, book):
    content = book({"一覧": [HEADER, ROW]}).read_bytes()
    for end in (30, 300, len(content) - 30):
        with pytest.raises(UnreadableFileError) as caught:
            read(content[:end], "cut.xlsx")
        assert caught.value.reason == "truncated"


def test_a_book_called_csv_is_a_book_and_a_protected_one_says_so(read, book):
    [table] = read(book({"一覧": [HEADER, ROW]}, name="list.csv"))
    assert table.raw.layout == "xlsx"
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    encrypted += "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFileError) as caught:
        read(encrypted, "secret.xlsx")
    assert caught.value.reason == "password"


def test_other_office_files_are_named(read):
    for member, reason in (
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "not_text"),
        ("content.xml", "opendocument"),
    ):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("mimetype", "x")
            archive.writestr(member, "x")
        with pytest.raises(UnreadableFileError) as caught:
            read(content.getvalue(), "file.xlsx")
        assert caught.value.reason == reason
