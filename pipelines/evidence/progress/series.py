"""Which of an indicator's reported values counts: corrections, conflicts, what is not known yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Use = Literal["used", "corrected", "conflict", "future", "repeated", "blank"]
"""`corrected` gave way to a later report, `conflict` stands beside another value of the same report
date, `future` is not known yet, `repeated` says again what is used, `blank` says nothing."""


@dataclass(frozen=True, slots=True)
class Value:
    """A reported value: of a day, or of a period that ended then."""

    value_id: str
    measured_on: date
    period: str | None
    value: float | None
    state: str | None
    reported_on: date | None
    source_no: int | None = None
    source_line: int | None = None

    def known(self, at: date) -> bool:
        """Whether it could be known on that day: measured, and reported where that is written."""
        return self.measured_on <= at and (self.reported_on is None or self.reported_on <= at)

    @property
    def order(self) -> tuple[date, str, date, int, int, str]:
        """By time, then by file and line."""
        return (
            *(self.measured_on, self.period or "", self.reported_on or date.min),
            *(self.source_no or 0, self.source_line or 0, self.value_id),
        )


@dataclass(frozen=True, slots=True)
class Point:
    """What is held of one time: its value, or None where two values are in conflict."""

    measured_on: date
    period: str | None
    used: Value | None

    @property
    def number(self) -> float | None:
        """The number, None where none is known."""
        return self.used.value if self.used else None


def sort_uses(values: Iterable[Value], at: date) -> list[tuple[Value, Use]]:
    """Every value of one indicator with its use as of a date, in the order of time.

    Of one time and period the latest report counts. Two different values with the same report date
    (or both without) are a conflict, and neither is used. A cell left blank corrects nothing.
    """
    groups: defaultdict[tuple[date, str | None], list[Value]] = defaultdict(list)
    for value in sorted(values, key=lambda one: one.order):
        groups[value.measured_on, value.period].append(value)
    return [found for group in groups.values() for found in _sort_group(group, at)]


def hold_points(uses: Iterable[tuple[Value, Use]]) -> list[Point]:
    """One point for each time that is known, in order.

    Where several periods end on one day, the one the target speaks of comes first: a fiscal year,
    then a day's value, then a quarter, then a month.
    """
    points: dict[tuple[date, str | None], Point] = {}
    for value, use in uses:
        if use in {"used", "conflict"}:
            used = value if use == "used" else None
            points[value.measured_on, value.period] = Point(value.measured_on, value.period, used)
    best: dict[date, Point] = {}
    for point in points.values():
        held = best.get(point.measured_on)
        if held is None or _rank(point.period) < _rank(held.period):
            best[point.measured_on] = point
    return [best[day] for day in sorted(best)]


def numbers_alike(points: Sequence[Point]) -> list[Point]:
    """The points with a number, of the kind of period that the last of them has."""
    known = [point for point in points if point.number is not None]
    return [one for one in known if _kind(one.period) == _kind(known[-1].period)]


def count_conflicts(uses: Iterable[tuple[Value, Use]]) -> int:
    """How many times have two values."""
    return len({(one.measured_on, one.period) for one, use in uses if use == "conflict"})


def _sort_group(group: list[Value], at: date) -> list[tuple[Value, Use]]:
    known = [one for one in group if one.known(at) and not _blank(one)]
    latest = max((one.reported_on or date.min for one in known), default=date.min)
    newest = [one for one in known if (one.reported_on or date.min) == latest]
    conflict = len({(one.value, _meaning(one.state)) for one in newest}) > 1
    first = newest[0].value_id if newest else None
    found: list[tuple[Value, Use]] = []
    for one in group:
        use: Use
        if not one.known(at):
            use = "future"
        elif _blank(one):
            use = "blank"
        elif (one.reported_on or date.min) < latest:
            use = "corrected"
        elif conflict:
            use = "conflict"
        else:
            use = "used" if one.value_id == first else "repeated"
        found.append((one, use))
    return found


def _blank(one: Value) -> bool:
    return one.value is None and one.state is None


def _meaning(state: str | None) -> str:
    # A number is a number, whether its mark was 0, `-` or none at all.
    return state if state in {"unknown", "withheld"} else "value"


def _kind(period: str | None) -> str:
    if period is None:
        return "day"
    if "Q" in period:
        return "quarter"
    return "month" if "-" in period else "year"


def _rank(period: str | None) -> int:
    return ("year", "day", "quarter", "month").index(_kind(period))
