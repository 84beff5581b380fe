"""Which new rows a department is asked for: the values, years and reports that are due next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from pipelines.evidence.progress.dates import add_months, period_end
from pipelines.evidence.progress.indicator import RHYTHM_MONTHS
from pipelines.fiscal import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Collection

_LAST_YEAR: Final = date.max.year - 2
"""Of a day after it, mistyped or standing for "no end", the calendar has no next one."""


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month stays the last one."""
    reached = add_months(day, months)
    return period_end(reached, "月") if day == period_end(day, "月") else reached


def next_value_on(last_on: date | None, rhythm: str | None, as_of: date) -> date | None:
    """The day whose value is asked for: the newest that is due by `as_of`, else the one to come.

    `last_on` is the day of the last value, or of the baseline. None where no rhythm or no day says.
    """
    months = RHYTHM_MONTHS.get(rhythm or "")
    if months is None or last_on is None or last_on.year > _LAST_YEAR:
        return None
    steps = 1
    while months_after(last_on, (steps + 1) * months) <= as_of:
        steps += 1
    return months_after(last_on, steps * months)


def report_years(reported: Collection[int], as_of: date) -> list[int]:
    """The 年度 whose report is asked for: the last that is over, or the running one after that."""
    over = fiscal_year(as_of) - 1
    due = over + 1 if over in reported else over
    return [] if due in reported else [due]


def budget_years(known: Collection[int], as_of: date) -> list[int]:
    """The years without a row from the last known one to the running one, and one more at least."""
    running = fiscal_year(as_of)
    first = max(known) + 1 if known else running
    return list(range(first, max(first, running) + 1))
