"""Cleaned rows on their way into DuckDB: columns that no file gives take no room there."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa
import pytest

from pipelines.build import build
from pipelines.ingest import stage
from pipelines.ingest.discover import FoundFile, read_sources
from pipelines.ingest.stage import STAGED, STAGED_ROWS, drop_staged, stage_files
from pipelines.warehouse import open_edition

LIST = "店舗名,QR,看板\n甲,有,赤\n乙,,\n"


def staged(catalogue, path, also=()):
    [source] = read_sources(FoundFile(path, path.name, "cashless_merchants"), catalogue, first_no=7)
    connection = duckdb.connect()
    stage_files(connection, source.contract, [source], also=also)
    return connection


def columns(connection, table):
    return [name for name, *_ in connection.sql(f"DESCRIBE {table}").fetchall()]


@pytest.fixture
def shops(tmp_path):
    path = tmp_path / "shops.csv"
    path.write_text(LIST, "utf-8")
    return path


def test_only_what_a_file_gives_is_kept_and_every_column_is_there(catalogue, shops):
    with staged(catalogue, shops) as connection:
        kept = columns(connection, STAGED_ROWS)
        shown = connection.sql(f"FROM {STAGED}").to_arrow_table().to_pylist()
        assert kept == [
            "row_no", "source_no", "source_line", "ragged", "extras", "merchant_name",
            "accepts_qr", "merchant_id",
        ]  # fmt: skip
        contract = catalogue.contracts["cashless_merchants"]
        assert set(shown[0]) == {
            *kept, *(field.name for field in contract.read_fields),
        }  # fmt: skip
        assert [(row["row_no"], row["source_no"], row["source_line"]) for row in shown] == [
            (0, 7, 2),
            (1, 7, 3),
        ]
        assert [row["accepts_qr"] for row in shown] == ["有", None]
        assert [row["extras"] for row in shown] == ['{"看板": "赤"}', None]
        assert {row["address"] for row in shown} == {None}
        assert all(row["merchant_id"].startswith("x") for row in shown)
        drop_staged(connection)
        assert connection.sql("SHOW TABLES").fetchall() == []


def test_a_column_that_a_correction_may_fill_is_kept(catalogue, shops):
    with staged(catalogue, shops, also=["address"]) as connection:
        assert "address" in columns(connection, STAGED_ROWS)


def test_a_value_without_a_column_is_an_error(catalogue, shops, monkeypatch):
    [source] = read_sources(
        FoundFile(shops, shops.name, "cashless_merchants"), catalogue, first_no=1
    )
    monkeypatch.setattr(
        stage.Cleaner, "pieces", lambda _: iter([pa.table({"address": ["東町"], "note": [None]})])
    )
    with duckdb.connect() as connection, pytest.raises(duckdb.Error, match="address"):
        stage_files(connection, source.contract, [source])


def test_rows_are_loaded_in_the_order_of_the_file(tiny_data):
    own = tiny_data.inbox / "cashless_merchants" / "shops.csv"
    own.parent.mkdir(parents=True)
    names = [f"M{at:04d}" for at in range(400, 0, -1)]
    lines = [f"{name},{'' if at % 7 == 3 else '店'}" for at, name in enumerate(names)]
    own.write_text("\n".join(["店舗ID,店舗名", *lines]), "utf-8")
    report = build(tiny_data, as_of=date(2026, 4, 1))
    path = tiny_data.warehouse / f"{report.edition}.internal.duckdb"
    with duckdb.connect(str(path), read_only=True) as inside:
        loaded = inside.sql("SELECT merchant_id FROM clean.cashless_merchants").fetchall()
    assert [name for (name,) in loaded] == [name for at, name in enumerate(names) if at % 7 != 3]
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        [row] = edition.arrow("meta.sources", dataset="cashless_merchants").to_pylist()
    assert (row["rows_read"], row["rows_loaded"], row["rows_quarantined"]) == (400, 343, 57)
