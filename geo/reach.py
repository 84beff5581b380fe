"""Which share of each polygon lies within a distance of any site.

A circle is a polygon of 64 segments a quarter, whose area falls short of the true circle's by
less than 0.01 %. From a polygon its nearest circle is taken away first, then the next; what is
left soon falls apart into slivers or nothing, so no large union of circles is ever made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.arrays import BoolArray, FloatArray, GeometryArray, IndexArray

QUARTER_SEGMENTS: Final = 64
_NO_CIRCLE: Final = -1


@dataclass(frozen=True, eq=False)
class Reach:
    """The circles around sites, laid over polygons once, asked for any of the sites.

    Made with `around`. An answer depends on the open circles near a polygon alone; it is
    remembered for each such set, so that the hours of a week cost little more than one.
    """

    polygons: GeometryArray
    distance_m: float
    centres: GeometryArray
    circles: GeometryArray
    """Of sites at one place there is one circle."""
    circle_of_site: IndexArray
    """For each site the index of its circle, -1 for a site without a position."""
    near_polygon: IndexArray
    near_circle: IndexArray
    """Pairs of a polygon and a circle near it: by polygon, and by distance within a polygon."""
    _remembered: dict[tuple[int, bytes], float] = field(default_factory=dict)

    @classmethod
    def around(
        cls,
        easting: npt.ArrayLike,
        northing: npt.ArrayLike,
        polygons: GeometryArray,
        *,
        distance_m: float,
    ) -> Reach:
        """Lay circles of radius `distance_m` around n sites over m polygons.

        All in metres of one projected CRS. A site whose position is NaN reaches nobody.
        Raises ValueError for a distance that is not above zero.
        """
        if not distance_m > 0:
            raise ValueError(f"a distance of {distance_m} m reaches nothing")
        at = np.column_stack([np.asarray(easting, np.float64), np.asarray(northing, np.float64)])
        known = np.isfinite(at).all(axis=1)
        distinct, circle = np.unique(at[known], axis=0, return_inverse=True)
        circle_of_site = np.full(known.size, _NO_CIRCLE, dtype=np.int32)
        circle_of_site[known] = circle.reshape(-1)
        centres = np.asarray(shapely.points(distinct), dtype=object)
        near_circle, near_polygon = shapely.STRtree(polygons).query(
            centres, predicate="dwithin", distance=distance_m
        )
        apart = shapely.distance(shapely.centroid(polygons[near_polygon]), centres[near_circle])
        order = np.lexsort((near_circle, apart, near_polygon))
        circles = shapely.buffer(centres, distance_m, quad_segs=QUARTER_SEGMENTS)
        return cls(
            polygons,
            distance_m,
            centres,
            np.asarray(circles, dtype=object),
            circle_of_site,
            near_polygon[order].astype(np.int32),
            near_circle[order].astype(np.int32),
        )

    def shares(self, among: BoolArray | None = None) -> FloatArray:
        """Share (m, 0 to 1) of each polygon that lies in a circle of any site `among` the n.

        `among`: n truth values, all sites without it. A polygon without area has share NaN.
        """
        sites = self.circle_of_site if among is None else self.circle_of_site[among]
        is_open = np.zeros(len(self.circles), dtype=bool)
        is_open[sites[sites != _NO_CIRCLE]] = True
        kept = is_open[self.near_circle]
        polygon, circle = self.near_polygon[kept], self.near_circle[kept]
        touched, starts = np.unique(polygon, return_index=True)
        near = np.split(circle, starts[1:])
        keys = [(int(p), c.tobytes()) for p, c in zip(touched, near, strict=False)]
        new = [n for n, key in enumerate(keys) if key not in self._remembered]
        reached = self._measure(touched[new], [near[n] for n in new])
        self._remembered.update(zip((keys[n] for n in new), reached.tolist(), strict=True))
        areas_m2 = shapely.area(self.polygons)
        shares = np.where(areas_m2 > 0, 0.0, np.nan)
        shares[touched] += [self._remembered[key] for key in keys]
        return shares

    def unreached(self) -> GeometryArray:
        """What all circles together leave of each polygon (m, perhaps empty)."""
        left = self.polygons.copy()
        touched, starts = np.unique(self.near_polygon, return_index=True)
        left[touched] = self._cut(touched, np.split(self.near_circle, starts[1:]))
        return left

    def _measure(self, which: IndexArray, near: list[IndexArray]) -> FloatArray:
        """Share of polygons `which` in the circles `near` each."""
        whole_m2 = shapely.area(self.polygons[which])
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.clip(1 - shapely.area(self._cut(which, near)) / whole_m2, 0, 1)

    def _cut(self, which: IndexArray, near: list[IndexArray]) -> GeometryArray:
        """What the circles `near` each leave of polygons `which`: all of them, circle by circle."""
        left = self.polygons[which]
        lengths = np.array([len(circles) for circles in near], dtype=np.int64)[: left.size]
        for turn in range(int(lengths.max(initial=0))):
            going = np.flatnonzero((lengths > turn) & ~shapely.is_empty(left))
            circle = np.array([near[n][turn] for n in going], dtype=np.int64)
            # Most circles no longer meet what is left, which is cheaper to ask than to cut.
            meets = shapely.dwithin(left[going], self.centres[circle], self.distance_m)
            going, circle = going[meets], circle[meets]
            left[going] = shapely.difference(left[going], self.circles[circle])
        return left


def reach_shares(
    easting: npt.ArrayLike, northing: npt.ArrayLike, polygons: GeometryArray, *, distance_m: float
) -> FloatArray:
    """Share (m, 0 to 1) of each polygon within `distance_m` of any of n sites.

    Positions and polygons in metres of one projected CRS. Raises ValueError like `Reach.around`.
    """
    return Reach.around(easting, northing, polygons, distance_m=distance_m).shares()
