"""A panel of streets by month, whole: every street that is in it has every month that is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from geo.arrays import BoolArray, FloatArray, IndexArray

NEVER: Final = int(np.iinfo(np.int32).max)
"""The start of a street that has none."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Values (streets × months) of streets that begin in `starts`; every street counts the same."""

    months: IndexArray
    """Counted months (year × 12 + month − 1), rising."""
    values: FloatArray
    starts: IndexArray
    """The first month with the subsidy, NEVER for a street without."""

    @property
    def treated(self) -> BoolArray:
        """Streets that begin within the months of the panel."""
        if not self.months.size:
            return np.zeros(self.starts.size, dtype=bool)
        return np.asarray(self.starts <= self.months[-1])

    @property
    def months_before(self) -> int:
        """Months before the start, of the street that has the fewest; 0 without any street."""
        starts = self.starts[self.treated]
        return int(np.searchsorted(self.months, starts).min()) if starts.size else 0

    @property
    def months_after(self) -> int:
        """Months from the start on, of the street that has the fewest; 0 without any street."""
        starts = self.starts[self.treated]
        return (
            int(self.months.size - np.searchsorted(self.months, starts).max()) if starts.size else 0
        )

    def until(self, month: int) -> Panel:
        """What was known before a month."""
        known = self.months < month
        return Panel(self.months[known], self.values[:, known], self.starts)


@dataclass(frozen=True, slots=True)
class Balanced:
    """The panel that can be compared, and what was left out of it."""

    panel: Panel
    kept: BoolArray
    """Which of the streets given."""
    incomplete: int
    """Streets left out because a month is missing."""
    always: int
    """Streets left out because they began in or before the first month: nothing is known before."""
    months_left_out: int
    """Months in which no street has a value."""


def balance(months: IndexArray, values: FloatArray, starts: IndexArray) -> Balanced:
    """Leave out what cannot be compared; NaN is a month without a value.

    A street with a missing month is left out whole, as R's did::att_gt does by default. A street
    that begins after the last month is one without the subsidy in these months.

    Raises:
        ValueError: the shapes differ, months do not rise, or a value is infinite.
    """
    if (
        values.shape != (starts.size, months.size)
        or np.any(np.diff(months) <= 0)
        or np.any(np.isinf(values))
    ):
        raise ValueError("values must be streets x months, finite or missing, months rising")
    empty = np.isnan(values).all(axis=0)
    months, values = months[~empty], values[:, ~empty]
    incomplete = np.isnan(values).any(axis=1)
    always = ~incomplete & (starts <= months[0]) if months.size else np.zeros_like(incomplete)
    kept = ~incomplete & ~always
    return Balanced(
        Panel(months, values[kept], starts[kept]),
        kept,
        int(incomplete.sum()),
        int(always.sum()),
        int(empty.sum()),
    )
