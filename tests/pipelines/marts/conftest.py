"""Merchants in tables as small as can be, and the marts that are made of them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

import pipelines.marts
from pipelines.marts import create_mart

FOLDER = Path(pipelines.marts.__file__).parent
INTERNAL = ("flows", "months", "counts", "streets", "cells", "industries", "areas", "subsidies")
# fmt: off
COLUMNS = (
    "merchant_id", "industry", "street_id", "municipality_name", "address", "accepts_qr",
    "accepts_card", "accepts_transit_ic", "subsidised", "adopted_on", "ended_on", "area_code",
    "location_source",
)
# fmt: on


class Merchants:
    """The marts of merchants, made of rows given as dictionaries; what a row leaves out is NULL.

    `towns`: the town of each area.
    """

    def __init__(self, *, towns=None, least=3, as_of="2026-04-01", listed="2026-03-31"):
        self.connection = duckdb.connect()
        self.connection.execute("ATTACH ':memory:' AS internal")
        for schema in ("meta", "clean", "mart", "internal.clean", "internal.mart"):
            self.connection.execute(f"CREATE SCHEMA {schema}")
        build = {
            "municipality_name": "中野区",
            "suppression_least_shops": str(least),
            "as_of": as_of,
        }
        self.connection.execute("CREATE TABLE meta.build(key VARCHAR, value VARCHAR)")
        self.connection.executemany("INSERT INTO meta.build VALUES (?, ?)", list(build.items()))
        self.connection.execute(
            "CREATE TABLE meta.sources AS SELECT 'cashless_merchants' AS dataset,"
            " 1 AS rows_loaded, ?::DATE AS as_of",
            [listed],
        )
        self.connection.execute("CREATE TABLE clean.areas(area_code VARCHAR, town_code VARCHAR)")
        for area, town in (towns or {}).items():
            self.connection.execute("INSERT INTO clean.areas VALUES (?, ?)", [area, town])

    def count(self, rows):
        """Make every mart of `rows`, in place of those made before."""
        if isinstance(rows, list):
            table = {
                name: pa.array([row.get(name) for row in rows], pa.string()) for name in COLUMNS
            }
            rows = pa.table(table)
        self.connection.register("given", rows)
        self.connection.execute(
            "CREATE OR REPLACE TABLE internal.clean.cashless_merchants AS"
            " SELECT * REPLACE (adopted_on::DATE AS adopted_on, ended_on::DATE AS ended_on),"
            " 1 AS source_no FROM given"
        )
        for name in INTERNAL:
            self.connection.execute(f"DROP TABLE IF EXISTS internal.mart.cashless_{name}")
            create_mart(self.connection, FOLDER / "internal" / f"cashless_{name}.sql")
        for name in ("adoption", "sources"):
            self.connection.execute(f"DROP TABLE IF EXISTS mart.cashless_{name}")
            create_mart(self.connection, FOLDER / f"cashless_{name}.sql")
        return self

    def rows(self, sql, *values):
        return self.connection.execute(sql, list(values)).fetchall()


@pytest.fixture
def make_merchants():
    """Makes `Merchants`; closes them."""
    with contextlib.ExitStack() as stack:

        def make(**options):
            made = Merchants(**options)
            stack.callback(made.connection.close)
            return made

        yield make
