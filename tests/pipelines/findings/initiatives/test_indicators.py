"""evidence.indicator_status and indicator_outlook: what is no number, and what has no outlook."""

from __future__ import annotations

from datetime import date


def test_a_target_of_nil_or_unknown_is_no_number(small):
    small.add(
        "indicators",
        *(
            {"indicator_id": name, "indicator_name": name, "initiative_id": "I1", "unit": "回",
             "better": "増加", "baseline_value": 2, "baseline_on": date(2021, 3, 31),
             "target_value": value, "target_value_state": state, "target_fiscal_year": 2027}
            for name, value, state in (("N1", 0, "nil"), ("N2", None, "unknown"), ("N3", None, None))
        ),
    )  # fmt: skip
    small.add(
        "indicator_values",
        *(
            {"value_id": f"Z{name}", "indicator_id": name, "measured_on": date(2026, 3, 31), "measured_value": 6.0}
            for name in ("N1", "N2", "N3")
        ),
    )  # fmt: skip
    small.write()
    assert small.rows(
        "indicator_status", "indicator_id", "status", "target_value", "target_state", "gap",
        "pace_ratio", where="is_current AND indicator_id LIKE 'N%'",
    ) == [
        ("N1", "not_applicable", None, "nil", None, None),
        ("N2", "undecidable", None, "unknown", None, None),
        ("N3", "unset", None, None, None, None),
    ]  # fmt: skip


def test_what_is_unreported_or_runs_the_wrong_way_has_no_outlook(small):
    small.add(
        "indicators",
        *(
            {"indicator_id": name, "indicator_name": name, "initiative_id": "I1", "unit": "回",
             "better": better, "baseline_value": 1, "baseline_on": date(2018, 3, 31), "target_value": 20,
             "target_fiscal_year": 2027, "reporting_rhythm": "毎年"}
            for name, better in (("N1", "増加"), ("N2", "減少"))
        ),
    )  # fmt: skip
    small.add(
        "indicator_values",
        *(
            {"value_id": f"{name}-{year}", "indicator_id": name, "measured_on": date(year, 3, 31),
             "measured_value": float(year - 2017 + year % 2)}
            for name, first in (("N1", 2019), ("N2", 2021))
            for year in range(first, first + 6)
        ),
    )  # fmt: skip
    small.write()
    # The newest value of N1 is of March 2024: its six values say nothing of today.
    assert small.rows(
        "indicator_outlook", "indicator_id", "values_used", "reason", "verdict",
        "forecast_at_target", where="indicator_id LIKE 'N%'",
    ) == [("N1", 6, "unreported", None, None), ("N2", 6, "undecidable", None, None)]  # fmt: skip
    assert small.rows("indicator_forecast", where="indicator_id LIKE 'N%'") == []
    assert small.rows("initiative_decisions", where="kind = 'target_unreachable'") == []
