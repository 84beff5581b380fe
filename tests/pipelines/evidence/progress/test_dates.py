"""Months and fiscal years, exact."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.progress.dates import (
    add_half_months,
    add_months,
    calendar_months,
    fiscal_year_end,
    fiscal_year_end_before,
    period_end,
    whole_months,
)
from pipelines.fiscal import fiscal_year

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "reached"),
    [
        (date(2025, 3, 31), 18, date(2026, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 3, 31), 0, date(2025, 3, 31)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(9999, 12, 1), 1, date(9999, 12, 31)),
    ],
)
def test_months_on(day, months, reached):
    assert add_months(day, months) == reached


@pytest.mark.parametrize(
    ("day", "halves", "reached"),
    [
        # Three halves of a month, a quarter, half a year and a year.
        (date(2026, 1, 31), 3, date(2026, 3, 15)),
        (date(2024, 1, 31), 3, date(2024, 3, 15)),
        (date(2025, 12, 31), 9, date(2026, 5, 15)),
        (date(2025, 9, 30), 18, date(2026, 6, 30)),
        (date(2025, 3, 31), 36, date(2026, 9, 30)),
        (date(9999, 12, 20), 1, date(9999, 12, 31)),
    ],
)
def test_half_a_month_is_fifteen_days(day, halves, reached):
    assert add_half_months(day, halves) == reached


@pytest.mark.parametrize(
    ("start", "end", "whole", "calendar"),
    [
        (date(2021, 8, 31), date(2021, 11, 30), 3, 3),
        (date(2021, 8, 31), date(2021, 11, 29), 2, 3),
        (date(2021, 8, 31), date(2021, 9, 1), 0, 1),
        (date(2021, 11, 30), date(2021, 8, 31), -3, -3),
        (date(2024, 1, 31), date(2024, 2, 29), 1, 1),
        (date(2023, 12, 15), date(2024, 12, 15), 12, 12),
        (date(2024, 5, 1), date(2024, 5, 1), 0, 0),
    ],
)
def test_months_between(start, end, whole, calendar):
    assert (whole_months(start, end), calendar_months(start, end)) == (whole, calendar)


@given(DAYS, st.integers(0, 600))
def test_months_on_are_months_between(day, months):
    assert whole_months(day, add_months(day, months)) == months


@given(DAYS, DAYS)
def test_whole_months_are_never_more_than_those_of_the_calendar(one, other):
    start, end = sorted([one, other])
    assert (
        calendar_months(start, end) - 1 <= whole_months(start, end) <= calendar_months(start, end)
    )


@pytest.mark.parametrize(
    ("day", "precision", "end"),
    [
        (date(2021, 8, 1), "月", date(2021, 8, 31)),
        (date(2024, 2, 10), "月", date(2024, 2, 29)),
        (date(2025, 4, 1), "四半期", date(2025, 6, 30)),
        (date(2025, 12, 31), "四半期", date(2025, 12, 31)),
        (date(2026, 1, 1), "四半期", date(2026, 3, 31)),
        (date(2022, 3, 31), "年度", date(2022, 3, 31)),
        (date(2022, 4, 1), "年度", date(2023, 3, 31)),
        (date(2022, 4, 1), "日", date(2022, 4, 1)),
        (date(2022, 4, 1), None, date(2022, 4, 1)),
    ],
)
def test_a_date_stands_for_the_end_of_its_period(day, precision, end):
    assert period_end(day, precision) == end


@given(DAYS)
def test_a_fiscal_year_ends_with_its_own_last_quarter(day):
    assert period_end(day, "年度") == fiscal_year_end(fiscal_year(day))
    assert period_end(period_end(day, "四半期"), "年度") == period_end(day, "年度")
    assert 0 <= (period_end(day, "四半期") - day).days <= 91


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2025, 3, 31)),
        (date(2026, 3, 30), date(2025, 3, 31)),
        (date(2026, 11, 25), date(2026, 3, 31)),
        (date(2026, 1, 1), date(2025, 3, 31)),
    ],
)
def test_the_fiscal_year_end_before(day, before):
    assert fiscal_year_end_before(day) == before
