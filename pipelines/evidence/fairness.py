"""Who is left out: the worst-served areas, those with nothing in reach, and how unequal reach is.

Lorenz curve: areas by reached share, the least served first; x the share of residents so far, y the
share of all reached residents so far (Lorenz 1905). Gini = 1 - Σ (x_i - x_{i-1})(y_i + y_{i-1}),
the area between curve and diagonal over the area under the diagonal (Gini 1914, by trapezes); 0 is
equal reach everywhere. Only areas where somebody lives and both numbers are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from geo.arrays import FloatArray

# A share of a polygon is known to about this much.
NOTHING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Fairness:
    """How reach is spread over n areas; persons are sums over areas with known numbers."""

    areas: int
    areas_unknown: int
    """Areas left out because their persons are not known."""
    areas_without: int
    """Areas with residents, none of whom is reached."""
    residents: float
    residents_in_areas_without: float
    share_without: float | None
    gini: float | None
    """None where nobody is reached, or nobody lives."""


def measure_fairness(reach: pd.DataFrame) -> Fairness:
    """The figures for rows of `persons` and `persons_reached`, one an area (NaN unknown)."""
    lived_in = _lived_in(reach)
    persons = lived_in["persons"].sum()
    without = lived_in[lived_in["persons_reached"] <= NOTHING * lived_in["persons"]]
    left = without["persons"].sum()
    return Fairness(
        areas=len(lived_in),
        areas_unknown=int(reach[["persons", "persons_reached"]].isna().any(axis=1).sum()),
        areas_without=len(without),
        residents=float(persons),
        residents_in_areas_without=float(left),
        share_without=float(left / persons) if persons > 0 else None,
        gini=gini(lived_in["persons"].to_numpy(), lived_in["persons_reached"].to_numpy()),
    )


def lorenz(persons: FloatArray, reached: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Cumulated shares of residents (x) and of reached residents (y), n + 1 each from 0 to 1.

    `persons` (n, above 0) and `reached` (n). Raises ValueError when nobody is reached.
    """
    if not reached.sum() > 0:
        raise ValueError("nobody is reached: there is no curve")
    order = np.lexsort((persons, reached / persons))
    x, y = (np.concatenate([[0.0], np.cumsum(values[order])]) for values in (persons, reached))
    return x / x[-1], y / y[-1]


def gini(persons: FloatArray, reached: FloatArray) -> float | None:
    """The Gini coefficient of reach over residents; None where nobody is reached."""
    if not reached.sum() > 0:
        return None
    x, y = lorenz(persons, reached)
    return float(1 - np.sum(np.diff(x) * (y[1:] + y[:-1])))


def worst_first(reach: pd.DataFrame) -> pd.DataFrame:
    """Areas with residents, the smallest reached share first, of equal ones the larger first.

    Adds `rank`, counted from 1 without gaps (ties are in the order of persons, then of the code).
    """
    frame = _lived_in(reach)
    ratio = frame["persons_reached"] / frame["persons"]
    frame = frame.assign(reached_ratio=ratio.where(ratio > NOTHING, 0.0).round(9))
    frame = frame.sort_values(["reached_ratio", "persons", "code"], ascending=[True, False, True])
    return frame.assign(rank=range(1, len(frame) + 1)).reset_index(drop=True)


def _lived_in(reach: pd.DataFrame) -> pd.DataFrame:
    known = reach.dropna(subset=["persons", "persons_reached"])
    return known[known["persons"] > 0]
