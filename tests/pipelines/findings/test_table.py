from __future__ import annotations

import duckdb
import pytest

from pipelines.digest import table_digest
from pipelines.findings.table import (
    NUMBER,
    TEXT,
    WHOLE,
    create_missing_inputs,
    note_missing,
    write_finding,
)
from pipelines.messages import Message

COLUMNS = {"code": TEXT, "persons": NUMBER, "reached_ratio": NUMBER, "rank": WHOLE}


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA evidence")
        yield opened


def test_rows_keep_their_order_and_floats_are_rounded_by_their_column(connection):
    rows = [
        {"code": "b", "persons": 1 / 3, "reached_ratio": 1 / 3, "rank": 2},
        {"code": "a", "persons": -1e-12},
    ]
    write_finding(connection, "found", rows, COLUMNS)
    assert connection.execute("SELECT * FROM evidence.found").fetchall() == [
        ("b", 0.333333, 0.333333333, 2),
        ("a", 0.0, None, None),
    ]


def test_the_largest_numbers_stay_and_stop_nothing(connection):
    rows = [{"persons": 1.7e308}, {"persons": -(2.0**53)}, {"persons": 2.0**51 + 0.5}, {}]
    write_finding(connection, "found", rows, COLUMNS)
    assert connection.execute("SELECT persons FROM evidence.found").fetchall() == [
        (1.7e308,), (-(2.0**53),), (2.0**51 + 0.5,), (None,),
    ]  # fmt: skip


def test_what_differs_by_less_than_the_rounding_has_the_same_digest(connection):
    write_finding(connection, "one", [{"persons": -1e-12}, {"persons": 5 + 1e-9}], COLUMNS)
    write_finding(connection, "two", [{"persons": 1e-12}, {"persons": 5.0}], COLUMNS)
    digests = {table_digest(connection, "evidence", name) for name in ("one", "two")}
    assert len(digests) == 1


def test_a_table_without_rows_has_its_columns(connection):
    write_finding(connection, "none", [], COLUMNS)
    assert connection.sql("FROM evidence.none").columns == list(COLUMNS)


def test_what_to_bring_is_said_in_both_languages(connection):
    create_missing_inputs(connection)
    note_missing(connection, "reach", "areas", Message("境界を置く", "bring a boundary"))
    assert connection.execute("SELECT * FROM evidence.missing_inputs").fetchall() == [
        ("reach", "areas", "境界を置く", "bring a boundary")
    ]
