"""Findings are kept as columns and read like a list of records."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.ingest.findings import SCHEMA, Findings
from pipelines.ingest.rules import rule_message
from pipelines.ingest.types import Finding

ROWS = [
    (1, 2, "lat", "x", "type_number", "quarantine", ""),
    (1, 3, "lat", "51", "maximum", "quarantine", "46"),
    (2, 2, "lat", "99", "maximum", "quarantine", "46"),
    (2, 4, "lon,lat", "", "location_unknown", "warning", ""),
]


@pytest.fixture
def findings(catalogue):
    columns = [pa.array(column) for column in zip(*ROWS, strict=True)]
    table = pa.table(dict(zip(SCHEMA.names, columns, strict=True)))
    return Findings(catalogue.contracts["wifi_access_points"], table)


def test_each_is_a_record_with_its_message(findings, catalogue):
    contract = catalogue.contracts["wifi_access_points"]
    expected = [
        Finding(*row[:6], message=rule_message(row[4], contract, row[2], row[6])) for row in ROWS
    ]
    assert list(findings) == expected
    assert [findings[at] for at in range(-4, 4)] == expected * 2
    assert list(findings[1:3]) == expected[1:3]
    assert "46" in findings[1].message.ja
    with pytest.raises(IndexError):
        findings[4]


def test_those_of_a_file_and_of_a_severity(findings):
    assert len(findings) == 4
    assert [found.line for found in findings.of(2)] == [2, 4]
    assert list(findings.of(3)) == []
    assert (findings.count_of("quarantine"), findings.count_of("left_out")) == (3, 0)


def test_none_at_all(catalogue):
    none = Findings(catalogue.contracts["wifi_access_points"])
    assert (len(none), list(none), none.count_of("warning")) == (0, [], 0)
