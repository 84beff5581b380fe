from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from pipelines.build import build
from pipelines.ingest.periods import fiscal_year, iso_month, period, yes_no
from pipelines.warehouse import open_edition


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
        (period, "令和6年度第1四半期", "2024Q1"),
        (period, "令和6年度 第一四半期", "2024Q1"),
        (period, "令和元年度第4四半期", "2019Q4"),
        (period, "R6年度1Q", "2024Q1"),
        (period, "2024年度Q3", "2024Q3"),
        (period, "FY2024 Q2", "2024Q2"),
        (period, "2024年度4~6月", "2024Q1"),
        (period, "2024年度1~3月", "2024Q4"),
        (period, "令和6年度第1四半期(4~6月)", "2024Q1"),
        (period, "2024年4~6月", "2024Q1"),
        (period, "2024年4月~6月", "2024Q1"),
        (period, "2025年1〜3月", "2024Q4"),
        (period, "令和6年10-12月", "2024Q3"),
        (period, "2024Q1", "2024Q1"),
        # Of the calendar year or of the 年度, no quarter at all, or at odds with itself.
        (period, "2024年第1四半期", "2024年第1四半期"),
        (period, "2024年Q1", "2024年Q1"),
        (period, "第1四半期", "第1四半期"),
        (period, "2024年5~7月", "2024年5~7月"),
        (period, "2024年4~9月", "2024年4~9月"),
        (period, "2024年11~1月", "2024年11~1月"),
        (period, "令和6年度第1四半期(7~9月)", "令和6年度第1四半期(7~9月)"),
        (period, "令和6年度第5四半期", "令和6年度第5四半期"),
        (period, "来年度1Q", "来年度1Q"),
        (period, "0年4~6月", "0年4~6月"),
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


def test_quarters_are_loaded_in_one_form_and_an_uncertain_one_is_held_back(tiny_data):
    files = {
        "shopping_streets": "商店街ID,商店街名\nS1,東町通り\n",
        "shopping_street_counts": (
            "商店街ID,四半期,会員数\nS1,令和６年度第１四半期,40\nS1,2024年７～９月,41\n"
            "S1,2024年第3四半期,42\nS1,2024Q1,43\n"
        ),
    }
    for dataset, text in files.items():
        folder = tiny_data.inbox / dataset
        folder.mkdir(parents=True)
        (folder / "own.csv").write_text(text, "utf-8")
    report = build(tiny_data, as_of=date(2026, 4, 1))
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        counts = edition.frame("clean.shopping_street_counts")
        found = edition.frame("meta.findings", dataset="shopping_street_counts")
        repairs = edition.frame("meta.repairs", repair="period", field="period")
    assert dict(zip(counts.period, counts.member_shops, strict=True)) == {
        "2024Q1": 40,
        "2024Q2": 41,
    }
    assert dict(zip(found.line, found.rule, strict=True)) == {4: "pattern", 5: "primary_key"}
    assert repairs["values"].tolist() == [2]
