from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.contracts import load_catalogue
from pipelines.ingest.decode import UnknownEncodingError, decode_text
from pipelines.ingest.headers import match_header, normalise_header
from pipelines.ingest.read import read_tables
from pipelines.ingest.unreadable import UnreadableFileError

REPOSITORY = Path(__file__).resolve().parents[3]
CATALOGUE = load_catalogue(REPOSITORY / "data")
CONTRACTS = list(CATALOGUE.contracts.values())
HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID"
ROW = "131148,1,中野区役所,東京都中野区中野4-11-19,35.707,139.663,NAKANO"


def read_file(path, contracts):
    """The one table of a file."""
    [table] = read_tables(path, contracts)
    return table.raw, table.contract


def write(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_encoding_is_found_by_decoding(encoding):
    text, found = decode_text("区役所,髙".encode(encoding))
    assert (text, found) == ("区役所,髙", encoding)


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\x80\x81\xfe\xfd", b"a\0b"]
)
def test_what_is_no_text_is_not_decoded(content):
    with pytest.raises(UnknownEncodingError):
        decode_text(content)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings_and_line_ends_make_no_difference(tmp_path, encoding, end):
    raw, contract = read_file(
        write(tmp_path, end.join([HEADER, ROW, ""]).encode(encoding)), CONTRACTS
    )
    assert contract.name == "wifi_access_points"
    assert [column[0].as_py() for column in raw.columns] == ROW.split(",")
    assert raw.lines.tolist() == [2]


def test_title_lines_blank_lines_and_line_breaks_in_cells_keep_the_line_numbers(tmp_path):
    text = f'公衆無線LAN一覧\n令和6年\n\n{HEADER},備考\n\n{ROW},"一行目\n二行目"\n# 注\n{ROW.replace(",1,", ",2,")},x\n'
    raw, _ = read_file(write(tmp_path, text), CONTRACTS)
    assert raw.lines.tolist() == [6, 9]
    assert raw.columns[-1].to_pylist() == ["一行目\n二行目", "x"]


def test_a_row_with_too_few_or_too_many_cells_is_kept_and_marked(tmp_path):
    text = f"{HEADER}\n{ROW}\n131148,2,切れた行\n{ROW},余分\n{ROW},,\n"
    raw, _ = read_file(write(tmp_path, text), CONTRACTS)
    assert raw.rows == 4
    assert raw.ragged == (1, 2)


def test_headers_are_known_whatever_their_width_case_and_blanks():
    assert normalise_header(" 建物名等（方書）\n") == normalise_header("建物名等(方書)")
    wifi = CATALOGUE.contracts["wifi_access_points"]
    match = match_header([" 名 称 ", "ＳＳＩＤ", "No", "緯\n度", "名称", "知らない列"], wifi)
    assert match.columns == {"access_point_name": 0, "ssid": 1, "access_point_id": 2, "lat": 3}
    assert match.unknown == (4, 5)


def shelters(**changes: object) -> str:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [139.66, 35.7]},
        "properties": {"共通ID": "E1", "施設・場所名": "学校", "住所": "東京都中野区中野1-1"},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature | changes]})


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\n\n ,, \n", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "not_text"),
        ("latin.csv", b"\x81\x20\x81\x20", "encoding"),
        ("letter.csv", "いつもお世話になっております\n".encode(), "no_kind"),
        ("header_only.csv", HEADER.encode(), "no_rows"),
        ("quote.csv", f'{HEADER}\n131148,1,"開いたまま\n'.encode(), "quotes"),
        ("cell.csv", f"{HEADER}\n131148,1,{'x' * 1_100_000}\n".encode(), "huge_cell"),
        ("book.xlsx", b"PK\x03\x04....[Content_Types].xml", "truncated"),
        ("broken.zip", b"PK\x03\x04" + b"\0" * 50, "truncated"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        ("broken.gpkg", b"SQLite format 3\0" + b"\1" * 600, "truncated"),
        ("cut.geojson", shelters()[:-20].encode(), "truncated"),
        ("list.geojson", b"[1, 2, 3]", "not_json"),
        ("deep.json", b"[" * 100_000, "not_json"),
        ("abroad.geojson", shelters(geometry={"type": "Point", "coordinates": [2.3, 48.8]}).encode(), "outside_japan"),
        ("alone.dbf", b"\x03\x5f\x07\x1a", "missing_part"),
        ("cut.shp", b"\x00\x00\x27\x0a" + b"\0" * 20, None),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(tmp_path, name, content, reason):
    path = write(tmp_path, content, name)
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path, CONTRACTS)
    assert reason in (None, caught.value.reason)
    for text in (caught.value.message.ja, caught.value.message.en):
        assert str(path) in text


def test_a_missing_file_and_a_folder_are_named_too(tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(UnreadableFileError) as caught:
            read_file(path, CONTRACTS)
        assert caught.value.reason == "access"


def test_a_header_that_fits_two_data_sets_is_not_guessed(tmp_path):
    twin = CATALOGUE.contracts["stations"].model_copy(update={"name": "stops"})
    path = write(tmp_path, "station_name,lon,lat\n中野,139.66,35.7\n")
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path, [CATALOGUE.contracts["stations"], twin])
    assert caught.value.reason == "ambiguous"


def test_a_header_that_lacks_a_required_column_names_it(tmp_path):
    path = write(tmp_path, "NO,住所,SSID,提供エリア\n1,中野,x,y\n")
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path, CONTRACTS)
    for word in ("公衆無線LANアクセスポイント", "アクセスポイント名", "Access point"):
        assert word in caught.value.message.ja
