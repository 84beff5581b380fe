"""Whether a target will be met: a random walk with drift over unequal steps of time.

    y(t+h) = y(t) + μh + N(0, σ²h)

μ = (last − first value) ÷ (last − first time), σ² = Σ (step − μ·days)² ÷ days ÷ (steps − 1), and the
forecast so far ahead as h has the variance σ²(h + h²/T), T the time observed: what happens until
then, and what is not known of μ. Intervals by Student's t with steps − 1 degrees of freedom. With
equal steps this is the drift method of Hyndman & Athanasopoulos (2021) Forecasting: Principles and
Practice, 3rd ed., section 5.2, with the variance of R's forecast::rwf; adapted: unequal steps, and t
for the normal distribution, because the series are short. Time is in days.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy.special import stdtrit

from pipelines.evidence.progress.dates import DAYS_A_YEAR
from pipelines.evidence.progress.rules import LESS, MORE

if TYPE_CHECKING:
    from geo.arrays import FloatArray
    from pipelines.evidence.progress.rules import Direction

METHOD: Final = "random_walk_with_drift"
LEAST_VALUES: Final = 6
LEAST_HELD_BACK_FROM: Final = 4
"""The first forecast that is held against what came is made from so many values."""
LARGEST: Final = 1e15
"""Of larger numbers there is no forecast: their squares leave no digits."""
LEVELS: Final = (80, 95)
_NO_SPREAD: Final = 1e-9
_PERCENT: Final = frozenset({"%", "％", "パーセント"})

Verdict = Literal["likely", "open", "unlikely"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which two values with which chance (80 or 95 %)."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A value to be expected, with its intervals; none where the series does not vary."""

    value: float
    interval_80: Interval | None
    interval_95: Interval | None
    clipped: bool = False
    """Something of it lay outside 0 to 100 %."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The model of one series; `sigma` is per square root of a day, `span` in days."""

    last_value: float
    drift: float
    sigma: float
    span: float
    degrees: int

    @property
    def drift_per_year(self) -> float:
        """What a year adds."""
        return self.drift * DAYS_A_YEAR

    def ahead(self, days: float, bounds: tuple[float, float] | None = None) -> Forecast:
        """The forecast so many days after the last value, within `bounds` where there are any."""
        value = self.last_value + self.drift * days
        if self.sigma == 0:
            return _clip(value, None, None, bounds)
        error = self.sigma * math.sqrt(days + days**2 / self.span)
        low_high = [
            Interval(value - width, value + width)
            for width in (
                error * float(stdtrit(self.degrees, 0.5 + level / 200)) for level in LEVELS
            )
        ]
        return _clip(value, low_high[0], low_high[1], bounds)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One-step forecasts against what came, and against 「最後の値のまま」."""

    number: int
    mean_abs_error: float | None
    last_value_mean_abs_error: float | None


def fit_walk(days: FloatArray, values: FloatArray) -> Fit:
    """Fit a series of at least three values, `days` rising."""
    steps, moves = np.diff(days), np.diff(values)
    span = float(days[-1] - days[0])
    drift = float(values[-1] - values[0]) / span
    degrees = steps.size - 1
    spread = float(np.sum((moves - drift * steps) ** 2 / steps)) / degrees
    sigma = math.sqrt(spread)
    # A straight line has no spread but what its decimals leave.
    scale = float(np.abs(values).max()) / math.sqrt(span)
    return Fit(
        float(values[-1]), drift, sigma if sigma > _NO_SPREAD * scale else 0.0, span, degrees
    )


def hold_back(days: FloatArray, values: FloatArray) -> HeldBack:
    """Forecast each value from those before it (rolling origin), from the fifth on.

    Source: Tashman (2000) Out-of-sample tests of forecasting accuracy, International Journal of
    Forecasting 16, 437–450.
    """
    errors, stays = [], []
    for n in range(LEAST_HELD_BACK_FROM, values.size):
        fit = fit_walk(days[:n], values[:n])
        errors.append(abs(fit.last_value + fit.drift * float(days[n] - days[n - 1]) - values[n]))
        stays.append(abs(values[n - 1] - values[n]))
    if not errors:
        return HeldBack(0, None, None)
    return HeldBack(len(errors), float(np.mean(errors)), float(np.mean(stays)))


def bounds_of(unit: str, numbers: FloatArray) -> tuple[float, float] | None:
    """What an interval is kept within; None for a series that has been below 0.

    No less than 0 where no number ever was, and no more than 100 for a share in % that has never
    passed it.
    """
    if np.any(numbers < 0):
        return None
    share = unit.strip() in _PERCENT and bool(np.all(numbers <= 100))  # noqa: PLR2004 - per cent
    return (0.0, 100.0 if share else math.inf)


def give_verdict(
    interval: Interval | None, target: float, better: Direction, width: float | None = None
) -> Verdict | None:
    """Whether the 80 % interval meets the target wholly, in part or not at all.

    `width`: how far from the target still meets it (許容幅). None without an interval, and for 維持
    without a width.
    """
    if interval is None or (better not in {MORE, LESS} and width is None):
        return None
    near = width or 0.0
    least = -math.inf if better == LESS else target - near
    most = math.inf if better == MORE else target + near
    if least <= interval.low and interval.high <= most:
        return "likely"
    return "unlikely" if interval.high < least or interval.low > most else "open"


def _clip(
    value: float,
    narrow: Interval | None,
    wide: Interval | None,
    bounds: tuple[float, float] | None,
) -> Forecast:
    if bounds is None:
        return Forecast(value, narrow, wide)
    ends = [end for one in (narrow, wide) if one for end in (one.low, one.high)]
    clipped = any(not bounds[0] <= number <= bounds[1] for number in (value, *ends))
    return Forecast(_within(value, bounds), _inside(narrow, bounds), _inside(wide, bounds), clipped)


def _inside(interval: Interval | None, bounds: tuple[float, float]) -> Interval | None:
    if interval is None:
        return None
    return Interval(_within(interval.low, bounds), _within(interval.high, bounds))


def _within(number: float, bounds: tuple[float, float]) -> float:
    return min(max(number, bounds[0]), bounds[1])
