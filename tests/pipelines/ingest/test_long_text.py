"""A long text is read column by column; that it makes no difference is what is tested."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.contracts import load_catalogue
from pipelines.ingest.readers import delimited, long_text
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
    """What both ways give: the table as plain values, or why it is refused."""
    results = []
    for limit in (0, len(text) + 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(delimited, "LONG_CHARACTERS", limit)
            patch.setattr(long_text, "_MOST_OTHERS", 1)
            try:
                raw = read_delimited(text.encode(), CONTRACTS).raw
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
    by_column, by_line = read_both(text)
    assert by_column == by_line


def test_the_long_way_is_taken_and_keeps_every_line(monkeypatch):
    taken = []
    whole = delimited.read_long

    def noting(*arguments):
        taken.append(whole(*arguments))
        return taken[-1]

    monkeypatch.setattr(delimited, "read_long", noting)
    rows = [f"131148,施設{n},東京都中野区中野{n},S" for n in range(30_000)]
    rows[100], rows[200], rows[300] = "131148,短い", '131148,"二\n行",b,c', ""
    raw = read_delimited(
        "\r\n".join(["題名", HEADER, *rows]).encode("cp932"),
        CONTRACTS,
    ).raw
    assert taken[0] is not None
    assert (raw.rows, raw.blank_lines, len(raw.notes)) == (29_999, 1, 1)
    assert raw.ragged == (100,)
    assert raw.lines[[99, 100, 200, 201, 300]].tolist() == [102, 103, 203, 205, 305]
    assert raw.columns[1][200].as_py() == "二\n行"
