"""Averages with the part that each street has in their error, and what follows for intervals.

Variance = Σ treated d² · n₁ ÷ (n₁ − 1) + Σ comparison d² · n₀ ÷ (n₀ − 1), d a street's influence; t with
the degrees of freedom of Satterthwaite and Welch (1947) from the two sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import ndtr, stdtrit

from pipelines.evidence.effect.estimate import LEVEL, Estimate, estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.arrays import BoolArray, FloatArray

DRAWS: Final = 1999
_NO_SPREAD: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Average:
    """A number made of streets: what each adds to its error (S), and which side it stands on."""

    value: float
    influence: FloatArray
    treated: BoolArray
    """Streets whose change is averaged."""
    compared: BoolArray
    """Streets they are compared with only."""

    @property
    def streets(self) -> tuple[int, int]:
        """How many streets stand on either side."""
        return int(self.treated.sum()), int(self.compared.sum())

    def estimate(self) -> Estimate:
        """With its interval; without one where a side has one street only, or nothing varies."""
        parts = [
            (float(np.sum(self.influence[side] ** 2)), int(side.sum()))
            for side in (self.treated, self.compared)
            if side.any()
        ]
        scale = abs(self.value) + float(np.abs(self.influence).max(initial=0))
        if (
            any(number == 1 for _, number in parts)
            or sum(squares for squares, _ in parts) <= (_NO_SPREAD * scale) ** 2
        ):
            return estimate(self.value, None, None)
        variances = [(squares * n / (n - 1), n - 1) for squares, n in parts]
        variance = sum(one for one, _ in variances)
        degrees = variance**2 / sum(one**2 / free for one, free in variances)
        return estimate(self.value, float(np.sqrt(variance)), degrees)

    def scaled(self) -> FloatArray:
        """Each street's influence with the factor of its side: squares sum to the variance."""
        factors = np.zeros(self.influence.size)
        for side in (self.treated, self.compared):
            number = int(side.sum())
            factors[side] = np.sqrt(number / (number - 1)) if number > 1 else np.nan
        return np.asarray(self.influence * factors)


def combine(parts: Sequence[Average], weights: FloatArray) -> Average:
    """Σ weights · parts, with the error that follows from streets standing in several."""
    return Average(
        float(weights @ np.array([one.value for one in parts])),
        np.asarray(weights @ np.array([one.influence for one in parts])),
        np.any([one.treated for one in parts], axis=0),
        np.any([one.compared for one in parts], axis=0),
    )


def simultaneous_factor(averages: Sequence[Average], seed: int, draws: int = DRAWS) -> float | None:
    """By which a band holds all of several averages at once with 95 %: how many errors wide.

    Multiplier bootstrap of the largest |t| (Callaway & Sant'Anna 2021, algorithm 1) with signs
    drawn for each street; the level found there is then read from Student's t with the fewest
    degrees of freedom among the averages, because signs know nothing of few streets. None where
    one of them has no interval.
    """
    found = [one.estimate() for one in averages]
    degrees = [one.degrees for one in found if one.degrees is not None]
    if not averages or len(degrees) < len(averages):
        return None
    standard = np.array([one.scaled() for one in averages])
    standard /= np.sqrt(np.sum(standard**2, axis=1, keepdims=True))
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], size=(draws, standard.shape[1]))
    largest = np.abs(signs @ standard.T).max(axis=1)
    normal = float(np.quantile(largest, LEVEL))
    # One average alone needs the plain interval; the discrete signs may fall short of it.
    upper = min(float(ndtr(normal)), 1 - 1e-12)
    return float(stdtrit(min(degrees), max(upper, 0.5 + LEVEL / 2)))
