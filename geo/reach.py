"""Which share of each polygon lies within a distance of any site.

A circle is a polygon of 64 segments a quarter, whose area falls short of the true circle's by
less than 0.01 %. From a polygon the circle that covers it best is taken away first, then the one
that covers best what is left, until nothing is left or no circle meets it. Corners of bounding
boxes decide which that is and spare most cuts, and no large union of circles is ever made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.arrays import BoolArray, FloatArray, GeometryArray, IndexArray

QUARTER_SEGMENTS: Final = 64
_NO_CIRCLE: Final = -1
_NOTHING: Final = shapely.Polygon()
# A little less than the inner radius, so that rounding puts no corner on the wrong side.
_SURELY: Final = 1 - 1e-9


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
    """Pairs of a polygon and a circle that may meet it, in the order of the polygons."""
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
        order = np.lexsort((near_circle, near_polygon))
        # One circle moved to every place: the same to the last digit but one, and a third of the time.
        origin = shapely.buffer(shapely.Point(0, 0), distance_m, quad_segs=QUARTER_SEGMENTS)
        circles = shapely.polygons(shapely.get_coordinates(origin) + distinct[:, np.newaxis])
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
        left_m2 = shapely.area(self._cut(touched[new], [near[n] for n in new]))
        self._remembered.update(zip((keys[n] for n in new), left_m2.tolist(), strict=True))
        areas_m2 = shapely.area(self.polygons)
        not_reached_m2 = areas_m2.copy()
        not_reached_m2[touched] = [self._remembered[key] for key in keys]
        with np.errstate(invalid="ignore"):
            return np.clip(1 - not_reached_m2 / areas_m2, 0, 1)

    def unreached(self) -> GeometryArray:
        """What all circles together leave of each polygon (m, perhaps empty)."""
        left = self.polygons.copy()
        touched, starts = np.unique(self.near_polygon, return_index=True)
        left[touched] = self._cut(touched, np.split(self.near_circle, starts[1:]))
        return left

    def _cut(self, which: IndexArray, near: list[IndexArray]) -> GeometryArray:
        """What the circles `near` each leave of the polygons `which`."""
        left = self.polygons[which]
        owner = np.repeat(np.arange(left.size), [len(circles) for circles in near[: left.size]])
        circle = np.concatenate([*near, np.empty(0, dtype=np.int32)])
        centre = self.centres[circle]
        at = shapely.get_coordinates(centre)
        inside_m = self.distance_m * math.cos(math.pi / 4 / QUARTER_SEGMENTS) * _SURELY
        waiting = np.ones(circle.size, dtype=bool)
        while waiting.any():
            nearest_m, farthest_m = _distances_to_boxes(at, shapely.bounds(left)[owner])
            # Of an empty rest both are NaN, and no circle waits for it any longer.
            waiting &= nearest_m <= self.distance_m
            whole = np.unique(owner[waiting & (farthest_m <= inside_m)])
            left[whole] = _NOTHING
            waiting[np.isin(owner, whole)] = False
            rest = np.flatnonzero(waiting)
            rest = rest[np.lexsort((farthest_m[rest], owner[rest]))]
            best = rest[np.unique(owner[rest], return_index=True)[1]]
            waiting[best] = False
            # A box may be met where the shape in it is not, which is cheaper to ask than to cut.
            best = best[shapely.dwithin(left[owner[best]], centre[best], self.distance_m)]
            left[owner[best]] = shapely.difference(left[owner[best]], self.circles[circle[best]])
        return left


def _distances_to_boxes(at: FloatArray, boxes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Metres from points (k x 2) to the nearest and to the farthest point of a box each (k x 4)."""
    below, above = boxes[:, :2] - at, at - boxes[:, 2:]
    nearest = np.maximum(np.maximum(below, above), 0)
    farthest = np.maximum(np.abs(below), np.abs(above))
    return np.hypot(*nearest.T), np.hypot(*farthest.T)


def reach_shares(
    easting: npt.ArrayLike, northing: npt.ArrayLike, polygons: GeometryArray, *, distance_m: float
) -> FloatArray:
    """Share (m, 0 to 1) of each polygon within `distance_m` of any of n sites.

    Positions and polygons in metres of one projected CRS. Raises ValueError like `Reach.around`.
    """
    return Reach.around(easting, northing, polygons, distance_m=distance_m).shares()
