"""The pace an indicator needs and the pace it has: exact fractions over days.

An adaptation of how Eurostat monitors the SDGs: there the ratio of the actual to the required
compound annual growth rate, here of straight lines, because an indicator of an initiative may start
from 0. Source: Eurostat (2021) Sustainable development in the European Union — Monitoring report
on progress towards the SDGs in an EU context.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from pipelines.evidence.progress.dates import DAYS_A_YEAR

ON_TRACK: Final = Fraction(95, 100)
WATCH: Final = Fraction(60, 100)
_YEAR: Final = Fraction(DAYS_A_YEAR)
LATEST: Final = date(2100, 3, 31)
"""A target met only later than this is not met at this pace."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Baseline, target and value on one line of time; the baseline is before both others."""

    baseline: Fraction
    baseline_on: date
    target: Fraction
    target_on: date
    value: Fraction
    measured_on: date

    @property
    def done(self) -> Fraction | None:
        """Which share of the way is done; None where there is no way to go."""
        way = self.target - self.baseline
        return (self.value - self.baseline) / way if way else None

    @property
    def elapsed(self) -> Fraction:
        """Which share of the time has passed; above 1 after the target's date."""
        return Fraction(_days(self.baseline_on, self.measured_on), self._days_given)

    @property
    def ratio(self) -> Fraction | None:
        """The actual over the required pace, which is the share done over the share elapsed."""
        done = self.done
        return None if done is None else done / self.elapsed

    @property
    def required_per_year(self) -> float | None:
        """What a year has to add, in the indicator's unit (365.25 days)."""
        return rounded((self.target - self.baseline) * _YEAR / self._days_given)

    @property
    def actual_per_year(self) -> float | None:
        """What a year has added so far."""
        days = _days(self.baseline_on, self.measured_on)
        return rounded((self.value - self.baseline) * _YEAR / days)

    def meets_on(self) -> date | None:
        """The first day on which the target is met at the pace so far.

        None where the value has not moved towards it, or only after `LATEST`.
        """
        ratio, done = self.ratio, self.done
        if ratio is None or done is None or ratio <= 0:
            return None
        days = math.ceil(_days(self.baseline_on, self.measured_on) / done)
        if days > _days(self.baseline_on, LATEST):
            return None
        return self.baseline_on + timedelta(days=days)

    @property
    def _days_given(self) -> int:
        return _days(self.baseline_on, self.target_on)


def exact(value: float) -> Fraction:
    """The decimal number that was written, not its binary neighbour."""
    return Fraction(repr(float(value)))


def rounded(number: Fraction | None) -> float | None:
    """As a table holds it; None for what no float can hold."""
    try:
        return None if number is None else float(number)
    except OverflowError:
        return None


def _days(start: date, end: date) -> int:
    return (end - start).days
