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
