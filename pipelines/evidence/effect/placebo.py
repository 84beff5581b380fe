"""The same sums where nothing began: at another time, and in other places.

In time: only months before the first real start are used, and the streets are said to have begun
some months earlier. In place: the starts are dealt out among the streets by lot, and the real |t| is
held against those that come from lots (randomisation inference with t, MacKinnon & Webb 2020
Journal of Econometrics 218, 435–450); for single series, each street without the subsidy is fitted
with the start of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from pipelines.evidence.effect.did import estimate_group_times
from pipelines.evidence.effect.its import Interrupted, fit_interrupted
from pipelines.evidence.effect.panel import Panel

if TYPE_CHECKING:
    from geo.arrays import FloatArray, IndexArray
    from pipelines.evidence.effect.did import Comparison
    from pipelines.evidence.effect.estimate import Estimate, Refusal

DRAWS: Final = 999


@dataclass(frozen=True, slots=True)
class Lots:
    """The real start against starts by lot."""

    draws: int
    as_far: int
    """Lots whose |t| is at least the real one."""

    @property
    def p_value(self) -> float:
        """The real assignment counts as one of the lots, so that p is never zero."""
        return (self.as_far + 1) / (self.draws + 1)


@dataclass(frozen=True, slots=True)
class OtherSeries:
    """Single series of streets without the subsidy, fitted with the same start."""

    fitted: int
    level_excludes_zero: int


def shift_in_time(panel: Panel, months_earlier: int, comparison: Comparison) -> Estimate | None:
    """The overall estimate as if all had begun so many months before the first who did.

    None without such streets, or where that is before the second month.
    """
    starts = panel.starts[panel.treated]
    if not starts.size or months_earlier < 1:
        return None
    first = int(starts.min())
    before = panel.until(first)
    pretended = first - months_earlier
    if not np.any(before.months < pretended):
        return None
    moved = Panel(
        before.months,
        before.values,
        np.where(panel.treated, pretended, panel.starts).astype(np.int32),
    )
    return _overall(moved, comparison)


def deal_in_place(
    panel: Panel, comparison: Comparison, seed: int, draws: int = DRAWS
) -> Lots | None:
    """Deal the starts out among all streets; None where the real estimate has no interval."""
    real = _t_value(panel, comparison)
    if real is None:
        return None
    rng = np.random.default_rng(seed)
    drawn = [
        _t_value(Panel(panel.months, panel.values, rng.permutation(panel.starts)), comparison)
        for _ in range(draws)
    ]
    # A lot without an interval counts against the real one.
    return Lots(draws, sum(one is None or one >= real * (1 - 1e-9) for one in drawn))


def shift_series(
    months: IndexArray, values: FloatArray, start: int, months_earlier: int
) -> Interrupted | tuple[Refusal, ...]:
    """One series up to its start, as if it had been so many months earlier."""
    before = months < start
    return fit_interrupted(months[before], values[before], start - months_earlier)


def other_series(months: IndexArray, values: FloatArray, start: int) -> OtherSeries:
    """Fit each street without the subsidy (streets × months) with a start that was not its own."""
    fits = [fit_interrupted(months, series, start) for series in values]
    levels = [fit.level for fit in fits if isinstance(fit, Interrupted)]
    return OtherSeries(len(levels), sum(level.excludes_zero for level in levels))


def _overall(panel: Panel, comparison: Comparison) -> Estimate | None:
    found = estimate_group_times(panel, comparison)
    average = found.overall() if found else None
    return average.estimate() if average else None


def _t_value(panel: Panel, comparison: Comparison) -> float | None:
    found = _overall(panel, comparison)
    return abs(found.value) / found.std_error if found and found.std_error else None
