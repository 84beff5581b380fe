"""A target that nobody means is stored as nil, the number 0: it must never be reckoned with."""

from datetime import date


def test_a_target_that_is_not_meant_is_no_target_of_zero(register):
    register.add(
        "indicators",
        {"indicator_id": "K1", "indicator_name": "団体", "unit": "団体", "better": "増加",
         "baseline_value": 2, "baseline_on": date(2021, 3, 31), "target_value": 0,
         "target_value_state": "nil", "target_fiscal_year": 2027},
    )  # fmt: skip
    register.add(
        "indicator_values",
        {"value_id": "V", "indicator_id": "K1", "measured_on": date(2026, 3, 31), "measured_value": 6.0},
    )  # fmt: skip
    register.write()
    assert register.rows(
        "indicator_status", "reason", "target_value", "required_per_year", "pace_ratio", "gap",
        where="is_current",
    ) == [("target_nil", None, None, None, None)]  # fmt: skip
