"""A text is read by blocks, and mostly by columns; that it makes no difference is tested here."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.contracts import load_catalogue
from pipelines.ingest import decode
from pipelines.ingest.readers import line_blocks, text_rows
from pipelines.ingest.readers.delimited import read_delimited
from pipelines.ingest.readers.found import ReadError

CONTRACTS = [
    load_catalogue(Path(__file__).resolve().parents[3] / "data").contracts["wifi_access_points"]
]
HEADER = "市区町村コード,名称,住所,SSID"
ROW = "131148,区役所,東京都中野区中野4,A"
LINES = st.sampled_from([
    *[ROW] * 12, "131148,図書館,,", "131148,,,", ",名称,住所,", "", ",,,", " , ,,", "※休止中", "出典: 区",
    "#131148,a,b,c", "# 注", "記入例 131148,見本,住所,S", HEADER, "131148,切れた行", f"{ROW},余分", f"{ROW},,",
    '131148,"改行\nあり","a,b",x', '131148,"二重""引用",b,c', '131148,"三\n行\nの値",b,c', "単独のセル",
    '"名称",x', "\u3000,a,b,c", "\u2003,a,,", "\ufeff131148,a,b,c", "municipality_code,access_point_name,address,ssid",
    '131148,"閉じない,b,c', '131148,"a"b,c,d', "131148,a\tb,c,d", "131148;a;b;c", "\x1a",
])  # fmt: skip


def read_both(text):
    """What blocks of a few bytes and reading every line by itself give, or why it is refused."""
    results = []
    for changes in (
        {(line_blocks, "BLOCK_BYTES"): 40, (decode, "_BLOCK_BYTES"): 17},
        {(text_rows, "find_plain"): no_line_is_plain, (text_rows, "splits_alike"): never},
    ):
        with pytest.MonkeyPatch.context() as patch:
            for (module, name), value in changes.items():
                patch.setattr(module, name, value)
            try:
                raw = read_delimited(io.BytesIO(text.encode()), CONTRACTS).raw
            except ReadError as error:
                results.append((error.reason, error.detail))
                continue
        results.append(
            (
                raw.header, [column.to_pylist() for column in raw.columns], raw.lines.tolist(),
                raw.ragged, raw.blank_lines, raw.header_lines, raw.notes, raw.layout, raw.encoding,
            )
        )  # fmt: skip
    return results


def no_line_is_plain(block, *_):
    return np.zeros(block.lines, dtype=bool)


def never(*_):
    return False


@settings(max_examples=300, deadline=None)
@given(
    above=st.lists(st.sampled_from(["一覧", "", "# x", '"題名\nの続き"']), max_size=3),
    lines=st.lists(LINES, max_size=40),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
)
@example(above=[], lines=[ROW] * 30 + ['131148,"閉じない,b,c'], end="\n", last=True)
@example(above=[], lines=[ROW] * 30 + ['131148,"改行\nあり","a,b",x'] * 3, end="\r\n", last=False)
@example(above=["", "一覧"], lines=[ROW] * 30 + ["", "※休止中", "続き"], end="\n", last=True)
def test_it_is_the_same_table_or_the_same_refusal(above, lines, end, last):
    text = end.join([*above, HEADER, *lines]) + (end if last else "")
    by_block, by_line = read_both(text)
    assert by_block == by_line


def test_what_is_looked_at_for_a_blank_cell_alone_is_split_with_the_others(monkeypatch):
    merged = []
    monkeypatch.setattr(text_rows, "_merge", lambda *_: merged.append(1))
    lines = [ROW, "131148,,住所,A", "131148,切れた行", f"{ROW},余分", f"{ROW},,", "131148,,,"]
    raw = read_delimited(io.BytesIO("\n".join([HEADER, *lines]).encode()), CONTRACTS).raw
    assert merged == []
    assert raw.lines.tolist() == [2, 3, 4, 5, 6, 7]
    assert raw.ragged == (2, 3)
    assert raw.columns[1].to_pylist() == ["区役所", "", "切れた行", "区役所", "区役所", ""]
    assert raw.columns[3].to_pylist() == ["A", "A", "", "A", "A", ""]


def test_a_long_text_keeps_every_line(monkeypatch):
    plain = []
    whole = text_rows.find_plain

    def noting(*arguments):
        plain.append(whole(*arguments))
        return plain[-1].copy()

    monkeypatch.setattr(text_rows, "find_plain", noting)
    rows = [f"131148,施設{n},東京都中野区中野{n},S" for n in range(30_000)]
    rows[100], rows[200], rows[300] = "131148,短い", '131148,"二\n行",b,c', ""
    text = "\r\n".join(["題名", HEADER, *rows]).encode("cp932")
    raw = read_delimited(io.BytesIO(text), CONTRACTS).raw
    assert sum(int(mask.sum()) for mask in plain) == 29_997
    assert (raw.rows, raw.blank_lines, len(raw.notes)) == (29_999, 1, 1)
    assert raw.ragged == (100,)
    assert raw.lines[[99, 100, 200, 201, 300]].tolist() == [102, 103, 203, 205, 305]
    assert raw.columns[1][200].as_py() == "二\n行"
