"""Residents within a distance of a site, by place.

Areal interpolation by area weight (Goodchild & Lam 1980): residents are taken to be spread evenly
over the part they are counted in (an area's polygon, or the piece of a mesh cell inside an area),

    reached(place) = sum over parts of share(place, area of part) x persons(part) x reach(part)

where reach(part) is the share of the part's surface within the distance (`geo.reach`), and
share(place, area) is 1 for the area itself, its town and the ward, and the share of the area's
residents in the group for a grouping of `area_membership`. Parts whose residents are not known are
left out of both sums and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from geo.arrays import FloatArray, IndexArray


@dataclass(frozen=True, eq=False)
class Spread:
    """Residents over parts of areas: m parts, each in one area."""

    area: IndexArray
    """For each part the index of its area."""
    persons: Mapping[str, FloatArray]
    """For each population group the persons of each part; NaN is unknown."""


@dataclass(frozen=True)
class Place:
    """An area, a town, a group of a kind (圏域, 防災会 …) or the ward."""

    level: str
    group_kind: str
    code: str
    name: str


@dataclass(frozen=True, eq=False)
class Places:
    """Places and the share of each area's residents that belongs to each of them."""

    places: tuple[Place, ...]
    shares: sparse.csr_array
    """Places x areas, 0 to 1."""

    @classmethod
    def of(cls, members: Sequence[tuple[Place, int, float]], *, areas: int) -> Places:
        """From rows of a place, the index of an area, and its share; places in order of sight."""
        number: dict[Place, int] = {}
        rows = [number.setdefault(place, len(number)) for place, _, _ in members]
        columns = [area for _, area, _ in members]
        shares = sparse.csr_array(
            ([share for _, _, share in members], (rows, columns)), shape=(len(number), areas)
        )
        return cls(tuple(number), shares)


@dataclass(frozen=True, eq=False)
class Reached:
    """For each place its persons, and for each of k questions how many of them are reached.

    NaN where nothing is known of a place; ratios of places without residents are NaN.
    """

    persons: FloatArray
    reached: FloatArray
    """Places x k."""
    ratio: FloatArray
    """Places x k."""
    unknown_parts: npt.NDArray[np.int64]
    """Parts of the place whose residents are not known, left out."""


def residents_reached(
    persons: FloatArray, area: IndexArray, reach: FloatArray, places: Places
) -> Reached:
    """Apply the formula above to k answers of `geo.reach` at once.

    `persons`: m parts (NaN is unknown); `area`: the index of each part's area; `reach`: m x k
    shares of the surface.
    """
    known = np.isfinite(persons)
    counted = np.where(known, persons, 0.0)
    areas = places.shares.shape[1]
    of_part = sparse.csr_array(
        (np.ones(area.size), (area, np.arange(area.size))), shape=(areas, area.size)
    )
    member = (places.shares > 0).astype(np.float64)
    known_parts = member @ (of_part @ known.astype(np.float64))
    total = places.shares @ (of_part @ counted)
    reached = places.shares @ (of_part @ (counted[:, np.newaxis] * reach))
    total = np.where(known_parts > 0, total, np.nan)
    reached = np.where((known_parts > 0)[:, np.newaxis], reached, np.nan)
    ratio = np.full_like(reached, np.nan)
    np.divide(reached, total[:, np.newaxis], out=ratio, where=(total > 0)[:, np.newaxis])
    unknown = member @ (of_part @ (~known).astype(np.float64))
    return Reached(total, reached, ratio, unknown.astype(np.int64))
