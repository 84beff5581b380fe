"""A register of a few rows: clean tables in memory, as the contracts define them."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from pipelines.contracts import load_catalogue
from pipelines.contracts.ddl import create_clean_table, quoted
from pipelines.findings.initiatives import write
from pipelines.findings.initiatives.columns import TABLES
from pipelines.findings.table import create_missing_inputs
from pipelines.ward import load_ward

AS_OF = date(2026, 4, 1)
DATASETS = (
    "departments", "initiatives", "initiative_departments", "initiative_places",
    "initiative_milestones", "initiative_budgets", "initiative_reports", "indicators",
    "indicator_values",
)  # fmt: skip


class Register:
    """Rows go in by data set, tables come out as rows."""

    def __init__(self, repository):
        self.connection = duckdb.connect()
        self.ward = load_ward(repository / "data" / "ward.toml")
        self.connection.execute("CREATE SCHEMA clean")
        catalogue = load_catalogue(repository / "data")
        for name in DATASETS:
            self.connection.execute(create_clean_table(catalogue.contracts[name]))
        self.lines = 1

    def add(self, dataset, *rows):
        """Insert rows; what is measured has the state `value` unless it says otherwise."""
        for row in rows:
            self.lines += 1
            full = {"source_no": 1, "source_line": self.lines} | row
            for name in ("baseline_value", "target_value", "measured_value"):
                if name in row:
                    full.setdefault(f"{name}_state", "value")
            columns = ", ".join(quoted(name) for name in full)
            marks = ", ".join("?" for _ in full)
            self.connection.execute(
                f"INSERT INTO clean.{quoted(dataset)} ({columns}) VALUES ({marks})",  # noqa: S608
                list(full.values()),
            )

    def write(self, as_of=AS_OF):
        """Make the tables as of a date, anew."""
        self.connection.execute("DROP SCHEMA IF EXISTS evidence CASCADE; CREATE SCHEMA evidence")
        create_missing_inputs(self.connection)
        write(self.connection, self.ward, as_of)
        return self

    def rows(self, table, *columns, where="TRUE"):
        """Some columns of a table, in its order."""
        names = ", ".join(columns) or "*"
        return self.connection.execute(
            f"SELECT {names} FROM evidence.{table} WHERE {where}"  # noqa: S608
        ).fetchall()

    def everything(self):
        """Every table."""
        return {table: self.rows(table) for table in TABLES}

    def shuffle(self):
        """The rows of every clean table in another order, each with its own file and line."""
        for name in DATASETS:
            self.connection.execute(
                f"CREATE OR REPLACE TABLE clean.{name} AS FROM clean.{name} ORDER BY hash(source_line)"
            )


@pytest.fixture
def register(repository):
    made = Register(repository)
    yield made
    made.connection.close()


@pytest.fixture
def small(register):
    """Two initiatives, one of them reported in every way; see test_tables.py."""
    register.add(
        "departments",
        {
            "department_id": "D1",
            "department_name": "旧課",
            "bureau_name": "旧部",
            "successor_department_id": "D2",
        },
        {"department_id": "D2", "department_name": "新課"},
    )
    register.add(
        "initiatives",
        {
            "initiative_id": "I1",
            "initiative_name": "講座",
            "content": "講座を開く",
            "department_id": "D1",
        },
        {"initiative_id": "I2", "initiative_name": "掲示"},
    )
    register.add(
        "initiative_places",
        *(
            {"place_id": f"{version}{one}", "plan_version": version, "group_no": 1, "group_name": "学び",
             "place_no": no, "initiative_id": one, "name_in_plan": name, "repeated": "無"}
            for version, no, one, name in (
                ("2021-03", 1, "I1", "講座"), ("2021-03", 2, "I2", "掲示"), ("2024-02", 1, "I1", "学びの講座"),
            )
        ),
    )  # fmt: skip
    register.add(
        "initiative_milestones",
        {"milestone_id": "M1", "initiative_id": "I1", "milestone_name": "準備", "date_precision": "月",
         "planned_end_on": date(2021, 8, 31), "actual_end_on": date(2021, 11, 30)},
        {"milestone_id": "M2", "initiative_id": "I1", "milestone_name": "開催",
         "planned_end_on": date(2025, 12, 31), "depends_on_milestone_id": "M1"},
        {"milestone_id": "M3", "initiative_id": "I1", "milestone_name": "振り返り",
         "planned_end_on": date(2026, 12, 31), "depends_on_milestone_id": "M2"},
        {"milestone_id": "P1", "milestone_name": "策定"},
    )  # fmt: skip
    register.add(
        "indicators",
        {"indicator_id": "K1", "indicator_name": "回数", "initiative_id": "I1", "level": "産出", "unit": "回",
         "better": "増加", "baseline_value": 0, "baseline_on": date(2021, 3, 31), "target_value": 70,
         "target_fiscal_year": 2027, "reporting_rhythm": "毎年"},
        {"indicator_id": "K2", "indicator_name": "使える人", "initiative_id": "I1", "level": "直接の成果",
         "unit": "%", "better": "増加", "baseline_value": 10, "baseline_on": date(2021, 3, 31),
         "target_value": 50, "target_fiscal_year": 2027, "follows_indicator_id": "K1",
         "evidence_grade": "D"},
    )  # fmt: skip
    values = [
        *((f"V{year}", "K1", date(year, 3, 31), 10.0 * (year - 2021) + (year % 2), None) for year in range(2021, 2027)),
        ("W1", "K2", date(2025, 3, 31), 20.0, date(2025, 5, 1)),
        ("W2", "K2", date(2025, 3, 31), 22.0, date(2025, 6, 1)),
        ("X1", "K2", date(2026, 3, 31), 30.0, date(2026, 4, 1)),
        ("X2", "K2", date(2026, 3, 31), 33.0, date(2026, 4, 1)),
    ]  # fmt: skip
    register.add(
        "indicator_values",
        *(
            {"value_id": name, "indicator_id": one, "measured_on": day, "measured_value": number, "reported_on": reported}
            for name, one, day, number, reported in values
        ),
    )  # fmt: skip
    register.add(
        "initiative_budgets",
        {"initiative_id": "I1", "fiscal_year": 2024, "initial_thousand_yen": 1000, "initial_thousand_yen_state": "value",
         "settled_thousand_yen": 400, "settled_thousand_yen_state": "value"},
    )  # fmt: skip
    register.add(
        "initiative_reports",
        {"initiative_id": "I1", "fiscal_year": 2023, "grade": "B", "reported_on": date(2024, 5, 1)},
        {"initiative_id": "I1", "fiscal_year": 2024, "grade": "A", "reported_on": date(2025, 5, 1)},
        {"initiative_id": "I2", "fiscal_year": 2023},
    )
    return register
