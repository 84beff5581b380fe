"""The shipped sample: statuses expected by whoever made it, worked out apart from these rules."""

from __future__ import annotations

import csv
from datetime import date

import duckdb
import pytest

from pipelines.findings.initiatives import write
from pipelines.findings.initiatives.columns import MILESTONE_STATES, STATUSES, TABLES
from pipelines.findings.table import create_missing_inputs
from pipelines.ward import load_ward
from pipelines.warehouse import open_edition

DATES = {"status_2026_04_01": date(2026, 4, 1), "status_2026_11_25": date(2026, 11, 25)}
_FOUND = {
    "indicator": "SELECT indicator_id, status FROM evidence.indicator_status WHERE is_current",
    "initiative": "SELECT initiative_id, status FROM evidence.initiative_status WHERE is_current",
    "milestone": "SELECT milestone_id, state FROM evidence.milestones WHERE initiative_id IS NOT NULL",
}


@pytest.fixture(scope="module", params=DATES)
def seen(request, sample_warehouse, repository):
    """The sample's clean tables, and the findings as of one of the two dates."""
    with duckdb.connect() as connection:
        with open_edition(warehouse=sample_warehouse) as edition:
            path = edition.path
        connection.execute(f"ATTACH '{path}' AS shipped (READ_ONLY)")
        connection.execute("CREATE SCHEMA clean; CREATE SCHEMA evidence")
        names = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'shipped' AND schema_name = 'clean'"
        ).fetchall()
        for (name,) in names:
            if name == "departments" or name.startswith(("initiative", "indicator")):
                connection.execute(f"CREATE TABLE clean.{name} AS FROM shipped.clean.{name}")
        create_missing_inputs(connection)
        write(connection, load_ward(repository / "data" / "ward.toml"), DATES[request.param])
        yield request.param, connection


@pytest.fixture(scope="module")
def expected(repository):
    path = repository / "tests" / "fixtures" / "initiatives_expected.csv"
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("kind", _FOUND)
def test_every_status_is_the_one_expected(seen, expected, kind):
    column, connection = seen
    found = dict(connection.execute(_FOUND[kind]).fetchall())
    assert found == {row["id"]: row[column] for row in expected if row["kind"] == kind}


def test_every_status_and_state_occurs(seen):
    column, connection = seen
    for kind, all_of_them in (
        ("indicator", STATUSES),
        ("initiative", STATUSES),
        ("milestone", MILESTONE_STATES),
    ):
        found = {status for _, status in connection.execute(_FOUND[kind]).fetchall()}
        assert found == set(all_of_them), (column, kind)


def test_the_official_register_and_timetable(seen):
    _, connection = seen
    places = connection.execute(
        "SELECT group_no, count(*) FROM evidence.plan_places WHERE plan_version = '2021-03' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert places == [(1, 11), (2, 1), (3, 5), (4, 2), (5, 4)]
    assert connection.execute(
        "SELECT slippage_months, slippage_unit FROM evidence.milestones WHERE actual_end_on = '2021-11-30' AND initiative_id IS NULL"
    ).fetchall() == [(3, "month")]
    assert connection.execute(
        "SELECT today_name FROM evidence.department_today WHERE department_id = 'D01'"
    ).fetchall() == [("デジタル政策課",)]


def test_parts_add_up_and_point_to_what_is_there(seen):
    _, connection = seen
    counts = " + ".join(f"indicators_{status}" for status in STATUSES)
    states = " + ".join(f"milestones_{state}" for state in MILESTONE_STATES)
    assert connection.execute(
        f"SELECT count(*) FROM evidence.initiative_status WHERE {counts} <> indicators_total OR {states} <> milestones_total"  # noqa: S608
    ).fetchone() == (0,)
    assert (
        connection.execute("SELECT count(*) FROM evidence.indicator_series").fetchone()
        == connection.execute("SELECT count(*) FROM clean.indicator_values").fetchone()
    )
    for table in TABLES:
        assert connection.execute(f"SELECT count(*) FROM evidence.{table}").fetchone()[0] > 0, table  # noqa: S608
