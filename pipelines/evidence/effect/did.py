"""Difference-in-differences of streets that begin in different months: ATT(g, t) and its averages.

    ATT(g, t) = mean of Y(t) − Y(b) over streets that began in g − the same over comparison streets

b is the last month before g. Source: Callaway & Sant'Anna (2021) Journal of Econometrics 225,
200–230, the unconditional form with panel data. Plain two-way fixed effects are wrong here: streets
that began earlier would be taken as comparison (Goodman-Bacon 2021).

Every estimate carries its influence by street: what each street adds to its error, so that errors
are clustered by street. Averages over groups carry the part of the groups' shares too, as R's
did::aggte does. To it comes what few streets need: the squares of each side are multiplied by
n ÷ (n − 1) and t has Welch's degrees of freedom, which for two groups of streets is the estimator
of Bell & McCaffrey (2002), CR2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from pipelines.evidence.effect.clustered import Average

if TYPE_CHECKING:
    from geo.arrays import BoolArray, FloatArray, IndexArray
    from pipelines.evidence.effect.panel import Panel

Comparison = Literal["never", "not_yet"]
"""Streets that never begin within the months, or those that have not begun by the month t either."""
Base = Literal["universal", "varying"]
"""Before the start: against the last month before it, or each month against the one before."""


@dataclass(frozen=True, slots=True)
class GroupTimes:
    """ATT(g, t) of each group of streets with one start (G) in each month (T)."""

    panel: Panel
    base: Base
    groups: IndexArray
    """The starts, rising (G)."""
    sizes: IndexArray
    """Streets of each (G)."""
    att: FloatArray
    """G × T; NaN where nothing is there to compare with."""
    influence: FloatArray
    """Streets × G × T: sums to zero; the sum of squares is the variance before small samples."""
    compared: BoolArray
    """Streets × G × T: in the comparison of that cell."""

    @property
    def event(self) -> IndexArray:
        """Months since the start (G × T), 0 in the month of the start."""
        return np.asarray(self.panel.months[None, :] - self.groups[:, None])

    def average(self, cells: FloatArray) -> Average | None:
        """Average ATT(g, t) over cells (G × T, weights for one street) and the streets of each g.

        Σ n_g w_gt ATT(g, t) ÷ Σ n_g w_gt, over cells that are known. None without any.
        """
        weights = np.where(np.isnan(self.att), 0.0, cells)
        total = float(np.sum(self.sizes[:, None] * weights))
        if total == 0:
            return None
        att = np.where(weights == 0, 0.0, self.att)
        shares = self.sizes[:, None] * weights / total
        value = float(np.sum(shares * att))
        parts = np.where(weights == 0, 0.0, self.influence)
        influence = np.einsum("gt,sgt->s", shares, parts)
        # A street's group is a draw too: its part is how far its group lies from the average.
        own = np.sum(weights * att, axis=1) - value * np.sum(weights, axis=1)
        members = self.panel.starts[:, None] == self.groups[None, :]
        used = (weights != 0).any(axis=1)
        treated = (members & used[None, :]).any(axis=1)
        compared = (self.compared & (weights != 0)[None, :, :]).any(axis=(1, 2))
        return Average(value, influence + members @ own / total, treated, compared & ~treated)

    def overall(self) -> Average | None:
        """The average street's average over its months from the start on.

        R's did::aggte(type = "group"): the parameter that Callaway and Sant'Anna recommend.
        """
        after = (self.event >= 0) & ~np.isnan(self.att)
        number = after.sum(axis=1, keepdims=True)
        return self.average(np.where(after, 1 / np.maximum(number, 1), 0.0))

    def simple(self) -> Average | None:
        """The average over all street-months from the start on (type = "simple")."""
        return self.average((self.event >= 0).astype(float))

    def at_event(self, event: int) -> Average | None:
        """The average of streets so many months after their start (before it: negative)."""
        return self.average((self.event == event).astype(float))

    def of_group(self, start: int) -> Average | None:
        """The average of one group over its months from the start on."""
        rows = (self.groups == start)[:, None]
        return self.average((rows & (self.event >= 0)).astype(float))

    def of_month(self, month: int) -> Average | None:
        """The average of the streets that have begun, in one month (type = "calendar")."""
        columns = (self.panel.months == month)[None, :]
        return self.average((columns & (self.event >= 0)).astype(float))


def estimate_group_times(
    panel: Panel, comparison: Comparison = "never", base: Base = "universal"
) -> GroupTimes | None:
    """Compare the groups of a balanced panel; None without a street that begins within it.

    With `universal` the last month before the start is zero by construction, without an error.
    """
    months, starts = panel.months, panel.starts
    groups, sizes = np.unique(starts[panel.treated], return_counts=True)
    if not groups.size:
        return None
    shape = (groups.size, months.size)
    att = np.full(shape, np.nan)
    influence = np.zeros((starts.size, *shape))
    compared = np.zeros((starts.size, *shape), dtype=bool)
    for row, group in enumerate(groups):
        own = starts == group
        reference = _references(months, int(group), base)
        others = _others(panel, int(group), comparison, reference)
        moves = panel.values - panel.values[:, reference]
        number = others.sum(axis=0)
        mean_own = moves[own].mean(axis=0)
        mean_others = np.where(others, moves, 0.0).sum(axis=0) / np.maximum(number, 1)
        known = number > 0
        if base == "varying":
            known[0] = False
        att[row, known] = (mean_own - mean_others)[known]
        parts = np.where(own[:, None], (moves - mean_own) / own.sum(), 0.0)
        parts -= np.where(others, (moves - mean_others) / np.maximum(number, 1), 0.0)
        influence[:, row, :] = np.where(known, parts, 0.0)
        compared[:, row, :] = others & known
    return GroupTimes(
        panel, base, groups.astype(np.int32), sizes.astype(np.int32), att, influence, compared
    )


def _references(months: IndexArray, group: int, base: Base) -> IndexArray:
    """For each month, the place of the month that it is compared with."""
    last_before = int(np.searchsorted(months, group)) - 1
    places = np.full(months.size, last_before, dtype=np.int32)
    if base == "varying":
        places[: last_before + 1] = np.maximum(np.arange(last_before + 1) - 1, 0)
    return places


def _others(panel: Panel, group: int, comparison: Comparison, reference: IndexArray) -> BoolArray:
    """Streets × months: those that the group is compared with."""
    if comparison == "never":
        return np.repeat(~panel.treated[:, None], panel.months.size, axis=1)
    until = np.maximum(panel.months, panel.months[reference])
    return np.asarray((panel.starts[:, None] > until[None, :]) & (panel.starts != group)[:, None])
