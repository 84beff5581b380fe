"""A file is taken in piece by piece; how large a piece is makes no difference to anything."""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from datetime import date
from functools import partial

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from pipelines.build import build
from pipelines.editions import internal_file
from pipelines.folder import DataFolder
from pipelines.ingest import chunks, discover, privacy
from pipelines.ingest.chunks import Chunks, RawChunk
from pipelines.ingest.readers import line_blocks
from pipelines.warehouse import open_edition

DAY = date(2026, 4, 1)
HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID,最終確認日,なぞの列"
ONE_PLACE = "35.7051,139.6631"
WIFI = [
    f"131148,,駅前,東京都中野区東町1-1,{ONE_PLACE},A,2024/9/1,",
    f"131148,,広場,東京都中野区東町1-2,{ONE_PLACE},A,2024/9/1,x",
    f"131148,,公園,東京都中野区東町2-1,{ONE_PLACE},A,令和6年9月1日,",
    "131148,,切れた行",
    f"131148,,図書館,東京都中野区西町1-1,{ONE_PLACE},A,2024-09-01,",
    "",
    "※ここから下は仮の一覧",
    '131148,,"二\n行の名",東京都中野区西町2-1,139.6631,35.7051,Ａ,,"a, ""b"""',
    f"131148,,駅前,東京都中野区東町1-1,{ONE_PLACE},A,2024/9/1,",
    f"131148,9,体育館,東京都中野区西町2-2,{ONE_PLACE},A,2030/9/1,",
    "131149,10,別の館,東京都中野区東町1-1,999.0,-,A,4月頃,",
    "131148,11,切れた館,東京都中野区東町1-1,35.7,,A,,,余分",
]
POPULATION = [
    "全国地方公共団体コード,地域コード,地方公共団体名,調査年月日,地域名,総人口,男性,女性,0-4歳の男性,世帯数",
    *(f"131148,,東京都中野区,2025-01-0{at},東町{at}丁目,{at},1,x,1,1" for at in range(1, 6)),
    "131148,,東京都中野区,2025-01-06,東町１丁目,1",
]


@pytest.fixture
def ward(troubled_data):
    """The ward of four areas with files in which everything happens that can happen to a row."""
    wifi = troubled_data.inbox / "wifi_access_points" / "wifi.csv"
    wifi.write_text("\n".join([HEADER, *WIFI]) + "\n", "utf-8")
    target = troubled_data.inbox / "area_population"
    target.mkdir()
    (target / "population.csv").write_text("\n".join(POPULATION) + "\n", "utf-8")
    return troubled_data


def content(ward, warehouse):
    """Every table of an edition as rows in their order (marts have none), and its content digests."""
    report = build(DataFolder(ward.root, warehouse), as_of=DAY)
    with open_edition(report.edition, warehouse=warehouse) as edition:
        tables = {name: edition.arrow(name).to_pylist() for name in edition.tables()}
    tables = {
        name: sorted(rows, key=str) if name.startswith("mart.") else rows
        for name, rows in tables.items()
    }
    with duckdb.connect(str(internal_file(warehouse / f"{report.edition}.duckdb"))) as inside:
        tables["inside"] = inside.sql("FROM clean.cashless_merchants").fetchall()
    return tables


def cut(found, rows):
    """The same table in chunks of a few rows."""
    raw = found.raw
    pieces = [
        RawChunk(
            columns=tuple(column[at : at + rows] for column in raw.columns),
            lines=raw.lines[at : at + rows],
            ragged=tuple(one - at for one in raw.ragged if at <= one < at + rows),
            geometry=raw.geometry[at : at + rows] if raw.has_geometry else None,
        )
        for at in range(0, raw.rows, rows)
    ]
    return replace(found, raw=replace(raw, chunks=Chunks(pieces)))


@pytest.mark.parametrize("memory_bytes", [0, chunks._MEMORY_BYTES])
def test_chunks_of_three_rows_give_the_same_edition(ward, tmp_path, monkeypatch, memory_bytes):
    whole = content(ward, tmp_path / "whole")
    monkeypatch.setattr(chunks, "_MEMORY_BYTES", memory_bytes)
    monkeypatch.setattr(line_blocks, "BLOCK_BYTES", 100)
    read = discover.read_tables
    monkeypatch.setattr(discover, "read_tables", lambda *a: [cut(one, 3) for one in read(*a)])
    in_pieces = content(ward, tmp_path / "pieces")
    assert in_pieces.keys() == whole.keys()
    for name, rows in whole.items():
        # The rows of a file keep their order; what is counted from them has none.
        ordered = name.startswith(("clean.", "meta.")) or name == "inside"
        order = list if ordered else partial(sorted, key=repr)
        assert order(in_pieces[name]) == order(rows), name
    # Nothing of this is worth much where nothing happened.
    assert {one["rule"] for one in whole["meta.findings"]} >= {
        "check_digit", "column_count", "primary_key", "repeated_coordinate", "required",
        "type_date", "type_integer",
    }  # fmt: skip
    assert {one["repair"] for one in whole["meta.repairs"]} >= {
        "generated_key", "coordinate_stand_in", "swapped_coordinates", "iso_date", "half_width",
        "wide_to_long",
    }  # fmt: skip
    assert len(whole["meta.corrections"]) == 1


def test_the_sample_that_privacy_looks_at_is_the_same(ward, catalogue, monkeypatch):
    path = ward.inbox / "wifi_access_points" / "wifi.csv"
    [table] = discover.read_tables(path, [catalogue.contracts["wifi_access_points"]])
    for most in (1, 3, 4, 100):
        monkeypatch.setattr(privacy, "_SAMPLE_ROWS", most)
        whole, in_pieces = privacy._samples(table.raw), privacy._samples(cut(table, 3).raw)
        assert [one.to_pylist() for one in whole] == [one.to_pylist() for one in in_pieces]


def chunk(first, rows=4):
    texts = pa.array([f"{first + at}" for at in range(rows)])
    return RawChunk((texts, texts), np.arange(first, first + rows), ragged=(1,))


def test_many_rows_go_into_a_file_without_a_name_and_come_back(tmp_path, monkeypatch):
    monkeypatch.setattr(chunks, "_MEMORY_BYTES", 20)
    monkeypatch.setattr(chunks.tempfile, "tempdir", str(tmp_path))
    kept = Chunks([chunk(0), chunk(4), chunk(8)])
    for _ in range(2):
        assert [one.lines.tolist() for one in kept] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    assert [one.columns[1].to_pylist() for one in kept][2] == ["8", "9", "10", "11"]
    assert [one.ragged for one in kept] == [(1,)] * 3
    assert kept.rows == 12
    file = kept._file
    assert not file.closed
    assert os.fstat(file.fileno()).st_size > 0
    assert list(tmp_path.iterdir()) == []
    del kept
    gc.collect()
    assert file.closed
