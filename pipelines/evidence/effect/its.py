"""Interrupted time series: did level or slope of one monthly series change when something began?

    y(t) = β0 + β1 (t − s) + β2 D(t) + β3 D(t) (t − s) + u(t),   D(t) = 1 from the start month s on

β2 is the change of level in the month s, β3 that of the slope per month (Wagner et al. 2002 Journal
of Clinical Pharmacy and Therapeutics 27, 299–309). Errors are AR(1), fitted by REML with t
intervals (pipelines.evidence.effect.ar1), which Turner et al. (2021) BMC Medical Research
Methodology 21, 181 prefer for series of twelve points and more.

A series by itself says that something changed then, never why: whatever else began in that month is
in β2 and β3 too. Seasons are not modelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from pipelines.evidence.effect.ar1 import fit_ar1
from pipelines.evidence.effect.estimate import Refusal

if TYPE_CHECKING:
    from geo.arrays import FloatArray, IndexArray
    from pipelines.evidence.effect.ar1 import Ar1Fit
    from pipelines.evidence.effect.estimate import Estimate

LEAST_A_SIDE: Final = 4
"""Fewer months carry no line with an error. Twelve are needed for a grade, see `grade`."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A fitted series; months are counted (year × 12 + month − 1), estimates in its own unit."""

    start: int
    """The first month that counts as after."""
    last: int
    months_before: int
    """Months with a value."""
    months_after: int
    months_missing: int
    """Months between first and last without one."""
    fit: Ar1Fit

    @property
    def level(self) -> Estimate:
        """The change of level in the start month."""
        return self.fit.contrast(np.array([0.0, 0, 1, 0]))

    @property
    def slope(self) -> Estimate:
        """The change of slope, per month."""
        return self.fit.contrast(np.array([0.0, 0, 0, 1]))

    @property
    def slope_before(self) -> Estimate:
        """What a month added before the start."""
        return self.fit.contrast(np.array([0.0, 1, 0, 0]))

    def line(self, month: int) -> Estimate:
        """The fitted line of a month."""
        return self.fit.contrast(_row(month, self.start))

    def continued(self, month: int) -> Estimate:
        """The line from before the start, carried on to a month (the counterfactual).

        The interval is that of the line, not of a month's value about it.
        """
        return self.fit.contrast(np.array([1.0, month - self.start, 0, 0]))

    def difference(self, month: int) -> Estimate:
        """By how much the fitted line differs from the one carried on, in a month after."""
        return self.fit.contrast(np.array([0.0, 0, 1, month - self.start]))

    def mean_difference(self) -> Estimate:
        """The same on average over the months from the start to the last."""
        return self.fit.contrast(np.array([0.0, 0, 1, (self.last - self.start) / 2]))


def fit_interrupted(
    months: IndexArray, values: FloatArray, start: int
) -> Interrupted | tuple[Refusal, ...]:
    """Fit one series; NaN is a month without a value, and so is one that is not listed.

    Args:
        months: Counted months, rising (n).
        values: In any unit (n).
        start: The first month with it. Months of transition are given as NaN.

    Raises:
        ValueError: months do not rise, a value is infinite, or the lengths differ.
    """
    if months.shape != values.shape or np.any(np.diff(months) <= 0) or np.any(np.isinf(values)):
        raise ValueError("months must rise, one finite or missing value each")
    known = ~np.isnan(values)
    seen, numbers = months[known], values[known]
    before, after = int(np.sum(seen < start)), int(np.sum(seen >= start))
    refusals = _refuse(before, after, LEAST_A_SIDE)
    if refusals:
        return refusals
    fit = fit_ar1(seen, np.array([_row(int(month), start) for month in seen]), numbers)
    if fit is None:
        return (Refusal("no_variation"),)
    last = int(seen[-1])
    missing = last - int(seen[0]) + 1 - seen.size
    return Interrupted(start, last, before, after, missing, fit)


def _refuse(before: int, after: int, least: int) -> tuple[Refusal, ...]:
    found = []
    if before < least:
        found.append(Refusal("too_few_months_before", before, least))
    if after < least:
        found.append(Refusal("too_few_months_after", after, least))
    return tuple(found)


def _row(month: int, start: int) -> FloatArray:
    since = float(month - start)
    return np.array([1.0, since, since >= 0, max(since, 0.0)])
