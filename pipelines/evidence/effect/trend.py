"""Did the streets run alike before the start? The joint test of the months before (pre-trend).

The differences of each quarter before the start from the last month before it (event months −4 to
−2, −7 to −5, …) are tested together: W = d' V⁻¹ d, with V clustered by street, is compared with
Hotelling's T² ( F = W (ν − K + 1) ÷ (ν K) with K and ν − K + 1 degrees of freedom ), ν Welch's
degrees of freedom, the fewest among the quarters. R's did package compares W with χ², which rejects
too often with few streets; quarters instead of months keep K small against the number of streets.

That the test does not reject is no proof of like trends: its power is low (Roth 2022 American
Economic Review: Insights 4, 305–322). The slope with its interval says what could be missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.stats import f as fisher

from pipelines.evidence.effect.clustered import Average, combine

if TYPE_CHECKING:
    from geo.arrays import FloatArray
    from pipelines.evidence.effect.did import GroupTimes
    from pipelines.evidence.effect.estimate import Estimate

BLOCK_MONTHS: Final = 3
MOST_BLOCKS: Final = 4
STREETS_A_BLOCK: Final = 3
"""Degrees of freedom that each block asks for."""
REJECTS_BELOW: Final = 0.05


@dataclass(frozen=True, slots=True)
class TrendTest:
    """The joint test of `blocks` quarters, and the slope before the start."""

    blocks: int
    statistic: float
    """F."""
    degrees: tuple[int, float]
    p_value: float
    slope: Estimate
    """What a month added to the difference before the start."""

    @property
    def passed(self) -> bool:
        """Whether like trends before the start are not rejected at 5 %."""
        return self.p_value >= REJECTS_BELOW


def compare_trends(found: GroupTimes) -> TrendTest | None:
    """Test the months that every group has before its start.

    None where they are fewer than one quarter beyond the last, or streets leave no error.

    Raises:
        ValueError: the months before do not all stand against the last one.
    """
    if found.base != "universal":
        raise ValueError("the months before the start must have one base: 'universal'")
    first = int(np.max(np.min(found.event, axis=1)))
    by_event = {
        event: one
        for event in range(first, -1)
        if (one := found.at_event(event)) is not None and np.isfinite(one.scaled()).all()
    }
    blocks = _blocks(by_event, first)
    while blocks:
        degrees = [one.estimate().degrees for one in blocks]
        if any(one is None for one in degrees):
            return None
        free = min(one for one in degrees if one is not None)
        if free >= STREETS_A_BLOCK * len(blocks):
            return _test(blocks, free, _slope(by_event))
        blocks = blocks[:-1]
    return None


def _blocks(by_event: dict[int, Average], first: int) -> list[Average]:
    """Means of the quarters before the last month, nearest first; each whole."""
    blocks = []
    for number in range(MOST_BLOCKS):
        last = -2 - number * BLOCK_MONTHS
        events = range(last - BLOCK_MONTHS + 1, last + 1)
        parts = [by_event[event] for event in events if event in by_event]
        if events[0] < first or not parts:
            break
        blocks.append(combine(parts, np.full(len(parts), 1 / len(parts))))
    return blocks


def _test(blocks: list[Average], free: float, slope: Average) -> TrendTest | None:
    values = np.array([one.value for one in blocks])
    parts = np.array([one.scaled() for one in blocks])
    number = len(blocks)
    covariance = parts @ parts.T
    if np.linalg.matrix_rank(covariance) < number:
        return None
    wald = float(values @ np.linalg.solve(covariance, values))
    below = free - number + 1
    statistic = wald * below / (free * number)
    return TrendTest(
        number,
        statistic,
        (number, below),
        float(fisher.sf(statistic, number, below)),
        slope.estimate(),
    )


def _slope(by_event: dict[int, Average]) -> Average:
    """The least-squares slope over the months before, the last of which is zero."""
    events = np.array([*by_event, -1], dtype=float)
    weights: FloatArray = events - events.mean()
    weights /= np.sum(weights**2)
    return combine(list(by_event.values()), weights[:-1])
