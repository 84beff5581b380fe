"""Monthly use of public Wi-Fi: a gap stays a gap, and a sum says who did not report.

States of a month: `value`; `gap` no row between the first and the last month of the data;
`withheld` (×) and `unknown` (…, blank) as the list marks them. A sum over access points adds what
was reported: `points_reporting` of `points` stand behind it, and where some did not report it is
at least that much (`at_least`). Where nobody reported there is no number.

Users added up over access points are 延べ: a person who uses two counts twice, and it is said so.

Outliers by the modified z-score of Iglewicz & Hoaglin (1993, "How to Detect and Handle Outliers"):
z = 0.6745 (x - median) / MAD, that is (x - median) / (1.4826 MAD), over the access points of one
window of months; |z| > 3.5 is listed. Where more than half have one value the MAD is 0 and their
mean absolute deviation stands in: z = (x - median) / (1.253314 MeanAD).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.arrays import FloatArray

State = Literal["value", "gap", "withheld", "unknown"]
Scale = Literal["MAD", "MeanAD", "none"]

CUT: Final = 3.5
MAD_TO_SIGMA: Final = 1.4826
MEAN_AD_TO_SIGMA: Final = 1.253314
LEAST_PEERS: Final = 5
"""Fewer access points have no outlier: their median says too little."""
_MONTHS_A_YEAR: Final = 12
# What the marks of a list mean for a series: a nil is a 0 that somebody counted.
_STATES: Final[dict[str | None, State]] = {
    "value": "value", "zero": "value", "nil": "value", "withheld": "withheld", "unknown": "unknown",
    None: "unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of one month, or why there is none."""

    value: float | None
    state: State


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over the access points expected to report in a month."""

    value: float | None
    state: State
    points: int
    points_reporting: int

    @property
    def at_least(self) -> bool:
        """Whether somebody who could have added to it did not report."""
        return self.value is not None and self.points_reporting < self.points


GAP: Final = Cell(None, "gap")


@dataclass(frozen=True, slots=True)
class Score:
    """How far a value is from its peers' median, with what is needed to do the sum again."""

    value: float
    peers: int
    peers_median: float
    peers_scale: float
    scale: Scale
    robust_z: float | None
    """None where the peers do not differ at all, or are too few."""


def read_cell(value: float | None, state: str | None) -> Cell:
    """A cell of a clean table (number, `_state`) as one of a series."""
    meant = _STATES.get(state, "unknown")
    if meant == "value" and value is None:
        return Cell(None, "unknown")
    return Cell(float(value) if meant == "value" and value is not None else None, meant)


def months_between(first: str, last: str) -> list[str]:
    """Every month from `first` to `last` (2024-04), both included."""
    start, end = _number(first), _number(last)
    return [
        f"{no // _MONTHS_A_YEAR:04}-{no % _MONTHS_A_YEAR + 1:02}" for no in range(start, end + 1)
    ]


def fill_gaps(series: Mapping[str, Cell], last: str) -> dict[str, Cell]:
    """A series from its own first month to `last`, with months that no row gives as gaps."""
    return {month: series.get(month, GAP) for month in months_between(min(series), last)}


def add_months(cells: Iterable[Cell]) -> Total:
    """The sum over access points of one month.

    Nobody reporting: withheld if any is withheld, else unknown if any is, else a gap.
    """
    given = list(cells)
    values = [cell.value for cell in given if cell.value is not None]
    if values:
        return Total(sum(values), "value", len(given), len(values))
    states = {cell.state for cell in given}
    state: State = next((one for one in _WITHOUT if one in states), "gap")
    return Total(None, state, len(given), 0)


_WITHOUT: Final[tuple[State, ...]] = ("withheld", "unknown")


def mean_of(cells: Sequence[Cell], least: int) -> float | None:
    """The mean of the months reported; None with fewer than `least` of them."""
    values = [cell.value for cell in cells if cell.value is not None]
    return float(np.mean(values)) if len(values) >= max(least, 1) else None


def score(values: FloatArray) -> list[Score]:
    """The modified z-score of each of n values among all of them."""
    middle = float(np.median(values)) if values.size else 0.0
    apart = np.abs(values - middle)
    sigma, scale = _spread(apart)
    return [
        Score(
            value=float(value),
            peers=int(values.size),
            peers_median=middle,
            peers_scale=sigma,
            scale=scale,
            robust_z=float((value - middle) / sigma) if scale != "none" else None,
        )
        for value in values
    ]


def is_outlier(found: Score) -> bool:
    """Whether a value is listed: further than the cut from its peers."""
    return found.robust_z is not None and abs(found.robust_z) > CUT


def _spread(apart: FloatArray) -> tuple[float, Scale]:
    if apart.size < LEAST_PEERS:
        return 0.0, "none"
    if mad := float(np.median(apart)):
        return mad * MAD_TO_SIGMA, "MAD"
    if mean_ad := float(apart.mean()):
        return mean_ad * MEAN_AD_TO_SIGMA, "MeanAD"
    return 0.0, "none"


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * _MONTHS_A_YEAR + int(number) - 1
