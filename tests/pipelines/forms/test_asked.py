"""Which values, years and reports are asked for next."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.forms.asked import (
    budget_years,
    months_after,
    next_value_on,
    report_years,
)

AS_OF = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 3, 31), 12, date(2026, 3, 31)),
        (date(2025, 9, 30), 6, date(2026, 3, 31)),
        (date(2025, 12, 31), 3, date(2026, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 1, 30), 1, date(2025, 2, 28)),
        (date(2025, 11, 15), 3, date(2026, 2, 15)),
    ],
)
def test_the_last_day_of_a_month_stays_the_last_one(day, months, then):
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("last_on", "rhythm", "asked"),
    [
        (date(2025, 3, 31), "毎年", date(2026, 3, 31)),
        # Years behind, the newest is asked for.
        (date(2021, 3, 31), "毎年", date(2026, 3, 31)),
        (date(2026, 2, 28), "毎月", date(2026, 3, 31)),
        # Nothing is due yet: the one to come.
        (date(2026, 3, 31), "毎年", date(2027, 3, 31)),
        (date(2026, 3, 31), "毎月", date(2026, 4, 30)),
        (date(2025, 9, 30), "半年", date(2026, 3, 31)),
        (date(2025, 3, 31), "その他", None),
        (date(2025, 3, 31), None, None),
        (None, "毎年", None),
        # A day that was mistyped, or stands for "no end", has no next one.
        (date(9999, 12, 31), "毎年", None),
        (date(9997, 12, 31), "毎年", date(9998, 12, 31)),
    ],
)
def test_the_newest_value_that_is_due_is_asked_for(last_on, rhythm, asked):
    assert next_value_on(last_on, rhythm, AS_OF) == asked


@pytest.mark.parametrize(
    ("reported", "as_of", "asked"),
    [
        (set(), AS_OF, [2025]),
        ({2023}, AS_OF, [2025]),
        ({2025}, AS_OF, [2026]),
        ({2025, 2026}, AS_OF, []),
        (set(), date(2026, 3, 31), [2024]),
        ({2024}, date(2026, 3, 31), [2025]),
    ],
)
def test_the_report_of_the_last_year_that_is_over_is_asked_for(reported, as_of, asked):
    assert report_years(reported, as_of) == asked


@pytest.mark.parametrize(
    ("known", "asked"),
    [(set(), [2026]), ({2024}, [2025, 2026]), ({2026}, [2027]), ({2020, 2027}, [2028])],
)
def test_budgets_are_asked_for_up_to_the_running_year_and_one_more_at_least(known, asked):
    assert budget_years(known, AS_OF) == asked
