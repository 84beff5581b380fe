from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.ingest.periods import fiscal_year, iso_month, period, yes_no


@pytest.mark.parametrize(
    ("repair", "before", "after"),
    [
        (fiscal_year, "令和3年度", "2021"),
        (fiscal_year, "令和元年度", "2019"),
        (fiscal_year, "平成31年度", "2019"),
        (fiscal_year, "R3", "2021"),
        (fiscal_year, "H31年度", "2019"),
        (fiscal_year, "2021年度", "2021"),
        (fiscal_year, "2021", "2021"),
        (fiscal_year, "2021年", "2021年"),
        (fiscal_year, "令和3年", "令和3年"),
        (fiscal_year, "来年度", "来年度"),
        (iso_month, "2024年4月", "2024-04"),
        (iso_month, "2024/4", "2024-04"),
        (iso_month, "2024.04", "2024-04"),
        (iso_month, "202404", "2024-04"),
        (iso_month, "令和6年4月分", "2024-04"),
        (iso_month, "R6.4", "2024-04"),
        (iso_month, "2024-04-01", "2024-04"),
        (iso_month, "2024-04-15", "2024-04-15"),
        (iso_month, "2024-13", "2024-13"),
        (iso_month, "2024-13-01", "2024-13-01"),
        (iso_month, "4月", "4月"),
        (period, "2024年4月", "2024-04"),
        (period, "令和6年度", "2024"),
        (period, "2024", "2024"),
        (period, "R6", "R6"),
        (yes_no, "1", "有"),
        (yes_no, "○", "有"),
        (yes_no, "あり", "有"),
        (yes_no, "×", "無"),
        (yes_no, "有", "有"),
        (yes_no, "一部", "一部"),
    ],
)
def test_what_is_certain_is_repaired_and_the_rest_left(repair, before, after):
    assert repair(pa.array([before, None, before])).to_pylist() == [after, None, after]


@pytest.mark.parametrize("repair", [fiscal_year, iso_month, period, yes_no])
def test_columns_in_pieces_and_empty_ones_are_repaired_too(repair):
    assert repair(pa.array([], pa.string())).to_pylist() == []
    assert repair(pa.array([None], pa.string())).to_pylist() == [None]
    pieces = pa.chunked_array([["2024-04"], ["2024-04"]])
    assert repair(pieces).to_pylist() == ["2024-04", "2024-04"]
