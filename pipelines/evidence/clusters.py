"""Whether high and low values stand together on the map: Moran's I and its local form, by esda.

I = (n / S0) Σ_ij w_ij z_i z_j / Σ_i z_i² (Moran 1950); local I_i = z_i Σ_j w_ij z_j (Anselin 1995,
"Local Indicators of Spatial Association"). Weights: queen contiguity (a shared edge or corner),
rows standardised. p-values from permutations under a fixed seed, two-sided (esda's own default is
one-sided with the side picked by the data, half as large); the many local ones are judged by their
false-discovery rate (Benjamini & Hochberg 1995). An area without a neighbour (an island) and one
without residents have no place in it.
"""

from __future__ import annotations

import contextlib
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import esda
import geopandas as gpd
import numpy as np
from esda.significance import calculate_significance
from libpysal.graph import Graph
from scipy.stats import false_discovery_control

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.arrays import BoolArray, FloatArray, GeometryArray, IndexArray, TextArray

SEED: Final = 131148
PERMUTATIONS: Final = 9999
FALSE_DISCOVERY_RATE: Final = 0.05
LEAST_AREAS: Final = 8
"""With fewer areas there are too few ways to arrange them for a p-value to mean anything."""
WEIGHTS: Final = "queen, row-standardised"
_QUADRANTS: Final = {1: "HH", 2: "LH", 3: "LL", 4: "HL"}

WhyNone = Literal["too_few", "constant"]


@dataclass(frozen=True, eq=False)
class Clusters:
    """Global and local Moran of the n areas that take part; arrays go with `taking_part`."""

    taking_part: IndexArray
    """Positions in what was given."""
    islands: IndexArray
    """Positions of areas with a value and no neighbour that has one."""
    why_none: WhyNone | None
    moran_i: float | None
    expected: float | None
    p_value: float | None
    z: FloatArray
    lag: FloatArray
    quadrant: TextArray
    """HH, LL, HL, LH: the area's own value first, its neighbours' second."""
    local_p: FloatArray
    local_q: FloatArray

    @property
    def significant(self) -> BoolArray:
        """Whether each area is part of a cluster at the false-discovery rate."""
        return np.asarray(self.local_q <= FALSE_DISCOVERY_RATE)


def find_clusters(
    values: FloatArray, polygons: GeometryArray, *, permutations: int = PERMUTATIONS
) -> Clusters:
    """Moran's I of n values (NaN takes no part) over n polygons that share their edges.

    Where too few areas take part, or all have one value, `why_none` says so and there is no figure.
    """
    known = np.flatnonzero(np.isfinite(values)).astype(np.int32)
    graph = _queen(polygons[known])
    alone = np.isin(np.arange(known.size), graph.isolates.to_numpy())
    part, islands = known[~alone], known[alone]
    if part.size < LEAST_AREAS:
        return _none(part, islands, "too_few")
    if np.ptp(values[part]) <= _rounding(values[part]):
        return _none(part, islands, "constant")
    weights = _queen(polygons[part]).transform("r")
    with _fixed_draws():
        whole = esda.Moran(values[part], weights, permutations=permutations)
    with _fixed_draws():
        local = esda.Moran_Local(values[part], weights, permutations=permutations, seed=SEED)
    local_p = np.minimum(calculate_significance(local.Is, local.rlisas, "two-sided"), 1.0)
    return Clusters(
        taking_part=part,
        islands=islands,
        why_none=None,
        moran_i=float(whole.I),
        expected=float(whole.EI),
        p_value=min(float(calculate_significance(whole.I, whole.sim, "two-sided")), 1.0),
        z=np.asarray(local.z),
        lag=np.asarray(weights.lag(local.z)),
        quadrant=np.array([_QUADRANTS[number] for number in local.q], dtype=np.str_),
        local_p=np.asarray(local_p),
        local_q=np.asarray(false_discovery_control(local_p, method="bh")),
    )


def _queen(polygons: GeometryArray) -> Graph:
    return Graph.build_contiguity(gpd.GeoSeries(polygons), rook=False)


def _rounding(values: FloatArray) -> float:
    return float(1e-9 * max(np.abs(values).max(initial=0), 1))


def _none(part: IndexArray, islands: IndexArray, why: WhyNone) -> Clusters:
    empty = np.empty(0)
    words = np.empty(0, dtype=np.str_)
    return Clusters(part, islands, why, None, None, None, empty, empty, words, empty, empty)


@contextlib.contextmanager
def _fixed_draws() -> Iterator[None]:
    """Esda draws from numpy's global generator, which is given back as it was."""
    state = np.random.get_state()  # noqa: NPY002 (the one esda uses)
    np.random.seed(SEED)  # noqa: NPY002
    try:
        with warnings.catch_warnings():
            # About its one-sided p-values, which are not used here.
            warnings.filterwarnings("ignore", "The alternative hypothesis", DeprecationWarning)
            yield
    finally:
        np.random.set_state(state)  # noqa: NPY002
