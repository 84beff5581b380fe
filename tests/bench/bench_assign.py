"""A million points and the ward's areas: `assign_points` beside `geopandas.sjoin`.

Both start from the same arrays of longitude and latitude and take turns in one run.
"""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import shapely

from geo.areas import Areas
from geo.assign import assign_points
from geo.vector import read_geojson, read_shapefile

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parents[2]
POINTS = 1_000_000
LIMIT = 0.7


def run(repetitions: int) -> dict[str, Any]:
    """Time both sides `repetitions` times, alternately, and compare their answers.

    Returns medians in seconds and their ratio, which the project keeps at `limit` or below.
    """
    areas, source = load_areas()
    lon, lat = make_points(areas)
    ours, theirs = [], []
    same = True
    for _ in range(repetitions):
        seconds, found = measure(lambda: assign_points(lon, lat, areas))
        ours.append(seconds)
        seconds, joined = measure(lambda: join(lon, lat, areas))
        theirs.append(seconds)
        same = same and bool((found == smallest_of(joined, len(lon))).all())
    ratio = statistics.median(ours) / statistics.median(theirs)
    return {
        "name": "assign_points",
        "compared_with": "geopandas.sjoin, GeoDataFrame included",
        "points": POINTS,
        "areas": int(areas.codes.size),
        "polygons": source,
        "repetitions": repetitions,
        "ours_s": round(statistics.median(ours), 4),
        "theirs_s": round(statistics.median(theirs), 4),
        "ratio": round(ratio, 4),
        "limit": LIMIT,
        "same_answer": same,
        "passed": same and ratio <= LIMIT,
    }


def load_areas() -> tuple[Areas, str]:
    """Load the official polygons where they are at hand, otherwise the schematic ones."""
    named = os.environ.get("EBPM_REAL_DIR")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "real"
    official = folder / "boundary" / "h27ka13114.shp"
    if official.is_file():
        table, source = read_shapefile(official), "official"
    else:
        sample = REPOSITORY / "data" / "sample" / "areas" / "131148_schematic_areas.geojson"
        table, source = read_geojson(sample), "schematic"
    return Areas.from_arrays(table.columns["KEY_CODE"], table.geometry), source


def make_points(areas: Areas) -> tuple[np.ndarray, np.ndarray]:
    """Draw points over the areas' box, the first of them on the areas' own corners."""
    west, south, east, north = shapely.total_bounds(areas.polygons)
    random = np.random.default_rng(131148)
    lon, lat = random.uniform(west, east, POINTS), random.uniform(south, north, POINTS)
    corners = shapely.get_coordinates(areas.polygons)
    lon[: len(corners)], lat[: len(corners)] = corners.T
    return lon, lat


def join(lon: np.ndarray, lat: np.ndarray, areas: Areas) -> geopandas.GeoDataFrame:
    """Ask geopandas: which polygons does each point intersect?"""
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=4326)
    polygons = geopandas.GeoDataFrame(geometry=areas.polygons, crs=4326)
    return geopandas.sjoin(points, polygons, predicate="intersects")


def smallest_of(joined: geopandas.GeoDataFrame, count: int) -> np.ndarray:
    """Reduce the join to one area a point: the smallest code, -1 for none."""
    found = np.full(count, -1)
    smallest = joined["index_right"].groupby(level=0).min()
    found[smallest.index] = smallest
    return found


def measure(work: Callable[[], Any]) -> tuple[float, Any]:
    """Time one call."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
