"""The share of shops that accept cashless payment, with Wilson's interval.

    share = k ÷ n,    ( k + z²/2 ± z √( k (n − k) ÷ n + z²/4 ) ) ÷ ( n + z² ),    z = 1.96 for 95 %

Source: Wilson (1927) Journal of the American Statistical Association 22, 209–212. It stays within 0
and 1 and does not shrink to nothing where no shop or every shop accepts (Brown, Cai & DasGupta 2001
Statistical Science 16, 101–133).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from pipelines.evidence.effect.estimate import LEVEL

if TYPE_CHECKING:
    from geo.arrays import FloatArray


def wilson(
    accepting: FloatArray, known: FloatArray, level: float = LEVEL
) -> tuple[FloatArray, FloatArray]:
    """Lower and upper bound of shares of 0 to 1, for `accepting` of `known` shops each.

    NaN, of which nothing is known, stays NaN, and so does a share of no shops.

    Raises:
        ValueError: a number is negative, or more shops accept than are known.
    """
    k, n = np.asarray(accepting, dtype=float), np.asarray(known, dtype=float)
    if np.any(k < 0) or np.any(n < 0) or np.any(k > n):
        raise ValueError("accepting shops must be between none and all of those known")
    z = float(ndtri(0.5 + level / 2))
    # 0 of n and n of n are exact ends: rounding must not leave 1e-17 below zero.
    n = np.where(n == 0, np.nan, n)
    middle, width = k + z**2 / 2, z * np.sqrt(k * (n - k) / n + z**2 / 4)
    low = np.where(k == 0, np.where(np.isnan(n), np.nan, 0.0), (middle - width) / (n + z**2))
    high = np.where(k == n, 1.0, (middle + width) / (n + z**2))
    return low, high
