"""The tables of a register of a few rows, with the expected rows written out."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.findings.initiatives.columns import TABLES

LAST_YEAR, AS_OF = date(2026, 3, 31), date(2026, 4, 1)


def test_the_plan_and_who_has_it_today(small):
    small.write()
    assert small.rows("plan_places", "plan_version", "initiative_id", "change", "change_basis", "place_no") == [
        ("2021-03", "I1", None, None, 1), ("2021-03", "I2", None, None, 2),
        ("2024-02", "I1", "改称", "derived", 1), ("2024-02", "I2", "終了", "derived", None),
    ]  # fmt: skip
    assert small.rows("department_today", "department_id", "today_name", "today_bureau", "steps") == [
        ("D1", "新課", None, "D1 > D2"), ("D2", "新課", None, "D2"),
    ]  # fmt: skip
    overview = small.rows(
        "initiative_overview", "initiative_id", "plan_version", "department_id",
        "department_then_name", "department_basis", "is_over", "over_basis", "over_since_fiscal_year",
    )  # fmt: skip
    assert overview == [
        ("I1", "2024-02", "D2", "旧課", "register", False, None, None),
        ("I2", "2021-03", None, None, "none", True, "derived", 2023),
    ]


def test_who_is_assigned_leads_before_the_register(small):
    small.add(
        "initiative_departments",
        {"initiative_id": "I1", "department_id": "D2", "role": "主管"},
        {"initiative_id": "I2", "department_id": "D1", "role": "関連"},
    )
    small.write()
    assert small.rows("initiative_departments", "initiative_id", "department_then_id", "role", "basis", "department_id") == [
        ("I1", "D2", "主管", "assignment", "D2"), ("I2", "D1", "関連", "assignment", "D2"),
    ]  # fmt: skip
    assert small.rows("initiative_overview", "department_then_id", "department_basis") == [
        ("D2", "assignment"), (None, "none"),
    ]  # fmt: skip


def test_milestones(small):
    small.write()
    assert small.rows(
        "milestones", "milestone_id", "state", "state_before", "slippage_days", "slippage_months",
        "slippage_unit", "late_milestone_id",
    ) == [
        ("M1", "done", "done", 91, 3, "month", None),
        ("M2", "late", "late", 91, None, "day", None),
        ("M3", "planned", "planned", None, None, None, "M2"),
        ("P1", "undated", "undated", None, None, None, None),
    ]  # fmt: skip


def test_series_conflicts_and_statuses(small):
    small.write()
    assert small.rows("indicator_series", "value_id", "use", where="indicator_id = 'K2'") == [
        ("W1", "corrected"), ("W2", "used"), ("X1", "conflict"), ("X2", "conflict"),
    ]  # fmt: skip
    assert small.rows("value_conflicts", "value_id", "value") == [("X1", 30), ("X2", 33)]
    # On 31 March 2026 the two values were not reported yet.
    assert small.rows("indicator_status", "seen_on", "is_current", "indicator_id", "status", "reason") == [
        (LAST_YEAR, False, "K1", "on_track", "pace"), (LAST_YEAR, False, "K2", "behind", "pace"),
        (AS_OF, True, "K1", "on_track", "pace"), (AS_OF, True, "K2", "undecidable", "conflict"),
    ]  # fmt: skip
    # 50 of 70 in 1826 of 2557 days; the year before it was 41.
    [row] = small.rows(
        "indicator_status", "value", "previous_value", "pace_ratio", "done_ratio", "elapsed_ratio",
        "gap", "target_on", "unreported_after", "required_per_year", "actual_per_year", "met_on",
        where="is_current AND indicator_id = 'K1'",
    )  # fmt: skip
    assert row[:9] == (
        50, 41, pytest.approx(50 / 70 / (1826 / 2557), abs=1e-9), pytest.approx(50 / 70, abs=1e-9),
        pytest.approx(1826 / 2557, abs=1e-9), 20, date(2028, 3, 31), date(2027, 9, 30),
        pytest.approx(70 * 365.25 / 2557, abs=1e-6),
    )  # fmt: skip
    # 1826 · 70 / 50 = 2556.4 days after the baseline: the 2557th.
    assert row[9:] == (pytest.approx(50 * 365.25 / 1826, abs=1e-6), date(2028, 3, 31))


def test_the_outlook(small):
    small.write()
    assert small.rows("indicator_outlook", "indicator_id", "values_used", "reason", "verdict") == [
        ("K1", 6, None, "open"), ("K2", 1, "too_few", None),
    ]  # fmt: skip
    # By year to the target's date, which comes last.
    steps = small.rows("indicator_forecast", '"at"', "low_95 < low_80 AND low_80 < forecast")
    assert steps == [(date(2027, 3, 31), True), (date(2028, 3, 31), True)]
    assert (
        small.rows("indicator_forecast", "forecast")[-1]
        == small.rows("indicator_outlook", "forecast_at_target")[0]
    )


def test_money_reviews_and_the_standing_of_each(small):
    small.write()
    assert small.rows("initiative_money", "basis", "basis_assumed", "execution_ratio", "unspent_thousand_yen",
                      "revised_thousand_yen", "funds_total_state") == [
        ("initial", True, 0.4, 600, None, None),
    ]  # fmt: skip
    assert small.rows("initiative_reviews", "initiative_id", "fiscal_year", "state", "grade", "rule_status", "agrees") == [
        ("I1", 2023, "reported", "B", None, None),
        ("I1", 2024, "reported", "A", "behind", False),
        ("I1", 2025, "not_due", None, None, None),
    ]  # fmt: skip
    assert small.rows(
        "initiative_status", "initiative_id", "status", "reason", "reason_id", "indicators_on_track",
        "milestones_late", "worst_slippage_days", "review_missing", "disagrees", "conflicts",
        where="is_current",
    ) == [
        ("I1", "behind", "milestone_late", "M2", 1, 1, 91, False, True, 1),
        ("I2", "not_applicable", "ended", None, 0, 0, None, None, None, 0),
    ]  # fmt: skip


def test_logic_and_decisions(small):
    small.write()
    assert small.rows("logic_nodes", "node_id", "level", "status") == [
        ("I1:budget", "投入", None), ("I1:content", "活動", None), ("K1", "産出", "on_track"),
        ("K2", "直接の成果", "undecidable"),
    ]  # fmt: skip
    assert small.rows("logic_arrows", "from_node_id", "to_node_id", "declared", "evidence_grade") == [
        ("I1:budget", "I1:content", False, None), ("I1:content", "K1", False, None),
        ("K1", "K2", True, "D"),
    ]  # fmt: skip
    assert small.rows("initiative_decisions", "initiative_id", "kind", "part_id", "other_id", "on_date", "value") == [
        ("I1", "milestone_blocked", "M3", "M2", None, None),
        ("I1", "conflict", "K2", None, LAST_YEAR, None),
        ("I1", "disagreement", None, None, None, None),
        ("I1", "budget_unspent", None, None, None, 0.4),
        ("I2", "end_not_stated", None, None, date(2024, 2, 1), None),
    ]  # fmt: skip


def test_a_report_counts_from_its_day(small):
    small.write(date(2025, 4, 30))
    # 令和6年度's report came on 1 May; on 30 April it is not due either.
    assert small.rows("initiative_status", "review_due_fiscal_year", "review_missing", "grade",
                      where="is_current AND initiative_id = 'I1'") == [(2023, False, "B")]  # fmt: skip
    small.connection.execute("DELETE FROM clean.initiative_reports WHERE fiscal_year = 2024")
    small.write(date(2025, 7, 1))
    assert small.rows("initiative_status", "review_due_fiscal_year", "review_missing", "disagrees",
                      where="is_current AND initiative_id = 'I1'") == [(2024, True, None)]  # fmt: skip


def test_the_order_of_rows_changes_no_table(small):
    before = small.write().everything()
    small.shuffle()
    assert small.write().everything() == before


def test_where_nothing_is_brought_the_tables_are_empty_and_say_what_to_bring(register):
    register.write()
    assert register.everything() == {table: [] for table in TABLES}
    missing = register.rows("missing_inputs", "subject", "dataset")
    assert len(missing) == 8
    assert ("initiatives", "initiative_reports") in missing


def test_a_bare_register_is_unset_and_nobody_is_blamed(register):
    register.add("initiatives", {"initiative_id": "I1", "initiative_name": "講座"})
    register.write()
    assert register.rows("initiative_status", "status", "review_missing", where="is_current") == [
        ("unset", None)
    ]
    assert register.rows("initiative_reviews") == []


def test_values_of_an_unknown_indicator_still_appear(register):
    """A row is never lost, whatever it belongs to."""
    register.add(
        "indicator_values",
        {
            "value_id": "V",
            "indicator_id": "K9",
            "measured_on": date(2025, 3, 31),
            "measured_value": 1.0,
        },
    )
    register.write()
    assert register.rows("indicator_series", "value_id", "use") == [("V", "used")]


def test_an_indicator_of_no_initiative_is_judged_too(register):
    register.add(
        "indicators",
        {"indicator_id": "K1", "indicator_name": "全体", "unit": "件", "better": "増加"},
    )
    register.write()
    assert register.rows("indicator_status", "initiative_id", "status", where="is_current") == [
        (None, "unset")
    ]
    assert register.rows("indicator_outlook", "reason") == [("unset",)]


def test_what_no_one_means_stops_no_build(register):
    """Numbers and dates at the ends of what a cell can hold; circles; what belongs to nothing."""
    huge, first, last = 1.7e308, date(1, 1, 1), date(9999, 12, 31)
    register.add(
        "departments",
        {
            "department_id": "D1",
            "department_name": "<b>",
            "successor_department_id": "D1",
            "valid_until": first,
        },
    )
    register.add(
        "initiatives",
        {
            "initiative_id": "I1",
            "initiative_name": "",
            "department_id": "D1",
            "ended_fiscal_year": 2100,
        },
        {
            "initiative_id": "I2",
            "initiative_name": "\u202e",
            "department_id": "D9",
            "started_fiscal_year": 2100,
        },
    )
    register.add(
        "initiative_places",
        {
            "place_id": "a",
            "plan_version": "",
            "initiative_id": "I1",
            "change": "統合",
            "merged_into_id": "I2",
        },
        {
            "place_id": "b",
            "plan_version": "\u202e",
            "initiative_id": "I2",
            "change": "統合",
            "merged_into_id": "I1",
        },
    )
    register.add(
        "initiative_milestones",
        *(
            {"milestone_id": f"{name}{precision}", "initiative_id": "I1", "milestone_name": "x", "date_precision": precision,
             "planned_start_on": start, "planned_end_on": end, "actual_end_on": actual,
             "depends_on_milestone_id": f"{name}{precision}"}
            for precision in ("日", "月", "四半期", "年度", None)
            for name, start, end, actual in (
                ("a", first, last, None), ("b", last, first, None), ("c", None, first, last), ("d", None, last, first),
            )
        ),
    )  # fmt: skip
    register.add(
        "indicators",
        *(
            {"indicator_id": f"{better}{no}", "indicator_name": "x", "initiative_id": "I2", "unit": "%", "better": better,
             "baseline_value": low, "baseline_on": start, "target_value": high, "target_fiscal_year": 2100,
             "status_rule": rule, "follows_indicator_id": f"{better}{no}", "level": "産出"}
            for better in ("増加", "減少", "維持")
            for no, (low, high, start, rule) in enumerate([
                (-huge, huge, first, None), (huge, -huge, first, None), (5e-324, 1e-300, first, "許容幅 0"),
                (0.0, huge, last, "段階 1 1"), (0.0, 1.0, first, "段階 9 99"),
            ])
        ),
    )  # fmt: skip
    register.add(
        "indicator_values",
        *(
            {"value_id": f"{better}{no}{year}", "indicator_id": f"{better}{no}", "measured_on": date(year, 1, 1),
             "measured_value": huge * (-1) ** year}
            for better in ("増加", "減少", "維持") for no in range(5) for year in (1, 2, 3, 4, 1000, 2026, 9999)
        ),
    )  # fmt: skip
    register.add(
        "initiative_budgets",
        {"initiative_id": "I1", "fiscal_year": 1945} | {
            f"{name}_thousand_yen{end}": value
            for name in ("initial", "settled", "national", "metropolitan", "other", "general")
            for end, value in (("", (2**63 - 1) * (-1 if name == "settled" else 1)), ("_state", "value"))
        },
    )  # fmt: skip
    register.add("initiative_reports", {"initiative_id": "I1", "fiscal_year": 1945, "grade": "Z"})
    for as_of in (AS_OF, date(1945, 1, 1), date(2100, 12, 31)):
        register.write(as_of)
        assert len(register.rows("indicator_status")) == 30
        assert set(register.rows("indicator_outlook", "forecast_at_target")) == {(None,)}
        assert register.rows("initiative_money", "basis", "funds_total_state") == [
            (None, "partial")
        ]
