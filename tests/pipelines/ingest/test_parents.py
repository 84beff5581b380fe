"""Rows that refer to rows: of another data set, of their own, and of rows that were held back."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.build import build
from pipelines.warehouse import open_edition


def supply(data, dataset, *lines):
    folder = data.inbox / dataset
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{dataset}.csv").write_text("\n".join(lines), "utf-8")


def outcome(data, dataset):
    """The keys that were loaded, and (line, rule) of what was not."""
    report = build(data, as_of=date(2026, 4, 1))
    [result] = [one for one in report.results if one.contract.name == dataset]
    with open_edition(report.edition, warehouse=data.warehouse) as edition:
        table = edition.arrow(f"clean.{dataset}")
    key = result.contract.primary_key[0]
    [count] = result.counts
    assert count.rows_read == count.rows_loaded + count.rows_quarantined
    return table[key].to_pylist(), [(one.line, one.rule) for one in result.findings]


DEPARTMENTS = "所管課ID,所管課名,設置日,後継の所管課ID"


def test_a_successor_stands_in_the_same_list(tiny_data):
    supply(tiny_data, "departments", DEPARTMENTS, "D1,旧課,,D2", "D2,新課,,", "D3,別課,,D3")
    assert outcome(tiny_data, "departments") == (["D1", "D2", "D3"], [])


def test_a_successor_that_is_nowhere_holds_the_row_back(tiny_data):
    supply(tiny_data, "departments", DEPARTMENTS, "D1,旧課,,D9", "D2,新課,,")
    assert outcome(tiny_data, "departments") == (["D2"], [(2, "foreign_key")])


def test_a_row_held_back_holds_back_those_that_lead_to_it(tiny_data):
    supply(
        tiny_data, "departments", DEPARTMENTS,
        "D1,一課,,D2", "D2,二課,,D3", "D3,三課,未定,", "D4,四課,,D5", "D5,五課,,D4",
    )  # fmt: skip
    assert outcome(tiny_data, "departments") == (
        ["D4", "D5"],
        [(2, "parent_quarantined"), (3, "parent_quarantined"), (4, "type_date")],
    )


def test_the_first_of_two_equal_parents_is_parent_enough(tiny_data):
    supply(tiny_data, "departments", DEPARTMENTS, "D1,一課,,D2", "D2,二課,,", "D2,二課,,")
    assert outcome(tiny_data, "departments") == (["D1", "D2"], [(4, "primary_key")])


@pytest.mark.parametrize(
    ("department", "rule"), [("D1", "parent_quarantined"), ("D9", "foreign_key")]
)
def test_a_parent_held_back_is_told_apart_from_one_that_is_nowhere(tiny_data, department, rule):
    supply(tiny_data, "departments", DEPARTMENTS, "D1,一課,未定,", "D2,二課,,")
    supply(
        tiny_data, "initiatives", "取組ID,取組名,所管課ID",
        "I1,取組,D2", f"I2,取組,{department}",
    )  # fmt: skip
    assert outcome(tiny_data, "initiatives") == (["I1"], [(3, rule)])
