"""Text files as they arrive damaged: nothing is lost in silence, nothing harmless is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.contracts import load_catalogue
from pipelines.ingest import decode
from pipelines.ingest.decode import UnknownEncodingError, decode_text, find_encoding
from pipelines.ingest.read import read_tables
from pipelines.ingest.readers import row_columns
from pipelines.ingest.unreadable import UnreadableFileError

REPOSITORY = Path(__file__).resolve().parents[3]
CONTRACTS = list(load_catalogue(REPOSITORY / "data").contracts.values())
HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID"
ROW = "131148,1,中野区役所,東京都中野区中野4-11-19,35.707,139.663,NAKANO"


def read(folder: Path, content: str | bytes, name: str = "list.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    [table] = read_tables(path, CONTRACTS)
    return table.raw


def refused(folder: Path, content: str | bytes, name: str = "list.csv") -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read(folder, content, name)
    return caught.value


def test_damaged_utf8_is_not_read_as_nonsense_in_cp932():
    # The last byte of 合 lost: one in fifteen such files can be read as cp932 from end to end.
    damaged = "江古田\n鷺ノ宮\n落合".encode()[:-1] + "\n白鷺".encode()
    assert damaged.decode("cp932").startswith("豎溷商逕ｰ")
    with pytest.raises(UnknownEncodingError):
        decode_text(damaged)


@given(
    pieces=st.lists(st.one_of(st.text(max_size=4).map(str.encode), st.binary(max_size=3))),
    block=st.integers(1, 9),
)
@example(pieces=["合".encode()[:-1]], block=1)
@example(pieces=["𠮷野家".encode(), b"\xed\xa0\x80"], block=2)
@example(pieces=[b"\xc0\x80"], block=9)
@example(pieces=[b"a\x80\x80\x80\x80\x80"], block=2)
@example(pieces=["区\0".encode()], block=3)
def test_utf8_is_what_decoding_says_it_is(pieces, block):
    content = b"x" + b"".join(pieces)
    try:
        whole = "\0" not in content.decode()
    except UnicodeDecodeError:
        whole = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decode, "_BLOCK_BYTES", block)
        try:
            found = find_encoding(io.BytesIO(content))
        except UnknownEncodingError:
            found = ""
    assert (found == "utf-8") == whole


def test_cp932_with_a_few_signs_that_fit_utf8_is_still_cp932():
    text = "髙橋,ﾃｱﾂｲ,珈琲,齟齬,\u3042"
    assert decode_text(text.encode("cp932")) == (text, "cp932")


def test_a_second_byte_order_mark_does_not_take_the_quotes_with_it(tmp_path):
    quoted = HEADER.replace(",", '","')
    assert (
        read(tmp_path, f'\ufeff\ufeff"{quoted}"\n{ROW}\n').header[0]
        == HEADER.split(",", maxsplit=1)[0]
    )


@pytest.mark.parametrize("before", ["\ufeff\ufeff", "\ufeff題名\n\ufeff", "\u200b"])
def test_a_mark_that_nobody_sees_hides_no_column(tmp_path, before):
    assert read(tmp_path, f"{before}{HEADER}\n{ROW}\n").rows == 1


@pytest.mark.parametrize("title", ["[公衆無線LAN一覧]", "{案}", "｛案｝"])
def test_a_title_in_brackets_is_no_geojson(tmp_path, title):
    assert read(tmp_path, f"{title}\n{HEADER}\n{ROW}\n").rows == 1


def test_a_row_whose_name_begins_with_a_number_sign_is_a_row(tmp_path):
    raw = read(tmp_path, "station_name,lon,lat\n#1駅,139.66,35.7\n# 注\n中野,139.67,35.7\n")
    assert raw.columns[0].to_pylist() == ["#1駅", "中野"]


def test_rows_above_a_second_better_header_are_not_lost(tmp_path):
    rows = f"{ROW}\n{ROW.replace(',1,', ',2,')}"
    raw = read(tmp_path, f"{HEADER}\n{rows}\n\n{HEADER},URL,備考\n{ROW},,\n")
    assert raw.lines.tolist() == [2, 3, 5, 6]


def test_a_better_header_right_below_another_is_the_header(tmp_path):
    raw = read(tmp_path, f"municipality_code,access_point_id,名称\n{HEADER}\n{ROW}\n")
    assert raw.lines.tolist() == [3]
    assert raw.header == tuple(HEADER.split(","))


def test_commas_behind_the_header_do_not_hold_rows_back(tmp_path):
    raw = read(tmp_path, f"{HEADER},,\n{ROW}\n{ROW},,\n{ROW},,,\n{ROW},,,x\n131148,2\n")
    assert raw.ragged == (3, 4)


@pytest.mark.parametrize("rows", [1, 50])  # the long way is taken from half a million signs on
def test_a_table_wider_than_any_sheet_is_refused(tmp_path, rows):
    row = f"{ROW}{',' * 20_000}\n"
    assert refused(tmp_path, f"{HEADER}{',x' * 20_000}\n{row * rows}").reason == "too_large"


@pytest.mark.parametrize("kind", ["[]", "{}", "null", "1"])
def test_json_whose_type_is_no_word_is_refused(tmp_path, kind):
    assert refused(tmp_path, f'{{"type": {kind}, "features": [{{}}]}}', "x.geojson").reason


def test_short_rows_under_a_wide_header_do_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(row_columns, "_MAX_CELLS", 700)
    assert read(tmp_path, f"{HEADER}\n" + "1\n" * 100).rows == 100
    assert refused(tmp_path, f"{HEADER}\n" + "1\n" * 101).reason == "too_large"


def test_what_the_message_quotes_of_a_file_is_one_plain_line(tmp_path):
    sheet = "\x1b[31mx\x9b31m,\x07b,\u202ec"
    error = refused(tmp_path, f"{sheet}\nfoo,bar\n", "li\nst\x1b[0m.csv")
    for message in (error.message.ja, error.message.en):
        text = message.splitlines()[0]
        assert text.isprintable()
        assert "[31mx" in text


def test_an_attribute_name_without_end_is_cut(tmp_path):
    feature = f'{{"type": "Feature", "geometry": {{"type": "Point", "coordinates": [139.6, 35.7]}}, "properties": {{"{"x" * 100_000}": 1}}}}'
    error = refused(tmp_path, feature, "x.geojson")
    assert error.reason == "no_kind"
    assert len(error.message.en.splitlines()[0]) < 1_000


def test_half_a_surrogate_pair_is_refused_with_what_to_do(tmp_path):
    feature = '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [139.6, 35.7]}, "properties": {"共通ID": "E1", "施設・場所名": "\\ud800"}}'
    for content in (feature, feature.replace("E1", "\\udfff").replace('"\\ud800"', "1")):
        assert refused(tmp_path, content, "x.geojson").reason == "vector_encoding"


def test_a_part_of_a_shapefile_that_is_a_folder_is_named(tmp_path):
    (tmp_path / "a.dbf").mkdir()
    error = refused(tmp_path, b"\x00\x00\x27\x0a" + b"\0" * 200, "a.shp")
    assert error.reason == "access"
