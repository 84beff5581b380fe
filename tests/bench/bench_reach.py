"""Reach of 300 sites over the ward's areas beside geopandas pair by pair; Tokyo's size; siting.

The two sides start from the same positions and polygons in metres, make their own circles, and
take turns. All Tokyo (5,600 areas, 10,000 sites) is the ward repeated side by side.
"""

from __future__ import annotations

import os
import resource
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import shapely

from geo.areas import Areas
from geo.crs import to_projected
from geo.reach import reach_shares
from geo.siting import arrange
from geo.vector import read_geojson, read_shapefile
from pipelines.evidence.siting import Pieces, plan_sites

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parents[2]
DISTANCES_M = (300, 500)
SITES = 300
LIMIT = 0.1
SAME = 1e-9
TOKYO_AREAS, TOKYO_SITES = 5_600, 10_000
CANDIDATES, MOST = 90, 10
PERSONS_PER_M2 = 0.02


def run(repetitions: int) -> dict[str, Any]:
    """Time both sides `repetitions` times; then Tokyo and the simulation once each."""
    polygons, source = load_polygons()
    sites = scatter(polygons, SITES, seed=131148)
    ours, theirs = [], []
    difference = 0.0
    for _ in range(repetitions):
        seconds, found = measure(lambda: reach_ward(sites, polygons))
        ours.append(seconds)
        seconds, expected = measure(lambda: reach_pair_by_pair(sites, polygons))
        theirs.append(seconds)
        difference = max(difference, float(np.abs(found - expected).max()))
    ratio = statistics.median(ours) / statistics.median(theirs)
    return {
        "name": "reach",
        "compared_with": "geopandas, every buffer with every polygon, pieces united",
        "sites": SITES,
        "distances_m": DISTANCES_M,
        "areas": int(polygons.size),
        "polygons": source,
        "repetitions": repetitions,
        "ours_s": round(statistics.median(ours), 4),
        "theirs_s": round(statistics.median(theirs), 4),
        "ratio": round(ratio, 4),
        "limit": LIMIT,
        "largest_difference": difference,
        "tokyo": measure_tokyo(polygons),
        "siting": measure_siting(polygons),
        "passed": difference <= SAME and ratio <= LIMIT,
    }


def load_polygons() -> tuple[np.ndarray, str]:
    """The official polygons in metres where they are at hand, otherwise the schematic ones."""
    named = os.environ.get("EBPM_REAL_DIR")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "real"
    official = folder / "boundary" / "h27ka13114.shp"
    if official.is_file():
        table, source = read_shapefile(official), "official"
    else:
        sample = REPOSITORY / "data" / "sample" / "areas" / "131148_schematic_areas.geojson"
        table, source = read_geojson(sample), "schematic"
    areas = Areas.from_arrays(table.columns["KEY_CODE"], table.geometry)
    return to_projected(areas.polygons, crs="EPSG:6677"), source


def scatter(polygons: np.ndarray, count: int, *, seed: int) -> np.ndarray:
    """Positions (count x 2, metres) over the box of the polygons."""
    west, south, east, north = shapely.total_bounds(polygons)
    return np.random.default_rng(seed).uniform((west, south), (east, north), (count, 2))


def reach_ward(sites: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """Shares by our way: distances x polygons."""
    return np.array([reach_shares(*sites.T, polygons, distance_m=d) for d in DISTANCES_M])


def reach_pair_by_pair(sites: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """The same with geopandas: each buffer by each polygon, the pieces of a polygon united."""
    areas = geopandas.GeoSeries(polygons)
    points = geopandas.GeoSeries(geopandas.points_from_xy(*sites.T))
    shares = []
    for distance_m in DISTANCES_M:
        circles = points.buffer(distance_m, quad_segs=64)
        pieces = [areas.intersection(circle) for circle in circles]
        united = shapely.union_all(np.column_stack(pieces), axis=1)
        shares.append(shapely.area(united) / areas.area.to_numpy())
    return np.array(shares)


def measure_tokyo(polygons: np.ndarray) -> dict[str, Any]:
    """Repeat the ward side by side up to the areas and sites of Tokyo."""
    west, south, east, north = shapely.total_bounds(polygons)
    copies = -(-TOKYO_AREAS // polygons.size)
    side = int(np.ceil(np.sqrt(copies)))
    tiles = [
        shapely.transform(polygons, lambda at, by=by: at + by)
        for by in (
            ((n % side) * (east - west), (n // side) * (north - south)) for n in range(copies)
        )
    ]
    everywhere = np.concatenate(tiles)[:TOKYO_AREAS]
    sites = scatter(everywhere, TOKYO_SITES, seed=13)
    before_mib = peak_mib()
    seconds, _ = measure(lambda: reach_ward(sites, everywhere))
    return {
        "areas": len(everywhere),
        "sites": TOKYO_SITES,
        "seconds": round(seconds, 2),
        "peak_mib_before": before_mib,
        "peak_mib": peak_mib(),
    }


def measure_siting(polygons: np.ndarray) -> dict[str, Any]:
    """Cut the ward by candidates, then the optimum and the greedy order up to ten sites."""
    candidates, today = (scatter(polygons, n, seed=n) for n in (CANDIDATES, 24))
    found: dict[str, Any] = {"candidates": CANDIDATES, "most": MOST}
    for distance_m in DISTANCES_M:
        cut_s, faces = measure(
            lambda d=distance_m: arrange(
                tuple(candidates.T), tuple(today.T), polygons, distance_m=d
            )
        )
        pieces = Pieces.of(
            zip(faces.area_m2 * PERSONS_PER_M2, faces.covered_by, strict=True),
            candidates=range(CANDIDATES),
            reached_today=float(faces.reached_m2.sum() * PERSONS_PER_M2),
        )
        plan_s, plan = measure(lambda p=pieces: plan_sites(p, MOST))
        found[f"{distance_m}_m"] = {
            "pieces": int(pieces.persons.size),
            "arrange_s": round(cut_s, 3),
            "plan_s": round(plan_s, 3),
            "largest_gap": round(max(plan.gap(c.n) for c in plan.greedy), 1),
        }
    return found


def peak_mib() -> int:
    """The most memory this process ever held, in MiB (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(work: Callable[[], Any]) -> tuple[float, Any]:
    """Time one call."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
