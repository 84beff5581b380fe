"""Rows with internal columns stand in a file of their own that no page, notebook or export opens."""

from __future__ import annotations

import stat
from datetime import date

import duckdb
import pytest

from pipelines.build import build
from pipelines.contracts import load_catalogue
from pipelines.editions import internal_file
from pipelines.warehouse import EditionError, edition_names, open_edition

SHOP = "ひみつ商店"
DAY = date(2026, 4, 1)


@pytest.fixture
def merchants(tiny_data):
    """The ward of four areas with a list of two shops, one of which breaks its contract."""
    contract = load_catalogue(tiny_data.root).contracts["cashless_merchants"]
    assert contract.internal
    required = [one for one in contract.read_fields if one.constraints.required]
    named = next(one for one in required if "name" in one.name)
    target = tiny_data.inbox / "cashless_merchants"
    target.mkdir(parents=True)
    header = [one.title for one in required]
    good = [SHOP if one == named else one.example for one in required]
    bad = ["" if one == named else f"{SHOP}{at}" for at, one in enumerate(required)]
    lines = [",".join(cells) for cells in (header, good, bad)]
    (target / "shops.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return tiny_data


def test_the_rows_are_inside_and_nothing_of_them_outside(merchants):
    report = build(merchants, as_of=DAY)
    assert report.quarantined == 1
    path = merchants.warehouse / f"{report.edition}.duckdb"
    with duckdb.connect(str(internal_file(path)), read_only=True) as inside:
        assert inside.sql("SELECT count(*) FROM clean.cashless_merchants").fetchall() == [(1,)]
    assert SHOP.encode() not in path.read_bytes()
    with open_edition(report.edition, warehouse=merchants.warehouse) as edition:
        assert "clean.cashless_merchants" not in edition.tables()
        row = edition.frame("meta.datasets", dataset="cashless_merchants").iloc[0]
        assert row["rows"] == 1
        findings = edition.frame("meta.findings", dataset="cashless_merchants")
        assert len(findings) > 0
        for name in edition.tables():
            assert SHOP not in edition.frame(name).to_csv()


def test_only_its_owner_reads_the_file(merchants):
    report = build(merchants, as_of=DAY)
    inside = internal_file(merchants.warehouse / f"{report.edition}.duckdb")
    assert stat.S_IMODE(inside.stat().st_mode) == 0o600


def test_the_inside_is_no_edition_and_goes_with_its_edition(merchants):
    report = build(merchants, as_of=DAY)
    assert edition_names(merchants.warehouse) == [report.edition]
    with pytest.raises(EditionError):
        open_edition(f"{report.edition}.internal", warehouse=merchants.warehouse)
    build(merchants, as_of=date(2026, 4, 2), keep=0)
    left = [path.name for path in merchants.warehouse.glob("*.duckdb")]
    assert len(left) == 2
    assert not any(name.startswith("2026-04-01") for name in left)


def test_without_internal_rows_there_is_no_such_file(tiny_data):
    report = build(tiny_data, as_of=DAY)
    assert not internal_file(tiny_data.warehouse / f"{report.edition}.duckdb").exists()
