"""Whole months and fiscal years between dates, exact, and dates known only to the month."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Final, Literal

from pipelines.fiscal import fiscal_quarter, fiscal_year

Precision = Literal["日", "月", "四半期", "年度"]

DAY: Final[Precision] = "日"
DAYS_A_YEAR: Final = 365.25
_MONTHS_A_YEAR: Final = 12
_MONTHS_A_QUARTER: Final = 3
_HALF_A_MONTH: Final = timedelta(days=15)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or that month's last day where it is shorter.

    31 March + 18 months is 30 September; 29 February + 12 months is 28 February. A date past the
    year 9999 is the calendar's last.
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, _MONTHS_A_YEAR)
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_half_months(day: date, halves: int) -> date:
    """So many half months on: whole months first, then 15 days for half of one."""
    months, half = divmod(halves, 2)
    reached = add_months(day, months)
    if not half:
        return reached
    return reached + min(_HALF_A_MONTH, date.max - reached)


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between: 31 August to 30 November is 3, to 29 November 2.

    From a day to the last day of a shorter month counts as whole. Negative where `end` is earlier.
    """
    if end < start:
        return -whole_months(end, start)
    months = calendar_months(start, end)
    return months if add_months(start, months) <= end else months - 1


def calendar_months(start: date, end: date) -> int:
    """The months from one calendar month to another, whatever the days: August to November is 3."""
    return _MONTHS_A_YEAR * (end.year - start.year) + end.month - start.month


def period_end(day: date, precision: Precision | None) -> date:
    """The last day of the month, quarter or fiscal year that is meant; the day itself for a day."""
    if precision == "月":
        return _month_end(day.year, day.month)
    if precision == "四半期":
        first = 4 + _MONTHS_A_QUARTER * (fiscal_quarter(day) - 1)
        year, month = divmod(12 * fiscal_year(day) + first + 1, _MONTHS_A_YEAR)
        return _month_end(year, month + 1)
    if precision == "年度":
        return fiscal_year_end(fiscal_year(day))
    return day


def fiscal_year_end(year: int) -> date:
    """31 March, the last day of the fiscal year that begins in `year`; at most the calendar's last."""
    return date(year + 1, 3, 31) if year < date.max.year else date.max


def fiscal_year_end_before(day: date) -> date:
    """前年度末: the last 31 March before the day; of a 31 March, the one a year earlier."""
    return fiscal_year_end(fiscal_year(day) - 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
