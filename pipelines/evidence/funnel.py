"""Limits of a funnel plot: how far a small street's share may lie off by chance alone.

    centre ± z √( centre (1 − centre) ÷ n ), cut to 0 … 1

Source: Spiegelhalter (2005) Statistics in Medicine 24, 1185–1202, limits of 95 % and 99.8 % for
proportions, in the normal approximation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

if TYPE_CHECKING:
    from geo.arrays import FloatArray


def funnel_limits(
    centre: FloatArray, known: FloatArray, *, level: float
) -> tuple[FloatArray, FloatArray]:
    """Lower and upper limit for shares of `known` shops each around `centre` (0 to 1).

    Of no shops nothing can be said: the limits are 0 and 1.
    """
    z = float(ndtri(0.5 + level / 2))
    n = np.asarray(known, dtype=float)
    width = z * np.sqrt(centre * (1 - centre) / np.where(n > 0, n, 1.0))
    width = np.where(n > 0, width, 1.0)
    return np.clip(centre - width, 0.0, 1.0), np.clip(centre + width, 0.0, 1.0)
