"""所管課評価: which reports are due, which are missing, and whether rule and department agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipelines.evidence.progress.dates import add_months, fiscal_year_end, period_end
from pipelines.evidence.progress.indicator import JUDGED
from pipelines.fiscal import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

ReviewState = Literal["reported", "missing", "not_due"]


@dataclass(frozen=True, slots=True)
class Due:
    """A fiscal year's report, by when it is due, and whether it is there."""

    fiscal_year: int
    due_on: date
    state: ReviewState


def due_on(year: int, due_months: int) -> date:
    """The last day for the report of a fiscal year: three months after 31 March is 30 June.

    A month's last day stays a last day.
    """
    return period_end(add_months(fiscal_year_end(year), due_months), "月")


def list_due(
    reported: Collection[int],
    *,
    first: int,
    at: date,
    due_months: int,
    over_since_on: date | None = None,
) -> list[Due]:
    """Every fiscal year from `first` to the last that has ended, and those reported besides.

    `reported`: the years with a report known at `at`. A year that an initiative did not live to the
    end of asks for none.
    """
    last = fiscal_year(at) - 1
    expected = {
        year
        for year in range(first, last + 1)
        if over_since_on is None or fiscal_year_end(year) < over_since_on
    }
    found = []
    for year in sorted(expected | set(reported)):
        day = due_on(year, due_months)
        state: ReviewState = "missing" if day < at else "not_due"
        found.append(Due(year, day, "reported" if year in reported else state))
    return found


def newest_due(rows: Collection[Due], at: date) -> Due | None:
    """The newest report whose last day has passed; None where none is due yet."""
    due = [row for row in rows if row.due_on < at]
    return max(due, key=lambda row: row.fiscal_year) if due else None


def agrees(status: str, accepted: Collection[str] | None) -> bool | None:
    """Whether a grade agrees with the status by rule.

    `accepted`: the statuses it agrees with, None for a grade that the scale does not have. None
    where the rule judges nothing.
    """
    if accepted is None or status not in JUDGED:
        return None
    return status in accepted
