"""A number with its interval by Student's t, or the reasons why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from scipy.special import stdtr, stdtrit

LEVEL: Final = 0.95

Reason = Literal[
    "too_few_months_before",
    "too_few_months_after",
    "too_few_streets_with",
    "too_few_streets_without",
    "trend_before_untested",
    "trends_before_differ",
    "no_variation",
    "no_comparison",
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not estimated or graded; `found` and `needed` where it is a matter of number."""

    reason: Reason
    found: float | None = None
    needed: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval, in the unit of the values given.

    Without an error there is no interval: the number is exact by construction, or its spread cannot
    be known from so few streets.
    """

    value: float
    std_error: float | None
    degrees: float | None
    low: float | None
    high: float | None
    p_value: float | None
    """Two-sided, of the number being zero."""

    @property
    def excludes_zero(self) -> bool:
        """Whether there is an interval, and zero lies outside it."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def estimate(value: float, std_error: float | None, degrees: float | None) -> Estimate:
    """The estimate of a number with an error of so many degrees of freedom."""
    if not std_error or not degrees or not math.isfinite(std_error):
        return Estimate(value, None, None, None, None, None)
    width = float(stdtrit(degrees, 0.5 + LEVEL / 2)) * std_error
    p_value = 2 * float(stdtr(degrees, -abs(value) / std_error))
    return Estimate(value, std_error, degrees, value - width, value + width, p_value)
